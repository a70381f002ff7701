// A session's end and the next one: without a word where nothing is lost by it, else at the reader's word.
import type { Page } from "@playwright/test";
import {
  addGroup,
  authorization,
  demoPerson,
  expectRows,
  form,
  groupsField,
  list,
  openUser,
  pickedGroups,
  save,
} from "../support/console.ts";
import { tabTo } from "../support/keys.ts";
import {
  bar,
  closed,
  expectWarned,
  grants,
  LIFETIME_S,
  openWindow,
  pass,
  PEOPLE,
  SHORT,
  signInWithClock,
  stay,
  until,
} from "../support/session.ts";
import type { Standin } from "../support/standin.ts";
import { expect, needsStandin, test } from "../support/test.ts";

/** Four minutes before the end. */
const NEAR_S = LIFETIME_S - 240;

test.beforeEach(() => needsStandin("tokens that end"));

const tokens = async (server: Standin) => (await server.calls("POST", "/oauth2/token")).length;

async function edit(page: Page): Promise<void> {
  await openUser(page, "Ada Okafor");
  await addGroup(page, "Contractors");
  await expectEdited(page);
}

async function expectEdited(page: Page): Promise<void> {
  await expect(pickedGroups(page).filter({ hasText: "Contractors" })).toBeVisible();
  await expect(form(page).getByText("1 change not saved")).toBeVisible();
}

async function expectSaved(page: Page): Promise<void> {
  await save(page);
  await expect(page.getByText("Ada Okafor is saved.")).toBeVisible();
}

test("a page that nobody touches goes to the provider and comes back to its address", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  const sent = grants(page);
  await signInWithClock(page, server, "/users?q=okafor", 2);
  const asked: (string | null)[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/oauth2/auth") asked.push(searchParams.get("prompt"));
  });
  await pass(server, NEAR_S, page);
  await until(async () => (await tokens(server)) === 2, page);
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
  expect(asked).toEqual(["none"]);
  expect(sent).toEqual(["authorization_code", "authorization_code"]);
  await expect(bar(page)).toBeHidden();
});

test("what is begun while the provider is asked for its addresses stays: the page does not leave", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/service-users", 0);
  await expect(page.getByRole("button", { name: "New service user…" })).toBeVisible();
  const document = "/oauth2/.well-known/openid-configuration";
  const before = (await server.calls("GET", document)).length;
  await server.fault({ path: document, kind: "delay", delay_ms: 5_000, times: 1 });
  await pass(server, NEAR_S, page);
  await until(async () => (await server.calls("GET", document)).length > before, page);
  await page.getByRole("button", { name: "New service user…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("night-shift");
  await expectWarned(page);
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Name" })).toHaveValue("night-shift");
  expect(await tokens(server)).toBe(1);
});

test("what is unsaved stays: a bar in time, a small window, and the form can be saved", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  const sent = grants(page);
  await signInWithClock(page, server);
  await edit(page);
  await pass(server, LIFETIME_S - 400, page);
  await page.clock.runFor(5_000);
  await expect(bar(page)).toBeHidden();
  await pass(server, 140, page);
  await page.clock.runFor(5_000);
  await expectWarned(page);
  const window = await openWindow(page);
  await closed(window);
  await expect(page.getByText("You stay signed in.")).toBeVisible();
  await expect(bar(page)).toBeHidden();
  await expectEdited(page);
  expect(sent).toEqual(["authorization_code", "authorization_code"]);
  // After the end of the first session the second one is what counts.
  await pass(server, 400, page);
  await expectSaved(page);
});

test("the bar by keys alone: up to its button, through the window, and back to where one was", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  await edit(page);
  await groupsField(page).focus();
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  await expectWarned(page);
  // It says so without taking anybody away from where they are.
  await expect(groupsField(page)).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "You will be signed out in" })).toBeVisible();
  await tabTo(page, "button", "Stay signed in", true);
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await closed(await opened);
  await until(() => bar(page).isHidden(), page);
  await expect(groupsField(page)).toBeFocused();
  await expectEdited(page);

  // Who has the button in their hand when the end comes still has it then.
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  // Before the first key: whoever is on the way already when the bar comes is brought back to there.
  await expectWarned(page);
  await tabTo(page, "button", "Stay signed in", true);
  await pass(server, 300, page);
  const over = page.getByRole("alert").filter({ hasText: "Your session has ended. What you typed is still here" });
  await until(() => over.isVisible(), page);
  await expect(page.getByRole("button", { name: "Sign in again" })).toBeFocused();
  const again = page.waitForEvent("popup");
  await page.keyboard.press("Space");
  await closed(await again);
  await until(() => bar(page).isHidden(), page);
  await expect(groupsField(page)).toBeFocused();
  await expectSaved(page);
});

