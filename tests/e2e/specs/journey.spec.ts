// The whole way once, with somebody made for the test: runs against any deployment.
import {
  addGroup,
  createGroup,
  expectRows,
  form,
  list,
  openRowMenu,
  openUser,
  pickedGroups,
  row,
  save,
  searchBox,
  signIn,
} from "../support/console.ts";
import { Subject } from "../support/subject.ts";
import { expect, test } from "../support/test.ts";

test("find somebody, change their role and groups, save, reload: kept", async ({ page, target }) => {
  await signIn(page, target);
  const subject = await Subject.make(page, target);
  const [existing, fresh] = [subject.freshName("Kept"), subject.freshName("Made")];
  const existingId = await subject.group(existing);
  await page.reload();

  await searchBox(page).fill(subject.email);
  await expectRows(page, 1);
  await expect(page.getByRole("status").filter({ hasText: /^1 of \d+ users$/ })).toBeVisible();
  await openUser(page, subject.name);
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await addGroup(page, existing);
  await createGroup(page, fresh);
  await expect(page.getByText("2 changes not saved")).toBeVisible();
  expect(await subject.groupsNamed(fresh), "made at the save, not before").toEqual([]);

  await save(page);
  await expect(page.getByText(`${subject.name} is saved.`)).toBeVisible();
  await page.reload();
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await expect(pickedGroups(page)).toHaveText([existing, fresh]);
  const made = await subject.groupsNamed(fresh);
  expect(made).toHaveLength(1);
  expect(await subject.now()).toMatchObject({ role: "auditor", auto_groups: [existingId, made[0]?.id] });
  await subject.remove(existing, fresh);
});

test("block from the list, undo, and unblock", async ({ page, target }) => {
  await signIn(page, target);
  const subject = await Subject.make(page, target);
  await page.reload();
  await searchBox(page).fill(subject.email);

  const block = async (item: string) => (await openRowMenu(page, subject.name)).getByRole("menuitem", { name: item }).click();
  await block("Block user");
  await expect(page.getByText(`${subject.name} is blocked.`)).toBeVisible();
  await expect(row(page, subject.name)).toContainText("Blocked");
  expect((await subject.now())?.is_blocked).toBe(true);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`Undone. ${subject.name} is as before.`)).toBeVisible();
  await expect(row(page, subject.name)).toContainText("Active");
  expect((await subject.now())?.is_blocked).toBe(false);

  await block("Block user");
  await expect(row(page, subject.name)).toContainText("Blocked");
  await block("Unblock user");
  await expect(page.getByText(`${subject.name} is unblocked.`)).toBeVisible();
  await expect(row(page, subject.name)).toContainText("Active");
  expect((await subject.now())?.is_blocked).toBe(false);
  await subject.remove();
});

test("delete from the list: the question names who, and keeping is the safe answer", async ({ page, target }) => {
  await signIn(page, target);
  const subject = await Subject.make(page, target);
  await page.reload();
  await searchBox(page).fill(subject.email);

  await (await openRowMenu(page, subject.name)).getByRole("menuitem", { name: "Delete user…" }).click();
  const question = page.getByRole("alertdialog", { name: `Delete ${subject.name}?` });
  for (const text of [subject.name, subject.email, subject.id]) await expect(question).toContainText(text);
  await expect(question.getByRole("button", { name: "Keep user" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  expect(await subject.now()).not.toBeNull();

  await (await openRowMenu(page, subject.name)).getByRole("menuitem", { name: "Delete user…" }).click();
  await question.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText(`${subject.name} is deleted.`)).toBeVisible();
  await expect(page.getByRole("heading", { name: `No user matches “${subject.email}”` })).toBeVisible();
  expect(await subject.now()).toBeNull();
  await page.getByRole("button", { name: "Clear search" }).last().click();
  await expect(list(page)).toBeVisible();
});

test("two people edit one user: edits of different fields both survive and are named", async ({
  page,
  target,
  another,
}) => {
  await signIn(page, target);
  const subject = await Subject.make(page, target);
  const address = `/users/${encodeURIComponent(subject.id)}`;
  const other = await another();
  await signIn(other, target);
  for (const one of [page, other]) {
    await one.goto(address);
    await expect(form(one)).toBeVisible();
  }

  await form(other).getByRole("combobox", { name: "Role" }).selectOption({ label: "Network admin" });
  await save(other);
  await expect(other.getByText(`${subject.name} is saved.`)).toBeVisible();

  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await save(page);
  await expect(page.getByText(`${subject.name} is saved. Changed elsewhere and kept: role.`)).toBeVisible();
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("network_admin");
  expect(await subject.now()).toMatchObject({ role: "network_admin", is_blocked: true });
  await subject.remove();
});

for (const { answer, kept, label } of [
  { answer: "Mine: Auditor", kept: "auditor", label: "mine" },
  { answer: "Theirs: Network admin", kept: "network_admin", label: "theirs" },
]) {
  test(`two people edit the same field: it asks, and ${label} is saved`, async ({ page, target, another }) => {
    await signIn(page, target);
    const subject = await Subject.make(page, target);
    const address = `/users/${encodeURIComponent(subject.id)}`;
    const other = await another();
    await signIn(other, target);
    for (const one of [page, other]) {
      await one.goto(address);
      await expect(form(one)).toBeVisible();
    }
    await form(other).getByRole("combobox", { name: "Role" }).selectOption({ label: "Network admin" });
    await save(other);
    await expect(other.getByText(`${subject.name} is saved.`)).toBeVisible();

    await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
    // A second field, so that there is something to save whatever the answer is.
    await form(page).getByRole("checkbox", { name: "Blocked" }).check();
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Changed by somebody else as well" });
    await expect(dialog.getByRole("group", { name: "Role" })).toBeVisible();
    await expect(dialog.getByRole("group", { name: "Blocked" })).toBeHidden();
    await expect(dialog.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
    expect(await subject.now(), "nothing is saved before the answer").toMatchObject({
      role: "network_admin",
      is_blocked: false,
    });

    await dialog.getByRole("radio", { name: answer }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(`${subject.name} is saved.`)).toBeVisible();
    expect(await subject.now()).toMatchObject({ role: kept, is_blocked: true });
    await subject.remove();
  });
}
