// What the server does wrong, and what the reader sees: words, a way on, and nothing lost.
import type { Page } from "@playwright/test";
import {
  createGroup,
  expectRows,
  form,
  groupsField,
  list,
  openRowMenu,
  openUser,
  pickedGroups,
  row,
  save,
  searchBox,
  signInAs,
} from "../support/console.ts";
import { installClock } from "../support/clock.ts";
import type { Fault } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const LIST = { path: "/api/users", exact: true, method: "GET" };
const PEOPLE = 41;

interface Wrong {
  name: string;
  fault: Partial<Fault> & Pick<Fault, "kind">;
  says: string;
  logs: number | "network" | null;
}

const WRONGS: Wrong[] = [
  { name: "500", fault: { kind: "status", status: 500 }, says: "The server answered 500.", logs: 500 },
  { name: "400 without a word", fault: { kind: "status", status: 400, body: {} }, says: "The server did not accept this.", logs: 400 },
  { name: "502, again and again", fault: { kind: "status", status: 502, times: 0 }, says: "The server answered 502.", logs: 502 },
  { name: "504, again and again", fault: { kind: "status", status: 504, times: 0 }, says: "The server answered 504.", logs: 504 },
  { name: "503, again and again", fault: { kind: "status", status: 503, times: 0 }, says: "The server answered 503.", logs: 503 },
  { name: "429, again and again", fault: { kind: "status", status: 429, times: 0 }, says: "Too many requests.", logs: 429 },
  { name: "garbage", fault: { kind: "garbage" }, says: "The server's response could not be understood.", logs: null },
  { name: "an object", fault: { kind: "garbage", body: "{}" }, says: "The server's response could not be understood.", logs: null },
  { name: "nothing at all", fault: { kind: "garbage", body: "" }, says: "The server's response could not be understood.", logs: null },
  { name: "somebody else's page", fault: { kind: "html" }, says: "Something other than NetBird answered.", logs: null },
];

for (const { name, fault, says, logs } of WRONGS) {
  test(`the list does not load: ${name}`, async ({ page, standin, watch }) => {
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, PEOPLE);
    if (logs) watch.expectFailure("/api/users", logs);
    await standin.fault({ ...LIST, ...fault });
    await page.reload();
    const alert = page.getByRole("alert").filter({ hasText: "The list did not load" });
    await expect(alert).toContainText(says);
    await expect(page.getByText(says), "one failure, one message").toHaveCount(1);
    await expect(page.getByText("No users yet")).toBeHidden();
    await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toBeVisible();
    await standin.heal();
    await alert.getByRole("button", { name: "Try again" }).click();
    await expectRows(page, PEOPLE);
    await expect(alert).toBeHidden();
  });

  test(`the list cannot be refreshed and stays, with its time: ${name}`, async ({ page, standin, watch }) => {
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, PEOPLE);
    await searchBox(page).fill("okafor");
    await expectRows(page, 2);
    if (logs) watch.expectFailure("/api/users", logs);
    await standin.fault({ ...LIST, ...fault });
    await page.getByRole("button", { name: "Refresh" }).click();
    const strip = page.getByRole("alert").filter({ hasText: "Could not refresh." });
    await expect(strip).toContainText(says);
    await expect(strip).toContainText(/This is the list as of \d{2}:\d{2}\./);
    await expectRows(page, 2);
    await expect(row(page, "Ada Okafor")).toBeVisible();
    await expect(searchBox(page)).toHaveValue("okafor");
    await standin.heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(strip).toBeHidden();
    await expectRows(page, 2);
  });
}

test("a list that breaks off keeps what came and says so", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", "network");
  await standin.fault({ ...LIST, kind: "truncated", times: 0 });
  await signInAs(page, "Olivia Marsh");
  const strip = page.getByRole("alert").filter({ hasText: "The list is incomplete." });
  await expect(strip).toContainText(/The response was cut off after \d+ /);
  await expect(list(page).getByRole("row")).not.toHaveCount(1);
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, PEOPLE);
  await expect(strip).toBeHidden();
});