test("ten renewals in a row: the page is the same one, and so is the form on it", async ({ page, launch }, info) => {
  info.setTimeout(150_000);
  const server = await launch({ args: SHORT });
  const sent = grants(page);
  await signInWithClock(page, server);
  await edit(page);
  await page.evaluate(() => Object.assign(globalThis, { same: true }));
  const bearers = new Set([await authorization(page)]);
  for (let renewal = 1; renewal <= 10; renewal += 1) {
    await pass(server, NEAR_S, page);
    await until(() => bar(page).isVisible(), page);
    await expectWarned(page);
    const window = await openWindow(page);
    await closed(window);
    await until(() => bar(page).isHidden(), page);
    await expectEdited(page);
    bearers.add(await authorization(page));
    expect(bearers.size, "each brings a token of its own").toBe(renewal + 1);
  }
  expect(await page.evaluate(() => Reflect.get(globalThis, "same"))).toBe(true);
  expect(sent).toEqual(Array<string>(11).fill("authorization_code"));
  await expectSaved(page);
});

test("ten renewals of a page that nobody touches lead back to it each time", async ({ page, launch }, info) => {
  info.setTimeout(150_000);
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/users?q=okafor", 2);
  const asked: (string | null)[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/oauth2/auth") asked.push(searchParams.get("prompt"));
  });
  for (let renewal = 1; renewal <= 10; renewal += 1) {
    await pass(server, NEAR_S, page);
    await until(async () => (await tokens(server)) === renewal + 1, page);
    await expectRows(page, 2);
    await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
    await expect(bar(page)).toBeHidden();
  }
  expect(asked, "nobody was asked").toEqual(Array<string>(10).fill("none"));
});

test("a provider that is down when a renewal is due is waited for on the page", async ({ page, launch, watch }) => {
  watch.expectFailure(/^\/oauth2\//, 503);
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/users?q=okafor", 2);
  await server.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await pass(server, NEAR_S, page);
  const says = page.getByText(`The identity provider at ${new URL(server.url).host} does not answer.`);
  await until(() => says.isVisible(), page);
  await expectWarned(page);
  // At the reader's word it is asked once more, and the session there is goes on.
  await stay(page).click();
  await until(() => says.isVisible(), page);
  await expectRows(page, 2);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expectRows(page, 2);
  expect(await tokens(server)).toBe(1);
  await server.heal();
  await until(async () => (await tokens(server)) === 2, page);
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
  await expect(bar(page)).toBeHidden();
});

test("a provider that is down until the end leaves words and a way back in", async ({ page, launch, watch }) => {
  watch.expectFailure(/^\/oauth2\//, 503);
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/users?q=okafor", 2);
  await server.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await pass(server, LIFETIME_S + 5, page);
  const alert = page.getByRole("alert").filter({ hasText: "does not answer" });
  await until(() => alert.isVisible(), page);
  await expect(list(page)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem("roost.session"))).toBeNull();
  await server.heal();
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
});

test("a provider that wants to ask says so, and is asked in the window", async ({ page, launch, context }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  await edit(page);
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  await expectWarned(page);
  // The provider's own session has ended.
  await context.clearCookies();
  const silent = await openWindow(page);
  await closed(silent);
  await expect(page.getByText("The identity provider wants you to sign in again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in again" })).toBeVisible();
  await page.clock.runFor(3_000);
  const window = await openWindow(page);
  await demoPerson(window, "Olivia Marsh").click();
  await closed(window);
  await expect(page.getByText("You stay signed in.")).toBeVisible();
  await expectEdited(page);
  await expectSaved(page);
});

