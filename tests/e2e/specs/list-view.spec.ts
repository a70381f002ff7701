// What the reader makes of the list: which columns it has, what somebody else changed in it, the way out of no results.
import type { Page } from "@playwright/test";
import { expectComplete, expectRows, list, openUser, row, searchBox, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const PEOPLE = 41;

async function heads(page: Page): Promise<string[]> {
  const all = await list(page).getByRole("columnheader").filter({ visible: true }).allInnerTexts();
  return all.map((text) => text.trim());
}

async function openColumns(page: Page) {
  await page.getByRole("button", { name: "Columns" }).click();
  const panel = page.getByRole("dialog", { name: "Columns" });
  await expect(panel).toBeVisible();
  return panel;
}

test("columns are chosen, kept by the browser, and each can order the list", async ({ page, standin }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  expect(await heads(page)).toEqual(["Name", "Status", "Role", "Auto groups", "Devices", "Last login"]);
  const panel = await openColumns(page);
  for (const name of ["Auto groups", "Devices"]) await panel.getByRole("checkbox", { name, exact: true }).uncheck();
  for (const name of ["E-mail", "Signs in with", "Created by", "Id"]) {
    await panel.getByRole("checkbox", { name, exact: true }).check();
  }
  await page.keyboard.press("Escape");
  const chosen = ["Name", "Status", "Role", "Last login", "E-mail", "Signs in with", "Created by", "Id"];
  expect(await heads(page)).toEqual(chosen);
  const ada = await standin.person("ada.okafor");
  const cells = row(page, "Ada Okafor").getByRole("cell").filter({ visible: true });
  await expect(cells.nth(4)).toHaveText("ada.okafor@example.com");
  await expect(cells.nth(5)).toHaveText("E-mail and password");
  await expect(cells.nth(7)).toHaveText(ada.id);
  await page.reload();
  await expectRows(page, PEOPLE);
  expect(await heads(page)).toEqual(chosen);
  const users = (await standin.api("GET", "/api/users?service_user=false")) as Record<string, string | undefined>[];
  for (const [name, key] of [
    ["E-mail", "email"],
    ["Signs in with", "idp_id"],
    ["Created by", "issued"],
    ["Id", "id"],
  ] as const) {
    const head = list(page).getByRole("columnheader", { name, exact: true });
    await head.getByRole("button").click();
    await expect(head).toHaveAttribute("aria-sort", "ascending");
    const least = users.map((user) => (user[key] ?? "").toLowerCase()).filter(Boolean).sort()[0];
    const first = list(page).getByRole("row").and(page.locator("[aria-rowindex='2']"));
    const shown = await first.getByRole("link").getAttribute("href");
    const user = users.find((one) => shown?.endsWith(encodeURIComponent(one.id ?? "")));
    expect((user?.[key] ?? "").toLowerCase(), name).toBe(least);
  }
  // Back to the usual ones: the page decides again.
  const again = await openColumns(page);
  for (const name of ["E-mail", "Signs in with", "Created by", "Id"]) {
    await again.getByRole("checkbox", { name, exact: true }).uncheck();
  }
  for (const name of ["Auto groups", "Devices"]) await again.getByRole("checkbox", { name, exact: true }).check();
  expect(await page.evaluate(() => localStorage.getItem("roost.columns"))).toBeNull();
});

test("a text that is cut is shown whole: at the pointer, also beneath the row's link, and at the keyboard's focus", async ({ page, standin }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "Olivia Marsh");
  await expectComplete(page);
  const panel = await openColumns(page);
  for (const name of ["E-mail", "Signs in with", "Created by", "Id"]) {
    await panel.getByRole("checkbox", { name, exact: true }).check();
  }
  await page.keyboard.press("Escape");
  const ada = await standin.person("ada.okafor");
  const cells = row(page, "Ada Okafor").getByRole("cell").filter({ visible: true });
  const pointAt = async (text: string) => {
    const box = await cells.filter({ hasText: text }).last().boundingBox();
    if (!box) throw new Error(`there is no cell with ${text}`);
    await page.mouse.move(box.x + 24, box.y + box.height / 2, { steps: 3 });
  };
  const tip = page.getByRole("tooltip");
  await pointAt(ada.id);
  await expect(tip).toHaveText(ada.id);
  // Another cell of the same row, beneath the same link: what fits has nothing to add.
  await pointAt("Admin");
  await expect(tip).toBeHidden();
  await pointAt(ada.id);
  await expect(tip).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tip).toBeHidden();
  // Name and e-mail address are one text, and the link of the row its way.
  await page.setViewportSize({ width: 320, height: 800 });
  await searchBox(page).fill("mallory");
  await expectRows(page, 1);
  const link = list(page).getByRole("link").first();
  await searchBox(page).focus();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(link).toBeFocused({ timeout: 100 });
  }).toPass();
  await expect(tip).toHaveText(/^<img src=x onerror=alert\(1\)>\s+mallory@example\.com$/);
});

