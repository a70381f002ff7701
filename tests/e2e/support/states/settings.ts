// The pages of the settings, and what becomes of an edit there.
import { expect } from "@playwright/test";
import { signInAs } from "../console.ts";
import { change, changeSettings, confirm, goToSection, openReview, openSettings, review } from "../settings.ts";
import type { Visit } from "../states.ts";

const SECTIONS = ["Authentication", "Groups", "Network", "Clients", "Permissions", "Danger zone"];

export const SETTINGS: Record<string, Visit> = {
  "the settings": Object.fromEntries(
    SECTIONS.map((section, at) => [
      `settings, ${section}`,
      async ({ page }) => {
        if (at === 0) await openSettings(page);
        else await goToSection(page, section);
      },
    ]),
  ),
  "an edit of the settings": {
    "settings, wrong": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\/accounts/, 500);
      await openSettings(page, "network");
      await page.getByRole("textbox", { name: "IPv4 range" }).fill("10.0.0.0/29");
      await page.getByRole("switch", { name: "Expose services" }).check();
      await expect(page.getByText("Add a group below first")).toBeVisible();
    },
    "settings, edited and warned": async ({ page }) => {
      await page.getByRole("switch", { name: "Expose services" }).uncheck();
      await page.getByRole("textbox", { name: "IPv4 range" }).fill("0.0.0.0/0");
      await expect(page.getByText("This is every address there is.")).toBeVisible();
      await page.getByRole("textbox", { name: "DNS domain" }).fill("mine.internal");
    },
    "settings, review": async ({ page }) => {
      await openReview(page);
    },
    "settings, conflict": async ({ page, standin }) => {
      await changeSettings(standin, { dns_domain: "theirs.internal" });
      await confirm(page);
      await expect(change(page, "DNS domain").getByRole("radio").first()).toBeVisible();
    },
    "settings, refused on a phone": async ({ page, standin }) => {
      await change(page, "DNS domain").getByRole("radio", { name: /^Mine/ }).check();
      await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", times: 1 });
      await confirm(page);
      await expect(review(page).getByText("Not saved.")).toBeVisible();
      await page.setViewportSize({ width: 320, height: 640 });
    },
    "settings on a phone": async ({ page }) => {
      await review(page).getByRole("button", { name: "Back" }).click();
      await expect(review(page)).toBeHidden();
    },
  },
  "a save of the settings that takes long": {
    "settings, still saving": async ({ page, standin }) => {
      await openSettings(page);
      await goToSection(page, "Clients");
      await page.getByRole("switch", { name: "Metrics from clients" }).check();
      await openReview(page);
      // The look before the write is tried for longer than the write itself.
      await standin.fault({ path: "/api/accounts", method: "GET", kind: "hang", times: 0 });
      await confirm(page);
      await page.evaluate(() => history.back());
      await expect(review(page).getByText("Still saving. You can go back once the server has answered.")).toBeVisible();
    },
  },
  "settings that one may only look at": {
    "settings, read-only": async ({ page }) => {
      await openSettings(page, "network", "Agnes Novak");
      await expect(page.getByText("You can view the settings but not change them.")).toBeVisible();
    },
    "settings, found": async ({ page }) => {
      await page.getByRole("searchbox", { name: "Search settings" }).fill("group");
    },
    "settings, not found": async ({ page }) => {
      await page.getByRole("searchbox", { name: "Search settings" }).fill("nothing of the kind");
    },
  },
  "settings that one may not see": {
    "settings, forbidden": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\//, 403);
      await signInAs(page, "Uma Sato", "/settings/network");
      await expect(page.getByRole("heading", { name: "You cannot see the settings" })).toBeVisible();
    },
  },
  "settings, when something is wrong": {
    "settings, unknown ones": async ({ page, standin, watch }) => {
      watch.expectFailure("/api/accounts", 500);
      await standin.fault({ path: "/api/accounts", kind: "extra_fields", times: 0 });
      await openSettings(page, "permissions");
      await expect(page.getByRole("heading", { name: "Not known to this version" })).toBeVisible();
    },
    "settings, kept": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ path: "/api/accounts", kind: "status", times: 0 });
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(page.getByText("Could not refresh.")).toBeVisible();
    },
    "settings, failed": async ({ page }) => {
      await page.reload();
      await expect(page.getByRole("heading", { name: "The settings did not load" })).toBeVisible();
    },
    "settings, loading": async ({ page, standin }) => {
      await standin.heal();
      await standin.fault({ path: "/api/accounts", kind: "hang", times: 0 });
      await page.reload();
      await expect(page.getByText("Loading settings")).toBeAttached();
    },
  },
};
