// axe over each page and each state of the settings, light and dark.
import { expectAccessible } from "../support/axe.ts";
import { signInAs } from "../support/console.ts";
import { change, changeSettings, confirm, goToSection, openReview, openSettings, review } from "../support/settings.ts";
import { expect, test } from "../support/test.ts";

for (const section of ["Authentication", "Groups", "Network", "Clients", "Permissions", "Danger zone"]) {
  test(`the settings: ${section}`, async ({ page }) => {
    await openSettings(page);
    await goToSection(page, section);
    await expectAccessible(page, section);
  });
}

test("the settings on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openSettings(page, "network");
  await expectAccessible(page, "Network on a phone");
});

test("edited, wrong, warned, reviewed, refused, in conflict", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 500);
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "IPv4 range" }).fill("10.0.0.0/29");
  await page.getByRole("switch", { name: "Expose services" }).check();
  await expect(page.getByText("Add a group below first")).toBeVisible();
  await expectAccessible(page, "wrong");
  await page.getByRole("switch", { name: "Expose services" }).uncheck();
  await page.getByRole("textbox", { name: "IPv4 range" }).fill("0.0.0.0/0");
  await expect(page.getByText("This is every address there is.")).toBeVisible();
  await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
  await expectAccessible(page, "edited and warned");
  await openReview(page);
  await expectAccessible(page, "review");
  await changeSettings(standin, { dns_domain: "theirs.internal" });
  await confirm(page);
  await expect(change(page, "DNS domain").getByRole("radio").first()).toBeVisible();
  await expectAccessible(page, "conflict");
  await change(page, "DNS domain").getByRole("radio", { name: /^Mine/ }).check();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", times: 1 });
  await confirm(page);
  await expect(review(page).getByText("Not saved.")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "refused, on a phone");
});

test("searched, read-only", async ({ page }) => {
  await openSettings(page, "network", "Agnes Novak");
  await expect(page.getByText("You may look and not change anything.")).toBeVisible();
  await expectAccessible(page, "read-only");
  await page.getByRole("searchbox", { name: "Search settings" }).fill("group");
  await expectAccessible(page, "found");
  await page.getByRole("searchbox", { name: "Search settings" }).fill("nothing of the kind");
  await expectAccessible(page, "not found");
});

test("the settings: forbidden", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Uma Sato", "/settings/network");
  await expect(page.getByRole("heading", { name: "You may not see the settings" })).toBeVisible();
  await expectAccessible(page, "forbidden");
});

test("unknown settings, kept, failed, loading", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/accounts", 500);
  await standin.fault({ path: "/api/accounts", kind: "extra_fields", times: 0 });
  await openSettings(page, "permissions");
  await expect(page.getByRole("heading", { name: "Not known to this version" })).toBeVisible();
  await expectAccessible(page, "unknown settings");
  await standin.heal();
  await standin.fault({ path: "/api/accounts", kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Could not refresh.")).toBeVisible();
  await expectAccessible(page, "kept");
  await page.reload();
  await expect(page.getByRole("heading", { name: "The settings did not load" })).toBeVisible();
  await expectAccessible(page, "failed");
  await standin.heal();
  await standin.fault({ path: "/api/accounts", kind: "hang", times: 0 });
  await page.reload();
  await expect(page.getByText("Loading settings")).toBeAttached();
  await expectAccessible(page, "loading");
});
