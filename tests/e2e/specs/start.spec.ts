// The start: a configuration that cannot be used, a program that cannot run, storage that is full of junk.
import { demoPerson, expectRows, openRowMenu, signInThrough } from "../support/console.ts";
import { fillPerson, openInvite, readSecret } from "../support/inviting.ts";
import { bundleWith, DIST } from "../support/standin.ts";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "../support/test.ts";

const GOOD = { auth: { issuer: "https://id.example.com" } };

for (const { name, body, says } of [
  { name: "an unknown key", body: { ...GOOD, apiOrigin: "x" }, says: /config\.json, apiOrigin: not a key of Roost; allowed here: api, auth, invite_base/ },
  { name: "a wrong type", body: { ...GOOD, api: 7 }, says: /config\.json, api: / },
  { name: "a client secret", body: { auth: { ...GOOD.auth, client_secret: "hush" } }, says: /config\.json, auth\.client_secret: a page cannot keep a secret/ },
  { name: "http for a host that is not this machine", body: { ...GOOD, api: "http://netbird.example.com" }, says: /config\.json, api: / },
  { name: "an unknown mode", body: { auth: { ...GOOD.auth, mode: "magic" } }, says: /config\.json, auth\.mode: must be one of: oidc, token, proxy/ },
  { name: "no issuer", body: { auth: {} }, says: /config\.json, auth\.issuer: / },
  { name: "no JSON", body: "{", says: /config\.json: / },
]) {
  test(`a configuration with ${name} stops the start, by name`, async ({ page, standin }) => {
    await standin.fault({ path: "/config.json", kind: "garbage", body, times: 0 });
    await page.goto("/users");
    await expect(page.getByRole("heading", { level: 1, name: "The configuration cannot be used" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(says);
    await expect(page.getByText("hush")).toBeHidden();
    expect(await standin.calls()).toEqual([]);
    await standin.heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(demoPerson(page, "Olivia Marsh")).toBeVisible();
  });
}

test("no configuration at all stops the start", async ({ page, standin, watch }) => {
  watch.expectFailure("/config.json", 404);
  await standin.fault({ path: "/config.json", kind: "status", status: 404, times: 0 });
  await page.goto("/users");
  await expect(page.getByRole("main")).toContainText("config.json could not be read. It must be next to index.html.");
});

test("a deployment for access tokens alone offers nothing else", async ({ page, standin, launch }) => {
  const site = await launch({ args: ["--api", standin.url] });
  await page.goto(`${site.url}/users`);
  await expect(page.getByLabel("Access token", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue with single sign-on" })).toBeHidden();
  await expect(page.getByText(`at ${new URL(standin.url).host}.`)).toBeVisible();
  await page.getByLabel("Access token", { exact: true }).fill(await standin.ownerToken());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, 41);
});

test("an invite link begins as the configuration says", async ({ page, standin }) => {
  const config = (await (await fetch(`${standin.url}/config.json`)).json()) as object;
  const body = { ...config, invite_base: "https://join.example.com/?t=" };
  await standin.fault({ path: "/config.json", kind: "garbage", body, times: 0 });
  await signInThrough(page, "Olivia Marsh");
  const dialog = await openInvite(page);
  await fillPerson(dialog, "Nina Petit", "nina.petit@example.com");
  await dialog.getByRole("button", { name: "Make invite link" }).click();
  const { secret } = await readSecret(page, "Invitation for Nina Petit");
  expect(secret).toMatch(/^https:\/\/join\.example\.com\/\?t=nbi_[0-9A-Za-z]{36}$/);
});

test("the page draws its frame before the program is there", async ({ page, standin }) => {
  await standin.fault({ path: "/config.json", kind: "hang", times: 0 });
  await page.goto("/users", { waitUntil: "commit" });
  await expect(page.getByRole("status").filter({ hasText: "Loading" })).toBeAttached();
});

const assets = () => readdirSync(path.join(DIST, "assets")).filter((name) => /\.(wasm|js|mjs)$/.test(name));
const program = () => assets().find((name) => name.endsWith("_bg.wasm")) ?? "";
const glue = () => assets().find((name) => /^roost-.*\.js$/.test(name)) ?? "";

for (const { name, change } of [
  { name: "is missing", change: () => ({ [`assets/${program()}`]: null }) },
  {
    name: "was changed on the way",
    change: () => {
      const bytes = readFileSync(path.join(DIST, "assets", program()));
      bytes.writeUInt8((bytes.readUInt8(bytes.length - 1) + 1) % 256, bytes.length - 1);
      return { [`assets/${program()}`]: bytes };
    },
  },
  { name: "breaks off", change: () => ({ [`assets/${program()}`]: readFileSync(path.join(DIST, "assets", program())).subarray(0, 5000) }) },
  { name: "has no glue", change: () => ({ [`assets/${glue()}`]: null }) },
] as { name: string; change: () => Record<string, Buffer | null> }[]) {
  test(`a program that ${name} is a page with words, not an empty one`, async ({ page, launch, watch }) => {
    const bundle = bundleWith(change());
    const site = await launch({ dist: bundle.folder });
    watch.expectFailure(/^\/assets\//, 404);
    await page.goto(`${site.url}/users`);
    await expect(page.getByRole("heading", { level: 1, name: "The console has stopped" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Load it again" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("A file of the console");
    // Digests that do not fit are console errors of Chromium's own wording.
    watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
    bundle.remove();
  });
}

test("a browser without WebAssembly is told so", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto("/users");
  await expect(page.getByRole("main")).toContainText("This browser does not run WebAssembly");
});

test("without JavaScript there are words", async ({ another }) => {
  const page = await another({ javaScriptEnabled: false });
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "Roost needs JavaScript" })).toBeVisible();
});

test("junk in the browser's storage starts all the same", async ({ page }) => {
  await page.addInitScript(() => {
    for (const storage of [localStorage, sessionStorage]) {
      if (storage.getItem("poisoned")) continue;
      storage.setItem("poisoned", "1");
      for (const key of ["roost.session", "roost.pending", "roost.rounds", "roost.wanted", "roost.theme"]) {
        storage.setItem(key, '{"api":[');
      }
    }
  });
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, 41);
});

test("no storage at all: a token signs in for as long as the page is there", async ({ page, standin }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      });
    }
  });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await page.getByLabel("Access token", { exact: true }).fill(await standin.ownerToken());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, 41);
});

