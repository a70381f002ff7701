// The inbox of those who wait: deciding on them one after the other, by button and key, and what goes wrong on the way.
import { inbox, open, PETRA, person, user, waiting } from "../support/approvals.ts";
import { addGroup, createGroup, expectRows, form, openRowMenu, openUser, row, save, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

test("who waits, since when, and from where: longest first, counted in navigation and title", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Approvals");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page).toHaveTitle(`(${all.length}) Approvals · Roost`);
  await expect(page.getByRole("main").getByText(`${all.length} waiting`, { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: `Approvals ${all.length} waiting` })).toHaveAttribute("aria-current", "page");

  const events = (await standin.api("GET", "/api/events/audit")) as { activity_code: string; target_id: string; timestamp: string }[];
  const since = (id: string) => events.find((event) => event.activity_code === "user.join" && event.target_id === id)?.timestamp ?? "";
  const expected = [...all].sort((a, b) => since(a.id).localeCompare(since(b.id))).map((one) => one.email);
  await expect(inbox(page).getByRole("listitem")).toContainText(expected);
  const first = all.find((one) => one.email === expected[0]);
  const shown = person(page, String(first?.name));
  await expect(shown).toContainText("Waiting since");
  await expect(shown.locator("time").first()).toHaveAttribute("datetime", /^\d{4}-/);
  await expect(shown).toContainText("E-mail and password");
  await expect(shown).toContainText(String(first?.id));
});

test("approve one with role and groups: one update that keeps them blocked, then the approval, then the next", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const case_ = await open(page, PETRA);
  await expect(page).toHaveURL(/\/approvals\?user=/);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await addGroup(page, "Support");
  await createGroup(page, "Newcomers");
  await standin.forgetCalls();
  await case_.getByRole("button", { name: "Approve user" }).evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText(`${PETRA} is approved. Role and groups are saved.`)).toBeVisible();
  const { id } = await standin.person("petra.vogel");
  const writes = (await standin.calls()).filter((call) => call.method !== "GET" && call.method !== "OPTIONS");
  expect(writes.map((call) => [call.method, call.path])).toEqual([
    ["POST", "/api/groups"],
    ["PUT", `/api/users/${id}`],
    ["POST", `/api/users/${id}/approve`],
  ]);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: false, pending_approval: false });
  expect((await user(standin, id))?.auto_groups).toHaveLength(2);
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
  await expect(page).toHaveTitle(`(${all.length - 1}) Approvals · Roost`);
});

test("without a choice there is one write; an empty inbox is calm", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Ada Okafor", "/approvals");
  await standin.forgetCalls();
  for (const [at] of all.entries()) {
    await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - at);
    await page.getByRole("button", { name: "Approve user" }).click();
    await expect(page.getByRole("status").getByText(/ is approved\.$/)).not.toHaveCount(0);
  }
  await expect(page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
  await expect(page).toHaveTitle("Approvals · Roost");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("link", { name: "Approvals", exact: true })).toBeVisible();
  expect(await standin.calls("PUT")).toEqual([]);
  expect((await standin.calls("POST")).length).toBe(all.length);
  expect(await waiting(standin)).toEqual([]);
});

test("by keyboard alone: A approves, R asks, and neither while somebody types", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await page.getByRole("link", { name: /^Approvals/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approvals" })).toBeFocused();
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page.getByRole("button", { name: "Approve user" })).toHaveAttribute("aria-keyshortcuts", "A");

  // To the groups of the person: letters are text there.
  await page.getByRole("combobox", { name: "Auto groups" }).focus();
  await page.keyboard.type("ar");
  await expect(page.getByRole("combobox", { name: "Auto groups" })).toHaveValue("ar");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Auto groups" })).toHaveValue("");
  expect(await waiting(standin)).toHaveLength(all.length);

  await page.keyboard.press("Tab");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("a");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();

  await page.keyboard.press("r");
  const question = page.getByRole("alertdialog", { name: /^Reject / });
  await expect(question.getByRole("button", { name: "Keep them waiting" })).toBeFocused();
  // Behind the question both keys are silent.
  await page.keyboard.press("a");
  expect(await waiting(standin)).toHaveLength(all.length - 1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(question.getByRole("button", { name: "Reject user" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect.poll(async () => (await waiting(standin)).length).toBe(all.length - 2);
});

test("what is pressed twice decides about one person: the next one has not been looked at", async ({ page, standin }) => {
  const all = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  const button = page.getByRole("button", { name: "Approve user" });
  const box = await button.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10];
  await page.mouse.click(x, y);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  // The second half of a double click, as the browser counts it.
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });

  // As quick as one likes: no time passes for the page.
  await page.evaluate(() => {
    const at = performance.now();
    performance.now = () => at;
  });
  await page.keyboard.press("a");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 2);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
  await page.keyboard.press("a");
  await page.keyboard.press("r");
  await expect(page.getByRole("alertdialog", { name: /^Reject / })).toBeVisible();
  expect(await standin.calls("POST")).toHaveLength(2);
});

