// Menus, dialogs and lists under the keys, and where the focus goes when its place is gone.
import { expectRows, signInAs } from "../support/console.ts";
import { expectFocusInSight } from "../support/keys.ts";
import { expect, test } from "../support/test.ts";

test("a dialog keeps the focus inside and gives it back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  const button = page.getByRole("button", { name: "Actions for Adam Okafor" });
  await button.focus();
  await page.keyboard.press("Enter");
  const last = page.getByRole("menuitem", { name: "Delete user…" });
  // The first menu comes with a part of the program.
  await expect(last).toBeVisible();
  await page.keyboard.press("End");
  await expect(last).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press("Tab");
    expect(
      await dialog.evaluate((one) => one.contains(document.activeElement) || document.activeElement === document.body),
    ).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test("a menu follows the arrow keys and its first letters, and Escape gives the focus back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expectRows(page, 1);
  const button = page.getByRole("button", { name: "Actions for Adam Okafor" });
  const item = (name: string) => page.getByRole("menuitem", { name });
  await button.focus();
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(item("Open user")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(item("Delete user…")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(item("Open user")).toBeFocused();
  await page.keyboard.press("b");
  await expect(item("Block user")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(button).toBeFocused();
});

test("after a row was deleted the focus is not lost", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await page.getByRole("button", { name: "Actions for Ada Okafor" }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "Delete user…" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete user" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ada Okafor is deleted.")).toBeVisible();
  await expectRows(page, 1);
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
});

test("the first Tab offers to skip the navigation", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  await page.reload();
  await expectRows(page, 41);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await expectFocusInSight(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByRole("button", { name: "Invite user" })).toBeFocused();
});
