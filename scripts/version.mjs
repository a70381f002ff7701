// Writes version.json into a bundle: what is released, from which commit, when that was made, and which program the page
// starts, by which an open tab notices that there is another one (src/config/release.rs).
// Where there is no repository, ROOST_COMMIT and SOURCE_DATE_EPOCH say the same.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ROOT = new URL("..", import.meta.url);

function git(...args) {
  try {
    return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

/** The commit, with `-dirty` where files differ from it, and its time in seconds; `null` where nobody knows. */
export function source() {
  const { ROOST_COMMIT, SOURCE_DATE_EPOCH } = process.env;
  const commit = ROOST_COMMIT || git("describe", "--always", "--abbrev=40", "--exclude=*", "--dirty");
  const seconds = Number(SOURCE_DATE_EPOCH || git("log", "-1", "--format=%ct"));
  return { commit: commit || null, seconds: seconds > 0 ? seconds : null };
}

/** A time as the files of a release write it. */
export const written = (seconds) => (seconds === null ? null : new Date(seconds * 1000).toISOString().replace(".000", ""));

/** The version of the console. */
export function version() {
  return readFileSync(new URL("Cargo.toml", ROOT), "utf8").match(/^version = "([^"]+)"/m)[1];
}

function write(dist) {
  const page = readFileSync(`${dist}/index.html`, "utf8");
  const glue = page.match(/<meta name="roost-glue" content="\.\/assets\/([^"]+)"/);
  if (!glue) throw new Error(`${dist}/index.html names no program`);
  const { commit, seconds } = source();
  const text = `${JSON.stringify({ version: version(), commit, built: written(seconds), program: glue[1] }, null, 2)}\n`;
  const file = `${dist}/version.json`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) write(process.argv[2] ?? "dist");
