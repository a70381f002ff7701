// Puts the compressed forms of a file beside it, as small as they get: they are made once and sent for years.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Kinds of files that are compressed. */
export const COMPRESSED = /\.(html|css|js|mjs|wasm|svg|json|txt)$/;

/** Writes `file.br` and `file.gz`, unless they would be no smaller. */
export function writeCompressed(file) {
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      // All of a file in one block: what is alike in the program stands far apart.
      [constants.BROTLI_PARAM_LGBLOCK]: constants.BROTLI_MAX_INPUT_BLOCK_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  for (const [ending, packed] of [["br", brotli], ["gz", gzipSync(bytes, { level: 9 })]]) {
    // A few bytes of text grow by it.
    if (packed.length < bytes.length) writeFileSync(`${file}.${ending}`, packed);
    else rmSync(`${file}.${ending}`, { force: true });
  }
}