test("a server that never answers is given up after its time", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", "network");
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await standin.fault({ ...LIST, kind: "hang", times: 0 });
  await installClock(page);
  await page.reload();
  await expect(page.getByText("Loading users").first()).toBeAttached();
  const alert = page.getByRole("alert").filter({ hasText: "The list did not load" });
  await expect(async () => {
    await page.clock.fastForward("00:31");
    await expect(alert).toContainText("The server did not answer in time.", { timeout: 500 });
  }).toPass();
  await standin.heal();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, PEOPLE);
});

test("a short outage is ridden out without a word", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 503);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await standin.fault({ ...LIST, kind: "status", status: 503, times: 2 });
  await standin.forgetCalls();
  await page.reload();
  await expectRows(page, PEOPLE);
  const calls = (await standin.calls("GET")).filter((call) => call.path === "/api/users");
  expect(calls.map((call) => call.status)).toEqual([503, 503, 200]);
});

test("nothing of the API answers at the start: words, and the way out", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 503);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await standin.fault({ path: "/api/", kind: "status", status: 503, times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Roost could not find out who you are" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Sign out" })).toBeVisible();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectRows(page, PEOPLE);
});

test("names of groups do not load: the list shows ids and says why", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/groups", 500);
  await signInAs(page, "Olivia Marsh");
  await expect(row(page, "Ada Okafor")).toContainText("Engineering");
  await standin.fault({ path: "/api/groups", kind: "status", times: 0 });
  await page.reload();
  const strip = page.getByText("Group names could not be loaded, so ids are shown.");
  await expect(strip).toBeVisible();
  await expect(row(page, "Ada Okafor")).not.toContainText("Engineering");
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row(page, "Ada Okafor")).toContainText("Engineering");
  await expect(strip).toBeHidden();
});

test("roles and statuses nobody has heard of are shown in words", async ({ page, standin }) => {
  const users = (await standin.api("GET", "/api/users")) as Record<string, unknown>[];
  const changed = users.map((user) =>
    user["email"] === "uma.sato@example.com" ? { ...user, role: "wizard", status: "asleep", new_field: [1] } : user,
  );
  await standin.fault({ ...LIST, kind: "garbage", body: changed, times: 0 });
  await signInAs(page, "Olivia Marsh", "/users?q=uma.sato");
  await expect(row(page, "Uma Sato")).toContainText("Unknown: wizard");
  await expect(row(page, "Uma Sato")).toContainText("Unknown: asleep");
  await openUser(page, "Uma Sato");
  await expect(form(page).getByRole("combobox", { name: "Role" })).toContainText("wizard");
});

async function openAdam(page: Page): Promise<void> {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
}

const UPDATE = { path: "/api/users/", method: "PUT" };
const USER = /^\/api\/users\/.+/;

for (const { name, fault, says, logs } of [
  { name: "500", fault: { kind: "status", status: 500 }, says: "The server answered 500.", logs: 500 },
  { name: "403", fault: { kind: "status", status: 403 }, says: "The server does not allow this.", logs: 403 },
  { name: "400 without a word", fault: { kind: "status", status: 400, body: {} }, says: "The server did not accept this.", logs: 400 },
  { name: "502", fault: { kind: "status", status: 502 }, says: "and the change was not made. Save again.", logs: 502 },
  { name: "503", fault: { kind: "status", status: 503 }, says: "and the change was not made. Save again.", logs: 503 },
  { name: "504", fault: { kind: "status", status: 504 }, says: "and the change was not made. Save again.", logs: 504 },
  {
    name: "422 with a reason",
    fault: { kind: "status", status: 422, body: { message: "role is on holiday", code: 422 } },
    says: "role is on holiday",
    logs: 422,
  },
  { name: "garbage", fault: { kind: "garbage" }, says: "and the change was not made. Save again.", logs: null },
  { name: "somebody else's page", fault: { kind: "html" }, says: "and the change was not made. Save again.", logs: null },
] satisfies Wrong[]) {
  test(`a save is refused and the form keeps what was edited: ${name}`, async ({ page, standin, watch }) => {
    if (logs) watch.expectFailure(USER, logs);
    await openAdam(page);
    await standin.fault({ ...UPDATE, ...(fault as Partial<Fault> & Pick<Fault, "kind">) });
    await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
    await save(page);
    await expect(form(page).getByRole("alert")).toContainText("Not saved.");
    await expect(form(page).getByRole("alert")).toContainText(says);
    await expect(page.getByText("Not saved."), "one failure, one message").toHaveCount(1);
    await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
    await save(page);
    await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
    expect(await standin.calls("PUT")).toHaveLength(2);
  });
}

