// Proxy mode behind Debian's nginx, by the example that is shipped: nginx knows who somebody is and adds their token.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expectAccessible } from "../support/axe.ts";
import { expectRows, openRowMenu, signOut } from "../support/console.ts";
import { freePort, program } from "../support/hosts.ts";
import { DIST, type Standin } from "../support/standin.ts";
import { expect, needsStandin, skipped, test as base } from "../support/test.ts";

const EXAMPLE = path.resolve(import.meta.dirname, "../../../deploy/nginx-proxy.conf");
const NGINX = program("nginx");
const PASSWORDS = { olivia: "first", agnes: "second", nobody: "third" };

/** The example as it is shipped, with this test's places in it; every place must be there. */
function filledIn(folder: string, port: number, api: string): string {
  let text = readFileSync(EXAMPLE, "utf8");
  for (const [shipped, here] of [
    ["listen 443 ssl;", `listen 127.0.0.1:${port};`],
    ["    ssl_certificate /etc/ssl/roost.pem;\n", ""],
    ["    ssl_certificate_key /etc/ssl/roost.key;\n", ""],
    ["root /var/www/roost;", `root ${DIST};`],
    ["/etc/nginx/roost/passwords;", `${folder}/passwords;`],
    ["/etc/nginx/roost/tokens;", `${folder}/tokens;`],
    ["proxy_pass https://netbird.example.com;", `proxy_pass ${api};`],
  ] as const) {
    if (!text.includes(shipped)) throw new Error(`the example has no “${shipped}” any more`);
    text = text.replace(shipped, here);
  }
  return text;
}

async function startNginx(standin: Standin): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "roost-nginx-"));
  const port = await freePort();
  const lines = Object.entries(PASSWORDS).map(([name, password]) => `${name}:{PLAIN}${password}\n`);
  writeFileSync(path.join(folder, "passwords"), lines.join(""));
  const agnes = (await standin.person("agnes.novak")).token;
  const tokens = [`olivia "Token ${await standin.ownerToken()}";\n`, ...(agnes ? [`agnes "Token ${agnes}";\n`] : [])];
  writeFileSync(path.join(folder, "tokens"), tokens.join(""));
  mkdirSync(path.join(folder, "temp"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/temp/${kind};`);
  // As the one who runs the tests, in the foreground, so that it ends with them; the rest is what Debian has around it.
  const around = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; ${temporary.join(" ")}
include ${folder}/roost.conf; }`;
  writeFileSync(path.join(folder, "roost.conf"), filledIn(folder, port, standin.url));
  writeFileSync(path.join(folder, "nginx.conf"), around);
  const child: ChildProcess = spawn(NGINX ?? "", ["-p", folder, "-c", path.join(folder, "nginx.conf")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (piece: Buffer) => (said += piece.toString()));
  const url = `http://127.0.0.1:${port}`;
  await expect(async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    expect((await fetch(url)).status).toBe(401);
  }).toPass();
  return {
    url,
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const test = base.extend<{ nginx: string }>({
  nginx: async ({ standin }, use, info) => {
    needsStandin("an API behind a proxy of its own", info);
    if (!NGINX) skipped("Debian's nginx is not here (scripts/setup test installs nginx-light where it can)", info);
    const server = await startNginx(standin);
    await use(server.url);
    await server.stop();
  },
});

function as(name: keyof typeof PASSWORDS) {
  return { httpCredentials: { username: name, password: PASSWORDS[name] } };
}

test("the page holds no token and sends no Authorization header, and everything works", async ({ nginx, another, standin }) => {
  const page = await another(as("olivia"));
  await page.addInitScript(() => {
    // What the page itself asks for; the browser's own password for the proxy is not seen here.
    const asked = (globalThis as unknown as { asked: string[] }).asked = [] as string[];
    const send = globalThis.fetch;
    globalThis.fetch = (input: RequestInfo | URL, init?: RequestInit) => {
      asked.push(`${String(input)} ${[...new Headers(init?.headers).keys()].join(",")} ${init?.credentials ?? ""}`);
      return send(input, init);
    };
  });
  await page.goto(`${nginx}/users?q=adam.okafor`);
  await expectRows(page, 1);
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toBeVisible();
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  const asked = (await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).filter((one) => one.includes("/api/"));
  expect(asked.length).toBeGreaterThan(3);
  for (const one of asked) {
    expect(one).not.toMatch(/authorization/i);
    expect(one, "the proxy's own cookies go along").toMatch(/ same-origin$/);
  }
  const token = await standin.ownerToken();
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  expect(kept + (await page.content())).not.toContain(token);
  const calls = await standin.calls();
  expect(calls.filter((call) => call.path === "/api/users").every((call) => call.authorization === "token")).toBe(true);
  // Whether the server is set up is not the page's affair here.
  expect(calls.some((call) => call.path === "/api/instance")).toBe(false);
});

test("signing out says whose affair it is, and the way back in", async ({ nginx, another }) => {
  const page = await another(as("olivia"));
  await page.goto(`${nginx}/users`);
  await expectRows(page, 41);
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "You have left the console" })).toBeVisible();
  await expect(page.getByRole("status")).toContainText("You are still signed in at the proxy in front of it: sign out there, or close the browser.");
  await expect(page.getByText("@example.com")).toBeHidden();
  await expectAccessible(page, "left behind a proxy");
  await page.getByRole("button", { name: "Open the console again" }).click();
  await expectRows(page, 41);
});