test("nobody takes the place of whom one looks at: not who has waited longer, not who is next", async ({ page, standin }) => {
  const all = await waiting(standin);
  // Who has waited longest is not known before the log is there.
  await standin.fault({ path: "/api/events/audit", kind: "hang", times: 0 });
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length);
  await expect(page.getByRole("button", { name: "Approve user" })).toBeHidden();
  await page.keyboard.press("a");
  await standin.heal();
  await page.getByRole("button", { name: "Refresh" }).click();
  const approve = page.getByRole("button", { name: "Approve user" });
  await expect(approve).toBeVisible();
  const name = await page.getByRole("heading", { level: 2 }).first().innerText();
  const shown = all.find((one) => one.name === name);
  await standin.api("POST", `/api/users/${shown?.id ?? ""}/approve`);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(inbox(page).getByRole("listitem")).toHaveCount(all.length - 1);
  await expect(person(page, name).getByRole("button", { name: "Approve user" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("a");
  await inbox(page).getByRole("link").first().click();
  await expect(person(page, name)).toBeHidden();
  await expect(approve).not.toHaveAttribute("aria-disabled");
  const decided = (await standin.calls("POST")).filter((call) => call.authorization?.startsWith("Bearer"));
  expect(decided).toEqual([]);
});

test("rejecting says that they can come back and deletes them once", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id, email } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  const question = page.getByRole("alertdialog", { name: `Reject ${PETRA}?` });
  for (const text of [email, id, "they wait for approval again", "Blocking keeps them out for good"]) {
    await expect(question).toContainText(text);
  }
  await question.getByRole("button", { name: "Reject user" }).evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText(`${PETRA} is rejected.`)).toBeVisible();
  const deletions = await standin.calls("DELETE");
  expect(deletions.map((call) => call.path)).toEqual([`/api/users/${id}/reject`]);
  expect(await user(standin, id)).toBeUndefined();
});

test("block instead: approved and blocked, and they wait no more", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("button", { name: "Block instead" }).click();
  await expect(page.getByText(`${PETRA} is blocked.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: true, pending_approval: false });
});

test("block instead, and the block fails: it is said aloud that they are in", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  await (await open(page, PETRA)).getByRole("button", { name: "Reject user…" }).click();
  await standin.fault({ path: `/api/users/${id}`, exact: true, method: "PUT", kind: "status" });
  await page.getByRole("button", { name: "Block instead" }).click();
  await expect(page.getByText(`${PETRA} is approved but NOT blocked: they have access. Block them now.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: false, pending_approval: false });
});

test("the second call fails: what was done and what not is said, and it goes on from there", async ({ page, standin, watch }) => {
  watch.expectFailure(/approve$/, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.fault({ path: `/api/users/${id}/approve`, kind: "status" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  const alert = case_.getByRole("alert");
  await expect(alert).toContainText("Role and groups are saved");
  await expect(alert).toContainText(`${PETRA} is not approved. The server answered 500.`);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: true, pending_approval: true });
  await standin.forgetCalls();
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  expect(await standin.calls("PUT"), "what was saved is not saved again").toEqual([]);
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: false, pending_approval: false });
});

