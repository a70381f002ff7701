// What goes over the wire: how much, how often, to whom, and under which policy.
import { readFileSync } from "node:fs";

import { installClock } from "../support/clock.ts";
import { expectRows, openUser, row, searchBox, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";
// One place for the numbers: scripts/size.mjs adds up the files, this test what really travels, with HTTP's own bytes.
const { bound_bytes: BROTLI_BUDGET, requests: REQUESTS } = JSON.parse(
  readFileSync(new URL("../../../scripts/size-budget.json", import.meta.url), "utf8"),
) as { bound_bytes: number; requests: number };

test("a cold visit to the list stays within the bounds of scripts/size-budget.json", async ({ page, context, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  // A tab that was never there: it has the session, and nothing of the console.
  const session = await page.evaluate(() => sessionStorage.getItem("roost.session") ?? "");
  await page.close();
  const cold = await context.newPage();
  await cold.addInitScript((text) => sessionStorage.setItem("roost.session", text), session);
  const cdp = await context.newCDPSession(cold);
  await cdp.send("Network.enable");
  await cdp.send("Network.clearBrowserCache");
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  // What travels of the bodies, as scripts/size.mjs counts: the headers were there when the response began.
  const headers = new Map<string, number>();
  cdp.on("Network.responseReceived", ({ requestId, response }) => headers.set(requestId, response.encodedDataLength));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength - (headers.get(requestId) ?? 0)),
  );
  await standin.forgetCalls();
  await cold.goto("/users");
  await expectRows(cold, 41);
  await cold.waitForLoadState("networkidle");

  const counted = [...urls].filter(([, url]) => !/^\/(api\/|oauth2\/)/.test(new URL(url).pathname));
  const table = counted.map(([id, url]) => `${sizes.get(id) ?? 0} ${new URL(url).pathname}`).join("\n");
  const bytes = counted.reduce((sum, [id]) => sum + (sizes.get(id) ?? 0), 0);
  console.log(`cold visit: ${bytes} bytes in ${counted.length} requests`);
  expect(counted.length, table).toBeLessThanOrEqual(REQUESTS);
  expect(counted.filter(([, url]) => url.endsWith(".wasm")), "the program travels once").toHaveLength(1);
  const lists = (await standin.calls("GET")).filter((call) => call.path === "/api/users");
  expect(lists, "the list that the start script asked for is the one that is used").toHaveLength(1);
  expect(bytes, table).toBeLessThanOrEqual(BROTLI_BUDGET);
});

test("credentials go to the API and nowhere else, and nothing goes to anybody else", async ({ page, standin }) => {
  const strangers: string[] = [];
  const told: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== standin.url) strangers.push(request.url());
    if (request.headers()["authorization"] && !url.pathname.startsWith("/api/")) told.push(url.pathname);
    expect(request.url()).not.toMatch(/nbp_|eyJ/);
  });
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await openUser(page, "Adam Okafor");
  await page.getByRole("checkbox", { name: "Blocked" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  expect(strangers).toEqual([]);
  expect(told).toEqual([]);
  const all = await standin.calls(undefined, "/");
  // Whether the server is set up is asked before anybody is signed in.
  const asked = all.filter((call) => call.path.startsWith("/api/") && call.path !== "/api/instance");
  const bare = asked.filter((call) => call.authorization !== "bearer");
  expect(bare.map((call) => call.path)).toEqual([]);
  const elsewhere = all.filter((call) => !call.path.startsWith("/api/") && call.authorization !== null);
  expect(elsewhere.map((call) => call.path)).toEqual([]);
  const tokens = await standin.calls("POST", "/oauth2/token");
  expect(tokens, "and no refresh grant, which blocks the provider for everybody").toHaveLength(1);
});

test("the policy holds: no eval, no inline script, no foreign address", async ({ page, watch, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  const heard = page.waitForEvent("console", (message) => message.text().startsWith("policy violated: connect-src"));
  const tried = await page.evaluate(async () => {
    const outcomes: Record<string, string> = {};
    // In a task of the page's own: what Playwright evaluates itself is let through.
    outcomes["eval"] = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String((0, eval)("1")));
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    });
    try {
      document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>";
      outcomes["markup"] = "taken";
    } catch (error) {
      outcomes["markup"] = (error as Error).name;
    }
    outcomes["fetch"] = await fetch("https://example.org/").then(
      () => "sent",
      (error: Error) => error.name,
    );
    return outcomes;
  });
  await heard;
  expect(tried).toEqual({ eval: "EvalError", markup: "TypeError", fetch: "TypeError" });
  expect(watch.takeComplaintsAbout(/policy|Trusted ?Type|TrustedHTML/i).length).toBeGreaterThan(0);
  const headers = (await fetch(`${standin.url}/users`, { headers: { Accept: "text/html" } })).headers;
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe-inline|'unsafe-eval'/);
});

