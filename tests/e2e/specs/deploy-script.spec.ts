// scripts/deploy refuses nonsense with a sentence, and writes nothing then; what it writes for hosts that cannot run here.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { releaseOf, run } from "../support/hosts.ts";
import { expect, test as base } from "../support/test.ts";

type Deploy = (...told: string[]) => { status: number | null; said: string; site: string };

const test = base.extend<{ deploy: Deploy }, { release: string }>({
  release: [
    async ({}, use) => {
      const release = releaseOf();
      await use(release.folder);
      release.remove();
    },
    { scope: "worker" },
  ],
  deploy: async ({ release }, use) => {
    const out = mkdtempSync(path.join(tmpdir(), "roost-site-"));
    const site = path.join(out, "site");
    await use((...told) => ({ ...run("scripts/deploy", "--out", site, "--dist", release, ...told), site }));
    rmSync(out, { recursive: true, force: true });
  },
});

const GOOD = ["--host", "nginx", "--api", "https://netbird.example.com", "--issuer", "https://netbird.example.com/oauth2"];

for (const [told, says] of [
  [["--host", "iis"], /--host: must be one of nginx, /],
  [["--mode", "proxy"], /--host: needed: where it is served/],
  [["--host", "nginx"], /--issuer: needed to sign in by OpenID Connect/],
  [["--host", "nginx", "--issuer", "http://netbird.example.com"], /--issuer: must begin with https:/],
  [["--host", "nginx", "--issuer", "netbird.example.com"], /--issuer: “netbird.example.com” is not an address/],
  [["--host", "nginx", "--issuer", "https://me@netbird.example.com"], /--issuer: must not say who signs in/],
  [["--host", "nginx", "--issuer", "https://issuer.invalid"], /--issuer: “issuer.invalid” is a placeholder/],
  [["--host", "nginx", "--issuer", "https://netbird.example.com/?a"], /--issuer: must be the issuer as its tokens say it/],
  [[...GOOD, "--api", "https://other.example.com"], /--api: comes twice/],
  [["--host", "nginx", "--mode", "token", "--api", "https://netbird.example.com/api"], /--api: must be an origin and nothing more: https:\/\/netbird.example.com\./],
  [["--host", "nginx", "--mode", "token", "--issuer", "https://netbird.example.com"], /--issuer: means nothing with --mode token/],
  [["--host", "nginx", "--mode", "proxy", "--api", "https://netbird.example.com"], /--api: with --mode proxy the API lies behind the console's own address/],
  [["--host", "nginx", "--mode", "magic"], /--mode: must be one of oidc, token, proxy/],
  [[...GOOD, "--base", "admin"], /--base: “admin” is not a path with a slash at both ends/],
  [[...GOOD, "--base", "/../"], /--base: “\/..\/” is not a path/],
  [[...GOOD, "--base", "/api/"], /--base: NetBird's own paths begin there/],
  [["--host", "cloudflare", "--mode", "token", "--base", "/admin/"], /--base: Cloudflare Pages answers unknown addresses/],
  [[...GOOD, "--client-secret", "hush"], /--client-secret: a page cannot keep a secret/],
  [[...GOOD, "--client-id", 'x"; add_header X "y'], /--client-id: has a space, a quote/],
  [[...GOOD, "--connect", "https://*.example.com"], /--connect: “\*.example.com” is a placeholder/],
  [[...GOOD, "--connect", "https://login.example.com/token"], /--connect: must be an origin and nothing more/],
  [[...GOOD, "--name", "https://roost.example.com"], /--name: “https:\/\/roost.example.com” is not a host name/],
  [[...GOOD, "--root", "site"], /--root: must be an absolute path/],
  [[...GOOD, "--scope", "profile"], /--scope: must contain openid/],
  [[...GOOD, "--scope", "openid offline_access"], /--scope: offline_access goes with --renewal refresh_token only/],
  [[...GOOD, "--bearer", "cookie"], /--bearer: must be one of access_token, id_token/],
  [[...GOOD, "--color", "red"], /--color is not an option of this script/],
  [[...GOOD, "--name"], /--name: needs a value/],
  [[...GOOD, "deploy"], /“deploy” is not an option/],
] as [string[], RegExp][]) {
  test(`refused: ${told.slice(-2).join(" ")}: ${says.source.slice(0, 40)}`, ({ deploy }) => {
    const { status, said, site } = deploy(...told);
    expect(said).toMatch(says);
    expect(said.trim().split("\n"), "one sentence, no stack").toHaveLength(1);
    expect(status).toBe(1);
    expect(existsSync(site), "nothing is written").toBe(false);
  });
}

test("a folder that is somebody else's is left alone", ({ deploy }) => {
  const { site } = deploy("--help");
  mkdirSync(site);
  writeFileSync(path.join(site, "mine"), "kept");
  const { status, said } = deploy(...GOOD);
  expect(status).toBe(1);
  expect(said).toContain("is there already and is no site of this script");
  expect(existsSync(path.join(site, "www"))).toBe(false);
});

test("the policy names each origin once, and none where all is the console's own", ({ deploy }) => {
  const policy = (site: string) => /connect-src ([^;]*)/.exec(readFileSync(path.join(site, "nginx.conf"), "utf8"))?.[1];
  const { site } = deploy(...GOOD, "--connect", "https://login.example.org");
  expect(policy(site)).toBe("'self' https://netbird.example.com https://login.example.org");
  deploy("--host", "nginx", "--mode", "proxy");
  expect(policy(site)).toBe("'self'");
  expect(JSON.parse(readFileSync(path.join(site, "www/config.json"), "utf8"))).toEqual({ api: "", auth: { mode: "proxy" } });
});

test("Netlify and Cloudflare Pages get the headers below the base path, and a miss that is one", ({ deploy }) => {
  const { site } = deploy("--host", "netlify", ...GOOD.slice(2), "--base", "/admin/");
  const read = (name: string) => readFileSync(path.join(site, "www", name), "utf8");
  expect(read("_headers").match(/^\/.*$/gm)).toEqual(["/admin/*", "/admin/assets/*", "/admin/", "/admin/index.html", "/admin/config.json", "/admin/version.json"]);
  expect(read("_headers")).not.toContain(".invalid");
  expect(read("_redirects").trim().split("\n")).toEqual(["/admin/assets/* /admin/assets/404.html 404", "/admin/* /admin/index.html 200"]);
  rmSync(site, { recursive: true });
  expect(deploy("--host", "cloudflare", ...GOOD.slice(2)).status).toBe(0);
  expect(existsSync(path.join(site, "www/404.html")), "with one at the top no address would be the console's").toBe(false);
  expect(existsSync(path.join(site, "www/assets/404.html"))).toBe(true);
  for (const line of read("_headers").split("\n")) expect(line.length).toBeLessThanOrEqual(2000);
});

test("CloudFront: addresses are rewritten, files are not; the policy has every header", ({ deploy }) => {
  const { site } = deploy("--host", "cloudfront", ...GOOD.slice(2), "--base", "/admin/");
  const code = readFileSync(path.join(site, "function.js"), "utf8");
  const rewritten = (uri: string) => runInNewContext(`${code}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`) as string;
  for (const uri of ["/admin/", "/admin/users", "/admin/users/a.b", "/admin/users/x.js", "/admin/settings/network"]) {
    expect(rewritten(uri), uri).toBe("/admin/index.html");
  }
  for (const uri of ["/admin/config.json", "/admin/assets/roost.wasm", "/admin/assets/gone", "/admin/old.js", "/api/users", "/"]) {
    expect(rewritten(uri), uri).toBe(uri);
  }
  const policy = readFileSync(path.join(site, "headers-policy.json"), "utf8");
  const source = readFileSync(path.resolve(import.meta.dirname, "../../../public/_headers"), "utf8");
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = JSON.parse(policy) as {
    SecurityHeadersConfig: { StrictTransportSecurity: { AccessControlMaxAgeSec: number }; ContentSecurityPolicy: { ContentSecurityPolicy: string } };
    CustomHeadersConfig: { Quantity: number; Items: { Header: string }[] };
  };
  const everywhere = source.slice(source.indexOf("/*\n"), source.indexOf("\n\n", source.indexOf("/*\n")));
  expect(Object.keys(security).length + custom.Items.length).toBe((everywhere.match(/^ {2}/gm) ?? []).length);
  expect(custom.Quantity).toBe(custom.Items.length);
  expect(security.StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(31_536_000);
  expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toContain("frame-ancestors 'none'");
});

test("S3: what is new goes first, what names it last, programs in brotli with their type", ({ deploy }) => {
  const { site } = deploy("--host", "cloudfront", ...GOOD.slice(2), "--base", "/admin/");
  const tools = path.join(site, "tools");
  mkdirSync(tools);
  writeFileSync(path.join(tools, "aws"), '#!/bin/sh\necho "$@" >>"$AWS_SAID"\n');
  chmodSync(path.join(tools, "aws"), 0o755);
  const log = path.join(tools, "said");
  const env = { ...process.env, PATH: `${tools}:${process.env["PATH"]}`, AWS_SAID: log };
  const { status, stderr } = spawnSync(path.join(site, "upload-s3.sh"), ["bucket", "DIST1"], { env, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const said = readFileSync(log, "utf8").trim().split("\n");
  const at = (part: string) => said.findIndex((line) => line.includes(part));
  const lastAsset = said.length - 1 - [...said].reverse().findIndex((line) => line.includes("s3://bucket/admin/assets/"));
  expect(lastAsset).toBeGreaterThan(5);
  expect(at("s3://bucket/admin/index.html")).toBeGreaterThan(lastAsset);
  expect(at("s3://bucket/admin/version.json")).toBeGreaterThan(at("s3://bucket/admin/index.html"));
  expect(said.at(-1)).toContain("create-invalidation --distribution-id DIST1");
  const programs = said.filter((line) => line.includes("_bg.wasm"));
  expect(programs).toHaveLength(1);
  expect(programs[0]).toContain("--content-type application/wasm");
  expect(programs[0]).toContain("--content-encoding br");
  expect(programs[0]).toContain("--cache-control public, max-age=31536000, immutable");
  expect(said[at("config.json")]).toContain("--cache-control no-cache");
});
