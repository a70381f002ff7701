// Before the account is deleted, the ownership handed on or newcomers let in without approval, somebody who signed in long
// ago proves anew who they are (standards.md, U13), and nothing is sent before.
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { submitToken } from "../support/console.ts";
import { closed, LIFETIME_S, pass, SHORT, signInWithClock } from "../support/session.ts";
import { goToSection, openReview, openSettings } from "../support/settings.ts";
import type { Standin } from "../support/standin.ts";
import { ACTS, answer, confirmButton, expectSession, longAgo, openProof, prove, signInLongAgo, type Act } from "../support/step-up.ts";
import { expect, test } from "../support/test.ts";

const FIRST = "First confirm that it is you.";
const TRANSFER = ACTS["handing on the ownership"] as Act;
const DELETION = ACTS["deleting the account"] as Act;
const APPROVALS = ACTS["letting newcomers in without approval"] as Act;

/** The requests for authorization from now on, as what they ask. */
function asked(context: BrowserContext): URLSearchParams[] {
  const all: URLSearchParams[] = [];
  context.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/oauth2/auth") all.push(searchParams);
  });
  return all;
}

/** Tries by mouse and by key, and nothing is sent. */
async function expectHeld(standin: Standin, act: Act, dialog: Locator): Promise<void> {
  const go = dialog.getByRole("button", { name: act.button });
  await expect(go).toHaveAttribute("aria-disabled", "true");
  await expect(go).toHaveAccessibleDescription(FIRST);
  await go.click({ force: true });
  await go.press("Enter");
  expect(await standin.calls(act.method)).toEqual([]);
}

/** Does it, once. */
async function expectDone(page: Page, standin: Standin, act: Act, dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: act.button }).click();
  await expect(act.done(page)).toBeVisible();
  expect(await standin.calls(act.method)).toHaveLength(1);
}

for (const [name, act] of Object.entries(ACTS)) {
  test(`who signed in long ago is asked, proves it, and then it is done: ${name}`, async ({ page, context, standin }) => {
    await signInLongAgo(page, standin, act.path);
    const before = await expectSession(page);
    const questions = asked(context);
    const dialog = await act.open(page);
    await standin.forgetCalls();
    await expect(dialog.getByText(act.why)).toBeVisible();
    await expectHeld(standin, act, dialog);
    const window = await openProof(page);
    await expect(dialog.getByText("Continue in the small window.")).toBeVisible();
    expect(questions.map((one) => [one.get("prompt"), one.get("max_age")])).toEqual([["login", "0"]]);
    await expectHeld(standin, act, dialog);
    await answer(window);
    await expect(dialog.getByText("Confirmed: it is you.")).toBeVisible();
    await expect(confirmButton(page)).toBeHidden();
    expect(await standin.calls(act.method), "the proof alone does nothing").toEqual([]);
    const after = await expectSession(page);
    expect(after.authorization, "the session goes on with what the proof brought").not.toBe(before.authorization);
    await expectDone(page, standin, act, dialog);
    const [sent] = await standin.calls(act.method);
    expect(sent?.authorization).toBe("bearer");
  });

  test(`who has just signed in is not asked: ${name}`, async ({ page, context, standin }) => {
    await page.goto(act.path);
    await page.getByRole("button", { name: /^Olivia Marsh, / }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const questions = asked(context);
    const dialog = await act.open(page);
    await standin.forgetCalls();
    await expect(dialog.getByRole("button", { name: act.button })).not.toHaveAttribute("aria-disabled", "true");
    await expect(confirmButton(page)).toBeHidden();
    await expectDone(page, standin, act, dialog);
    expect(questions).toEqual([]);
  });

  test(`an access token is not asked for a sign-in that it never had: ${name}`, async ({ page, standin }) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Use an access token" }).click();
    await page.getByLabel("Keep me signed in when I reload this tab").check();
    await submitToken(page, await standin.ownerToken());
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    await page.goto(act.path);
    const dialog = await act.open(page);
    await standin.forgetCalls();
    await expect(confirmButton(page)).toBeHidden();
    await expectDone(page, standin, act, dialog);
  });
}

