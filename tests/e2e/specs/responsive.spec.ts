// Narrow screens, large text, few colours: nothing is lost and nothing scrolls sideways.
import type { Page } from "@playwright/test";
import { expectRows, form, openUser, row, searchBox, signInAs } from "../support/console.ts";
import { fillPerson, openInvite } from "../support/inviting.ts";
import { expect, test } from "../support/test.ts";

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(inner).toBeLessThanOrEqual(outer ?? 0);
}

const SHOWN: Record<number, string[]> = {
  320: ["Name", "Status"],
  768: ["Name", "Status", "Role", "Actions"],
  1440: ["Name", "Status", "Role", "Auto groups", "Devices", "Last login", "Actions"],
};

for (const width of [320, 768, 1440]) {
  test(`at ${width}: the columns that fit, and no sideways scroll on any page`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, 41);
    const heads = page.getByRole("columnheader");
    await expect(heads).toHaveText(SHOWN[width] ?? []);
    await expectNoSidewaysScroll(page);
    await page.goto("/users?q=maximiliana");
    await expectRows(page, 1);
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: /^Maximiliana/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Maximiliana");
    await expectNoSidewaysScroll(page);
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.goto("/callback?code=a&state=b");
    await expect(page.getByRole("alert")).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

for (const width of [320, 390]) {
  test(`at ${width}: what went wrong in a long form is in view, and the focus stays`, async ({ page, standin, watch }) => {
    watch.expectFailure("/api/users/invites", 500);
    await page.setViewportSize({ width, height: 700 });
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, 41);
    const dialog = await openInvite(page);
    await fillPerson(dialog, "Nina", "nina@example.com");
    await standin.fault({ path: "/api/users/invites", method: "POST", kind: "status" });
    const go = dialog.getByRole("button", { name: "Make invite link" });
    await go.click();
    const alert = dialog.getByRole("alert");
    await expect(alert).toContainText("Nobody was invited or created.");
    await expect(alert).toBeInViewport({ ratio: 1 });
    await expect(go).toBeFocused();
  });
}

test("on a phone, filters are in a sheet and the navigation is a bar with a way out", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  // The button stands beside the search, which needs little room.
  const [search, filters] = [await searchBox(page).boundingBox(), await page.getByRole("button", { name: "Filters" }).boundingBox()];
  expect(filters?.x).toBeGreaterThan((search?.x ?? 0) + (search?.width ?? 0));
  await page.getByRole("button", { name: "Filters" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("button", { name: "Status" }).click();
  await page.getByRole("dialog", { name: "Status" }).getByRole("checkbox", { name: "Blocked" }).check();
  await page.keyboard.press("Escape");
  await sheet.getByRole("button", { name: "Show 3 users" }).click();
  await expect(sheet).toBeHidden();
  await expectRows(page, 3);
  await expect(page.getByRole("button", { name: "Filters 1" })).toBeVisible();
  await openUser(page, "Boris Blake");
  await page.getByRole("button", { name: "Actions for Boris Blake" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete user…" })).toBeInViewport();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("dialog", { name: "More" }).getByRole("button", { name: /Signed in as/ }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeInViewport();
});

test("on a phone, the tab of the open page of the settings is in sight", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "Olivia Marsh", "/settings/danger");
  const tabs = page.getByRole("navigation", { name: "Settings pages" });
  for (const name of ["Danger zone", "Authentication"]) {
    await expect(tabs.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(tabs.getByRole("link", { name })).toBeInViewport({ ratio: 1 });
    await page.goto("/settings/authentication");
  }
});

test("text at 200 % and wider spacing cut nothing off", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1024 });
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "html { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
    );
    document.adoptedStyleSheets.push(sheet);
  });
  await expectNoSidewaysScroll(page);
  const [first, second] = [row(page, "Ada Okafor"), row(page, "Adam Okafor")];
  await expect
    .poll(async () => {
      const [a, b] = [await first.boundingBox(), await second.boundingBox()];
      const email = await first.getByText("ada.okafor@example.com").boundingBox();
      return Boolean(a && b && email && a.y + a.height <= b.y + 1 && email.y + email.height <= a.y + a.height + 1);
    })
    .toBe(true);
});

test("forced colours keep the focus ring an outline, reduced motion stops motion", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  // A placeholder comes late, and so by an animation that moves nothing.
  await expect(form(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const seen = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement ?? document.body);
    const slow = [...document.querySelectorAll("*")].filter((one) => {
      const { transitionDuration, animationDuration } = getComputedStyle(one);
      return [...transitionDuration.split(","), ...animationDuration.split(",")].some((text) => parseFloat(text) > 0.001);
    });
    return { outline: style.outlineStyle, slow: slow.map((one) => one.outerHTML.slice(0, 100)) };
  });
  expect(seen).toEqual({ outline: "solid", slow: [] });
});

test("targets are at least 24 by 24", async ({ page }) => {
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    if (width === 320) await signInAs(page, "Olivia Marsh", "/users?status=active");
    else await page.goto("/users?status=active");
    await expect(page.getByRole("table")).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: /of 41 users/ })).toBeVisible();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, a[href], input, select")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[role="table"] [role="cell"] a, p'))
        .filter((one) => !one.matches(".skip-link, [role=cell] a"))
        .map((one) => ({ one, box: (one.closest("label") ?? one).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ one, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`),
    );
    expect(small, `at ${width}`).toEqual([]);
  }
});
