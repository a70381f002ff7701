// Where the bytes of a first visit's program are, by crate, by our own modules and by function: scripts/bytes builds one
// with names and calls this with its folder. What a part weighs is what the code compresses to with it less without it.
import { readFileSync, readdirSync } from "node:fs";
import { constants, brotliCompressSync } from "node:zlib";
import { crateOf, grouped, pathOf, shortName } from "./mangled.mjs";
import { functionsOf } from "./wasm.mjs";

const [dist, most = "25"] = process.argv.slice(2);
const SHOWN = Number(most);
/** Of the comparisons: the best takes ten times as long and says the same. */
const QUALITY = 9;
const OURS = new Set(["roost", "roost_list"]);

const compressed = (functions, quality) =>
  brotliCompressSync(Buffer.concat(functions.map(({ code }) => code)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;

/** Prints what each group of functions weighs, heaviest first. */
function weigh(functions, title, groupOf) {
  const groups = grouped(functions, groupOf);
  groups.delete(null);
  const all = compressed(functions, QUALITY);
  const bytesOf = (list) => list.reduce((sum, { code }) => sum + code.length, 0);
  const heavy = [...groups].sort((a, b) => bytesOf(b[1]) - bytesOf(a[1])).slice(0, SHOWN);
  const rows = heavy.map(([group, list]) => {
    const others = functions.filter((one) => groupOf(one) !== group);
    return [group, list.length, bytesOf(list), all - compressed(others, QUALITY)];
  });
  rows.sort((a, b) => b[3] - a[3]);
  line(title, "functions", "bytes", "brotli");
  for (const row of rows) line(...row);
  console.log();
}

const line = (name, ...numbers) => console.log(name.padEnd(44), ...numbers.map((number) => String(number).padStart(9)));

const file = readdirSync(`${dist}/assets`).find((name) => name.endsWith("_bg.wasm"));
if (!file) throw new Error(`${dist}/assets has no program`);
const { functions } = functionsOf(readFileSync(`${dist}/assets/${file}`));
if (functions.every(({ name }) => name === "")) throw new Error("the program has no names: build it with ROOST_NAMES=1");
line("the program of a first visit", "functions", "bytes", "brotli");
line("all code", functions.length, functions.reduce((sum, { code }) => sum + code.length, 0), compressed(functions, 11));
console.log();
weigh(functions, "crate in which it is written", ({ name }) => crateOf(name));
const module = ({ name }) => {
  const path = pathOf(name);
  return OURS.has(path[0]) ? path.slice(0, 3).join("::") : null;
};
weigh(functions, "our modules", module);
line("largest functions", "", "bytes", "");
for (const { name, code } of functions.toSorted((a, b) => b.code.length - a.code.length).slice(0, SHOWN)) {
  line(shortName(name).slice(0, 64), "", code.length, "");
}
