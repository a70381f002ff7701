// Runs the pinned esbuild on a text: what minifies the style sheet and the scripts of a release.
import { execFileSync } from "node:child_process";

const loaders = { css: [], js: ["--format=esm", "--target=es2022"], classic: ["--target=es2022"] };

/** The minified text; `kind` is css, js (a module) or classic (a script). Writes nothing but what the text means. */
export function minify(text, kind) {
  const loader = kind === "css" ? "css" : "js";
  const options = [`--loader=${loader}`, "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"];
  try {
    return execFileSync("esbuild", [...options, ...loaders[kind]], { input: text, encoding: "utf8" });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("esbuild is not on PATH: build by `make dist`, which has the tools");
    throw error;
  }
}