test("a save whose answer is lost is looked up, not sent again", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, "network");
  await openAdam(page);
  await standin.fault({ ...UPDATE, kind: "truncated" });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await save(page);
  await expect(page.getByText("Adam Okafor is saved. No clear answer came, so this was checked.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
});

test("a save that gets no answer is given up, looked up, and can be sent again", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, "network");
  await installClock(page);
  await openAdam(page);
  await standin.fault({ ...UPDATE, kind: "hang" });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await save(page);
  await expect.poll(async () => (await standin.calls("PUT")).length).toBe(1);
  await page.clock.fastForward("00:31");
  await expect(form(page).getByRole("alert")).toContainText("and the change was not made. Save again.");
  await save(page);
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
});

test("a save whose answer is lost while somebody else changes the same field asks whose stays", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, "network");
  await installClock(page);
  await openAdam(page);
  const { id } = await standin.person("adam.okafor");
  await standin.fault({ ...UPDATE, kind: "hang" });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await save(page);
  await expect.poll(async () => (await standin.calls("PUT")).length).toBe(1);
  await standin.change(id, { role: "network_admin" });
  await page.clock.fastForward("00:31");
  const question = page.getByRole("dialog", { name: "Changed by somebody else as well" });
  await question.getByRole("radio", { name: /^Mine: Auditor/ }).check();
  await question.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  expect(await standin.person("adam.okafor")).toMatchObject({ role: "auditor" });
});

test("a group that is typed and not chosen is asked about, not dropped", async ({ page, standin }) => {
  await openAdam(page);
  await groupsField(page).fill("Desi");
  await groupsField(page).press("Tab");
  await save(page);
  await expect(form(page).getByRole("alert")).toContainText("“Desi” is typed but not chosen.");
  expect(await standin.calls("PUT")).toEqual([]);
  await expect(groupsField(page)).toHaveValue("Desi");
});

test("a save that cannot read the user first writes nothing", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 500);
  await openAdam(page);
  await standin.fault({ ...LIST, kind: "status" });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await save(page);
  await expect(form(page).getByRole("alert")).toContainText("The server answered 500.");
  expect(await standin.calls("PUT")).toEqual([]);
});

test("a new group stays when the user's update fails, and is not made twice", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, 500);
  await openAdam(page);
  await standin.fault({ ...UPDATE, kind: "status" });
  await createGroup(page, "Night watch");
  await save(page);
  await expect(form(page).getByRole("alert")).toContainText(
    "Group “Night watch” was created, but the user was not saved.",
  );
  await expect(pickedGroups(page).filter({ hasText: "Night watch" })).toBeVisible();
  await save(page);
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  expect(await standin.calls("POST", "/api/groups")).toHaveLength(1);
});

test("a group that cannot be made stops the save before the user is written", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/groups", 500);
  await openAdam(page);
  await standin.fault({ path: "/api/groups", method: "POST", kind: "status" });
  await createGroup(page, "Night watch");
  await save(page);
  await expect(form(page).getByRole("alert")).toContainText("Group “Night watch” could not be created.");
  expect(await standin.calls("PUT")).toEqual([]);
  await save(page);
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
});

