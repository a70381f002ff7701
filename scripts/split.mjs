// Cuts the program of a release into parts that are downloaded when they are first needed, at the functions declared
// by chunk! (src/browser/chunk.rs). Trunk knows nothing of it: it has run wasm-bindgen over the whole program, and here
// that is done anew for the part that starts, between cutting and wasm-opt. docs/size-budget.md has the reasons.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { alikeSideBySide } from "./alike.mjs";
import { shortNames } from "./short-names.mjs";
import { functionsOf, withNames } from "./wasm.mjs";

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
// Measured on the whole console (docs/size-budget.md): for speed, then for size, makes fewer functions than for size alone,
// and no more bytes. A browser compiles each function when it is first called.
const SMALLER = ["-O2", "-Oz"];

// What the tools say is shown only when they fail: they remark on things that are as they should be.
async function run(program, ...args) {
  try {
    await promisify(execFile)(program, args, { maxBuffer: 1 << 28, signal: failed.signal });
  } catch (error) {
    process.stderr.write(error.stderr ?? "");
    throw error;
  }
}

/** Ends what is made beside what failed. */
const failed = new AbortController();

// ROOST_NAMES=1 keeps the names of functions, for the profiler of a browser.
const KEEPS_NAMES = Boolean(process.env.ROOST_NAMES);

/** Twice, for the second time finds what the first has laid open; in between functions get the names they are sorted by. */
async function optimise(file) {
  await run("wasm-opt", ...FEATURES, "--flatten", "--rereloop", ...SMALLER, "--debuginfo", file, "-o", file);
  const once = readFileSync(file);
  const { functions } = functionsOf(once);
  const names = [];
  alikeSideBySide(functions.map(({ code }) => code)).forEach((index, place) => {
    names[index] = `${String(place).padStart(6, "0")} ${functions[index].name}`;
  });
  writeFileSync(file, withNames(once, names));
  const named = KEEPS_NAMES ? "--debuginfo" : "--strip-debug";
  await run("wasm-opt", ...FEATURES, ...SMALLER, "--reorder-functions-by-name", named, "--strip-producers", file, "-o", file);
  const twice = readFileSync(file);
  if (!KEEPS_NAMES) return twice;
  return withNames(twice, functionsOf(twice).functions.map(({ name }) => name.replace(/^\d+ /, "")));
}

/**
 * Takes out what the framework exports for streams of its own and this console never calls: an export counts as used,
 * so no optimiser would.
 */
async function dropUnusedExports(file, folder) {
  const unused = /^(__wbg_)?intounderlying/;
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file))).map(({ name }) => name);
  const kept = exported.filter((name) => !unused.test(name));
  if (kept.length === exported.length) throw new Error("nothing to take out any more: remove dropUnusedExports");
  const graph = join(folder, "exports.json");
  const nodes = kept.map((name) => ({ name, export: name }));
  writeFileSync(graph, JSON.stringify([{ name: "page", root: true, reaches: kept }, ...nodes]));
  await run("wasm-metadce", ...FEATURES, "--graph-file", graph, file, "-g", "-o", file);
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
export async function split(wasm) {
  if (!existsSync(wasm)) throw new Error(`${wasm} is not there: was it built for another target?`);
  const folder = mkdtempSync(join(tmpdir(), "roost-parts-"));
  try {
    const bound = join(folder, "bound");
    await run("wasm-split-cli", wasm, folder);
    // The parts take memory and table from what the linker exports. Names stay for who asks for them (ROOST_NAMES).
    const bind = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"];
    await run("wasm-bindgen", ...bind, "--out-dir", bound, "--out-name", "main", join(folder, "main.wasm"));
    await dropUnusedExports(join(bound, "main_bg.wasm"), folder);
    const parts = readdirSync(folder).filter((name) => name.endsWith(".wasm") && name !== "main.wasm");
    const glue = dropUnusedClasses(readFileSync(join(bound, "main.js"), "utf8"));
    // The tool uses one core for the most part, so the parts are made beside the largest.
    const others = async () => {
      const made = [];
      for (const name of parts) made.push({ name, bytes: await optimise(join(folder, name)) });
      return made;
    };
    const [program, made] = await Promise.all([optimise(join(bound, "main_bg.wasm")), others()]);
    return {
      ...shortNames(program, glue),
      loader: readFileSync(join(folder, "__wasm_split.js"), "utf8"),
      parts: made,
    };
  } catch (error) {
    failed.abort();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
