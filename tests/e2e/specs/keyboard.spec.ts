// The whole way without a mouse, with the focus in sight at every step.
import type { Page } from "@playwright/test";
import { expectComplete, expectRows, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

/** Presses Tab until the focus has this role and name; every stop on the way must be in sight. */
async function tabTo(page: Page, role: Parameters<Page["getByRole"]>[0], name: string | RegExp, back = false): Promise<void> {
  const wanted = page.getByRole(role, { name, ...(typeof name === "string" ? { exact: true } : {}) });
  for (let step = 0; step < 80; step += 1) {
    if (await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement))) {
      await expectFocusInSight(page);
      return;
    }
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    await expectFocusInSight(page);
  }
  throw new Error(`Tab never comes to ${role} ${name}`);
}

/** The focus shows, and nothing lies over it (2.4.7, 2.4.11). */
async function expectFocusInSight(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return "in sight";
        const box = focused.getBoundingClientRect();
        const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `outside: ${focused.outerHTML.slice(0, 120)}`;
        const over = document.elementFromPoint(x, y);
        const near = over && (focused.contains(over) || over.contains(focused));
        const labelled = over?.closest("label, .search, [role=row], .tags-box")?.contains(focused);
        if (!near && !labelled) return `covered by ${over?.outerHTML.slice(0, 120)}: ${focused.outerHTML.slice(0, 120)}`;
        // The ring is the element's own, that of the area it stretches over, or that of the box around a field.
        const ringed = (one: Element | null): boolean =>
          one !== null &&
          [null, "::after"].some((part) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
            return outlineStyle !== "none" && outlineWidth !== "0px";
          });
        const shows = ringed(focused) || ringed(focused.parentElement) || ringed(focused.parentElement?.parentElement ?? null);
        return shows || focused.matches("h1, h2, main") || focused.matches('[role="menuitem"], [role="menuitemradio"]')
          ? "in sight"
          : `no ring: ${focused.outerHTML.slice(0, 160)}`;
      }),
    )
    .toBe("in sight");
}

test("sign in, search, open, change the role, save and delete, by keys alone", async ({ page, standin }) => {
  await page.goto("/users");
  await page.getByRole("button", { name: "Olivia Marsh, owner" }).press("Enter");
  await expectRows(page, 41);
  await expectComplete(page);

  await tabTo(page, "searchbox", "Search users");
  await page.keyboard.type("adam.okafor");
  await expectRows(page, 1);
  await tabTo(page, "link", "Adam Okafor");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Adam Okafor" })).toBeFocused();

  await tabTo(page, "combobox", "Role");
  await page.keyboard.press("a");
  await page.keyboard.type("udi");
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await tabTo(page, "combobox", "Auto groups");
  await page.keyboard.type("Fin");
  await expect(page.getByRole("option", { name: "Finance" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove Finance" })).toBeVisible();
  await page.keyboard.press("Escape");
  await tabTo(page, "button", "Save");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await expect.poll(async () => (await standin.person("adam.okafor")).role).toBe("auditor");

  await tabTo(page, "button", "Actions for Adam Okafor", true);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Delete user…" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep user" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(page.getByRole("button", { name: "Actions for Adam Okafor" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await tabTo(page, "button", "Delete user");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Adam Okafor is deleted.")).toBeVisible();
  await expectRows(page, 40);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeFocused();
});

test("a dialog keeps the focus inside and gives it back", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  const button = page.getByRole("button", { name: "Actions for Adam Okafor" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete user…" })).toBeFocused();
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
