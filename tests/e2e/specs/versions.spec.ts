// Two versions of the console: a tab that is open while a new one is put in place, and an old page without its files.
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { installClock } from "../support/clock.ts";
import { expectAccessible } from "../support/axe.ts";
import { expectRows, openUser, signInAs } from "../support/console.ts";
import { releaseOf, run } from "../support/hosts.ts";
import { serveSite, type Fault } from "../support/site.ts";
import { bundleWith } from "../support/standin.ts";
import { expect, test as base } from "../support/test.ts";

const OTHER = "feedfacefeedface";
const READY = "A new version of the console is ready.";

/** The hash in the names of the program that a folder's page starts. */
function hashOf(folder: string): string {
  const page = readFileSync(path.join(folder, "index.html"), "utf8");
  return /assets\/roost-([0-9a-f]{16})\.js/.exec(page)?.[1] ?? "";
}

/** Puts another version into the folder: its files beside those of the old one, then what names them. */
function putInPlace(folder: string): void {
  const old = hashOf(folder);
  for (const name of readdirSync(path.join(folder, "assets")).filter((one) => one.includes(old))) {
    copyFileSync(path.join(folder, "assets", name), path.join(folder, "assets", name.replace(old, OTHER)));
  }
  for (const name of ["index.html", "version.json"]) {
    const text = readFileSync(path.join(folder, name), "utf8");
    for (const ending of [".br", ".gz"]) rmSync(path.join(folder, name + ending), { force: true });
    writeFileSync(path.join(folder, name), text.replaceAll(old, OTHER));
  }
}

async function show(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}

/** Goes elsewhere for so long, and comes back. */
async function leaveFor(page: Page, time: string): Promise<void> {
  await show(page, "hidden");
  await page.clock.fastForward(time);
  await show(page, "visible");
}

const starts = (page: Page) => page.locator('meta[name="roost-glue"]').getAttribute("content");

const test = base.extend<{ deployed: { folder: string; url: string } }>({
  deployed: async ({ launch }, use) => {
    const bundle = bundleWith({});
    const site = await launch({ dist: bundle.folder });
    await use({ folder: bundle.folder, url: site.url });
    bundle.remove();
  },
});

test("a tab that is shown again hears of a new version, and loads it at the reader's word", async ({ page, deployed }) => {
  const old = hashOf(deployed.folder);
  await installClock(page);
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users?q=okafor`);
  await expectRows(page, 2);
  putInPlace(deployed.folder);
  await leaveFor(page, "01:01");
  const news = page.getByRole("status").filter({ hasText: READY });
  await expect(news).toBeVisible();
  await expectAccessible(page, "a new version");
  expect(await starts(page), "not by itself").toContain(old);
  await page.getByRole("button", { name: "Load it now" }).click();
  await expect.poll(() => starts(page)).toContain(OTHER);
  await expectRows(page, 2);
  await expect(news).toBeHidden();
});

test("a tab that stays in front hears of a new version too", async ({ page, deployed }) => {
  await installClock(page);
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users?q=okafor`);
  await expectRows(page, 2);
  putInPlace(deployed.folder);
  await page.clock.fastForward("09:00");
  await expectRows(page, 2);
  await expect(page.getByText(READY)).toBeHidden();
  await page.clock.fastForward("01:30");
  await expect(page.getByText(READY)).toBeVisible();
});

test("the old version goes on meanwhile, with the parts that it has not fetched yet", async ({ page, deployed }) => {
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users?q=adam.okafor`);
  await expectRows(page, 1);
  putInPlace(deployed.folder);
  await openUser(page, "Adam Okafor");
  await expect(page.getByRole("heading", { level: 1, name: "Adam Okafor" })).toBeVisible();
  expect(await starts(page)).not.toContain(OTHER);
});

test("what is not saved is never lost to it", async ({ page, deployed }) => {
  const old = hashOf(deployed.folder);
  await installClock(page);
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users?q=adam.okafor`);
  await expectRows(page, 1);
  await openUser(page, "Adam Okafor");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  putInPlace(deployed.folder);
  await leaveFor(page, "01:01");
  const load = page.getByRole("button", { name: "Load it now" });
  await load.click();
  await expect(page.getByRole("status").filter({ hasText: `${READY} Save or discard your changes here, then load it.` })).toBeVisible();
  expect(await starts(page)).toContain(old);
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await load.click();
  await expect.poll(() => starts(page)).toContain(OTHER);
});

