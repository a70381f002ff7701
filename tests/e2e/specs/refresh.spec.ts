// Renewal by refresh tokens, where the configuration asks for it: once for all tabs, and never twice with one token.
import type { Page } from "@playwright/test";
import { addGroup, expectRows, list, openUser, pickedGroups, save, searchBox } from "../support/console.ts";
import { bar, grants, LIFETIME_S, pass, PEOPLE, SHORT, signInWithClock, until } from "../support/session.ts";
import { expect, needsStandin, test } from "../support/test.ts";

const ARGS = [...SHORT, "--auth", "renewal=refresh_token", "--auth", "scope=openid profile email offline_access"];
/** Half a minute before the end: a refresh is due a minute before it. */
const NEAR_S = LIFETIME_S - 30;

test.beforeEach(() => needsStandin("refresh tokens"));

const stored = (page: Page) => page.evaluate(() => sessionStorage.getItem("roost.session") ?? "");
const refreshToken = async (page: Page) => (JSON.parse(await stored(page)) as { refresh_token: string }).refresh_token;

test("three tabs refresh once, and each goes on with the new token", async ({ page, launch, context }) => {
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent = grants(page);
  await signInWithClock(page, server);
  const first = await refreshToken(page);
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const tab of tabs.slice(1)) {
    await tab.goto(`${server.url}/users`);
    await expectRows(tab, PEOPLE);
  }
  for (const before of [first, ""]) {
    const last = before || (await refreshToken(page));
    await pass(server, NEAR_S, page);
    await expect.poll(() => refreshToken(page)).not.toBe(last);
    const now = await refreshToken(page);
    for (const tab of tabs) await expect.poll(() => refreshToken(tab)).toBe(now);
  }
  // After the end of the first token, nobody has gone anywhere.
  for (const tab of tabs) {
    await tab.getByRole("button", { name: "Refresh" }).click();
    await expectRows(tab, PEOPLE);
    await expect(bar(tab)).toBeHidden();
  }
  expect(sent).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
});

test("ten refreshes in a row: each token is sent once, and the form on screen stays", async ({ page, launch }, info) => {
  info.setTimeout(120_000);
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent: string[] = [];
  page.on("request", (request) => {
    const form = new URLSearchParams(request.method() === "POST" ? (request.postData() ?? "") : "");
    if (form.get("grant_type") === "refresh_token") sent.push(form.get("refresh_token") ?? "");
  });
  await signInWithClock(page, server);
  await openUser(page, "Ada Okafor");
  await addGroup(page, "Contractors");
  await page.evaluate(() => Object.assign(globalThis, { same: true }));
  for (let renewal = 1; renewal <= 10; renewal += 1) {
    const last = await refreshToken(page);
    await pass(server, NEAR_S, page);
    await until(async () => (await refreshToken(page)) !== last, page);
    expect(sent).toHaveLength(renewal);
    expect(sent.at(-1)).toBe(last);
    await expect(pickedGroups(page).filter({ hasText: "Contractors" })).toBeVisible();
    await expect(bar(page)).toBeHidden();
  }
  expect(new Set(sent).size).toBe(10);
  expect(await page.evaluate(() => Reflect.get(globalThis, "same"))).toBe(true);
  await save(page);
  await expect(page.getByText("Ada Okafor is saved.")).toBeVisible();
});

test("a refresh needs no pause, and does not touch what is on screen", async ({ page, launch }) => {
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent = grants(page);
  await signInWithClock(page, server);
  await searchBox(page).fill("okafor");
  await expectRows(page, 2);
  await pass(server, NEAR_S, page);
  await expect.poll(() => sent).toEqual(["authorization_code", "refresh_token"]);
  await expect(searchBox(page)).toHaveValue("okafor");
  await expect(searchBox(page)).toBeFocused();
});

test("a token that was used by somebody else ends in a sign-in, and is not sent again", async ({
  page,
  launch,
  watch,
}) => {
  watch.expectFailure("/oauth2/token", 400);
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent = grants(page);
  await signInWithClock(page, server, "/users?q=okafor", 2);
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: "netbird-dashboard",
    refresh_token: await refreshToken(page),
  });
  expect((await fetch(`${server.url}/oauth2/token`, { method: "POST", body: form })).status).toBe(200);
  await pass(server, NEAR_S, page);
  await expect(bar(page)).toBeVisible();
  await page.clock.runFor(10_000);
  expect(sent.filter((grant) => grant === "refresh_token")).toHaveLength(1);
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await expect.poll(() => sent.filter((grant) => grant === "authorization_code").length).toBe(2);
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
  await expect(bar(page)).toBeHidden();
});

test("an answer that does not come is given up after ten seconds, and its token is not sent again", async ({
  page,
  launch,
}) => {
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent = grants(page);
  await signInWithClock(page, server);
  await server.conditions({ token_endpoint_is_stuck: true });
  const given = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/oauth2/token"));
  await pass(server, NEAR_S, page);
  await expect.poll(() => sent.filter((grant) => grant === "refresh_token").length).toBe(1);
  await page.clock.runFor(9_000);
  await expect(bar(page)).toBeHidden();
  await page.clock.runFor(2_000);
  await given;
  // It may have come through: a provider that sees it twice ends everything.
  await expect(bar(page)).toBeVisible();
  await page.clock.runFor(10_000);
  expect(sent.filter((grant) => grant === "refresh_token")).toHaveLength(1);
  await expect(list(page)).toBeVisible();
});

test("a provider that is down when a refresh is due is asked until it answers; the reader knows, and the form stays", async ({
  page,
  launch,
  watch,
}) => {
  watch.expectFailure(/^\/oauth2\//, 503);
  const server = await launch({ args: ARGS });
  await server.conditions({ refresh_tokens_work: true });
  const sent = grants(page);
  await signInWithClock(page, server);
  await openUser(page, "Ada Okafor");
  await addGroup(page, "Contractors");
  await server.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await pass(server, NEAR_S, page);
  const says = page.getByText(`The identity provider at ${new URL(server.url).host} does not answer.`);
  await until(() => says.isVisible(), page);
  await expect(bar(page)).toContainText("You will be signed out in less than a minute.");
  await pass(server, 60, page);
  await until(() => page.getByText("Your session has ended. What you typed is still here").isVisible(), page);
  await expect(says).toBeVisible();
  await server.heal();
  await until(() => bar(page).isHidden(), page);
  expect(sent).toEqual(["authorization_code", "refresh_token"]);
  await expect(pickedGroups(page).filter({ hasText: "Contractors" })).toBeVisible();
  await save(page);
  await expect(page.getByText("Ada Okafor is saved.")).toBeVisible();
});

test("the default asks for no such token, and a scope that does is refused by name", async ({ page, launch }) => {
  const server = await launch({ args: ["--auth", "scope=openid offline_access"] });
  await page.goto(server.url);
  await expect(page.getByText("config.json, auth.scope: offline_access goes with the renewal")).toBeVisible();
});
