// The list of people and their pages.
import { expect } from "@playwright/test";
import {
  createGroup,
  expectComplete,
  expectRows,
  form,
  groupsField,
  openPersonMenu,
  openRowMenu,
  openUser,
  save,
  searchBox,
  signInAs,
} from "../console.ts";
import { openInvite } from "../inviting.ts";
import type { Visit, Visitor } from "../states.ts";

const LIST = { path: "/api/users", exact: true, method: "GET" };

/** Somebody whom the server keeps out. */
function keptOut(name: string, title: string): Visit {
  return {
    [title]: async ({ page, watch }) => {
      for (const status of [403, 404, 412]) watch.expectFailure(/^\/api\//, status);
      await signInAs(page, name);
      await expect(page.getByRole("heading", { name: title }).first()).toBeVisible();
    },
  };
}

/** Lets an answer be the user with other fields. */
async function adamWith({ standin }: Visitor, fields: Record<string, unknown>): Promise<void> {
  const users = (await standin.api("GET", "/api/users")) as { email: string }[];
  const body = users.map((user) => (user.email === "adam.okafor@example.com" ? { ...user, ...fields } : user));
  await standin.fault({ ...LIST, kind: "garbage", body, times: 0 });
}

export const PEOPLE: Record<string, Visit> = {
  "the list": {
    filled: async ({ page }) => {
      await signInAs(page, "Olivia Marsh");
      await expectRows(page, 41);
      await expectComplete(page);
    },
    "columns to choose": async ({ page }) => {
      await page.getByRole("button", { name: "Columns" }).click();
      await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
    },
    "long name": async ({ page }) => {
      await page.keyboard.press("Escape");
      await page.goto("/users?q=maximiliana");
      await expectRows(page, 1);
    },
    "row menu": async ({ page }) => {
      await page.goto("/users?q=okafor");
      await expectRows(page, 2);
      await openRowMenu(page, "Ada Okafor");
    },
    "menu of the person": async ({ page }) => {
      await page.keyboard.press("Escape");
      await openPersonMenu(page);
    },
    "filter open": async ({ page }) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Group", exact: true }).click();
      await expect(page.getByRole("dialog", { name: "Group" })).toBeVisible();
    },
    "filter on": async ({ page }) => {
      // In the narrow window its button was gone, and the panel with it.
      await expect(page.getByRole("dialog", { name: "Group" })).toBeHidden();
      await page.getByRole("button", { name: "Group", exact: true }).click();
      await page.getByRole("dialog", { name: "Group" }).getByRole("checkbox").first().check();
      await page.keyboard.press("Escape");
    },
    "no match": async ({ page }) => {
      await searchBox(page).fill("nobody");
      await expect(page.getByRole("heading", { name: "No user matches “nobody”" })).toBeVisible();
    },
    "message with Undo": async ({ page }) => {
      await page.goto("/users?q=adam.okafor");
      await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Block user" }).click();
      await expect(page.getByText("Adam Okafor is blocked.")).toBeVisible();
    },
    "question before deleting": async ({ page }) => {
      await (await openRowMenu(page, "Adam Okafor")).getByRole("menuitem", { name: "Delete user…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
  "the list, when something is wrong": {
    "kept list": async ({ page, standin, watch }) => {
      for (const status of [403, 500]) watch.expectFailure("/api/users", status);
      watch.expectFailure("/api/groups", 500);
      watch.expectFailure("/api/users", "network");
      await signInAs(page, "Olivia Marsh", "/users?q=okafor");
      await expectRows(page, 2);
      await standin.fault({ ...LIST, kind: "status", times: 0 });
      await standin.fault({ path: "/api/groups", kind: "status", times: 0 });
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(page.getByText("Could not refresh.")).toBeVisible();
    },
    "failed list": async ({ page }) => {
      await page.reload();
      await expect(page.getByRole("heading", { name: "The list did not load" })).toBeVisible();
      await page.getByText("Show details").click();
    },
    "empty list": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ ...LIST, kind: "garbage", body: [], times: 0 });
      await page.goto("/users");
      await expect(page.getByRole("heading", { name: "No users yet" })).toBeVisible();
    },
    "forbidden list": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ ...LIST, kind: "status", status: 403, times: 0 });
      await page.reload();
      await expect(page.getByRole("heading", { name: "You cannot see users" })).toBeVisible();
    },
    "list broken off": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ ...LIST, kind: "truncated", times: 0 });
      await page.reload();
      await expect(page.getByText("The list is incomplete.")).toBeVisible();
    },
    "loading list": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ ...LIST, kind: "hang", times: 0 });
      await page.reload();
      await expect(page.getByText("Loading users").first()).toBeAttached();
    },
  },
  "a person's page": {
    "as it opens": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\/users\//, 500);
      await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
      await openUser(page, "Adam Okafor");
    },
    edited: async ({ page }) => {
      await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
      await createGroup(page, "Night watch");
    },
    "list of groups": async ({ page }) => {
      await groupsField(page).fill("e");
      await expect(page.getByRole("listbox")).toBeVisible();
    },
    "save refused": async ({ page, standin }) => {
      await groupsField(page).fill("");
      await groupsField(page).press("Tab");
      await standin.fault({ path: "/api/users/", method: "PUT", kind: "status" });
      await save(page);
      await expect(page.getByText("Not saved.")).toBeVisible();
    },
    "the same field on both sides": async ({ page, standin }) => {
      const { id } = await standin.person("adam.okafor");
      await standin.change(id, { role: "network_admin" });
      await save(page);
      await expect(page.getByRole("dialog", { name: "Changed by somebody else as well" })).toBeVisible();
    },
    "no such user": async ({ page }) => {
      await page.goto("/users/nobody");
      await expect(page.getByRole("heading", { level: 1, name: "No such user" })).toBeVisible();
    },
    "no such page": async ({ page }) => {
      await page.goto("/nowhere");
      await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeVisible();
    },
  },
  "a group that is gone": {
    "unknown group": async (visitor) => {
      const { page } = visitor;
      await adamWith(visitor, { auto_groups: ["gone-group"] });
      await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
      await openUser(page, "Adam Okafor");
      await expect(form(page).getByText("Unknown group gone-group")).toBeVisible();
      await form(page).getByRole("checkbox", { name: "Blocked" }).check();
      await expect(form(page).getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/Remove the groups/);
    },
    "page of oneself": async ({ page }) => {
      await page.getByRole("button", { name: "Remove Unknown group gone-group" }).click();
      await expect(form(page).getByRole("button", { name: "Save" })).not.toHaveAttribute("aria-disabled", "true");
      await page.goto("/users?q=olivia");
      await openUser(page, "Olivia Marsh");
    },
  },
  "an auditor": {
    "menu with reasons": async ({ page }) => {
      await signInAs(page, "Agnes Novak", "/users?q=adam.okafor");
      await openRowMenu(page, "Adam Okafor");
    },
    "page that one may only read": async ({ page }) => {
      await page.keyboard.press("Escape");
      await openUser(page, "Adam Okafor");
    },
  },
  "kept out: blocked": keptOut("Boris Blake", "You are blocked"),
  "kept out: waiting": keptOut("Petra Vogel", "Waiting for approval"),
  "kept out: without permissions": keptOut("Bill Okonkwo", "Your role has no permissions here"),
  "one's own page": {
    profile: async ({ page, watch }) => {
      watch.expectFailure(/password$/, 422);
      await signInAs(page, "Olivia Marsh", "/profile");
      await page.getByLabel("Current password", { exact: true }).fill("wrong");
    },
    "password refused": async ({ page }) => {
      await page.getByLabel("New password", { exact: true }).fill("x");
      await page.getByRole("button", { name: "Change password" }).click();
      await expect(page.getByText("This is not your current password.")).toBeVisible();
    },
    "password changed": async ({ page }) => {
      await page.getByLabel("Current password", { exact: true }).fill("Roost-demo-1");
      await page.getByRole("button", { name: "Change password" }).click();
      await expect(page.getByText("Your password is changed.")).toBeVisible();
    },
  },
  "on a phone": {
    "phone, list": async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await signInAs(page, "Olivia Marsh", "/users?q=okafor");
      await expectRows(page, 2);
    },
    "phone, filter sheet": async ({ page }) => {
      await page.getByRole("button", { name: "Filters" }).click();
      await expect(page.getByRole("dialog", { name: "Filters" })).toBeVisible();
    },
    "phone, more": async ({ page }) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "More" }).click();
      await expect(page.getByRole("dialog", { name: "More" })).toBeVisible();
    },
    "phone, invite": async ({ page }) => {
      await page.keyboard.press("Escape");
      await openInvite(page);
    },
    "phone, person": async ({ page }) => {
      await page.keyboard.press("Escape");
      await openUser(page, "Adam Okafor");
    },
    "phone, invitations": async ({ page }) => {
      await page.goto("/invitations");
      await expect(page.getByRole("button", { name: "Actions for Ines Moreau" })).toBeVisible();
    },
  },
};