test("behind a proxy that signs in nobody is asked", async ({ page, standin }) => {
  const token = await standin.ownerToken();
  const config = JSON.stringify({ api: "", auth: { mode: "proxy" } });
  await page.route("**/config.json", (route) => route.fulfill({ body: config, contentType: "application/json" }));
  await page.setExtraHTTPHeaders({ Authorization: `Token ${token}` });
  for (const act of Object.values(ACTS)) {
    await page.goto(act.path);
    const dialog = await act.open(page);
    await expect(dialog.getByRole("button", { name: act.button })).not.toHaveAttribute("aria-disabled", "true");
    await expect(confirmButton(page)).toBeHidden();
    await page.keyboard.press("Escape");
  }
  expect(await standin.calls(undefined, "/oauth2/"), "no provider has a part in it").toEqual([]);
});

test("only what lets newcomers in is asked for: not another setting, not the other direction", async ({ page, standin }) => {
  await signInLongAgo(page, standin, "/settings/network");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  const dialog = await openReview(page);
  await dialog.getByRole("checkbox").check();
  await expect(dialog.getByRole("button", { name: "Save 1 change" })).not.toHaveAttribute("aria-disabled", "true");
  await expect(confirmButton(page)).toBeHidden();
  await dialog.getByRole("button", { name: "Back to settings" }).click();
  await goToSection(page, "Authentication");
  await page.getByRole("switch", { name: "Approve newcomers" }).uncheck();
  await openReview(page);
  await expect(confirmButton(page)).toBeVisible();
  await dialog.getByRole("button", { name: "Back to settings" }).click();
  await page.getByRole("switch", { name: "Approve newcomers" }).check();
  await openReview(page);
  await expect(confirmButton(page)).toBeHidden();
});

test("somebody else in the window proves nothing, and the one who is signed in still can", async ({ page, standin }) => {
  await signInLongAgo(page, standin, TRANSFER.path);
  const before = await expectSession(page);
  const dialog = await TRANSFER.open(page);
  await standin.forgetCalls();
  await answer(await openProof(page), "Ada Okafor");
  await expect(dialog.getByText("Somebody else signed in there. Try again, as the person who is signed in here.")).toBeVisible();
  await expectHeld(standin, TRANSFER, dialog);
  expect((await expectSession(page)).authorization).toBe(before.authorization);
  await prove(page);
  await expectDone(page, standin, TRANSFER, dialog);
});

test("a window that is closed leaves the question, which can be asked again", async ({ page, standin }) => {
  await signInLongAgo(page, standin, DELETION.path);
  const dialog = await DELETION.open(page);
  await standin.forgetCalls();
  const window = await openProof(page);
  await window.close();
  await expectHeld(standin, DELETION, dialog);
  await prove(page);
  await expectDone(page, standin, DELETION, dialog);
});

test("a browser that opens no window is told of, and nothing is sent", async ({ page, standin }) => {
  await page.addInitScript(() => {
    const open = window.open.bind(window);
    window.open = (...all) => (sessionStorage.getItem("allowed") ? open(...all) : null);
  });
  await signInLongAgo(page, standin, DELETION.path);
  const dialog = await DELETION.open(page);
  await standin.forgetCalls();
  await expect(confirmButton(page)).not.toHaveAttribute("aria-busy", "true");
  await confirmButton(page).click();
  await expect(dialog.getByText("The browser blocked the window. Allow pop-ups for this page, then try again.")).toBeVisible();
  await expectHeld(standin, DELETION, dialog);
  await page.evaluate(() => sessionStorage.setItem("allowed", "1"));
  await prove(page);
});

