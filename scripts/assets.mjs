// Trunk's pre_build hook: writes what index.html links to into .build/, outside the watched folders: the style sheets
// joined in layer order (Trunk resolves no @import, and one sheet is one request; what comes later has another, fetched
// by src/browser/style.rs), and the two scripts, all minified for a release. Trunk hashes and signs the result, so this has to happen before it.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { minify } from "./esbuild.mjs";

const release = process.env.TRUNK_PROFILE === "release";

/** Style sheets of a folder, by name. */
const sheets = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".css"))
    .map((entry) => `${folder}/${entry.name}`)
    .sort();

const join = (files) => files.map((sheet) => readFileSync(sheet, "utf8").trim()).join("\n\n");

/** What a first visit needs: everything that is not in style/later. */
function firstSheet() {
  const first = ["style/tokens.css", "style/base.css", "style/layout.css", "style/start.css"];
  const unknown = sheets("style").filter((sheet) => !first.includes(sheet));
  if (unknown.length > 0) throw new Error(`scripts/assets.mjs has no place in the order for ${unknown.join(", ")}`);
  return join([...first, ...sheets("style/components")]);
}

function write(name, text, kind) {
  writeFileSync(`.build/${name}`, release ? minify(text, kind) : text);
}

mkdirSync(".build", { recursive: true });
write("roost.css", firstSheet(), "css");
write("later.css", join(sheets("style/later")), "css");
write("theme.js", readFileSync("public/theme.js", "utf8"), "classic");
write("boot.mjs", readFileSync("public/boot.mjs", "utf8"), "js");
