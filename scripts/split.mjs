// Cuts the program of a release into parts that are downloaded when they are first needed, at the functions declared
// by chunk! (src/browser/chunk.rs). Trunk knows nothing of it: it has run wasm-bindgen over the whole program, and here
// that is done anew for the part that starts, between cutting and wasm-opt. docs/size-budget.md has the reasons.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
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

/**
 * How binaryen's tools are called. Those of npm are scripts around a large program, which Node compiles twice, the second
 * time for a speed that only the largest file makes up for: once is half the processor's time.
 */
function binaryen(name) {
  const found = process.env.PATH.split(delimiter).map((folder) => join(folder, name)).find(existsSync) ?? name;
  const isScript = existsSync(found) && /^#!.*\bnode\b/.test(readFileSync(found, "latin1").slice(0, 80));
  return isScript ? [process.execPath, "--liftoff-only", found] : [found];
}
const WASM_OPT = [...binaryen("wasm-opt"), ...FEATURES];

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

/**
 * Twice, for the second time finds what the first has laid open; in between functions get the names they are sorted by.
 * A part is sorted only: the second time takes a third of the time, and finds 0.3 % there.
 */
async function optimise(file, isPart) {
  await run(...WASM_OPT, "--flatten", "--rereloop", ...SMALLER, "--debuginfo", file, "-o", file);
  const once = readFileSync(file);
  const { functions } = functionsOf(once);
  const names = [];
  alikeSideBySide(functions.map(({ code }) => code)).forEach((index, place) => {
    names[index] = `${String(place).padStart(6, "0")} ${functions[index].name}`;
  });
  writeFileSync(file, withNames(once, names));
  const named = KEEPS_NAMES ? "--debuginfo" : "--strip-debug";
  const again = isPart ? [] : SMALLER;
  await run(...WASM_OPT, ...again, "--reorder-functions-by-name", named, "--strip-producers", file, "-o", file);
  const twice = readFileSync(file);
  if (!KEEPS_NAMES) return twice;
  return withNames(twice, functionsOf(twice).functions.map(({ name }) => name.replace(/^\d+ /, "")));
}

/** Side by side, for the tool uses one core for the most part; the first is the program, which takes longest. */
async function optimiseAll(files) {
  const made = [];
  let next = 0;
  const work = async () => {
    while (next < files.length) {
      const index = next++;
      made[index] = await optimise(files[index], index > 0);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return made;
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
  await run(...binaryen("wasm-metadce"), ...FEATURES, "--graph-file", graph, file, "-g", "-o", file);
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
    const [program, ...made] = await optimiseAll([join(bound, "main_bg.wasm"), ...parts.map((name) => join(folder, name))]);
    return {
      ...shortNames(program, glue),
      loader: readFileSync(join(folder, "__wasm_split.js"), "utf8"),
      parts: parts.map((name, index) => ({ name, bytes: made[index] })),
    };
  } catch (error) {
    failed.abort();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
