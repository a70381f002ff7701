// An impatient finger: one click too many is still one request.
import { expectRows, form, openRowMenu, openUser, save, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const SLOW = { kind: "delay", delay_ms: 400, times: 0 } as const;

test("many clicks on Save are one save", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await standin.fault({ path: "/api/users", ...SLOW });
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  const button = form(page).getByRole("button", { name: "Save" });
  await button.evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await expect(button).toHaveAttribute("aria-disabled", "true");
  expect(await standin.calls("PUT")).toHaveLength(1);
});

test("many clicks on Delete user are one deletion", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await standin.fault({ path: "/api/users/", ...SLOW });
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText("Adam Okafor is deleted.")).toBeVisible();
  await expectRows(page, 1);
  expect(await standin.calls("DELETE")).toHaveLength(1);
});

test("blocking twice in a row, before the first is done, is one write", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expectRows(page, 1);
  await standin.fault({ path: "/api/users", ...SLOW });
  for (let turn = 0; turn < 2; turn += 1) {
    await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  }
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
});

test("a double click on Undo undoes once", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await standin.fault({ path: "/api/users", ...SLOW });
  await page.getByRole("button", { name: "Undo" }).evaluate((one: HTMLElement) => {
    one.click();
    one.click();
  });
  await expect(page.getByText("Undone. Adam Okafor is as before.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(2);
});

test("Undo waits for a save that is under way, and the focus goes back to where it was", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await page.goBack();
  await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "delay", delay_ms: 1_500, times: 1 });
  await save(page);
  await page.getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Undone. Adam Okafor is as before.")).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
  const { id } = await standin.person("adam.okafor");
  const users = (await standin.api("GET", "/api/users")) as { id: string }[];
  expect(users.find((one) => one.id === id)).toMatchObject({ role: "auditor", is_blocked: false });
});

test("Enter in the form is a save, once, and only when something changed", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("checkbox", { name: "Blocked" }).press("Enter");
  expect(await standin.calls("PUT")).toEqual([]);
  await form(page).getByRole("checkbox", { name: "Blocked" }).press("Space");
  await save(page);
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
});