test("the same version is no news, and nobody asks again within five minutes", async ({ page, deployed }) => {
  await installClock(page);
  let asked = 0;
  page.on("request", (request) => (asked += request.url().endsWith("/version.json") ? 1 : 0));
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users`);
  await expectRows(page, 41);
  await leaveFor(page, "00:30");
  expect(asked, "a short look elsewhere asks nothing").toBe(0);
  const answered = page.waitForResponse((response) => response.url().endsWith("/version.json"));
  await leaveFor(page, "01:01");
  await answered;
  await leaveFor(page, "02:00");
  await leaveFor(page, "02:00");
  expect(asked).toBe(1);
  const again = page.waitForResponse((response) => response.url().endsWith("/version.json"));
  await leaveFor(page, "02:00");
  await again;
  expect(asked).toBe(2);
  await expect(page.getByText(READY)).toBeHidden();
});

test("a server that says nothing about versions, or nonsense, is no news", async ({ page, deployed }) => {
  await installClock(page);
  await signInAs(page, "Olivia Marsh", `${deployed.url}/users`);
  await expectRows(page, 41);
  writeFileSync(path.join(deployed.folder, "version.json"), "<!doctype html><title>Sign in to the network</title>");
  const answered = page.waitForResponse((response) => response.url().endsWith("/version.json"));
  await leaveFor(page, "01:01");
  await answered;
  await expect(page.getByText(READY)).toBeHidden();
  await expectRows(page, 41);
});

for (const { what, named } of [
  { what: "its program", named: /roost-[0-9a-f]{16}(?=(_bg)?\.(js|wasm))/g },
  { what: "its start script", named: /boot-[0-9a-f]+(?=\.mjs)/g },
]) {
  for (const { kept, says } of [
    { kept: 1, says: "recovers by being loaded once more" },
    { kept: Number.POSITIVE_INFINITY, says: "says so, and is not loaded for ever" },
  ]) {
    test(`an old page without ${what} ${says}`, async ({ page, standin, watch }) => {
      const release = releaseOf();
      const out = mkdtempSync(path.join(tmpdir(), "roost-site-"));
      const site = path.join(out, "site");
      expect(run("scripts/deploy", "--host", "nginx", "--out", site, "--dist", release.folder, "--mode", "token", "--api", standin.url).status).toBe(0);
      let pages = 0;
      // What a cache on the way has kept: the page of a release whose files are gone.
      const stale: Fault = (answer) => {
        if (answer.name !== "index.html") return;
        pages += 1;
        if (pages > kept) return;
        const text = readFileSync(path.join(site, "www/index.html"), "utf8");
        answer.body = Buffer.from(text.replaceAll(named, "gone"));
        delete answer.headers["Content-Encoding"];
        answer.headers["ETag"] = '"kept"';
      };
      const server = await serveSite(site, stale);
      watch.expectFailure(/^\/assets\/gone/, 404);
      await page.goto(`http://127.0.0.1:${server.port}/users`);
      if (kept === 1) {
        await expect(page.getByLabel("Access token", { exact: true })).toBeVisible();
      } else {
        await expect(page.getByRole("heading", { level: 1, name: "The console has stopped" })).toBeVisible();
        await page.waitForLoadState("networkidle");
      }
      expect(pages).toBe(2);
      watch.takeComplaintsAbout(/integrity|Failed to find a valid digest/i);
      server.stop();
      release.remove();
      rmSync(out, { recursive: true, force: true });
    });
  }
}
