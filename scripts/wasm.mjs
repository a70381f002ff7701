// Reads and writes the pieces of a WebAssembly module (core specification, 5): what is named in it, and its functions.

/** Sections, by number. */
export const IMPORTS = 2;
export const EXPORTS = 7;
const CUSTOM = 0;
const CODE = 10;
const FUNCTION_NAMES = 1; // within the section of names

/** Reads a module, or a piece of one. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }

  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** So many bytes. */
  piece(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return this.piece(this.number()).toString("utf8");
  }

  /** What follows a name in the section of imports: its kind, which is given, and its type. */
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
    return kind;
  }
}

/** A number as it is written (LEB128). */
export function number(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

const sized = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** A text as it is written. */
export const text = (value) => sized(Buffer.from(value));

/** The module with each section as `change(id, body)` gives it; `null` leaves it out. */
export function changed(bytes, change) {
  const pieces = [bytes.subarray(0, 8)];
  for (const reader = new Reader(bytes, 8); !reader.isAtEnd; ) {
    const [id] = reader.piece(1);
    const body = change(id, reader.piece(reader.number()));
    if (body !== null) pieces.push(Buffer.from([id]), sized(body));
  }
  return Buffer.concat(pieces);
}

/** The functions of a module that come with it: names, where it has them, and code. `imported` come before them. */
export function functionsOf(bytes) {
  const codes = [];
  const names = new Map();
  let imported = 0;
  for (const reader = new Reader(bytes, 8); !reader.isAtEnd; ) {
    const [id] = reader.piece(1);
    const section = new Reader(reader.piece(reader.number()));
    if (id === IMPORTS) {
      for (let left = section.number(); left > 0; left--) {
        section.text();
        section.text();
        if (section.skipDescription() === 0) imported++;
      }
    } else if (id === CODE) {
      for (let left = section.number(); left > 0; left--) codes.push(section.piece(section.number()));
    } else if (id === CUSTOM && section.text() === "name") {
      while (!section.isAtEnd) {
        const [kind] = section.piece(1);
        const list = new Reader(section.piece(section.number()));
        if (kind !== FUNCTION_NAMES) continue;
        for (let left = list.number(); left > 0; left--) names.set(list.number(), list.text());
      }
    }
  }
  return { imported, functions: codes.map((code, index) => ({ code, name: names.get(imported + index) ?? "" })) };
}

/** The module with these names for its own functions, and no other names. */
export function withNames(bytes, names) {
  const { imported } = functionsOf(bytes);
  const list = Buffer.concat([number(names.length), ...names.flatMap((name, index) => [number(imported + index), text(name)])]);
  const section = Buffer.concat([text("name"), Buffer.from([FUNCTION_NAMES]), sized(list)]);
  const without = changed(bytes, (id, body) => (id === CUSTOM && new Reader(body).text() === "name" ? null : body));
  return Buffer.concat([without, Buffer.from([CUSTOM]), sized(section)]);
}
