// Reads what a compiled function is from its mangled name: crate, module and a short form for people. It follows the
// identifiers of Rust's v0 scheme and leaves types and generics alone, which is enough to say where bytes and time go.

/** An identifier at `at`: `s1_` tells two apart, then its length, then itself. */
function identifier(name, at) {
  const found = /^(?:s[0-9A-Za-z]*_)?u?([1-9]\d*)_?/.exec(name.slice(at));
  if (!found) return null;
  const start = at + found[0].length;
  const text = name.slice(start, start + Number(found[1]));
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? { text, end: start + text.length } : null;
}

/** The path up to where it stops being plain, crate first; empty for what no Rust compiler named. */
export function pathOf(name) {
  if (!name.startsWith("_R")) return [];
  for (let at = name.indexOf("C", 2); at >= 0; at = name.indexOf("C", at + 1)) {
    const path = [];
    for (let next = identifier(name, at + 1); next; next = identifier(name, next.end)) path.push(next.text);
    if (path.length) return path;
  }
  return [];
}

/** The crate in which a function was written. */
export const crateOf = (name) => pathOf(name)[0] ?? "none";

/** All identifiers of a name, as many as a line holds. */
export function shortName(name) {
  if (!name.startsWith("_R")) return name;
  const found = [];
  for (let at = 2; at < name.length && found.length < 8; ) {
    const next = identifier(name, at);
    if (next) found.push(next.text);
    at = next?.end ?? at + 1;
  }
  return found.join("::");
}

/** A list as a map of lists, by what `key` says of each entry. */
export function grouped(list, key) {
  const groups = new Map();
  for (const one of list) {
    const name = key(one);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  return groups;
}
