// Gives what the program and its glue call each other short names. wasm-bindgen's have a digest each, which no
// compression shortens: as many bytes as some pages (docs/size-budget.md).

const IMPORTS = 2;
const EXPORTS = 7;

/** Reads and writes the pieces of a module (WebAssembly core specification, 5). */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** What follows a name in the section of imports: its kind and type. */
  skipDescription() {
    const kind = this.bytes[this.at++];
    if (kind === 0) this.number();
    else if (kind === 3) this.at += 2;
    else if (kind === 4) this.at++, this.number();
    else {
      if (kind === 1) this.at++;
      const flags = this.number();
      this.number();
      if (flags & 1) this.number();
    }
  }
}

function number(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);

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
  const pieces = [program.subarray(0, 8)];
  for (const reader = new Reader(program, 8); reader.at < program.length; ) {
    const id = program[reader.at++];
    const length = reader.number();
    const body = program.subarray(reader.at, (reader.at += length));
    const changed = id === IMPORTS || id === EXPORTS ? renamed(id, body, rename) : body;
    pieces.push(Buffer.from([id]), number(changed.length), changed);
  }
  const taken = new Set(glue.match(/\b_[0-9a-z]+\b/g));
  for (const name of short.values()) if (taken.has(name)) throw new Error(`the glue has a name of its own that is ${name}`);
  const met = new Set();
  const shortened = glue.replace(/\b(?:__wb|_R)\w+/g, (name) => {
    met.add(name);
    return short.get(name) ?? name;
  });
  for (const name of short.keys()) if (!met.has(name)) throw new Error(`the glue does not know ${name}`);
  return { program: Buffer.concat(pieces), glue: shortened };
}
