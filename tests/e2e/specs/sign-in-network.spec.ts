// Signing in without a network, or with one that must not be used: over https nothing is asked by http.
import type { Page } from "@playwright/test";
import { demoPerson, expectRows, list, signOut, submitToken } from "../support/console.ts";
import { PEOPLE } from "../support/session.ts";
import { expect, needsStandin, skipped, test } from "../support/test.ts";
import { HAS_OPENSSL, overTls } from "../support/tls.ts";

test.beforeEach(() => needsStandin("the provider and the people of the stand-in"));

const OFFLINE = "This computer is offline, so the identity provider cannot be reached. Connect it, then try again.";

function byHand(page: Page) {
  return page.getByRole("button", { name: "Continue with single sign-on" });
}

test("offline at the sign-in page: it says so, stays, and works when the network is back", async ({ page, context, watch }) => {
  watch.expectFailure(/^\/oauth2\//, "network");
  await page.goto("/sign-in");
  await expect(byHand(page)).toBeVisible();
  await context.setOffline(true);
  for (let time = 0; time < 2; time += 1) {
    await byHand(page).click();
    await expect(page.getByRole("alert")).toHaveText(OFFLINE);
    await expect(byHand(page)).toBeEnabled();
  }
  await context.setOffline(false);
  await byHand(page).click();
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, PEOPLE);
});

test("offline after a sign-out: the page does not leave for the browser's own", async ({ page, context, standin, watch }) => {
  watch.expectFailure(/^\/oauth2\//, "network");
  await page.goto("/users");
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, PEOPLE);
  await signOut(page);
  await page.getByRole("link", { name: /Back to Application/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await context.setOffline(true);
  await byHand(page).click();
  await expect(page.getByRole("alert")).toHaveText(OFFLINE);
  expect(new URL(page.url()).origin).toBe(standin.url);
  await context.setOffline(false);
  await byHand(page).click();
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, PEOPLE);
});

test("offline with an access token: kept in the page, and tried again at a click", async ({ page, context, standin, watch }) => {
  watch.expectFailure(/^\/api\//, "network");
  watch.expectFailure(/^\/assets\//, "network");
  const token = await standin.ownerToken();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await context.setOffline(true);
  await submitToken(page, token);
  await expect(page.getByText("You are offline.")).toBeVisible();
  const again = page.getByRole("button", { name: "Try again" }).first();
  await expect(again).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  // The browser's own network may need a moment more than its word for it.
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(list(page)).toHaveAttribute("aria-rowcount", String(PEOPLE + 1), { timeout: 2_000 });
  }).toPass();
});

test("nothing answered: one click asks who it is, and for the list", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, "network");
  const token = await standin.ownerToken();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await standin.fault({ path: "/api/users", kind: "reset_before", times: 0 });
  await submitToken(page, token);
  await expect(page.getByRole("heading", { level: 1, name: /cannot be reached$/ })).toBeVisible();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, PEOPLE);
});

for (const [what, config, says] of [
  ["API", { api: "http://netbird.example.com", auth: { mode: "token" } }, "config.json, api: must begin with https://, as this page does: a browser refuses anything else (mixed content)"],
  ["provider", { auth: { issuer: "http://id.example.com/oauth2" } }, "config.json, auth.issuer: must begin with https://, as this page does: a browser refuses anything else (mixed content)"],
] as const) {
  test(`from a page by https no ${what} is asked by http, nor anything else before that is said`, async ({ another, standin }, info) => {
    if (!HAS_OPENSSL) skipped("there is no openssl here to make a certificate with", info);
    const front = await overTls(standin.url);
    const page = await another({ ignoreHTTPSErrors: true });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await standin.fault({ path: "/config.json", kind: "garbage", body: config, times: 0 });
    await page.goto(`${front.url}/users`);
    await expect(page.getByRole("heading", { level: 1, name: "The configuration cannot be used" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(says);
    expect(asked.filter((address) => !address.startsWith(`${front.url}/`))).toEqual([]);
    expect(asked.filter((address) => /\/(api|oauth2)\//.test(address))).toEqual([]);
    expect(await standin.calls()).toEqual([]);
    // With the API of its own origin the same page opens.
    await standin.heal();
    await standin.fault({ path: "/config.json", kind: "garbage", body: { auth: { mode: "token" } }, times: 0 });
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByLabel("Access token", { exact: true })).toBeVisible();
    await page.context().close();
    await front.stop();
  });
}
