// The size test: what a first visit to /users downloads from the console's own server, in brotli, and in how many
// requests (answers of the API and of the OpenID provider not counted). docs/size-budget.md has the reasons.
import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

// The goal is not reached yet. Until it is, the bound keeps what was reached: it only ever goes down.
const { goal_bytes: GOAL_BYTES, bound_bytes: LIMIT_BYTES, requests: LIMIT_REQUESTS } = JSON.parse(
  readFileSync(new URL("size-budget.json", import.meta.url), "utf8"),
);

const [dist = "dist"] = process.argv.slice(2);
if (!existsSync(`${dist}/index.html`)) {
  console.error(`${dist}/index.html is not there: build it with make dist`);
  process.exit(1);
}
const html = readFileSync(`${dist}/index.html`, "utf8");

/** Files that the page names, each once: a preload and the request it is for share one download. */
const named = [...html.matchAll(/<(?:link|script|meta)\b[^>]*?(?:href|src|content)="(\.\/[^"]+)"[^>]*>/g)]
  // A disabled sheet is left where it is until something later needs it.
  .filter(([element]) => !/ disabled\b/.test(element))
  .map(([, name]) => name.replace(/^\.\//, ""));

/** Modules that a module imports, wherever wasm-bindgen put them. */
function imports(name) {
  if (!/\.m?js$/.test(name)) return [];
  const text = readFileSync(`${dist}/${name}`, "utf8");
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const found = [...text.matchAll(/\b(?:from|import)\s*["'](\.\/[^"']+)["']/g)].map(([, path]) => folder + path.slice(2));
  return found.flatMap((path) => [path, ...imports(path)]);
}

const files = [...new Set(["index.html", ...named.flatMap((name) => [name, ...imports(name)]), "config.json"])];
const rows = files.map((name) => {
  const bytes = readFileSync(`${dist}/${name}`);
  const ready = `${dist}/${name}.br`;
  return { name, raw: bytes.length, sent: existsSync(ready) ? readFileSync(ready).length : Math.min(bytes.length, brotliCompressSync(bytes).length) };
});
const total = rows.reduce((sum, row) => sum + row.sent, 0);

const line = (name, raw, sent) => console.log(`${name.padEnd(44)} ${String(raw).padStart(9)} ${String(sent).padStart(9)}`);
line("file", "bytes", "brotli");
for (const row of rows.toSorted((a, b) => b.sent - a.sent)) line(row.name, row.raw, row.sent);
line(`${rows.length} requests of at most ${LIMIT_REQUESTS}`, "", total);
console.log(`${(total / 1000).toFixed(1)} kB of at most ${LIMIT_BYTES / 1000} kB`);
if (total > GOAL_BYTES) {
  console.log(`GOAL NOT REACHED: ${(total / 1000).toFixed(1)} kB instead of ${GOAL_BYTES / 1000} kB (docs/size-budget.md)`);
}

if (total > LIMIT_BYTES) {
  console.error(`A first visit downloads ${total - LIMIT_BYTES} bytes too many.`);
  process.exitCode = 1;
}
if (rows.length > LIMIT_REQUESTS) {
  console.error(`A first visit makes ${rows.length - LIMIT_REQUESTS} requests too many.`);
  process.exitCode = 1;
}
