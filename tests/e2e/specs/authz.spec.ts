// Who may see and do what: roles, people the server keeps out, and reasons for every control that is off.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { expectRows, form, groupsField, list, openPersonMenu, openRowMenu, openUser, signInAs } from "../support/console.ts";
import { changeSettings } from "../support/settings.ts";
import { expect, test } from "../support/test.ts";

/** Every control that is off says why, to everybody. */
async function expectReasons(page: Page): Promise<number> {
  const off = page.locator('[aria-disabled="true"]:is(button, input, select, [role="menuitem"])');
  const count = await off.count();
  for (let at = 0; at < count; at += 1) {
    await expect(off.nth(at), "a reason").toHaveAccessibleDescription(/\w+ \w+/);
  }
  return count;
}

async function signOutFromPage(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
}

for (const name of ["Agnes Novak", "Nils Lindqvist"]) {
  test(`${name} sees everything and changes nothing, and each control says why`, async ({ page, standin }) => {
    await signInAs(page, name, "/users?q=okafor");
    await expectRows(page, 2);
    await standin.forgetCalls();
    const menu = await openRowMenu(page, "Adam Okafor");
    for (const item of ["Block user", "Delete user…"]) {
      const entry = menu.getByRole("menuitem", { name: item });
      await expect(entry).toHaveAttribute("aria-disabled", "true");
      await entry.click({ force: true });
    }
    await page.keyboard.press("Escape");
    await openUser(page, "Adam Okafor");
    await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveAttribute("aria-disabled", "true");
    await expect(form(page).getByRole("checkbox", { name: "Blocked" })).toHaveAttribute("aria-disabled", "true");
    await expect(groupsField(page)).not.toBeEditable();
    expect(await expectReasons(page)).toBeGreaterThanOrEqual(2);

    // Neither the mouse nor the keyboard gets past it.
    await form(page).getByRole("checkbox", { name: "Blocked" }).click({ force: true });
    await form(page).getByRole("checkbox", { name: "Blocked" }).press("Space");
    await expect(form(page).getByRole("checkbox", { name: "Blocked" })).not.toBeChecked();
    await form(page).getByRole("combobox", { name: "Role" }).press("ArrowUp");
    await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("user");
    await form(page).getByRole("button", { name: "Save" }).click({ force: true });
    expect(await standin.calls("PUT")).toEqual([]);
    expect(await standin.calls("DELETE")).toEqual([]);
  });
}

test("nobody blocks, deletes or demotes themselves or the owner", async ({ page }) => {
  await signInAs(page, "Ada Okafor", "/users?q=a");
  for (const [name, block, remove] of [
    ["Ada Okafor", "You cannot block or unblock yourself.", "You cannot delete yourself."],
    ["Olivia Marsh", "An owner cannot be blocked.", "An owner cannot be deleted."],
  ] as const) {
    await page.goto(`/users?q=${encodeURIComponent(name)}`);
    const menu = await openRowMenu(page, name);
    await expect(menu.getByRole("menuitem", { name: "Block user" })).toContainText(block);
    await expect(menu.getByRole("menuitem", { name: "Delete user…" })).toContainText(remove);
    await page.keyboard.press("Escape");
  }
  await openUser(page, "Olivia Marsh");
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveAccessibleDescription(/Only an owner can change/);
  await expect(form(page).getByRole("checkbox", { name: "Blocked" })).toHaveAccessibleDescription(
    /An owner cannot be blocked/,
  );
});

test("who waits for approval cannot be unblocked by the way", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=petra");
  const menu = await openRowMenu(page, "Petra Vogel");
  await expect(menu.getByRole("menuitem", { name: "Unblock user" })).toContainText("They are waiting for approval.");
});

test("an ordinary user sees themselves and nobody else, and changes nothing", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Uma Sato");
  await expectRows(page, 1);
  const menu = await openRowMenu(page, "Uma Sato");
  await expect(menu.getByRole("menuitem", { name: "Block user" })).toHaveAttribute("aria-disabled", "true");
  await expect(menu.getByRole("menuitem", { name: "Delete user…" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await openUser(page, "Uma Sato");
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveAttribute("aria-disabled", "true");
  await expectReasons(page);
});

test("a list that the server refuses names the permission that is missing", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/users", 403);
  await signInAs(page, "Nils Lindqvist");
  await expectRows(page, 41);
  await standin.fault({ path: "/api/users", exact: true, kind: "status", status: 403, times: 0 });
  await page.reload();
  await expect(page.getByRole("heading", { name: "You cannot see users" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Your role, network admin, lacks the permission “users: read”.");
  await page.getByRole("button", { name: "Signed in as Nils Lindqvist" }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
});

for (const [name, title] of [
  ["Boris Blake", "You are blocked"],
  ["Petra Vogel", "Waiting for approval"],
  ["Bill Okonkwo", "Your role has no permissions here"],
] as const) {
  test(`${name}: ${title}, no data, and the way out`, async ({ page, watch }) => {
    watch.expectFailure(/^\/api\//, 403);
    watch.expectFailure(/^\/api\//, 404);
    watch.expectFailure(/^\/api\//, 412);
    await signInAs(page, name);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Roost`);
    await expect(page.getByRole("main").getByText("@example.com")).toHaveCount(0);
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveCount(0);
    await signOutFromPage(page);
  });
}

test("somebody who is approved meanwhile comes in by looking", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  const petra = await standin.person("petra.vogel");
  await signInAs(page, "Petra Vogel");
  await expect(page.getByRole("heading", { level: 1, name: "Waiting for approval" })).toBeVisible();
  await standin.api("POST", `/api/users/${petra.id}/approve`);
  await standin.change(petra.id, { role: "admin" });
  await page.getByRole("button", { name: "Check now" }).click();
  await expectRows(page, 41);
});

test("a role nobody has heard of may look and not touch", async ({ page, standin }) => {
  const me = (await standin.api("GET", "/api/users/current")) as Record<string, unknown>;
  const body = { ...me, role: "wizard" };
  await standin.fault({ path: "/api/users/current", kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await expect(page.getByRole("button", { name: /Signed in as/ })).toContainText("Unknown: wizard");
  await openUser(page, "Adam Okafor");
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveAttribute("aria-disabled", "true");
  await expectReasons(page);
});

for (const isRestricted of [true, false]) {
  const words = isRestricted ? "restricted" : "not restricted";
  test(`an ordinary user, ${words}: themselves, and no way to anything else`, async ({ page, standin, watch }) => {
    watch.expectFailure(/^\/api\//, 403);
    await changeSettings(standin, { regular_users_view_blocked: isRestricted });
    await signInAs(page, "Uma Sato");
    await expectRows(page, 1);
    const nav = page.getByRole("navigation", { name: "Main" });
    await expect(nav.getByRole("link")).toHaveText([/^Users/, "Profile"]);
    // Three devices, which a restricted user is not told of: no number is not none.
    const devices = list(page).getByRole("row", { name: /Uma Sato/ }).getByText(isRestricted ? "0" : "3", { exact: true });
    await expect(devices).toHaveCount(isRestricted ? 0 : 1);
    expect(await standin.calls("GET", "/api/peers")).toHaveLength(isRestricted ? 0 : 1);
    for (const [path, title] of [
      ["/settings/network", "You cannot see the settings"],
      ["/approvals", "You cannot see who is waiting"],
      ["/service-users", "You cannot see service users"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await expectAccessible(page, path);
    }
    await nav.getByRole("link", { name: "Profile" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
    expect(await standin.calls("PUT")).toHaveLength(1);
    await openPersonMenu(page);
  });
}
