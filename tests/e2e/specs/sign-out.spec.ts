// The end that somebody wants: everywhere, at once, and with nothing left to go back to.
import type { Page } from "@playwright/test";
import { demoPerson, expectRows, list, openUser, signInThrough, signOut } from "../support/console.ts";
import { PEOPLE } from "../support/session.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(() => needsStandin("the provider of the stand-in"));

const SIGNED_OUT = "You are signed out";

async function expectForgotten(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: SIGNED_OUT })).toBeVisible();
  await expect(list(page)).toBeHidden();
  await expect(page.getByText("@example.com")).toHaveCount(0);
  const left = await page.evaluate(() => Object.keys({ ...sessionStorage }).sort());
  // Where to go after the next sign-in is no secret of the last one.
  expect(left.filter((key) => key !== "roost.wanted")).toEqual(["roost.signed-out"]);
}

/** Waits until the session is a second old: that is how exactly its begin is known. */
async function expectOlder(page: Page): Promise<void> {
  const isOlder = () => {
    const { begun_at: begun } = JSON.parse(sessionStorage.getItem("roost.session") ?? "{}") as { begun_at: number };
    return Math.floor(Date.now() / 1000) > begun;
  };
  await expect.poll(() => page.evaluate(isOlder)).toBe(true);
}

test("tokens are given back where the provider takes them, the refresh token first", async ({ page, launch }) => {
  const server = await launch({
    args: ["--auth", "renewal=refresh_token", "--auth", "scope=openid profile email offline_access"],
  });
  await server.conditions({
    refresh_tokens_work: true,
    discovery: { revocation_endpoint: `${server.url}/oauth2/revoke` },
  });
  const given: string[] = [];
  let left = false;
  page.on("request", (request) => {
    if (request.url().endsWith("/oauth2/revoke")) {
      expect(left, "before the browser leaves").toBe(false);
      given.push(new URLSearchParams(request.postData() ?? "").get("token_type_hint") ?? "");
    }
    if (request.url().includes("/oauth2/logout?")) left = true;
  });
  await signInThrough(page, "Olivia Marsh", `${server.url}/users`);
  await expectRows(page, PEOPLE);
  const stored = await page.evaluate(() => sessionStorage.getItem("roost.session"));
  const { refresh_token: token } = JSON.parse(stored ?? "{}") as { refresh_token: string };
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  expect(given).toEqual(["refresh_token", "access_token"]);
  const form = { grant_type: "refresh_token", client_id: "netbird-dashboard", refresh_token: token };
  const refused = await fetch(`${server.url}/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
  expect(refused.status).toBe(400);
});

test("the provider is told who it is and where to come back to", async ({ page, standin }) => {
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/logout?"));
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await signOut(page);
  const query = new URL((await asked).url()).searchParams;
  expect(query.get("id_token_hint")?.split(".")).toHaveLength(3);
  expect(query.get("client_id")).toBe("netbird-dashboard");
  expect(query.get("post_logout_redirect_uri")).toBe(`${standin.url}/`);
});

test("without a network everything is forgotten, and the reader hears what lives on", async ({
  page,
  context,
  watch,
}) => {
  watch.expectFailure(/^\/oauth2\//, "network");
  watch.expectFailure(/^\/assets\//, "network");
  await signInThrough(page, "Olivia Marsh");
  await openUser(page, "Ada Okafor");
  await context.setOffline(true);
  // The menu comes with a part of the program that was not needed until now: without it there is a way out all the same.
  await page.getByRole("button", { name: "Signed in as Olivia Marsh" }).click();
  await page.getByRole("alert").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("The identity provider did not answer, so your session there is still open")).toBeVisible();
  await expectForgotten(page);
  await page.goBack().catch(() => null);
  await expect(page.getByText("ada.okafor@example.com")).toBeHidden();
  await context.setOffline(false);
  await page.goto("/users");
  await expectForgotten(page);
});

test("a tab that was elsewhere at the time does not come back to life", async ({ page, context, watch }) => {
  watch.expectFailure("/favicon.ico", 404);
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const tab = await context.newPage();
  await tab.goto("/users");
  await expectRows(tab, PEOPLE);
  // Its page is gone, and with it who would have heard.
  await tab.goto("/robots.txt");
  await expectOlder(page);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  await tab.goBack();
  await expect(demoPerson(tab, "Olivia Marsh")).toBeVisible();
  await expect(list(tab)).toBeHidden();
});

test("a page that the browser kept as it was shows nothing when it is put back", async ({ page, context, watch }) => {
  watch.expectFailure("/favicon.ico", 404);
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await expectOlder(page);
  const back = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await back();
  await expectRows(page, PEOPLE);
  // What a sign-out in another tab leaves behind, heard by nobody: a page that is kept runs nothing.
  const tab = await context.newPage();
  await tab.goto("/robots.txt");
  await tab.evaluate(() => localStorage.setItem("roost.signed-out", String(Math.floor(Date.now() / 1000))));
  await back();
  await expect(page.getByRole("heading", { level: 1, name: SIGNED_OUT })).toBeVisible();
  await expect(list(page)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem("roost.session"))).toBeNull();
});
