// The main ways through the console by keys alone, with the focus in sight at every stop.
import type { Page } from "@playwright/test";
import { inbox, person, waiting } from "../support/approvals.ts";
import { demoPerson, expectComplete, expectRows, openUser, signInAs } from "../support/console.ts";
import { inviteDialog, openInvite } from "../support/inviting.ts";
import { expectFocusInSight, tabTo } from "../support/keys.ts";
import { secretDialog } from "../support/secret.ts";
import { serviceUser, token } from "../support/service.ts";
import { review, stored } from "../support/settings.ts";
import { settle } from "../support/sight.ts";
import { expect, test } from "../support/test.ts";

test("sign in, search, open, change the role, save and delete, by keys alone", async ({ page, standin }) => {
  await page.goto("/sign-in");
  await tabTo(page, "button", "Continue with single sign-on");
  await page.keyboard.press("Enter");
  await demoPerson(page, "Olivia Marsh").press("Enter");
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

test("invite somebody with a role and a group, and save the link, by keys alone", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/invitations");
  await tabTo(page, "button", "Invite user");
  await page.keyboard.press("Enter");
  await expect(inviteDialog(page).getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type("Nina Petit");
  await tabTo(page, "textbox", "E-mail");
  await page.keyboard.type("nina@example.com");
  await tabTo(page, "combobox", "Role");
  await page.keyboard.type("aud");
  await tabTo(page, "combobox", "Auto groups");
  await page.keyboard.type("Design");
  await page.keyboard.press("Enter");
  await tabTo(page, "button", "Make invite link");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Invitation for Nina Petit" })).toBeVisible();
  await tabTo(page, "button", "I have saved it");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  const invites = (await standin.api("GET", "/api/users/invites")) as { email: string; role: string }[];
  expect(invites.find((one) => one.email === "nina@example.com")?.role).toBe("auditor");
});

test("approve somebody of one's choice with a role, by keys alone", async ({ page, standin }) => {
  const [first, second] = await waiting(standin);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(inbox(page).getByRole("link").first()).toBeVisible();
  const wanted = String(second?.name ?? first?.name);
  await tabTo(page, "link", new RegExp(wanted));
  await page.keyboard.press("Enter");
  await expect(person(page, wanted).getByRole("heading", { name: wanted })).toBeFocused();
  await tabTo(page, "combobox", "Role");
  await page.keyboard.type("aud");
  await tabTo(page, "button", /^Approve user/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${wanted} is approved.`)).toBeVisible();
  expect((await waiting(standin)).map((one) => one.name)).not.toContain(wanted);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
});

test("make a token, copy it, revoke it, by keys alone", async ({ page, standin, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await tabTo(page, "button", "New token…");
  await page.keyboard.press("Enter");
  await tabTo(page, "textbox", "Name");
  await page.keyboard.type("keys");
  await tabTo(page, "button", "Create token");
  await page.keyboard.press("Enter");
  const secret = secretDialog(page, "Token “keys, backup”");
  await expect(secret.getByRole("button", { name: "Copy token" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^nbp_/);
  await tabTo(page, "button", "Close");
  await page.keyboard.press("Enter");
  await expect(secret).toBeHidden();
  await expect(token(page, "keys")).toBeVisible();
  await tabTo(page, "button", "Revoke keys…");
  await page.keyboard.press("Enter");
  await tabTo(page, "button", "Revoke token");
  await page.keyboard.press("Enter");
  await expect(page.getByText("keys is revoked.")).toBeVisible();
});

test("hand on the ownership in its two steps, by keys alone", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=ada.okafor");
  await openUser(page, "Ada Okafor");
  await tabTo(page, "button", "Transfer ownership…");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
  await tabTo(page, "button", "Continue");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog").getByRole("button", { name: "Back" })).toBeFocused();
  await tabTo(page, "checkbox", /becomes the owner/, true);
  await page.keyboard.press("Space");
  await tabTo(page, "button", "Transfer ownership");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ada Okafor owns the account now.")).toBeVisible();
  expect((await standin.person("ada.okafor")).role).toBe("owner");
});

test("change a setting, review it, tick what is dangerous and save, by keys alone", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/settings/authentication");
  await tabTo(page, "switch", "Approve newcomers");
  await page.keyboard.press("Space");
  await tabTo(page, "button", "Review changes");
  await page.keyboard.press("Enter");
  await expect(review(page)).toBeVisible();
  await tabTo(page, "checkbox", /^Let newcomers in without approval/);
  await page.keyboard.press("Space");
  await tabTo(page, "button", "Save 1 change");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/extra/user_approval_required")).toBe(false);
});

for (const { what, at, prepare } of [
  { what: "the list of users", at: "/users", prepare: expectComplete },
  { what: "a person's page with an edit", at: "/users?q=adam.okafor", prepare: editSomebody },
  { what: "the dialog of an invitation", at: "/invitations", prepare: openInvite },
  { what: "somebody who waits", at: "/approvals", prepare: openFirstWaiting },
  { what: "settings with an edit", at: "/settings/authentication", prepare: editSettings },
  { what: "one's own page", at: "/profile", prepare: async () => {} },
]) {
  test(`at 400 %, with a bar at either end, every stop is in sight: ${what}`, async ({ page }) => {
    await signInAs(page, "Olivia Marsh", at);
    await prepare(page);
    // 1280 by 1024 at 400 %.
    await page.setViewportSize({ width: 320, height: 256 });
    await page.evaluate(settle);
    expect(await walk(page), "stops").toBeGreaterThan(5);
  });
}

/** Presses Tab until the focus has been everywhere, with it in sight at every stop. Gives their number. */
async function walk(page: Page): Promise<number> {
  const been = new Set<string>();
  for (let stop = 0; stop < 120; stop += 1) {
    await page.keyboard.press("Tab");
    await expectFocusInSight(page);
    const here = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null;
      if (!focused || focused === document.body) return "";
      focused.dataset["stop"] ??= String(document.querySelectorAll("[data-stop]").length);
      return focused.dataset["stop"] ?? "";
    });
    // Behind the last stop the focus leaves the page, and comes back to the first.
    if (here !== "" && been.has(here)) break;
    if (here !== "") been.add(here);
  }
  return been.size;
}

async function editSomebody(page: Page): Promise<void> {
  await openUser(page, "Adam Okafor");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
}

async function openFirstWaiting(page: Page): Promise<void> {
  await inbox(page).getByRole("link").first().click();
  await expect(page.getByRole("button", { name: /^Approve user/ })).toBeVisible();
}

async function editSettings(page: Page): Promise<void> {
  await page.getByRole("switch", { name: "Approve newcomers" }).click();
  await expect(page.getByRole("button", { name: "Review changes" })).toBeVisible();
}