test("devices are asked for only while their column shows", async ({ page, standin }) => {
  await page.setViewportSize({ width: 768, height: 900 });
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await expect(page.getByRole("columnheader", { name: "Devices" })).toBeHidden();
  expect(await standin.calls("GET", "/api/peers")).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole("columnheader", { name: "Devices" })).toBeVisible();
  await expect.poll(async () => (await standin.calls("GET", "/api/peers")).length).toBe(1);
});

test("who leaves a page while the list is read again hears nothing of it, and the list goes on", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await standin.fault({ path: "/api/users", exact: true, kind: "delay", delay_ms: 600 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await openUser(page, "Ada Okafor");
  await page.goBack();
  await expectRows(page, 2);
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(0);
});

test("an older answer never replaces a newer one", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expect(row(page, "Adam Okafor")).toContainText("Active");
  const old = await standin.api("GET", "/api/users");
  const { id } = await standin.person("adam.okafor");
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body: old, delay_ms: 1500 });
  await standin.forgetCalls();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect.poll(async () => (await standin.calls("GET")).filter((call) => call.path === "/api/users").length).toBe(1);
  await (await page.getByRole("button", { name: "Actions for Adam Okafor" })).click();
  await page.getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Refresh" })).not.toHaveAttribute("aria-disabled", "true");
  await expect(row(page, "Adam Okafor")).toContainText("Blocked");
  expect((await standin.person("adam.okafor")).id).toBe(id);
});

test("console and API on two origins", async ({ page, launch, standin }) => {
  const site = await launch({
    args: ["--api", standin.url, "--oidc-issuer", `${standin.url}/oauth2`, "--client-id", "netbird-dashboard"],
  });
  await standin.mayReturnTo(`${site.url}/callback`, `${site.url}/`);
  await signInAs(page, "Olivia Marsh", `${site.url}/users?q=adam.okafor`);
  await expectRows(page, 1);
  await openUser(page, "Adam Okafor");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  expect(await standin.person("adam.okafor")).toMatchObject({ role: "auditor" });
  await standin.forgetCalls();
  await page.goto(`${site.url}/users`);
  await expectRows(page, 41);
  await searchBox(page).fill("okafor");
  await expectRows(page, 2);
  const asked = async (path: string) => (await standin.calls("GET")).filter((call) => call.path === path);
  expect(await asked("/api/users"), "the early request is used here, too").toHaveLength(1);
  expect(await asked("/api/users/current"), "and that about oneself").toHaveLength(1);
  expect(await asked("/api/accounts"), "and that about the account").toHaveLength(1);
  await standin.forgetCalls();
  await page.goto(`${site.url}/settings`);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  expect(await asked("/api/users/current"), "on a page without the list").toHaveLength(1);
});

test("the navigation is drawn with who is signed in, where that is known, and not once without", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  const known = ["/api/users/current", "/api/accounts"].map((path) => page.waitForResponse((answer) => answer.url().endsWith(path)));
  await page.route(/_bg\.wasm$/, async (route) => {
    // A slow network: what is short is there long before the program.
    for (const answer of await Promise.all(known)) await answer.finished();
    await route.continue();
  });
  await page.addInitScript(() => {
    const frames: string[] = [];
    const look = () => {
      const places = [...document.querySelectorAll("nav a")].map((link) => link.textContent ?? "");
      if (places.length > 0) frames.push(places.join());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(globalThis, { framesWithPlaces: frames });
  });
  await page.reload();
  await expectRows(page, 41);
  const frames = await page.evaluate(() => (globalThis as unknown as { framesWithPlaces: string[] }).framesWithPlaces);
  expect(frames.length).toBeGreaterThan(0);
  for (const places of frames) {
    expect(places).toContain("Settings");
    expect(places).toContain("Invitations");
  }
});

for (const then of ["the program is there", "it waited long enough"]) {
  test(`the list is not asked for beside the program, but when ${then}`, async ({ page }) => {
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, 41);
    await installClock(page);
    await page.clock.pauseAt(Date.now() + 60_000);
    let deliver = () => {};
    const delivered = new Promise<void>((resolve) => (deliver = resolve));
    await page.route(/_bg\.wasm$/, async (route) => {
      await delivered;
      await route.continue();
    });
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (/^\/api\/users/.test(pathname)) asked.push(pathname);
    });
    await page.reload({ waitUntil: "commit" });
    await expect.poll(() => asked, "who one is, at once").toEqual(["/api/users/current"]);
    if (then === "the program is there") {
      deliver();
    } else {
      await page.clock.runFor(799);
      expect(asked).toEqual(["/api/users/current"]);
      await page.clock.runFor(1);
    }
    await expect.poll(() => asked).toEqual(["/api/users/current", "/api/users"]);
    deliver();
    await page.clock.resume();
    await expectRows(page, 41);
    expect(asked.filter((path) => path === "/api/users"), "once").toHaveLength(1);
  });
}

test("offline: said at once, and gone when the connection is back", async ({ page, context, watch }) => {
  watch.expectFailure(/^\/api\//, "network");
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expectRows(page, 41);
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
});
