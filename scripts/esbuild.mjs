// Runs the pinned esbuild on a text: what minifies the style sheet and the scripts of a release.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const loaders = { css: [], js: ["--format=esm", "--target=es2022"], classic: ["--target=es2022"] };

const MINIFIED = ["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--log-override:duplicate-object-key=silent"];

function esbuild(options, input) {
  try {
    return execFileSync("esbuild", [...MINIFIED, ...options], { input, encoding: "utf8" });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("esbuild is not on PATH: build by `make dist`, which has the tools");
    throw error;
  }
}

/** The minified text; `kind` is css, js (a module) or classic (a script). Writes nothing but what the text means. */
export function minify(text, kind) {
  return esbuild([`--loader=${kind === "css" ? "css" : "js"}`, ...loaders[kind]], text);
}

/** Modules that import each other as one minified module: one request, whichever imports which. */
export function joinModules(modules, entry) {
  const folder = mkdtempSync(join(tmpdir(), "roost-modules-"));
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    return esbuild(["--bundle", ...loaders.js, join(folder, entry)], "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
