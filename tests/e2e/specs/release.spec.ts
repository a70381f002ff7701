// What make dist leaves beside the program: its version, compressed forms, checksums, what is in it; and the container.
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { releaseOf, run } from "../support/hosts.ts";
import { DIST } from "../support/standin.ts";
import { expect, test as base } from "../support/test.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

const test = base.extend<object, { release: string }>({
  release: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), "roost-release-"));
      cpSync(DIST, folder, { recursive: true });
      const made = spawnSync("node", ["scripts/release.mjs", folder], { cwd: ROOT, encoding: "utf8" });
      if (made.status !== 0) throw new Error(made.stderr);
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

function filesOf(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return all.filter((name) => statSync(path.join(folder, name)).isFile()).sort();
}

test("the checksums are those of every file", ({ release }) => {
  const lines = readFileSync(path.join(release, "SHA256SUMS"), "utf8").trim().split("\n");
  const names = lines.map((line) => line.slice(66));
  expect(names).toEqual(filesOf(release).filter((name) => name !== "SHA256SUMS"));
  for (const line of lines) {
    const sum = createHash("sha256").update(readFileSync(path.join(release, line.slice(66)))).digest("hex");
    expect(line.slice(0, 64), line).toBe(sum);
  }
});

test("every text has its compressed forms, which hold the same and are smaller", ({ release }) => {
  const texts = filesOf(release).filter((name) => /\.(html|css|js|mjs|wasm|svg)$/.test(name));
  expect(texts.length).toBeGreaterThan(10);
  for (const name of texts) {
    const bytes = readFileSync(path.join(release, name));
    for (const [ending, unpack] of [[".br", brotliDecompressSync], [".gz", gunzipSync]] as const) {
      const file = path.join(release, name + ending);
      if (!existsSync(file) && bytes.length < 200) continue;
      const packed = readFileSync(file);
      expect(unpack(packed).equals(bytes), name + ending).toBe(true);
      expect(packed.length, name + ending).toBeLessThan(bytes.length);
    }
  }
});

test("version.json says what it is, from which commit, and when that was made", ({ release }) => {
  const said = JSON.parse(readFileSync(path.join(release, "version.json"), "utf8")) as Record<string, string>;
  expect(Object.keys(said)).toEqual(["version", "commit", "built", "program"]);
  expect(said["version"]).toBe(/^version = "(.*)"$/m.exec(readFileSync(path.join(ROOT, "Cargo.toml"), "utf8"))?.[1]);
  expect(said["commit"]).toMatch(/^[0-9a-f]{40}(-dirty)?$/);
  const time = spawnSync("git", ["show", "-s", "--format=%ct", String(said["commit"]).slice(0, 40)], { cwd: ROOT, encoding: "utf8" });
  expect(Date.parse(said["built"] ?? "") / 1000, "not the time of the build").toBe(Number(time.stdout));
  expect(readFileSync(path.join(release, "index.html"), "utf8")).toContain(`"./assets/${said["program"]}"`);
});

test("the list of what is in it is CycloneDX, and has the libraries of the program with licence and digest", async ({ release }) => {
  const text = readFileSync(path.join(release, "sbom.cdx.json"), "utf8");
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(text)).toBeNull();
  expect(await validator.validate(text.replace('"library"', '"lib"')), "the validator can say no").not.toBeNull();
  const { components, metadata, dependencies } = JSON.parse(text) as {
    components: { name: string; version: string; scope: string; purl?: string; licenses?: unknown[]; hashes?: unknown[] }[];
    metadata: { component: { name: string } };
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  expect(metadata.component.name).toBe("roost");
  const shipped = components.filter(({ scope }) => scope === "required").map(({ name }) => name);
  for (const name of ["leptos", "wasm-bindgen", "serde_json", "roost-list", "rust-std"]) expect(shipped).toContain(name);
  for (const name of ["standin", "axum", "proptest"]) expect(components.map((one) => one.name), "nothing of the tests").not.toContain(name);
  for (const one of components.filter(({ name }) => !["rust-std", "roost-list"].includes(name))) {
    expect(one.licenses, one.name).toHaveLength(1);
    expect(one.hashes, one.name).toHaveLength(1);
  }
  const known = new Set([...components.map(({ purl }) => purl), "pkg:cargo/roost@0.1.0", "rust-std"]);
  for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(known, ref).toContain(ref);
});

test("the container's file has no fault that a linter finds, and its user has no rights", async () => {
  const release = releaseOf();
  const out = mkdtempSync(path.join(tmpdir(), "roost-site-"));
  const site = path.join(out, "site");
  expect(run("scripts/deploy", "--host", "compose", "--out", site, "--dist", release.folder, "--base", "/admin/", "--mode", "proxy").status).toBe(0);
  const file = path.join(site, "Containerfile");
  const lint = () => spawnSync("node_modules/.bin/dockerfile-utils", ["lint", file], { cwd: path.join(ROOT, "tests/e2e"), encoding: "utf8" });
  const text = readFileSync(file, "utf8");
  expect(lint()).toMatchObject({ status: 0, stdout: "" });
  expect(text).toMatch(/^USER [1-9]\d*$/m);
  expect(text).toContain("http://127.0.0.1:8080/admin/version.json");
  expect(text).not.toMatch(/@[A-Z]+@|:latest/);
  for (const word of ["read_only: true", "no-new-privileges:true", "- ALL"]) expect(readFileSync(path.join(site, "compose.yml"), "utf8")).toContain(word);
  writeFileSync(file, text.replace("EXPOSE 8080", "EXPOSE port"));
  expect(lint().stdout, "the linter can say no").not.toBe("");
  release.remove();
  rmSync(out, { recursive: true, force: true });
});
