// Service users and tokens: made, shown once, listed by what is left of them, revoked; and who may.
import type { Locator, Page } from "@playwright/test";
import { createGroup, openPersonMenu, save, signInAs } from "../support/console.ts";
import { installClock } from "../support/clock.ts";
import { expectNothingLeft, listen, readSecret, secretDialog } from "../support/secret.ts";
import { callApi, type ApiUser, type Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const SERVICE_USERS = 12;
const DAY = 24 * 60 * 60;
const SLOW = { kind: "delay", delay_ms: 400, times: 0 } as const;

function table(page: Page): Locator {
  return page.getByRole("table", { name: "Service users" });
}

async function expectServiceRows(page: Page, count: number): Promise<void> {
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(count + 1));
}

function tokens(page: Page): Locator {
  return page.getByRole("list", { name: "Tokens" });
}

function token(page: Page, name: string): Locator {
  return tokens(page).getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
}

/** Opens a service user's page from their list. */
async function openService(page: Page, name: string): Promise<void> {
  await table(page).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Service user ${name}` })).toBeVisible();
}

async function serviceUser(standin: Standin, name: string): Promise<ApiUser> {
  const all = (await standin.api("GET", "/api/users?service_user=true")) as ApiUser[];
  const found = all.find((user) => user.name === name);
  if (!found) throw new Error(`there is no service user ${name}`);
  return found;
}

/** The dialog of a new token, opened on the page of its user. */
async function askToken(page: Page, owner: string): Promise<Locator> {
  await page.getByRole("button", { name: "New token…" }).click();
  const dialog = page.getByRole("dialog", { name: `New token for ${owner}` });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function press(button: Locator, times: number): Promise<void> {
  await button.evaluate((one: HTMLElement, count) => {
    for (let click = 0; click < count; click += 1) one.click();
  }, times);
}

test("the list: counted, sorted, searched, in its address, and back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expectServiceRows(page, SERVICE_USERS);
  await expect(page).toHaveTitle("Service users · Roost");
  await expect(page.getByRole("status").filter({ hasText: "12 service users" })).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link", { name: /Service users/ })).toHaveAttribute("aria-current", "page");
  for (const column of ["Name", "Status", "Role", "Auto groups"]) {
    await expect(table(page).getByRole("columnheader", { name: column })).toBeVisible();
  }
  for (const column of ["Devices", "Last login"]) {
    await expect(table(page).getByRole("columnheader", { name: column })).toHaveCount(0);
  }
  await table(page).getByRole("columnheader", { name: "Role" }).getByRole("button").click();
  await expect(page).toHaveURL(/\/service-users\?sort=role$/);
  await page.getByRole("searchbox", { name: "Search service users" }).fill("runner");
  await expectServiceRows(page, 1);
  await expect(page).toHaveURL(/\/service-users\?q=runner&sort=role$/);
  await openService(page, "ci-runner");
  await expect(nav.getByRole("link", { name: /Service users/ })).toHaveAttribute("aria-current", "page");
  await expect(nav.getByRole("link", { name: /^Users/ })).not.toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expectServiceRows(page, 1);
  await expect(page.getByRole("searchbox", { name: "Search service users" })).toHaveValue("runner");
  await page.getByRole("searchbox", { name: "Search service users" }).fill("nothing of the kind");
  await expect(page.getByRole("heading", { name: "No service user matches “nothing of the kind”" })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Clear search" }).last().click();
  await expectServiceRows(page, SERVICE_USERS);
});

test("people and service users never mix", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=terraform");
  await expect(page.getByRole("heading", { name: "No user matches “terraform”" })).toBeVisible();
  await page.goto("/service-users?q=okafor");
  await expect(page.getByRole("heading", { name: "No service user matches “okafor”" })).toBeVisible();
});

test("the list that does not load says so, and is not empty", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expectServiceRows(page, SERVICE_USERS);
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "status", times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { name: "The list did not load" })).toBeVisible();
  await expect(page.getByText("No service users yet")).toBeHidden();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectServiceRows(page, SERVICE_USERS);
});

test("without any service user the page says what they are for", async ({ page, standin }) => {
  const people = ((await standin.api("GET", "/api/users")) as (ApiUser & { is_service_user: boolean })[]).filter(
    (user) => !user.is_service_user,
  );
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body: people, times: 0 });
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expect(page.getByRole("heading", { name: "No service users yet" })).toBeVisible();
});

test("a new service user goes straight on to its first token, and nothing of the secret stays", async ({ page, standin, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const said = listen(page);
  await signInAs(page, "Olivia Marsh");
  // A page of the console is behind, for Back to go to.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Service users/ }).click();
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByLabel("Name").press("Enter");
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Give the service user a name/);
  expect(await standin.calls("POST", "/api/users")).toEqual([]);
  await dialog.getByLabel("Name").fill("  night shift ");
  await expect(dialog.getByRole("combobox", { name: "Role" }).getByRole("option")).toHaveText([
    "User",
    "Auditor",
    "Network admin",
    "Admin",
    "Billing admin",
  ]);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await createGroup(page, "Robots");
  await dialog.getByRole("button", { name: "Create service user" }).click();

  const ask = page.getByRole("dialog", { name: "New token for night shift" });
  await expect(ask).toBeVisible();
  const made = (await serviceUser(standin, "night shift")) as ApiUser;
  const groups = (await standin.api("GET", "/api/groups")) as { id: string; name: string }[];
  expect(made).toMatchObject({ role: "auditor", auto_groups: [groups.find((group) => group.name === "Robots")?.id] });
  await expect(ask.getByLabel("Name")).toBeFocused();
  await ask.getByLabel("Name").fill("first");
  await ask.getByRole("combobox", { name: "Valid for" }).selectOption({ label: "30 days" });
  await expect(ask.getByRole("combobox", { name: "Valid for" })).toHaveAccessibleDescription(/^It ends on \d+ \w+ \d{4}\.$/);
  await ask.getByRole("button", { name: "Create token" }).click();

  const secret = secretDialog(page, "Token “first, night shift”");
  await expect(secret).toBeVisible();
  await expect(ask).toBeHidden();
  await expect(secret.getByText(/^Ends on /)).toBeVisible();
  const value = await readSecret(secret);
  expect(value).toMatch(/^nbp_\w{36}$/);
  for (let turn = 0; turn < 5; turn += 1) await page.keyboard.press("Escape");
  await expect(secret).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(secret).toBeVisible();
  await expect(secret.getByText("This is the only time it is shown.")).toBeVisible();
  await secret.getByRole("button", { name: "Copy token" }).click();
  await expect(secret.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await secret.getByRole("button", { name: "Close" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Service user night shift" })).toBeVisible();
  await expect(token(page, "first").getByText("Ends in 30 days")).toBeVisible();
  await expect(token(page, "first")).toContainText("Olivia Marsh");
  await expectNothingLeft(page, value, said);
  await callApi(standin.url, `Token ${value}`, "GET", "/api/users");
});

test("a refused clipboard selects the token; a reload asks before it is lost", async ({ page, standin }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("spare");
  await ask.getByLabel("Name").press("Enter");
  const secret = secretDialog(page, "Token “spare, backup”");
  await secret.getByRole("button", { name: "Copy token" }).click();
  await expect(secret.getByText("The text is selected: copy it with your keyboard.")).toBeVisible();
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toMatch(/^nbp_\w{36}$/);
  let asked = 0;
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") asked += 1;
  });
  await page.reload();
  expect(asked).toBe(1);
});

test("each token says what is left of it, and the next to end comes first", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  await openService(page, "ci-runner");
  await expect(tokens(page).getByRole("listitem")).toHaveCount(3);
  for (const [at, name, left] of [
    [0, "runner c", /Ends in (\d+ hours|[12] days?)/],
    [1, "runner b", /Ends in [56] days/],
    [2, "runner a", /Ends in 6[01] days/],
  ] as const) {
    const row = tokens(page).getByRole("listitem").nth(at);
    await expect(row).toContainText(name);
    await expect(row).toContainText(left);
    await expect(row).toContainText("Created byOlivia Marsh");
  }
  await page.goto(`/users/${(await serviceUser(standin, "legacy-importer")).id}`);
  await expect(token(page, "importer").getByText("Expired")).toBeVisible();
  await expect(token(page, "importer 2").getByText("Expired")).toBeVisible();
  await page.goto(`/users/${(await serviceUser(standin, "dns-updater")).id}`);
  await expect(token(page, "updater")).toContainText(/Last used\s*Never/);
  await expect(token(page, "updater").getByText(/Ends in 2[56] days/)).toBeVisible();
});

test("a token that has run out is marked, and the server refuses it", async ({ page, standin }) => {
  await installClock(page);
  const { id } = await serviceUser(standin, "monitoring");
  const made = (await standin.api("POST", `/api/users/${id}/tokens`, { name: "short", expires_in: 7 })) as { plain_token: string };
  await callApi(standin.url, `Token ${made.plain_token}`, "GET", "/api/users");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await expect(token(page, "short").getByText("Ends in 7 days")).toBeVisible();
  const later = Date.now() + 8 * DAY * 1000;
  await standin.forward(8 * DAY);
  await expect(callApi(standin.url, `Token ${made.plain_token}`, "GET", "/api/users")).rejects.toThrow("401");
  const again = await page.context().newPage();
  await installClock(again);
  await again.clock.setSystemTime(later);
  await signInAs(again, "Olivia Marsh", `/users/${id}`);
  await expect(token(again, "short").getByText("Expired")).toBeVisible();
  await expect(token(again, "scraper").getByText("Expired")).toBeHidden();
});

test("no tokens is no failure, and a failure is not empty", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 500);
  const { id } = await serviceUser(standin, "");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await expect(page.getByText("No tokens yet.")).toBeVisible();
  const { id: other } = await serviceUser(standin, "terraform");
  await standin.fault({ path: `/api/users/${other}/tokens`, kind: "status", times: 0 });
  await page.goto(`/users/${other}`);
  const alert = page.getByRole("alert").filter({ hasText: "The tokens did not load." });
  await expect(alert).toContainText("The server answered 500.");
  await expect(page.getByText("No tokens yet.")).toBeHidden();
  await standin.heal();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(token(page, "pipeline")).toBeVisible();
  await expect(alert).toBeHidden();
});

test("free days are whole numbers from 1 to 365, said before anything is sent", async ({ page, standin }) => {
  const { id } = await serviceUser(standin, "onboarding");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "onboarding");
  await expect(ask.getByRole("combobox", { name: "Valid for" }).getByRole("option")).toHaveText([
    "7 days",
    "30 days",
    "90 days",
    "180 days",
    "365 days",
    "Another number of days",
  ]);
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByLabel("Name")).toBeFocused();
  await ask.getByLabel("Name").fill("odd");
  await ask.getByRole("combobox", { name: "Valid for" }).selectOption({ label: "Another number of days" });
  const days = ask.getByLabel("Days", { exact: true });
  for (const [typed, wrong] of [
    ["", "Enter a whole number of days."],
    ["1.5", "Enter a whole number of days."],
    ["0", "A token lasts 1 to 365 days."],
    ["366", "A token lasts 1 to 365 days."],
  ] as const) {
    await days.fill(typed);
    await ask.getByRole("button", { name: "Create token" }).click();
    await expect(days).toHaveAccessibleDescription(wrong);
    await expect(days).toBeFocused();
  }
  expect(await standin.calls("POST", `/api/users/${id}/tokens`)).toEqual([]);
  await days.fill("1");
  await expect(days).toHaveAccessibleDescription(/^It ends on /);
  await days.press("Enter");
  const secret = secretDialog(page, "Token “odd, onboarding”");
  await secret.getByRole("button", { name: "I have saved it" }).click();
  await expect(token(page, "odd").getByText(/Ends in (1 day|24 hours)/)).toBeVisible();
});

test("ten quick clicks are one token, one service user, one revocation", async ({ page, standin }) => {
  const { id } = await serviceUser(standin, "inventory-sync");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "inventory-sync");
  await ask.getByLabel("Name").fill("many");
  await standin.fault({ path: "/api/users", ...SLOW });
  await press(ask.getByRole("button", { name: "Create token" }), 10);
  await secretDialog(page, "Token “many, inventory-sync”").getByRole("button", { name: "I have saved it" }).click();
  expect(await standin.calls("POST", `/api/users/${id}/tokens`)).toHaveLength(1);
  await page.getByRole("button", { name: "Revoke many…" }).click();
  const question = page.getByRole("alertdialog", { name: "Revoke many?" });
  await expect(question.getByRole("button", { name: "Keep token" })).toBeFocused();
  await press(question.getByRole("button", { name: "Revoke token" }), 10);
  await expect(page.getByText("many is revoked.")).toBeVisible();
  await expect(token(page, "many")).toHaveCount(0);
  expect(await standin.calls("DELETE")).toHaveLength(1);
  await page.goto("/service-users");
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByLabel("Name").fill("once");
  await press(dialog.getByRole("button", { name: "Create service user" }), 10);
  await expect(page.getByRole("dialog", { name: "New token for once" })).toBeVisible();
  expect((await standin.calls("POST", "/api/users")).filter((call) => call.path === "/api/users")).toHaveLength(1);
});

test("a token whose answer got lost: its secret is gone, and another takes its place", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, "network");
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("weekly");
  // Cut off in the middle, not before: a browser sends a call again by itself when nothing of an answer has come.
  await standin.fault({ path: `/api/users/${id}/tokens`, method: "POST", kind: "truncated" });
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByText("“weekly” was created, but its secret is lost")).toBeVisible();
  const listed = async () => ((await standin.api("GET", `/api/users/${id}/tokens`)) as { id: string; name: string }[]).filter((one) => one.name === "weekly");
  const [lost] = await listed();
  expect(lost).toBeDefined();
  await ask.getByRole("button", { name: "Delete it and create another" }).click();
  await secretDialog(page, "Token “weekly, backup”").getByRole("button", { name: "I have saved it" }).click();
  const now = await listed();
  expect(now).toHaveLength(1);
  expect(now[0]?.id).not.toBe(lost?.id);
  await expect(token(page, "weekly")).toHaveCount(1);
});

test("a token that was not made: refused, or the connection broke before", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 500);
  watch.expectFailure(/\/tokens$/, 502);
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("monthly");
  for (const status of [500, 502]) {
    await standin.fault({ path: `/api/users/${id}/tokens`, method: "POST", kind: "status", status });
    await ask.getByRole("button", { name: "Create token" }).click();
    await expect(ask.getByText(`No token was created. The server answered ${status}.`)).toBeVisible();
    await expect(ask.getByLabel("Name")).toHaveValue("monthly");
  }
  const all = (await standin.api("GET", `/api/users/${id}/tokens`)) as { name: string }[];
  expect(all.filter((one) => one.name === "monthly")).toEqual([]);
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(secretDialog(page, "Token “monthly, backup”")).toBeVisible();
});

test("a service user whose answer got lost is found by its new id", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", "network");
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expectServiceRows(page, SERVICE_USERS);
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  // One of that name is there already.
  await dialog.getByLabel("Name").fill("backup");
  await standin.fault({ path: "/api/users", exact: true, method: "POST", kind: "truncated" });
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(page.getByText("backup is created. The connection broke off, so this was checked.")).toBeVisible();
  await page.getByRole("dialog", { name: "New token for backup" }).getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Service user backup" })).toBeVisible();
  await expect(page.getByText("No tokens yet.")).toBeVisible();
  const all = (await standin.api("GET", "/api/users?service_user=true")) as ApiUser[];
  expect(all.filter((user) => user.name === "backup")).toHaveLength(2);
});

test("a service user that was not made leaves the form, and says which group stays", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  await signInAs(page, "Olivia Marsh", "/service-users");
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByLabel("Name").fill("unlucky");
  await dialog.getByRole("combobox", { name: "Auto groups" }).fill("half");
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(dialog.getByText("“half” is typed but not chosen.")).toBeVisible();
  await createGroup(page, "Stays");
  await standin.fault({ path: "/api/users", exact: true, method: "POST", kind: "status" });
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(dialog.getByText("No service user was created. The server answered 500.")).toContainText("Group “Stays” was created and stays");
  await expect(dialog.getByLabel("Name")).toHaveValue("unlucky");
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(page.getByRole("dialog", { name: "New token for unlucky" })).toBeVisible();
  expect(await standin.calls("POST", "/api/groups")).toHaveLength(1);
});

test("a revocation: refused, lost, done already", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens\//, 500);
  watch.expectFailure(/\/tokens\//, "network");
  watch.expectFailure(/\/tokens\//, 404);
  const { id } = await serviceUser(standin, "ci-runner");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = async (name: string) => {
    await page.getByRole("button", { name: `Revoke ${name}…` }).click();
    return page.getByRole("alertdialog", { name: `Revoke ${name}?` });
  };
  await standin.fault({ path: `/api/users/${id}/tokens/`, method: "DELETE", kind: "status" });
  const question = await ask("runner a");
  await expect(question).toContainText("ci-runner");
  await question.getByRole("button", { name: "Revoke token" }).click();
  await expect(question.getByText("Not revoked. The server answered 500.")).toBeVisible();
  await question.getByRole("button", { name: "Keep token" }).click();
  await expect(token(page, "runner a")).toBeVisible();
  await standin.fault({ path: `/api/users/${id}/tokens/`, method: "DELETE", kind: "reset_after" });
  await (await ask("runner a")).getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText(/runner a (is|had been) revoked/)).toBeVisible();
  await expect(token(page, "runner a")).toHaveCount(0);
  const all = (await standin.api("GET", `/api/users/${id}/tokens`)) as { id: string; name: string }[];
  await standin.api("DELETE", `/api/users/${id}/tokens/${all.find((one) => one.name === "runner b")?.id}`);
  await (await ask("runner b")).getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("runner b had been revoked already.")).toBeVisible();
  await expect(tokens(page).getByRole("listitem")).toHaveCount(1);
});

test("role, block and deletion work as for people, in the words of a service user", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  await openService(page, "ci-runner");
  const form = page.getByRole("form", { name: "Role and groups" });
  await expect(form.getByRole("combobox", { name: "Role" }).getByRole("option", { name: /Owner/ })).toBeDisabled();
  await form.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await form.getByRole("checkbox", { name: "Blocked" }).check();
  await expect(form.getByRole("checkbox", { name: "Blocked" })).toBeChecked();
  await save(page);
  await expect(page.getByText("ci-runner is saved.")).toBeVisible();
  expect(await serviceUser(standin, "ci-runner")).toMatchObject({ role: "auditor", is_blocked: true });
  await expect(page.getByText("This service user is blocked. Its tokens do not work")).toBeVisible();
  await page.getByRole("button", { name: "Actions for ci-runner" }).click();
  await page.getByRole("menuitem", { name: "Delete service user…" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete ci-runner?" });
  await expect(question).toContainText("3 access tokens; whatever uses them is refused at once");
  await question.getByRole("button", { name: "Delete service user" }).click();
  await expect(page).toHaveURL(/\/service-users$/);
  await expectServiceRows(page, SERVICE_USERS - 1);
  await page.getByRole("button", { name: "Actions for backup" }).click();
  const menu = page.getByRole("menu", { name: "Actions for backup" });
  for (const item of ["Open service user", "Block service user", "Delete service user…"]) {
    await expect(menu.getByRole("menuitem", { name: item })).toBeVisible();
  }
});

test("an auditor sees service users, not their tokens, and nothing can be changed", async ({ page, standin }) => {
  await signInAs(page, "Agnes Novak", "/service-users");
  await expectServiceRows(page, SERVICE_USERS);
  const add = page.getByRole("button", { name: "New service user…" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription("Your role does not include “users: create”.");
  await add.click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await openService(page, "terraform");
  await expect(page.getByText("Only owners and admins can see and change the tokens of service users.")).toBeVisible();
  await expect(page.getByRole("button", { name: "New token…" })).toHaveCount(0);
  await page.goto("/profile");
  await expect(page.getByText("No tokens yet.")).toBeVisible();
  await expect(page.getByRole("button", { name: "New token…" })).toHaveAccessibleDescription("Your role does not include “pats: create”.");
  expect((await standin.calls("GET")).filter((call) => call.status === 403)).toEqual([]);
  expect(await standin.calls("POST", "/api/users")).toEqual([]);
});

test("an ordinary user sees no service users and has no tokens", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Uma Sato", "/service-users");
  await expect(page.getByRole("heading", { name: "You may not see service users" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Your role, user, lacks the permission “users: read”.");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Service users/ })).toHaveCount(0);
  await openPersonMenu(page);
  await page.keyboard.press("Escape");
  await page.goto("/profile");
  await expect(page.getByText("Your role does not include “pats: read”.")).toBeVisible();
  expect(await standin.calls("GET", "/api/users/")).not.toContainEqual(expect.objectContaining({ path: expect.stringContaining("/tokens") }));
});

test("nobody sees the tokens of another person; one's own are on the profile", async ({ page, standin }) => {
  await signInAs(page, "Nils Lindqvist", "/profile");
  const ask = await askToken(page, "Nils Lindqvist");
  await ask.getByLabel("Name").fill("laptop");
  await ask.getByRole("button", { name: "Create token" }).click();
  const secret = secretDialog(page, "Token “laptop”");
  const value = await readSecret(secret);
  await secret.getByRole("button", { name: "I have saved it" }).click();
  await expect(token(page, "laptop")).toContainText(/Ends in 90 days/);
  await callApi(standin.url, `Token ${value}`, "GET", "/api/users/current");
  const ada = await standin.person("ada.okafor");
  await page.goto(`/users/${encodeURIComponent(ada.id)}`);
  await expect(page.getByText("Only they can see and change their own tokens.")).toBeVisible();
});

test("the server's 403 is said in words when the role was taken away meanwhile", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 403);
  const [ada, backup] = [await standin.person("ada.okafor"), await serviceUser(standin, "backup")];
  await signInAs(page, "Ada Okafor", `/users/${backup.id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("late");
  await standin.change(ada.id, { role: "network_admin" });
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByText("No token was created. The server does not allow this.")).toBeVisible();
});

