// scripts/check-deploy against a server that does everything right, and against one that does a single thing wrong: each
// check fails for what it is there for, and no other does.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { releaseOf, run } from "../support/hosts.ts";
import { serveSite, type Answer, type Fault } from "../support/site.ts";
import { expect, test as base } from "../support/test.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

interface Fixtures {
  /** Asks a server with a fault: which checks failed, and what was said. */
  checked: (fault: Fault, address?: (port: number) => string) => Promise<{ failed: string[]; said: string; status: number | null }>;
}

const test = base.extend<Fixtures, { site: string }>({
  site: [
    async ({}, use) => {
      const release = releaseOf();
      const out = mkdtempSync(path.join(tmpdir(), "roost-site-"));
      const site = path.join(out, "site");
      const made = run("scripts/deploy", "--host", "nginx", "--out", site, "--dist", release.folder, "--api", "https://netbird.test", "--issuer", "https://login.test/oauth2");
      if (made.status !== 0) throw new Error(made.said);
      await use(site);
      release.remove();
      rmSync(out, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  checked: async ({ site }, use) => {
    await use(async (fault, address = (port) => `http://127.0.0.1:${port}/`) => {
      const { port, stop } = await serveSite(site, fault);
      // Not at once and wait: the server is in this process.
      const child = spawn(path.join(ROOT, "scripts/check-deploy"), [address(port)]);
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (said += piece.toString()));
      const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
      stop();
      const failed = [...said.matchAll(/^FAILED {2}(.*)$/gm)].map(([, name]) => name ?? "");
      return { failed, said, status };
    });
  },
});

const ofAsset = (ending: string) => (answer: Answer) => answer.name.startsWith("assets/") && answer.name.endsWith(ending) && answer.status === 200;

const HEADERS = "every response has the security headers";
const FAULTS: [string, string, Fault, RegExp][] = [
  ["no policy on a miss", HEADERS, (a) => a.status === 404 && delete a.headers["Content-Security-Policy"], /bg\.wasm has Content-Security-Policy not at all/],
  ["two policies", HEADERS, (a) => (a.headers["Content-Security-Policy"] = [String(a.headers["Content-Security-Policy"]), "default-src 'self'"]), /has Content-Security-Policy 2 times/],
  ["inline scripts", HEADERS, (a) => swap(a, "Content-Security-Policy", "script-src 'self'", "script-src 'self' 'unsafe-inline'"), /Content-Security-Policy is “.*'unsafe-inline'/],
  ["any host may be asked", HEADERS, (a) => swap(a, "Content-Security-Policy", "connect-src 'self'", "connect-src 'self' https:"), /connect-src allows https:/],
  ["a placeholder in the policy", HEADERS, (a) => swap(a, "Content-Security-Policy", "connect-src 'self'", "connect-src 'self' https://api.invalid"), /still has the placeholder https:\/\/api\.invalid/],
  ["the issuer is not in the policy", HEADERS, (a) => swap(a, "Content-Security-Policy", " https://login.test", ""), /connect-src lacks https:\/\/login\.test, which config\.json names/],
  ["no nosniff on programs", HEADERS, (a) => ofAsset(".wasm")(a) && delete a.headers["X-Content-Type-Options"], /has X-Content-Type-Options not at all/],
  ["a short HSTS", HEADERS, (a) => (a.headers["Strict-Transport-Security"] = "max-age=60"), /has Strict-Transport-Security “max-age=60” instead of/],
  ["another referrer policy", HEADERS, (a) => (a.headers["Referrer-Policy"] = "origin"), /has Referrer-Policy “origin” instead of “no-referrer”/],
  ["no opener policy", HEADERS, (a) => delete a.headers["Cross-Origin-Opener-Policy"], /has Cross-Origin-Opener-Policy not at all/],
  ["no resource policy", HEADERS, (a) => delete a.headers["Cross-Origin-Resource-Policy"], /has Cross-Origin-Resource-Policy not at all/],
  ["no permissions policy", HEADERS, (a) => delete a.headers["Permissions-Policy"], /has Permissions-Policy not at all/],
  ["the page is kept", "nothing is kept that may change", (a) => a.name === "index.html" && (a.headers["Cache-Control"] = "max-age=3600"), /readers would keep an old one/],
  ["the configuration is kept", "nothing is kept that may change", (a) => a.name === "config.json" && delete a.headers["Cache-Control"], /config\.json has Cache-Control “undefined”/],
  ["assets are not kept", "what cannot change is kept", (a) => ofAsset(".css")(a) && (a.headers["Cache-Control"] = "no-cache"), /\.css has Cache-Control “no-cache”/],
  ["a miss is kept", "a miss is not kept", (a) => a.status === 404 && (a.headers["Cache-Control"] = "public, max-age=31536000, immutable"), /is missing, and Cache-Control/],
  ["nothing to compare by", "what is unchanged is not sent again", (a) => delete a.headers["ETag"], /neither ETag nor Last-Modified/],
  ["a tag that is ignored", "what is unchanged is not sent again", (a) => a.status === 304 && (a.status = 200), /answered with 200 instead of 304/],
  ["programs of an unknown type", "every file has its type", (a) => ofAsset(".wasm")(a) && (a.headers["Content-Type"] = "application/octet-stream"), /sent as “application\/octet-stream” instead of “application\/wasm”/],
  ["modules of an unknown type", "every file has its type", (a) => ofAsset(".mjs")(a) && (a.headers["Content-Type"] = "text/plain"), /\.mjs is sent as “text\/plain”/],
  ["a file of another release", "files are the ones of the release", (a, request) => request.headers["accept-encoding"] === undefined && ofAsset(".css")(a) && (a.body = Buffer.from("changed")), /\.css is not the file that the page was built with/],
  ["a file that is named and gone", "files are the ones of the release", (a) => a.name.startsWith("assets/favicon") && Object.assign(a, { status: 404, headers: { ...a.headers, "Cache-Control": "no-cache" } }), /is named by the page and answered with status 404/],
  ["nothing compressed", "files are sent compressed", (a) => delete a.headers["Content-Encoding"], /is sent as it is to who accepts “gzip”/],
  ["compressed to everybody", "files are sent compressed", (a, request) => request.headers["accept-encoding"] === "identity" && ofAsset(".css")(a) && (a.headers["Content-Encoding"] = "identity2"), /is sent compressed to who cannot read that/],
  ["caches are not told", "files are sent compressed", (a) => delete a.headers["Vary"], /lacks Vary: Accept-Encoding/],
  ["addresses are not found", "every address of the console is its page", (a, request) => request.url?.startsWith("/settings/") && (a.status = 404), /\/settings\/network is answered with status 404/],
  ["ids with a dot are taken for files", "every address of the console is its page", (a, request) => request.url?.includes("ada.lovelace") && (a.status = 404), /ada\.lovelace%40example\.com is answered with status 404/],
  ["a page for what is missing", "a file that is missing is missing", (a) => a.status === 404 && (a.status = 200) && (a.headers["Cache-Control"] = "public, max-age=31536000, immutable"), /a browser would take that for the file/],
  ["no configuration JSON", "the configuration can be read", (a) => a.name === "config.json" && (a.body = Buffer.from("{ api: 1 }")), /config\.json is not JSON/],
  ["a secret in the configuration", "the configuration can be read", (a) => a.name === "config.json" && (a.body = Buffer.from(a.body.toString().replace('"client_id"', '"client_secret"'))), /has a secret in it/],
  ["the sample of a release", "the configuration can be read", (a) => a.name === "config.json" && (a.body = Buffer.from(a.body.toString().replace("netbird-dashboard", "netbird.example.com"))), /still is the sample/],
  ["another release's version.json", "open tabs hear of a new version", (a) => a.name === "version.json" && (a.body = Buffer.from('{"version":"9.0.0","program":"roost-other.js"}')), /is about “roost-other\.js”/],
  ["no version.json", "open tabs hear of a new version", (a) => a.name === "version.json" && (a.status = 404), /version\.json is answered with status 404/],
  ["the headers' source is served", "nothing is served that is not for readers", (a, request) => request.url === "/_headers" && Object.assign(a, { status: 200, body: Buffer.from("/*") }), /_headers can be read/],
];

function swap(answer: Answer, name: string, from: string, to: string): void {
  answer.headers[name] = String(answer.headers[name]).replace(from, to);
}

test("a server that does everything right passes every check", async ({ checked }) => {
  const { failed, said, status } = await checked(() => {});
  expect(failed).toEqual([]);
  expect(said).toContain("is as it should be");
  expect(status).toBe(0);
});

for (const [what, check, fault, says] of FAULTS) {
  test(`wrong: ${what}`, async ({ checked }) => {
    const { failed, said, status } = await checked(fault);
    expect(said).toMatch(says);
    expect(failed, said).toContain(check);
    expect(failed.filter((one) => one !== check), said).toEqual([]);
    expect(status).toBe(1);
  });
}

test("wrong: a connection that anybody on the way can read", async ({ checked }) => {
  const { failed, said } = await checked(() => {}, (port) => `http://0.0.0.0:${port}/`);
  expect(failed).toEqual(["the connection is encrypted"]);
  expect(said).toContain("anybody on the way can change the console");
});

test("wrong: a page for another path", async ({ checked }) => {
  const { failed, said } = await checked(() => {}, (port) => `http://127.0.0.1:${port}/users/`);
  expect(failed).toContain("the page is the console's");
  expect(said).toContain("Its <base> is “/”, its address says “/users/”: deploy with --base /users/.");
});

test("wrong: nobody answers, and no address at all", () => {
  expect(run("scripts/check-deploy", "http://127.0.0.1:9/")).toMatchObject({ status: 1, said: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/ does not answer: /) });
  expect(run("scripts/check-deploy", "roost")).toMatchObject({ status: 2, said: expect.stringContaining("is not an address") });
});