test("headers: what may be kept, what may not, and a missing file is missing", async ({ standin }) => {
  const get = (address: string, accept = "*/*") => fetch(`${standin.url}${address}`, { headers: { Accept: accept } });
  const page = await get("/users/deep/link", "text/html");
  expect(page.status).toBe(200);
  expect(page.headers.get("cache-control")).toBe("no-cache");
  for (const name of ["content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy"]) {
    expect(page.headers.get(name), name).toBeTruthy();
  }
  const wasm = await get(`/assets/${program()}`);
  expect(wasm.headers.get("content-type")).toBe("application/wasm");
  expect(wasm.headers.get("cache-control")).toContain("immutable");
  const missing = await get("/assets/old-build.js", "text/html");
  expect(missing.status).toBe(404);
  expect((await get("/config.json")).headers.get("cache-control")).toBe("no-cache");
});

// Parts of the program that are downloaded later: a new version is being put in place, or the connection is gone.
const PART = /^\/assets\/roost-user-/;

test("a page whose part of the program is missing says so, and comes when the part does", async ({ page, standin, watch }) => {
  await signInThrough(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expectRows(page, 1);
  await standin.fault({ path: "/assets/roost-user-", kind: "status", status: 404, times: 0 });
  watch.expectFailure(PART, 404);
  await page.getByRole("link", { name: "Adam Okafor" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This page did not load" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Users/ })).toBeVisible();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Adam Okafor" })).toBeVisible();
  watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
});

for (const missing of [["later-"], ["later-", "roost-user-"]]) {
  test(`a page is never drawn without its style: ${missing.join(" and ")} missing`, async ({ page, standin, watch }) => {
    await signInThrough(page, "Olivia Marsh", "/users?q=adam.okafor");
    await expectRows(page, 1);
    const style = page.locator("#later-style");
    await expect(style, "nobody needed it so far").toHaveAttribute("disabled");
    for (const name of missing) {
      await standin.fault({ path: `/assets/${name}`, kind: "status", status: 404, times: 0 });
      watch.expectFailure(new RegExp(`^/assets/${name}`), 404);
    }
    await page.getByRole("link", { name: "Adam Okafor" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This page did not load" })).toBeVisible();
    await standin.heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Adam Okafor" })).toBeVisible();
    expect(await style.evaluate((link: HTMLLinkElement) => link.sheet !== null)).toBe(true);
    watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
  });
}

test("a deletion whose question does not come deletes nobody, and the next click asks", async ({ page, standin, watch }) => {
  await signInThrough(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expectRows(page, 1);
  await standin.fault({ path: "/assets/roost-user-", kind: "status", status: 404, times: 0 });
  watch.expectFailure(PART, 404);
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await expect(page.getByRole("alert")).toContainText("Not deleted. Part of the console could not be downloaded.");
  await expectRows(page, 1);
  await standin.heal();
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await expect(page.getByRole("alertdialog", { name: "Delete Adam Okafor?" })).toBeVisible();
  watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
});

test("a filter whose choices do not come says so, and the next click shows them", async ({ page, standin, watch }) => {
  await signInThrough(page, "Olivia Marsh");
  await standin.fault({ path: "/assets/roost-panels-", kind: "status", status: 404, times: 0 });
  watch.expectFailure(/^\/assets\/roost-panels-/, 404);
  const chip = page.getByRole("button", { name: "Role", exact: true, expanded: false });
  await chip.click();
  await expect(page.getByRole("alert")).toContainText("Part of the console could not be downloaded.");
  await expect(chip).toBeVisible();
  await standin.heal();
  await chip.click();
  await expect(page.getByRole("dialog", { name: "Role" }).getByRole("checkbox", { name: "Auditor" })).toBeVisible();
  watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
});