test("hostile names of service users and tokens stay inert", async ({ page, standin }) => {
  const name = '<img src=x onerror=alert(1)> \u202egpj';
  const { id } = (await standin.api("POST", "/api/users", { role: "user", is_service_user: true, name, auto_groups: [] })) as ApiUser;
  await standin.api("POST", `/api/users/${id}/tokens`, { name, expires_in: 5 });
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await expect(tokens(page).getByRole("listitem")).toContainText("<img src=x onerror=alert(1)> U+202Egpj");
  await expect(page.locator("img")).toHaveCount(0);
  await tokens(page).getByRole("button").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("No tokens yet.")).toBeVisible();
});

test("by keys alone: a token is made and revoked", async ({ page, standin }) => {
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await page.getByRole("button", { name: "New token…" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("keys");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowUp");
  for (let stop = 0; stop < 2; stop += 1) await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Create token" })).toBeFocused();
  await page.keyboard.press("Enter");
  const secret = secretDialog(page, "Token “keys, backup”");
  await expect(secret.getByRole("button", { name: "Copy token" })).toBeFocused();
  await secret.getByRole("button", { name: "I have saved it" }).press("Enter");
  await expect(token(page, "keys")).toContainText("Ends in 30 days");
  await page.getByRole("button", { name: "Revoke keys…" }).press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("keys is revoked.")).toBeVisible();
});
