// Service users: listed, made with their first token, changed, deleted; and who may.
import { createGroup, openPersonMenu, save, signInAs } from "../support/console.ts";
import { expectNothingLeft, listen, readSecret, secretDialog } from "../support/secret.ts";
import { expectServiceRows, openService, serviceTable, serviceUser, token, tokens } from "../support/service.ts";
import { callApi, type ApiUser } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const SERVICE_USERS = 12;

test("the list: counted, sorted, searched, in its address, and back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  await expectServiceRows(page, SERVICE_USERS);
  await expect(page).toHaveTitle("Service users · Roost");
  await expect(page.getByRole("status").filter({ hasText: "12 service users" })).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link", { name: /Service users/ })).toHaveAttribute("aria-current", "page");
  for (const column of ["Name", "Status", "Role", "Auto groups"]) {
    await expect(serviceTable(page).getByRole("columnheader", { name: column })).toBeVisible();
  }
  for (const column of ["Devices", "Last login"]) {
    await expect(serviceTable(page).getByRole("columnheader", { name: column })).toHaveCount(0);
  }
  await expect(page.getByRole("button", { name: "Created by", exact: true })).toBeVisible();
  for (const filter of ["Signs in with", "Last login"]) {
    await expect(page.getByRole("button", { name: filter, exact: true })).toHaveCount(0);
  }
  await serviceTable(page).getByRole("columnheader", { name: "Role" }).getByRole("button").click();
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
    "Admin",
    "Network admin",
    "Auditor",
    "Billing admin",
    "User",
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
  await expect(page.getByText("backup is created. No clear answer came, so this was checked.")).toBeVisible();
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
  await expect(dialog.getByText("No service user was created. The server answered 500.")).toContainText("Group “Stays” was created, but the service user was not.");
  await expect(dialog.getByLabel("Name")).toHaveValue("unlucky");
  await dialog.getByRole("button", { name: "Create service user" }).click();
  await expect(page.getByRole("dialog", { name: "New token for unlucky" })).toBeVisible();
  expect(await standin.calls("POST", "/api/groups")).toHaveLength(1);
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
  await expect(page.getByRole("heading", { name: "You cannot see service users" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Your role, user, lacks the permission “users: read”.");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Service users/ })).toHaveCount(0);
  await openPersonMenu(page);
  await page.keyboard.press("Escape");
  await page.goto("/profile");
  await expect(page.getByText("Your role does not include “pats: read”.")).toBeVisible();
  expect(await standin.calls("GET", "/api/users/")).not.toContainEqual(expect.objectContaining({ path: expect.stringContaining("/tokens") }));
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
