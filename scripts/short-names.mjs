// Gives what the program and its glue call each other short names. wasm-bindgen's have a digest each, which no
// compression shortens: as many bytes as some pages (docs/size-budget.md).
import { EXPORTS, IMPORTS, Reader, changed, number, text } from "./wasm.mjs";

/** A section with its names changed. */
function renamed(id, body, rename) {
  const reader = new Reader(body);
  const count = reader.number();
  const pieces = [number(count)];
  for (let entry = 0; entry < count; entry++) {
    const module = id === IMPORTS ? reader.text() : null;
    if (module !== null) pieces.push(text(module));
    const name = reader.text();
    const from = reader.at;
    if (id === IMPORTS) reader.skipDescription();
    else reader.at++, reader.number();
    pieces.push(text(rename(name, module)), body.subarray(from, reader.at));
  }
  if (reader.at !== body.length) throw new Error("a section of the program does not read as it should");
  return Buffer.concat(pieces);
}

/** The program and its glue, with short names for what they share; the parts share none of these. */
export function shortNames(program, glue) {
  const short = new Map();
  // What the parts and the loader ask for by name stays: what comes from the loader, exports that are not closures'.
  const rename = (name, module) => {
    if (module === null ? !name.startsWith("_R") : module !== "./main_bg.js") return name;
    if (!short.has(name)) short.set(name, `_${short.size.toString(36)}`);
    return short.get(name);
  };
  const named = (id, body) => (id === IMPORTS || id === EXPORTS ? renamed(id, body, rename) : body);
  const shorter = changed(program, named);
  const taken = new Set(glue.match(/\b_[0-9a-z]+\b/g));
  for (const name of short.values()) if (taken.has(name)) throw new Error(`the glue has a name of its own that is ${name}`);
  const met = new Set();
  const shortened = glue.replace(/\b(?:__wb|_R)\w+/g, (name) => {
    met.add(name);
    return short.get(name) ?? name;
  });
  for (const name of short.keys()) if (!met.has(name)) throw new Error(`the glue does not know ${name}`);
  return { program: shorter, glue: shortened };
}