test("who has no token is told so", async ({ nginx, another, watch }) => {
  watch.expectFailure(/^\/api\//, 401);
  const page = await another(as("nobody"));
  await page.goto(`${nginx}/users`);
  await expect(page.getByRole("alert")).toContainText("The proxy in front of this console did not sign you in.");
  await expectAccessible(page, "refused behind a proxy");
});

test("diagnostics say that a proxy signs in", async ({ nginx, another }) => {
  const page = await another(as("olivia"));
  await page.goto(`${nginx}/diagnostics`);
  await expect(page.getByRole("region", { name: "Session" })).toContainText("By a proxy in front");
  await expect(page.getByRole("region", { name: "Management API" })).toContainText(/Yes, after \d+ ms/);
});

test("another site changes nothing with the browser's password, and a token of its own gets nowhere", async ({ nginx, standin }) => {
  const password = `Basic ${Buffer.from(`olivia:${PASSWORDS.olivia}`).toString("base64")}`;
  const call = (method: string, site: string | null, authorization = password) =>
    fetch(`${nginx}/api/users`, {
      method,
      headers: { Authorization: authorization, ...(site === null ? {} : { "Sec-Fetch-Site": site }) },
      ...(method === "POST" ? { body: JSON.stringify({ role: "user", is_service_user: true, name: "forged", auto_groups: [] }) } : {}),
    });
  for (const site of ["cross-site", "same-site", "none", null]) {
    expect((await call("POST", site)).status, String(site)).toBe(403);
  }
  expect((await call("POST", "same-origin")).status).toBe(200);
  expect((await call("GET", null)).status).toBe(200);
  expect((await call("GET", null)).headers.get("access-control-allow-origin")).toBeNull();
  expect((await call("GET", null, `Token ${await standin.ownerToken()}`)).status, "only the proxy's own word counts").toBe(401);
});

test("the headers are those of public/_headers", async ({ nginx }) => {
  const text = readFileSync(path.join(DIST, "_headers"), "utf8");
  const password = `Basic ${Buffer.from(`olivia:${PASSWORDS.olivia}`).toString("base64")}`;
  const answer = (address: string) => fetch(nginx + address, { headers: { Authorization: password } });
  const index = await answer("/users/deep/link");
  expect(index.status).toBe(200);
  const general = text.slice(text.indexOf("\n/*"), text.indexOf("\n/assets/*"));
  const wanted = [...general.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(([, name, value]) => [name ?? "", value ?? ""] as const);
  expect(wanted.length).toBeGreaterThan(5);
  for (const [name, value] of wanted) {
    const here = value.replace(" https://api.invalid https://issuer.invalid", "");
    expect(index.headers.get(name), name).toBe(here);
  }
  expect(index.headers.get("cache-control")).toBe("no-cache");
  const [script] = [...(await index.text()).matchAll(/"\.?\/?(assets\/[^"]+\.mjs)"/g)].map(([, name]) => name);
  const asset = await answer(`/${script}`);
  expect(asset.headers.get("cache-control")).toContain("immutable");
  expect(asset.headers.get("content-type")).toMatch(/^text\/javascript/);
  expect(asset.headers.get("content-security-policy")).toBe(index.headers.get("content-security-policy"));
  expect((await answer("/assets/old-build.js")).status).toBe(404);
  expect((await answer("/config.json")).headers.get("content-type")).toBe("application/json");
});