test("what the provider refuses is said, and tried again", async ({ page, standin }) => {
  await signInLongAgo(page, standin, DELETION.path);
  const dialog = await DELETION.open(page);
  await standin.forgetCalls();
  await standin.conditions({ callback: { code: null, error: "access_denied" } });
  await answer(await openProof(page));
  await expect(dialog.getByText("The identity provider did not confirm it (access_denied). Try again.")).toBeVisible();
  await expectHeld(standin, DELETION, dialog);
  await standin.conditions({ callback: {} });
  await prove(page);
});

test("a provider that does not answer is said, and asked again at a click", async ({ page, standin, watch }) => {
  watch.expectFailure(/openid-configuration$/, 503);
  await signInLongAgo(page, standin, DELETION.path);
  await standin.fault({ path: "/oauth2/.well-known/", kind: "status", status: 503, times: 0 });
  const dialog = await DELETION.open(page);
  await expect(dialog.getByText(/does not answer/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: DELETION.button })).toHaveAccessibleDescription(FIRST);
  await standin.heal();
  await dialog.getByRole("button", { name: "Try again" }).click();
  await prove(page);
});

test("a provider that asks nobody anew is told of and keeps nobody out, and its old sign-in is never a proof", async ({
  page,
  context,
  standin,
}) => {
  await signInLongAgo(page, standin, DELETION.path);
  const before = await expectSession(page);
  await standin.conditions({ asks_nobody_anew: true, id_token: { auth_time: longAgo() } });
  const dialog = await DELETION.open(page);
  await standin.forgetCalls();
  await expectHeld(standin, DELETION, dialog);
  await closed(await openProof(page));
  await expect(dialog.getByText("Your identity provider did not ask you to sign in again, so nothing is confirmed. You can go on.")).toBeVisible();
  await expect(page.getByText("Confirmed: it is you.")).toBeHidden();
  expect((await expectSession(page)).authorization, "what it brought is not taken up").toBe(before.authorization);
  await page.keyboard.press("Escape");
  const questions = asked(context);
  await DELETION.open(page);
  await expect(dialog.getByRole("button", { name: DELETION.button })).not.toHaveAttribute("aria-disabled", "true");
  await expect(confirmButton(page)).toBeHidden();
  expect(questions, "it is not asked in vain again").toEqual([]);
  await page.reload();
  await DELETION.open(page);
  await expect(confirmButton(page), "nothing of it is kept").toBeVisible();
  await closed(await openProof(page));
  await expectDone(page, standin, DELETION, dialog);
});

test("a stale moment in the answer is no proof though somebody signed in", async ({ page, standin }) => {
  await signInLongAgo(page, standin, DELETION.path);
  await standin.conditions({ id_token: { auth_time: longAgo() } });
  const dialog = await DELETION.open(page);
  await answer(await openProof(page));
  await expect(dialog.getByText("nothing is confirmed")).toBeVisible();
  await expect(page.getByText("Confirmed: it is you.")).toBeHidden();
});

test("a sign-in that does not tell when: asked where the provider's document says that it can", async ({ page, standin }) => {
  await standin.conditions({ id_token: { auth_time: null } });
  await openSettings(page, "danger");
  const dialog = await DELETION.open(page);
  await expect(dialog.getByRole("button", { name: DELETION.button })).not.toHaveAttribute("aria-disabled", "true");
  await expect(confirmButton(page)).toBeHidden();
  await standin.conditions({ discovery: { prompt_values_supported: ["none", "login"] }, id_token: {} });
  await page.reload();
  await DELETION.open(page);
  await prove(page);
});

