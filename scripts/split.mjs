// Cuts the program of a release into parts that are downloaded when they are first needed, at the functions declared
// by chunk! (src/browser/chunk.rs). Trunk knows nothing of it: it has run wasm-bindgen over the whole program, and here
// that is done anew for the part that starts, between cutting and wasm-opt. docs/size-budget.md has the reasons.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shortNames } from "./short-names.mjs";

// The features rustc uses by default; wasm-opt stops where one is missing.
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);
// Measured on the whole console (docs/size-budget.md): nothing is copied into its callers but what has one, and functions
// that are alike lie side by side, where the compression finds them.
const SMALLER = ["--flatten", "--rereloop", "-fimfs=0", "-ocimfs=1", "-Oz", "-Oz", "--reorder-functions-by-name"];

// What the tools say is shown only when they fail: they remark on things that are as they should be.
function run(program, ...args) {
  try {
    execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    process.stderr.write(error.stderr ?? "");
    throw error;
  }
}

// ROOST_NAMES=1 keeps the names of functions, for the profiler of a browser.
const NAMES = process.env.ROOST_NAMES ? "--debuginfo" : "--strip-debug";

function optimise(file) {
  run("wasm-opt", ...FEATURES, ...SMALLER, NAMES, "--strip-producers", file, "-o", file);
  return readFileSync(file);
}

/**
 * Takes out what the framework exports for streams of its own and this console never calls: an export counts as used,
 * so no optimiser would.
 */
function dropUnusedExports(file, folder) {
  const unused = /^(__wbg_)?intounderlying/;
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file))).map(({ name }) => name);
  const kept = exported.filter((name) => !unused.test(name));
  if (kept.length === exported.length) throw new Error("nothing to take out any more: remove dropUnusedExports");
  const graph = join(folder, "exports.json");
  const nodes = kept.map((name) => ({ name, export: name }));
  writeFileSync(graph, JSON.stringify([{ name: "page", root: true, reaches: kept }, ...nodes]));
  run("wasm-metadce", ...FEATURES, "--graph-file", graph, file, "-g", "-o", file);
}

/** The glue of the same: a class that is exported counts as used, too. */
function dropUnusedClasses(glue) {
  const classes = /^export class IntoUnderlying\w+ \{\n[^]*?^\}\n(?:if \(Symbol\.dispose\).*\n)?/gm;
  const registries = /^const IntoUnderlying\w+Finalization = [^]*?;\n/gm;
  const kept = glue.replace(classes, "").replace(registries, "");
  if (kept === glue || /IntoUnderlying/.test(kept)) throw new Error("the glue has not the classes of streams as expected");
  return kept;
}

/**
 * The parts of the program at `wasm`: the one that starts with its glue, the module that loads the others, and those.
 * The names inside are the tool's own: `./main.js` for the glue, `./__wasm_split.js` for the loader.
 */
export function split(wasm) {
  if (!existsSync(wasm)) throw new Error(`${wasm} is not there: was it built for another target?`);
  const folder = mkdtempSync(join(tmpdir(), "roost-parts-"));
  try {
    const bound = join(folder, "bound");
    run("wasm-split-cli", wasm, folder);
    // The parts take memory and table from what the linker exports. Names stay until wasm-opt has sorted by them.
    const bind = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"];
    run("wasm-bindgen", ...bind, "--out-dir", bound, "--out-name", "main", join(folder, "main.wasm"));
    dropUnusedExports(join(bound, "main_bg.wasm"), folder);
    const parts = readdirSync(folder).filter((name) => name.endsWith(".wasm") && name !== "main.wasm");
    const glue = dropUnusedClasses(readFileSync(join(bound, "main.js"), "utf8"));
    return {
      ...shortNames(optimise(join(bound, "main_bg.wasm")), glue),
      loader: readFileSync(join(folder, "__wasm_split.js"), "utf8"),
      parts: parts.map((name) => ({ name, bytes: optimise(join(folder, name)) })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
