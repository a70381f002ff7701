// Trunk's pre_build hook: joins the style sheets in layer order into .build/roost.css, outside the watched folders.
// Trunk copies CSS as it is and resolves no @import, and one sheet is one request.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const sheets = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".css"))
    .map((entry) => `${folder}/${entry.name}`)
    .sort();

const first = ["style/tokens.css", "style/base.css", "style/layout.css"];
const there = sheets("style");
const unknown = there.filter((sheet) => !first.includes(sheet));
if (unknown.length > 0) throw new Error(`no place in the layer order for ${unknown.join(", ")}`);

const order = [...first.filter((sheet) => there.includes(sheet)), ...sheets("style/components")];
mkdirSync(".build", { recursive: true });
writeFileSync(".build/roost.css", order.map((sheet) => `${readFileSync(sheet, "utf8").trim()}\n`).join("\n"));