test("the first call fails: nobody is approved", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const { id } = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.fault({ path: `/api/users/${id}`, exact: true, method: "PUT", kind: "status" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(case_.getByRole("alert")).toContainText(`${PETRA} is not approved. Not saved. The server answered 500.`);
  expect((await standin.calls("POST")).filter((call) => call.path.endsWith("/approve"))).toEqual([]);
  expect(await user(standin, id)).toMatchObject({ role: "user", is_blocked: true, pending_approval: true });
});

test("a lost answer is cleared up by looking: approved, rejected, or not", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, "network");
  watch.expectFailure(/^\/api\/users\//, 502);
  await signInAs(page, "Olivia Marsh", "/approvals");
  const people = await waiting(standin);
  const [one, two] = people.filter((person) => person.name !== PETRA);
  if (!one || !two) throw new Error("too few wait");

  // Not done: it is said, and the next try does it.
  const petra = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await standin.fault({ path: `/api/users/${petra.id}/approve`, kind: "status", status: 502 });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(case_.getByRole("alert")).toContainText(`${PETRA} is not approved. The server answered 502.`);
  await standin.fault({ path: `/api/users/${petra.id}/approve`, kind: "reset_after" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved. No clear answer came, so this was checked.`)).toBeVisible();

  await open(page, one.name);
  await standin.fault({ path: `/api/users/${one.id}/reject`, kind: "reset_after" });
  await page.getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByText(`${one.name} is rejected.`)).toBeVisible();
  expect(await user(standin, one.id)).toBeUndefined();

  await open(page, two.name);
  await standin.fault({ path: `/api/users/${two.id}/reject`, kind: "status", status: 502 });
  await page.getByRole("button", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Not rejected. The server answered 502.");
  expect(await user(standin, two.id)).toMatchObject({ pending_approval: true });
});

test("somebody else was quicker: approved, rejected, or another role chosen", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/approvals");
  const petra = await standin.person("petra.vogel");
  const case_ = await open(page, PETRA);
  await case_.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.change(petra.id, { role: "network_admin" });
  await case_.getByRole("button", { name: "Approve user" }).click();
  const conflict = page.getByRole("dialog", { name: "Changed by somebody else as well" });
  await expect(conflict).toBeVisible();
  expect(await user(standin, petra.id)).toMatchObject({ role: "network_admin", pending_approval: true });
  await conflict.getByRole("radio", { name: "Mine: Auditor" }).check();
  // Meanwhile they are approved: what was chosen for somebody who waits is not written any more.
  await standin.api("POST", `/api/users/${petra.id}/approve`);
  await conflict.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${PETRA} had already been approved. The role and groups you chose were not saved.`)).toBeVisible();
  expect(await user(standin, petra.id)).toMatchObject({ role: "network_admin", pending_approval: false });

  const [next] = await waiting(standin);
  if (!next) throw new Error("nobody waits");
  await open(page, next.name);
  await standin.api("DELETE", `/api/users/${next.id}/reject`);
  await page.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${next.name} no longer exists. Somebody else has deleted them.`)).toBeVisible();
});

test("who was unblocked without approval is in the inbox, says so, and can be approved", async ({ page, standin }) => {
  const { id } = await standin.person("petra.vogel");
  await standin.change(id, { is_blocked: false });
  await signInAs(page, "Olivia Marsh", `/approvals?user=${encodeURIComponent(id)}`);
  await expect(inbox(page).getByRole("link", { name: new RegExp(PETRA) })).toContainText("Active, not yet approved");
  await expect(person(page, PETRA)).toContainText("already have access");
  await person(page, PETRA).getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  expect(await user(standin, id)).toMatchObject({ is_blocked: false, pending_approval: false });
});

test("on the person's own page an approval leaves out nothing that is edited, and the focus goes to the page", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent(PETRA)}`);
  await openUser(page, PETRA);
  const approve = page.getByRole("button", { name: "Approve user" });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await expect(approve).toHaveAttribute("aria-disabled", "true");
  await expect(approve).toHaveAccessibleDescription("Save or discard your changes below first.");
  await save(page);
  await expect(page.getByText(`${PETRA} is saved.`)).toBeVisible();
  await approve.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  const { id } = await standin.person("petra.vogel");
  expect(await user(standin, id)).toMatchObject({ role: "auditor", is_blocked: false, pending_approval: false });
});

test("from the list and from the person's own page", async ({ page, standin }) => {
  const all = await waiting(standin);
  const [first, second] = all.filter((one) => one.name !== PETRA);
  if (!first || !second) throw new Error("too few wait");
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent(PETRA)}`);
  await (await openRowMenu(page, PETRA)).getByRole("menuitem", { name: "Approve user" }).click();
  await expect(page.getByText(`${PETRA} is approved.`)).toBeVisible();
  await expect(row(page, PETRA)).toContainText("Active");
  await page.goto(`/users?q=${encodeURIComponent(first.email)}`);
  await (await openRowMenu(page, first.name)).getByRole("menuitem", { name: "Reject user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reject user" }).click();
  await expect(page.getByText(`${first.name} is rejected.`)).toBeVisible();
  await page.goto(`/users?q=${encodeURIComponent(second.email)}`);
  await openUser(page, second.name);
  await expect(page.getByText("They are waiting for approval and cannot do anything")).toBeVisible();
  await page.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText(`${second.name} is approved.`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve user" })).toBeHidden();
});