test("somebody else in the window does not take the form over", async ({ page, launch, context }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  await edit(page);
  await pass(server, LIFETIME_S + 5, page);
  await page.clock.runFor(5_000);
  await expect(page.getByText("Your session has ended. What you typed is still here")).toBeVisible();
  await context.clearCookies();
  const window = await openWindow(page);
  await demoPerson(window, "Ada Okafor").click();
  await closed(window);
  await expect(page.getByText("A different person signed in.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toBeVisible();
  await expectEdited(page);
});

test("a refusal in the middle of a save keeps the form, and the save goes through after it", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/^\/api\/users/, 401);
  await page.goto("/users");
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, PEOPLE);
  await edit(page);
  await standin.fault({ path: "/api/users", kind: "status", status: 401 });
  await save(page);
  await expect(page.getByText("Your session has ended. What you typed is still here")).toBeVisible();
  await expectEdited(page);
  const window = await openWindow(page);
  await closed(window);
  await expect(bar(page)).toBeHidden();
  await expectEdited(page);
  await expectSaved(page);
});

test("without a window the form is kept in the tab over the way to the provider", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await signInWithClock(page, server);
  await edit(page);
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  await expectWarned(page);
  await stay(page).click();
  await expect(page.getByText("The browser blocked the window.")).toBeVisible();
  await page.getByRole("button", { name: "Sign in in this tab" }).click();
  await expect(page.getByText("Your unsaved changes to Ada Okafor are back.")).toBeVisible();
  await expectEdited(page);
  await expectSaved(page);
  expect(await page.evaluate(() => sessionStorage.getItem("roost.drafts"))).not.toContain("Contractors");
});

test("who works in a dialog is asked above it, and what they typed stays", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  await page.getByRole("button", { name: "Invite user" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite user" });
  await dialog.getByLabel("Name").fill("Nora Lind");
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  const question = page.getByRole("alertdialog", { name: "Your session is about to end" });
  await expect(question).toContainText(/You will be signed out in \d minutes\./);
  await question.getByRole("button", { name: "Not now" }).click();
  await expect(question).toBeHidden();
  await pass(server, 300, page);
  await page.clock.runFor(5_000);
  const over = page.getByRole("alertdialog", { name: "Your session has ended" });
  const opened = page.waitForEvent("popup");
  await over.getByRole("button", { name: "Sign in again" }).click();
  await closed(await opened);
  await expect(over).toBeHidden();
  await expect(dialog.getByLabel("Name")).toHaveValue("Nora Lind");
});

test("of two tabs one renews, and the other goes on with what it brought", async ({ page, launch, context }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  const tab = await context.newPage();
  await tab.goto(`${server.url}/users?q=okafor`);
  await expectRows(tab, 2);
  await pass(server, NEAR_S, page);
  await until(async () => (await tokens(server)) === 2, page);
  await expectRows(page, PEOPLE);
  await expectRows(tab, 2);
  const ends = (one: Page) =>
    one.evaluate(() => (JSON.parse(sessionStorage.getItem("roost.session") ?? "{}") as { expires_at: number }).expires_at);
  await expect.poll(async () => (await ends(page)) === (await ends(tab))).toBe(true);
  expect(await tokens(server)).toBe(2);
});

test("a clean page whose provider wants to ask goes on until the end, and is told in time", async ({
  page,
  launch,
  context,
}) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, "/users?q=okafor", 2);
  await context.clearCookies();
  await pass(server, NEAR_S, page);
  const asks = page.getByText("The identity provider wants you to sign in again.");
  await until(() => asks.isVisible(), page);
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
  await stay(page).click();
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
});

test("without renewal the end is told, and leads to the sign-in page", async ({ page, launch }) => {
  const server = await launch({ args: [...SHORT, "--auth", "renewal=none"] });
  await signInWithClock(page, server, "/users?q=okafor", 2);
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  await expectWarned(page);
  expect(await tokens(server)).toBe(1);
  await pass(server, 300, page);
  await page.clock.runFor(5_000);
  await expect(page.getByText("Your session has ended. Sign in again to go on.")).toBeVisible();
  await expect(list(page)).toBeHidden();
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await expectRows(page, 2);
  await expect(page).toHaveURL(`${server.url}/users?q=okafor`);
});