test("a proof runs out after five minutes, also while one looks at it", async ({ page, launch }) => {
  const server = await launch({});
  await signInWithClock(page, server, DELETION.path, 0);
  const dialog = await DELETION.open(page);
  await server.forgetCalls();
  const go = dialog.getByRole("button", { name: DELETION.button });
  await expect(go).not.toHaveAttribute("aria-disabled", "true");
  await pass(server, 200, page);
  await expect(confirmButton(page)).toBeHidden();
  await pass(server, 200, page);
  await expect(confirmButton(page)).toBeVisible();
  await expectHeld(server, DELETION, dialog);
  await prove(page);
  await expect(go).not.toHaveAttribute("aria-disabled", "true");
  await pass(server, 400, page);
  await expect(confirmButton(page)).toBeVisible();
  await expect(page.getByText("Confirmed: it is you.")).toBeHidden();
  await expectHeld(server, DELETION, dialog);
});

test("the window of a session that ends and that of a proof do not take each other's answer", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server, DELETION.path, 0);
  const before = await expectSession(page);
  const dialog = await DELETION.open(page);
  await pass(server, LIFETIME_S - 240, page);
  await page.clock.runFor(5_000);
  const question = page.getByRole("alertdialog", { name: "Your session is about to end" });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Not now" }).click();
  await prove(page);
  const proven = await expectSession(page);
  expect(proven.expires_at).toBeGreaterThan(before.expires_at);
  // The other way round: what renews brings no proof, and leaves the one there is to its time.
  await pass(server, LIFETIME_S - 240, page);
  await page.clock.runFor(5_000);
  await expect(question).toBeVisible();
  const opened = page.waitForEvent("popup");
  await question.getByRole("button", { name: "Stay signed in" }).click();
  await closed(await opened);
  await expect(question).toBeHidden();
  expect((await expectSession(page)).expires_at).toBeGreaterThan(proven.expires_at);
  await expect(confirmButton(page)).toBeVisible();
  await expect(dialog.getByRole("button", { name: DELETION.button })).toHaveAccessibleDescription(FIRST);
});

test("by keys alone, and the focus keeps its place", async ({ page, standin }) => {
  await signInLongAgo(page, standin, APPROVALS.path);
  const dialog = await APPROVALS.open(page);
  await standin.forgetCalls();
  await expect(confirmButton(page)).not.toHaveAttribute("aria-busy", "true");
  await dialog.getByRole("checkbox").focus();
  await page.keyboard.press("Tab");
  await expect(confirmButton(page)).toBeFocused();
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await answer(await opened);
  const done = dialog.getByText("Confirmed: it is you.");
  await expect(done).toBeVisible();
  await expect(page.locator(":focus").filter({ has: page.getByText("Confirmed: it is you.") })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: APPROVALS.button })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(APPROVALS.done(page)).toBeVisible();
});

test("nothing secret is in an address, a title, a message or the storage of all tabs", async ({ page, context, standin }) => {
  await signInLongAgo(page, standin, TRANSFER.path);
  await TRANSFER.open(page);
  const secrets = new Set<string>();
  const seen: string[] = [];
  context.on("request", (request) => {
    // The provider's own way, and the way back from it: there a code is in the address by the standard.
    if (!request.url().includes("/oauth2/") && !request.url().includes("/callback?")) seen.push(request.url());
    if (!request.url().endsWith("/oauth2/token")) return;
    const form = new URLSearchParams(request.postData() ?? "");
    for (const name of ["code", "code_verifier"]) secrets.add(String(form.get(name)));
  });
  context.on("console", (message) => seen.push(message.text()));
  const questions = asked(context);
  await prove(page);
  const [question] = questions;
  for (const name of ["state", "nonce"]) secrets.add(String(question?.get(name)));
  const tokens = await expectSession(page);
  for (const token of [tokens.authorization.split(" ")[1], tokens.id_token]) {
    expect(seen.join(" ")).not.toContain(String(token));
  }
  const left = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  seen.push(page.url(), await page.title(), left);
  expect(secrets.size).toBe(4);
  // The nonce is in the ID token, encoded: not to be read in the storage as it was sent.
  for (const secret of secrets) expect(seen.join(" ")).not.toContain(secret);
});