test("a choice of columns keeps the place in the list, and says what has no room", async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 600 });
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await page.getByRole("link", { name: "Hugo Adler" }).scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 400);
  const top = page.getByRole("columnheader", { name: "Name" });
  await expect(top).toBeInViewport();
  const first = () =>
    list(page)
      .getByRole("row")
      .evaluateAll((rows) => rows.filter((one) => one.getBoundingClientRect().top > 60).map((one) => Number(one.getAttribute("aria-rowindex"))).sort((a, b) => a - b)[0]);
  const before = await first();
  expect(before).toBeGreaterThan(3);
  // By the keyboard: the button is above the fold.
  await page.getByRole("button", { name: "Columns" }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Columns" });
  await expect(panel.getByRole("checkbox", { name: "Devices (needs a wider page)" })).toBeChecked();
  await panel.getByRole("checkbox", { name: "Last login" }).uncheck();
  await expect(panel.getByRole("checkbox", { name: "Devices", exact: true })).toBeChecked();
  await expect.poll(() => heads(page)).toEqual(["Name", "Status", "Role", "Auto groups", "Devices"]);
  // What was not chosen before has its numbers now.
  await expect(row(page, "Hugo Adler").or(list(page).getByRole("row").nth(3)).first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(overflow).toBe(false);
});

test("service users have columns of their own", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  const panel = await openColumns(page);
  await expect(panel.getByRole("checkbox")).toHaveCount(4);
  await panel.getByRole("checkbox", { name: "Id" }).check();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Id" })).toBeVisible();
  await page.getByRole("link", { name: /^Users/ }).click();
  await expectRows(page, PEOPLE);
  await expect(page.getByRole("columnheader", { name: "Id" })).toBeHidden();
});

test("rows that somebody else changed are marked until they are seen", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectComplete(page);
  const ada = await standin.person("ada.okafor");
  const jonas = await standin.person("jonas.berg");
  await standin.change(ada.id, { role: "auditor" });
  await standin.change(jonas.id, { role: "network_admin" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 changed elsewhere" })).toBeVisible();
  await expect(row(page, "Ada Okafor").getByText("changed", { exact: true })).toBeVisible();
  await expect(row(page, "Jonas Berg").getByText("changed", { exact: true })).toBeVisible();
  await expect(row(page, "Olivia Marsh").getByText("changed", { exact: true })).toBeHidden();
  // Who was opened is seen; the other stays marked when the list comes again by itself.
  await openUser(page, "Ada Okafor");
  await page.goBack();
  await expect(row(page, "Ada Okafor").getByText("changed", { exact: true })).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: "1 changed elsewhere" })).toBeVisible();
  // What I do myself is no news.
  await searchBox(page).fill("jonas");
  await row(page, "Jonas Berg").getByRole("button", { name: "Actions for Jonas Berg" }).click();
  await page.getByRole("menuitem", { name: "Block user" }).click();
  await expect(page.getByText("Jonas Berg is blocked")).toBeVisible();
  await expect(page.getByText("changed elsewhere")).toBeHidden();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expectComplete(page);
  await expect(page.getByText("changed elsewhere")).toBeHidden();
});

test("where nothing matches, the one thing whose end brings rows back is named with its number", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?status=blocked&role=owner&q=greta");
  const ways = page.getByRole("group", { name: "Remove one of them" });
  await expect(page.getByRole("heading", { name: "No user matches “greta”" })).toBeVisible();
  await ways.getByRole("button", { name: "Remove Role: Owner (1 user)" }).click();
  await expectRows(page, 1);
  await expect(page).toHaveURL("/users?q=greta&status=blocked");
  await page.goto("/users?status=blocked&role=owner");
  await expect(ways.getByRole("button", { name: "Remove Role: Owner (3 users)" })).toBeVisible();
  await expect(ways.getByRole("button", { name: "Remove Status: Blocked (1 user)" })).toBeVisible();
  // Where no single one helps, nothing is promised.
  await page.goto("/users?status=blocked&role=owner&q=nobody-at-all");
  await expect(page.getByRole("heading", { name: /^No user matches/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Clear filters" })).toBeVisible();
  await expect(ways).toBeHidden();
});

test("single keys can be switched off", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/profile");
  const choice = page.getByRole("switch", { name: "Single-key shortcuts" });
  await expect(choice).toBeChecked();
  await choice.uncheck();
  await page.reload();
  await expect(choice).not.toBeChecked();
  await page.getByRole("link", { name: /^Users/ }).click();
  await expectRows(page, PEOPLE);
  await expect(searchBox(page)).not.toHaveAttribute("aria-keyshortcuts");
  await page.keyboard.press("/");
  await expect(searchBox(page)).not.toBeFocused();
  await page.getByRole("link", { name: /^Approvals/ }).click();
  await expect(page.getByRole("button", { name: "Reject user…" })).not.toHaveAttribute("aria-keyshortcuts");
  await page.keyboard.press("r");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await page.getByRole("button", { name: "Reject user…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
});
