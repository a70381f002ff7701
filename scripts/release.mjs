// What goes with a release, in its folder: sbom.cdx.json, the libraries inside the program (CycloneDX), and SHA256SUMS over
// all files. Neither is served: scripts/deploy leaves them behind, after it has compared the sums.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { source, version, written } from "./version.mjs";

const TARGET = "wasm32-unknown-unknown";
const [dist = "dist"] = process.argv.slice(2);

const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });

/** The digests that Cargo.lock holds of what came from the registry, by `name version`. */
function digests() {
  const found = readFileSync("Cargo.lock", "utf8").matchAll(
    /name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([0-9a-f]{64})"/g,
  );
  return new Map([...found].map(([, name, number, digest]) => [`${name} ${number}`, digest]));
}

const reference = ({ name, version: number }) => `pkg:cargo/${name}@${number}`;

/** `name version` of what cargo counts to the program along these edges. `cargo metadata` would answer for the whole
 * workspace, whose tests switch on more of each library. */
function tree(edges) {
  const lines = run("cargo", "tree", "--locked", "--package=roost", `--target=${TARGET}`, `--edges=${edges}`, "--prefix=none", "--no-dedupe");
  return new Set(lines.split("\n").flatMap((line) => line.match(/^(\S+) v(\S+)/)?.slice(1).join(" ") ?? []));
}

/** What the program is made of, by reference; what only builds it (macros, build scripts) is not `shipped`. */
function graph() {
  const metadata = JSON.parse(run("cargo", "metadata", "--format-version=1", "--locked", `--filter-platform=${TARGET}`));
  const shipped = tree("normal,no-proc-macro");
  const all = tree("normal,build");
  const label = (one) => `${one.name} ${one.version}`;
  const packages = new Map(metadata.packages.filter((one) => all.has(label(one))).map((one) => [one.id, one]));
  const needed = (node) =>
    node.deps
      .filter(({ pkg, dep_kinds: kinds }) => packages.has(pkg) && kinds.some(({ kind }) => kind !== "dev"))
      .map(({ pkg }) => reference(packages.get(pkg)));
  return metadata.resolve.nodes
    .filter((node) => packages.has(node.id))
    .map((node) => {
      const library = packages.get(node.id);
      const isRoot = library.name === "roost";
      return { library, shipped: shipped.has(label(library)), needed: [...new Set(needed(node))].sort(), isRoot };
    })
    .sort((a, b) => (reference(a.library) < reference(b.library) ? -1 : 1));
}

function component({ library, shipped, isRoot }, known) {
  const digest = known.get(`${library.name} ${library.version}`);
  return {
    type: isRoot ? "application" : "library",
    "bom-ref": reference(library),
    name: library.name,
    version: library.version,
    ...(isRoot ? {} : { scope: shipped ? "required" : "excluded" }),
    ...(digest ? { hashes: [{ alg: "SHA-256", content: digest }] } : {}),
    // Older packages write a slash for OR.
    ...(library.license ? { licenses: [{ expression: library.license.replaceAll(/\s*\/\s*/g, " OR ") }] } : {}),
    purl: reference(library),
  };
}

function sbom() {
  const known = digests();
  const all = graph();
  const root = all.find(({ isRoot }) => isRoot);
  const { seconds } = source();
  // The standard library is compiled with the program.
  const std = { type: "library", "bom-ref": "rust-std", name: "rust-std", version: run("rustc", "--version").split(" ")[1], scope: "required" };
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      ...(seconds === null ? {} : { timestamp: written(seconds) }),
      component: { ...component(root, known), version: version() },
    },
    components: [...all.filter(({ isRoot }) => !isRoot).map((one) => component(one, known)), std],
    dependencies: [
      ...all.map(({ library, needed, isRoot }) => ({
        ref: reference(library),
        dependsOn: isRoot ? [...needed, std["bom-ref"]] : needed,
      })),
      { ref: std["bom-ref"], dependsOn: [] },
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function sums() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "SHA256SUMS")
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(dist.length + 1))
    .sort();
  const sum = (name) => createHash("sha256").update(readFileSync(`${dist}/${name}`)).digest("hex");
  return files.map((name) => `${sum(name)}  ${name}\n`).join("");
}

writeFileSync(`${dist}/sbom.cdx.json`, sbom());
writeFileSync(`${dist}/SHA256SUMS`, sums());