test("a save of somebody who was deleted meanwhile says that they are gone", async ({ page, standin }) => {
  await openAdam(page);
  const { id } = await standin.person("adam.okafor");
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.api("DELETE", `/api/users/${id}`);
  await save(page);
  await expect(page.getByText("Adam Okafor no longer exists. Somebody else has deleted them.")).toBeVisible();
  expect(await standin.calls("PUT")).toEqual([]);
});

test("deleting somebody who is gone already says so and takes the row away", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, 404);
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  const { id } = await standin.person("adam.okafor");
  await standin.api("DELETE", `/api/users/${id}`);
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("Adam Okafor had already been deleted.")).toBeVisible();
  await expectRows(page, 1);
});

test("a deletion that the server refuses leaves everything, and can be tried again", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, 500);
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await standin.fault({ path: "/api/users/", method: "DELETE", kind: "status" });
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete Adam Okafor?" });
  await question.getByRole("button", { name: "Delete user" }).click();
  await expect(question).toContainText("Not deleted. The server answered 500.");
  expect((await standin.people()).some((person) => person.name === "Adam Okafor")).toBe(true);
  await question.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("Adam Okafor is deleted.")).toBeVisible();
  await expectRows(page, 1);
});

test("a deletion whose answer is lost is cleared up by reading: done, or not", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, 502);
  watch.expectFailure(USER, "network");
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  const question = page.getByRole("alertdialog", { name: "Delete Adam Okafor?" });
  const go = question.getByRole("button", { name: "Delete user" });
  await standin.fault({ path: "/api/users/", method: "DELETE", kind: "status", status: 502 });
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await go.click();
  await expect(question).toContainText("Not deleted. The server answered 502.");
  // The body breaks off: before an answer has begun, a browser sends a call again by itself.
  await standin.fault({ path: "/api/users/", method: "DELETE", kind: "truncated" });
  await go.click();
  await expect(page.getByText("Adam Okafor is deleted.")).toBeVisible();
  expect(await standin.calls("DELETE")).toHaveLength(2);
  // The last row of a search went with them: the page says what is so, and how to go on.
  await expect(page.getByRole("heading", { name: "No user matches “adam.okafor”" })).toBeVisible();
});

test("a deletion that fails after its page was left is told all the same", async ({ page, standin, watch }) => {
  watch.expectFailure(USER, 500);
  await openAdam(page);
  await standin.fault({ path: "/api/users/", method: "DELETE", kind: "status", delay_ms: 2_000 });
  await page.getByRole("button", { name: "Delete user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).click();
  await expect.poll(async () => (await standin.calls("DELETE")).length).toBe(1);
  await page.goBack();
  await expectRows(page, 1);
  await expect(page.getByText("Not deleted. The server answered 500.")).toBeVisible();
});

test("deleting on the person's page leads back to the list", async ({ page }) => {
  await openAdam(page);
  await page.getByRole("button", { name: "Actions for Adam Okafor" }).click();
  await page.getByRole("menuitem", { name: "Delete user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("Adam Okafor is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expectRows(page, PEOPLE - 1);
});

test("an undo of what somebody else undid already changes nothing", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  const { id } = await standin.person("adam.okafor");
  await standin.change(id, { is_blocked: false, role: "auditor" });
  await standin.forgetCalls();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Adam Okafor was already unblocked.")).toBeVisible();
  await expect(row(page, "Adam Okafor")).toContainText("Auditor");
  expect(await standin.calls("PUT")).toEqual([]);
});

test("an undo keeps what somebody else changed meanwhile", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  const { id } = await standin.person("adam.okafor");
  await standin.change(id, { role: "auditor" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone. Adam Okafor is as before.")).toBeVisible();
  expect(await standin.person("adam.okafor")).toMatchObject({ role: "auditor", blocked: false });
});
