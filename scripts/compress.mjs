// Puts the compressed forms of a file beside it, as small as they get: they are made once and sent for years.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Kinds of files that are compressed. */
export const COMPRESSED = /\.(html|css|js|mjs|wasm|svg|json|txt)$/;

/**
 * Brotli's blocks and ways to guess what comes next. Which are best for the program is chance: up to 0.7 % lie between them,
 * and a word changed in the source may turn their order round. Of smaller files the first is within 0.1 % of the best.
 */
const BLOCKS = [17, 16, constants.BROTLI_MAX_INPUT_BLOCK_BITS];
const MODES = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT];
const LARGE = 500_000; // bytes

// Side by side, in Node's pool of threads.
async function brotli(bytes) {
  const all = BLOCKS.flatMap((block) => MODES.map((mode) => ({ block, mode })));
  const ways = bytes.length < LARGE ? all.slice(0, 1) : all;
  const tries = ways.map(({ block, mode }) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_LGBLOCK]: block,
        [constants.BROTLI_PARAM_MODE]: mode,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
  return (await Promise.all(tries)).reduce((least, packed) => (packed.length < least.length ? packed : least));
}

/** Writes `file.br` and `file.gz`, unless they would be no smaller. */
export async function writeCompressed(file) {
  const bytes = readFileSync(file);
  for (const [ending, packed] of [["br", await brotli(bytes)], ["gz", await promisify(gzip)(bytes, { level: 9 })]]) {
    // A few bytes of text grow by it.
    if (packed.length < bytes.length) writeFileSync(`${file}.${ending}`, packed);
    else rmSync(`${file}.${ending}`, { force: true });
  }
}
