// Inviting somebody, and the list of invitations.
import { expect } from "@playwright/test";
import { signInAs } from "../console.ts";
import { fillPerson, inviteDialog, openInvite } from "../inviting.ts";
import type { Visit } from "../states.ts";

const LIST = { path: "/api/users/invites", exact: true, method: "GET" };

export const INVITING: Record<string, Visit> = {
  inviting: {
    "invite, as it opens": async ({ page, watch }) => {
      watch.expectFailure("/api/users/invites", 500);
      await signInAs(page, "Olivia Marsh");
      await openInvite(page);
    },
    "invite, wrong": async ({ page }) => {
      await inviteDialog(page).getByLabel("The link works for").fill("x");
      await inviteDialog(page).getByRole("button", { name: "Make invite link" }).click();
    },
    "invite, taken": async ({ page }) => {
      const dialog = inviteDialog(page);
      await dialog.getByLabel("The link works for").fill("3");
      await fillPerson(dialog, "Kaya", "kaya.demir@example.org");
      await expect(dialog.getByRole("button", { name: "Make a new link" })).toBeVisible();
    },
    "invite, refused": async ({ page, standin }) => {
      const dialog = inviteDialog(page);
      await fillPerson(dialog, "Nina", "nina@example.com");
      await standin.fault({ path: "/api/users/invites", method: "POST", kind: "status" });
      await dialog.getByRole("button", { name: "Make invite link" }).click();
      await expect(dialog.getByRole("alert")).toContainText("The server answered 500.");
    },
    "invite, secret": async ({ page }) => {
      await inviteDialog(page).getByRole("button", { name: "Make invite link" }).click();
      await expect(page.getByRole("dialog", { name: "Invitation for Nina" })).toBeVisible();
    },
  },
  invitations: {
    "invitations, filled": async ({ page, watch }) => {
      watch.expectFailure("/api/users/invites", 500);
      await signInAs(page, "Olivia Marsh", "/invitations");
      await expect(page.getByRole("button", { name: "Actions for Ines Moreau" })).toBeVisible();
    },
    "invitations, menu": async ({ page }) => {
      await page.getByRole("button", { name: "Actions for Ines Moreau" }).click();
      await expect(page.getByRole("menuitem", { name: "Make a new link…" })).toBeVisible();
    },
    "invitations, new link": async ({ page }) => {
      await page.getByRole("menuitem", { name: "Make a new link…" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
    "invitations, question": async ({ page }) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Actions for Ines Moreau" }).click();
      await page.getByRole("menuitem", { name: "Delete invitation…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    "invitations, kept": async ({ page, standin }) => {
      await page.getByRole("button", { name: "Keep invitation" }).click();
      await standin.fault({ ...LIST, kind: "status", times: 0 });
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(page.getByText("Could not refresh.")).toBeVisible();
    },
    "invitations, failed": async ({ page }) => {
      await page.goto("/invitations");
      await expect(page.getByRole("heading", { name: "The invitations did not load" })).toBeVisible();
    },
    "invitations, no match": async ({ page, standin }) => {
      await standin.heal();
      await page.goto("/invitations?q=nobody");
      await expect(page.getByRole("heading", { name: "No invitation matches “nobody”" })).toBeVisible();
    },
    "invitations, empty": async ({ page, standin }) => {
      await standin.fault({ ...LIST, kind: "garbage", body: [], times: 0 });
      await page.goto("/invitations");
      await expect(page.getByRole("heading", { name: "No invitations yet" })).toBeVisible();
    },
  },
  "inviting where the server has another way, or none": {
    "invitations, none on this server": async ({ page, launch, watch }) => {
      watch.expectFailure("/api/users", 412);
      const server = await launch({ args: ["--mode", "none"] });
      await signInAs(page, "Olivia Marsh", `${server.url}/invitations`);
      await expect(page.getByRole("heading", { name: "This server has no invite links" })).toBeVisible();
    },
    "invite by e-mail": async ({ page }) => {
      await page.getByRole("link", { name: "Back to users" }).click();
      await openInvite(page);
    },
    "invite, no manager": async ({ page }) => {
      await fillPerson(inviteDialog(page), "Nina", "nina@example.com");
      await inviteDialog(page).getByRole("button", { name: "Send invitation" }).click();
      await expect(inviteDialog(page).getByRole("alert")).toBeVisible();
    },
    "invite, button off": async ({ page }) => {
      await inviteDialog(page).getByRole("button", { name: "Cancel" }).click();
      await expect(inviteDialog(page)).toBeHidden();
    },
  },
  "invitations that one may only look at": {
    "invitations, read-only": async ({ page }) => {
      await signInAs(page, "Agnes Novak", "/invitations");
      await page.getByRole("button", { name: "Actions for Ines Moreau" }).click();
      await expect(page.getByRole("menuitem").first()).toBeVisible();
    },
  },
  "invitations that one may not see": {
    "invitations, forbidden": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\//, 403);
      await signInAs(page, "Uma Sato", "/invitations");
      await expect(page.getByRole("heading", { name: "You cannot see invitations" })).toBeVisible();
    },
  },
};
