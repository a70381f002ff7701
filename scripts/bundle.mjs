// Trunk's post_build hook, for a release: finishes the bundle in the staging folder.
//
// Trunk names the program and its glue by a hash taken before wasm-bindgen and wasm-opt ran, so another version of
// these tools would change the bytes under an unchanged name, which caches keep for a year. Here both get the hash of
// what they are, the parts that are downloaded later are cut off (split.mjs), the glue is minified, and every text gets
// its .br and .gz beside it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { COMPRESSED, writeCompressed } from "./compress.mjs";
import { joinModules } from "./esbuild.mjs";
import { split } from "./split.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
const target = process.env.CARGO_TARGET_DIR ?? "target";
const page = `${staging}/index.html`;

const hash = (algorithm, encoding, ...parts) =>
  parts.reduce((digest, part) => digest.update(part), createHash(algorithm)).digest(encoding);

/** The content of a meta element of the page, which has to be there. */
function named(html, name) {
  const found = html.match(new RegExp(`<meta name="${name}" content="\\./(assets/[^"]+)"`));
  if (!found) throw new Error(`index.html has no <meta name="${name}">`);
  return found[1];
}

const digest = (bytes) => `sha384-${hash("sha384", "base64", bytes)}`;
const shortHash = (...parts) => hash("sha256", "hex", ...parts).slice(0, 16);

/**
 * Browsers ignore a digest on the preload of the program, and Chromium warns about it at every visit: the digest goes
 * to the element that the start script reads, which hands it to fetch(), where it is enforced.
 */
function moveProgramDigest(html, program) {
  const preload = html.match(/<link rel="preload"[^>]*?( integrity="[^"]+") as="fetch"[^>]*>/);
  if (!preload) throw new Error("index.html has no preload of the program");
  const [element, integrity] = preload;
  return html
    .replace(element, element.replace(integrity, ""))
    .replace('<meta name="roost-wasm"', `<meta name="roost-wasm" data-integrity="${digest(program)}"`);
}

/** Puts the parts where the loader looks for them, by the name of what they are, with the digest they must have. */
function placeParts(loader, parts) {
  for (const { name, bytes } of parts) {
    const placed = `roost-${name.replace(/^split_|\.wasm$/g, "")}-${shortHash(bytes)}.wasm`;
    const fetched = `fetch(new URL("./${name}", import.meta.url))`;
    if (!loader.includes(fetched)) throw new Error(`the loader does not fetch ${name} as expected`);
    loader = loader.replace(fetched, `fetch(new URL("./${placed}", import.meta.url), {integrity: "${digest(bytes)}"})`);
    writeFileSync(`${staging}/assets/${placed}`, bytes);
  }
  // The program words it for the reader when a part does not come; the loader need not tell the console as well.
  const told = "console.error(e);";
  if (!loader.includes(told)) throw new Error("the loader does not report as expected");
  return loader.replaceAll(told, "");
}

async function replaceProgram() {
  let html = readFileSync(page, "utf8");
  const glue = named(html, "roost-glue");
  const wasm = named(html, "roost-wasm");
  const before = glue.match(/roost-([0-9a-f]+)\.js$/)[1];
  const oldDigest = digest(readFileSync(`${staging}/${glue}`));
  if (!html.includes(oldDigest)) throw new Error("index.html does not hold the digest of the glue");

  const made = await split(`${target}/wasm32-unknown-unknown/release/roost.wasm`);
  const script = joinModules({ "main.js": made.glue, "__wasm_split.js": placeParts(made.loader, made.parts) }, "main.js");
  const after = shortHash(script, made.program);
  html = html.replaceAll(before, after).replaceAll(oldDigest, digest(script));
  html = moveProgramDigest(html, made.program);

  for (const name of [glue, wasm]) unlinkSync(`${staging}/${name}`);
  writeFileSync(`${staging}/${glue.replace(before, after)}`, script);
  writeFileSync(`${staging}/${wasm.replace(before, after)}`, made.program);
  writeFileSync(page, html);
}

/** What index.html says to who works on it is nothing for who visits. */
function dropComments() {
  const html = readFileSync(page, "utf8");
  writeFileSync(page, html.replace(/^ *<!--[^]*?-->\n/gm, "").replace(/^ +/gm, "").replace(/\n{2,}/g, "\n"));
}

async function compressAll() {
  // A deployment writes its own config.json: a compressed sample beside it would win over it.
  const files = readdirSync(staging, { recursive: true }).filter((name) => COMPRESSED.test(name) && name !== "config.json");
  for (const name of files) await writeCompressed(`${staging}/${name}`);
}

/** Type declarations are for programmers, not for visitors. */
function dropDeclarations() {
  for (const name of readdirSync(`${staging}/assets`)) {
    if (name.endsWith(".d.ts")) unlinkSync(`${staging}/assets/${name}`);
  }
}

if (process.env.TRUNK_PROFILE === "release") {
  dropDeclarations();
  await replaceProgram();
  dropComments();
  await compressAll();
}
