// Who waits for approval, and the ownership's way to somebody else.
import { expect } from "@playwright/test";
import { openUser, signInAs } from "../console.ts";
import type { Visit } from "../states.ts";

export const WAITING: Record<string, Visit> = {
  "who waits": {
    inbox: async ({ page, watch }) => {
      watch.expectFailure(/approve$/, 500);
      await signInAs(page, "Olivia Marsh", "/approvals");
      await expect(page.getByRole("button", { name: "Approve user" })).toBeVisible();
    },
    "approval refused": async ({ page, standin }) => {
      await standin.fault({ path: "/api/users/", method: "POST", kind: "status" });
      await page.getByRole("button", { name: "Approve user" }).click();
      await expect(page.getByText("is not approved.")).toBeVisible();
    },
    "question before rejecting": async ({ page }) => {
      await page.getByRole("button", { name: "Reject user…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    "inbox on a phone": async ({ page }) => {
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 320, height: 640 });
    },
    "somebody who waits on a phone": async ({ page }) => {
      await page.getByRole("navigation", { name: "Waiting for approval" }).getByRole("link").first().click();
    },
    "nobody waits": async ({ page, standin }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      for (const { id } of (await standin.people()).filter((person) => person.pending)) {
        await standin.api("POST", `/api/users/${id}/approve`);
      }
      await page.goto("/approvals");
      await expect(page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
    },
  },
  "who may not see who waits": {
    "inbox forbidden": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\//, 403);
      await signInAs(page, "Adam Okafor", "/approvals");
      await expect(page.getByRole("heading", { name: "You cannot see who is waiting" })).toBeVisible();
    },
  },
  "handing on the ownership": {
    "what both become": async ({ page, watch }) => {
      watch.expectFailure("/api/peers", 500);
      await signInAs(page, "Olivia Marsh", "/users?q=ada.okafor");
      await openUser(page, "Ada Okafor");
      await expect(page.getByRole("table", { name: /^Devices/ })).toBeVisible();
      await page.getByRole("button", { name: "Transfer ownership…" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
    "the second step": async ({ page }) => {
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    "devices that did not load": async ({ page, standin }) => {
      await page.keyboard.press("Escape");
      await standin.fault({ path: "/api/peers", kind: "status", times: 0 });
      await page.goto("/users?q=petra.vogel");
      await openUser(page, "Petra Vogel");
      await expect(page.getByText("The devices did not load.")).toBeVisible();
    },
  },
};
