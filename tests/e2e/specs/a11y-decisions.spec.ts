// axe over the states of approvals, of the ownership's way to somebody else, and of one's own page.
import { expectAccessible } from "../support/axe.ts";
import { openUser, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

test("who waits: list and person, refused, question, nobody, forbidden, on a phone", async ({ page, standin, watch, another }) => {
  watch.expectFailure(/^\/api\//, 403);
  watch.expectFailure(/approve$/, 500);
  await signInAs(page, "Olivia Marsh", "/approvals");
  await expect(page.getByRole("button", { name: "Approve user" })).toBeVisible();
  await expectAccessible(page, "inbox");
  await standin.fault({ path: "/api/users/", method: "POST", kind: "status" });
  await page.getByRole("button", { name: "Approve user" }).click();
  await expect(page.getByText("is not approved.")).toBeVisible();
  await expectAccessible(page, "approval refused");
  await page.getByRole("button", { name: "Reject user…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "question before rejecting");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "inbox on a phone");
  await page.getByRole("navigation", { name: "Waiting for approval" }).getByRole("link").first().click();
  await expectAccessible(page, "person on a phone");
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const { id } of (await standin.people()).filter((person) => person.pending)) {
    await standin.api("POST", `/api/users/${id}/approve`);
  }
  await page.goto("/approvals");
  await expect(page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
  await expectAccessible(page, "nobody waits");
  const other = await another();
  await signInAs(other, "Adam Okafor", "/approvals");
  await expect(other.getByRole("heading", { name: "You may not see who waits" })).toBeVisible();
  await expectAccessible(other, "inbox forbidden");
});

test("handing on the ownership, step by step; somebody who waits; devices that do not come", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/peers", 500);
  await signInAs(page, "Olivia Marsh", "/users?q=ada.okafor");
  await openUser(page, "Ada Okafor");
  await expect(page.getByRole("table", { name: /^Devices/ })).toBeVisible();
  await page.getByRole("button", { name: "Hand on ownership…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "what both become");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "the second step");
  await page.keyboard.press("Escape");
  await standin.fault({ path: "/api/peers", kind: "status", times: 0 });
  await page.goto("/users?q=petra.vogel");
  await openUser(page, "Petra Vogel");
  await expect(page.getByText("The devices did not load.")).toBeVisible();
  await expectAccessible(page, "somebody who waits");
});

test("one's own page: as it opens, refused, changed", async ({ page, watch }) => {
  watch.expectFailure(/password$/, 422);
  await signInAs(page, "Olivia Marsh", "/profile");
  await page.getByLabel("Current password", { exact: true }).fill("wrong");
  await expectAccessible(page, "own page");
  await page.getByLabel("New password", { exact: true }).fill("x");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expectAccessible(page, "password refused");
  await page.getByLabel("Current password", { exact: true }).fill("Roost-demo-1");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await expectAccessible(page, "password changed");
});
