// What is not installed is skipped and said: a run of its own, without the web servers.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, needsStandin, test } from "../support/test.ts";

const FOLDER = path.resolve(import.meta.dirname, "..");
const PLAYWRIGHT = path.join(FOLDER, "node_modules/@playwright/test/cli.js");

for (const [spec, title, server] of [
  ["proxy", "diagnostics say that a proxy signs in", "nginx"],
  ["deployment", "nginx serves it at /admin/", "nginx"],
  ["deployment", "caddy serves it at /admin/", "caddy"],
  ["deployment", "apache serves it at /admin/", "apache"],
] as const) {
  test(`without ${server}, ${spec} is skipped with its reason, and nothing fails`, ({}, info) => {
    needsStandin("the servers that the tests start themselves", info);
    const results = mkdtempSync(path.join(tmpdir(), "roost-skipped-"));
    // Its own results, and nobody's report.
    const line = [PLAYWRIGHT, "test", spec, "-g", title, "--workers", "1", "--reporter", "list", "--output", results];
    const env = { ...process.env, [`ROOST_${server.toUpperCase()}`]: path.join(results, "not-installed"), FORCE_COLOR: "0" };
    const { status, stdout, stderr } = spawnSync(process.execPath, line, { cwd: FOLDER, env, encoding: "utf8" });
    rmSync(results, { recursive: true, force: true });
    expect(stdout + stderr).toMatch(new RegExp(`SKIPPED, Debian's ${server} is not here .*: ${title}`));
    expect(stdout).toMatch(/^ +1 skipped$/m);
    expect(stdout).not.toMatch(/ (passed|failed)/);
    expect(status).toBe(0);
  });
}
