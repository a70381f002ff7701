// Service users, and the tokens of whoever has some.
import { expect } from "@playwright/test";
import { signInAs } from "../console.ts";
import type { Visit } from "../states.ts";

const FAILED = "No token was created.";

export const TOKENS: Record<string, Visit> = {
  "service users": {
    "list of service users": async ({ page, watch }) => {
      watch.expectFailure("/api/users", 500);
      await signInAs(page, "Olivia Marsh", "/service-users");
      await expect(page.getByRole("link", { name: "terraform" })).toBeVisible();
    },
    "new service user, name missing": async ({ page }) => {
      await page.getByRole("button", { name: "New service user…" }).click();
      await page.getByRole("dialog", { name: "New service user" }).getByRole("button", { name: "Create service user" }).click();
    },
    "new service user, refused": async ({ page, standin }) => {
      const dialog = page.getByRole("dialog", { name: "New service user" });
      await dialog.getByLabel("Name").fill("robot");
      await standin.fault({ path: "/api/users", exact: true, method: "POST", kind: "status" });
      await dialog.getByRole("button", { name: "Create service user" }).click();
      await expect(dialog.getByText("No service user was created.")).toBeVisible();
    },
    "no service user matches": async ({ page }) => {
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("searchbox", { name: "Search service users" }).fill("nobody");
      await expect(page.getByRole("heading", { name: "No service user matches “nobody”" })).toBeVisible();
    },
  },
  tokens: {
    "tokens, expired": async ({ page, watch }) => {
      watch.expectFailure(/\/tokens/, 500);
      await signInAs(page, "Olivia Marsh", "/service-users");
      await page.getByRole("link", { name: "legacy-importer" }).click();
      await expect(page.getByText("Expired").first()).toBeVisible();
    },
    "new token, incomplete": async ({ page }) => {
      await page.getByRole("button", { name: "New token…" }).click();
      const dialog = page.getByRole("dialog", { name: "New token for legacy-importer" });
      await dialog.getByRole("combobox", { name: "Valid for" }).selectOption({ label: "Another number of days" });
      await dialog.getByRole("button", { name: "Create token" }).click();
    },
    "new token, refused": async ({ page, standin }) => {
      const dialog = page.getByRole("dialog", { name: "New token for legacy-importer" });
      await dialog.getByLabel("Name").fill("x");
      await dialog.getByLabel("Days", { exact: true }).fill("5");
      await standin.fault({ path: "/api/users/", method: "POST", kind: "status" });
      await dialog.getByRole("button", { name: "Create token" }).click();
      await expect(dialog.getByText(FAILED)).toBeVisible();
    },
    "the secret of a token": async ({ page, standin }) => {
      const dialog = page.getByRole("dialog", { name: "New token for legacy-importer" });
      await standin.fault({ path: "/api/users/", method: "POST", kind: "garbage" });
      await dialog.getByRole("button", { name: "Create token" }).click();
      await expect(dialog.getByText(FAILED)).toBeVisible();
      await dialog.getByRole("button", { name: "Create token" }).click();
      await expect(page.getByRole("dialog", { name: "Token “x, legacy-importer”" })).toBeVisible();
    },
    "before a revocation": async ({ page }) => {
      await page.getByRole("button", { name: "I have saved it" }).click();
      await page.getByRole("button", { name: "Revoke x…" }).click();
      await expect(page.getByRole("alertdialog", { name: "Revoke x?" })).toBeVisible();
    },
    "tokens, failed": async ({ page, standin }) => {
      await page.getByRole("button", { name: "Keep token" }).click();
      const address = new URL(page.url()).pathname.replace("/users/", "/api/users/");
      await standin.fault({ path: `${address}/tokens`, kind: "status", times: 0 });
      await page.reload();
      await expect(page.getByText("The tokens did not load.")).toBeVisible();
    },
  },
  "tokens of one's own, and those one may not see": {
    "own tokens, none": async ({ page, watch }) => {
      watch.expectFailure(/^\/api\//, 403);
      await signInAs(page, "Agnes Novak", "/profile");
      await expect(page.getByText("No tokens yet.")).toBeVisible();
    },
    "tokens, not to be seen": async ({ page }) => {
      await page.goto("/service-users");
      await page.getByRole("link", { name: "terraform" }).click();
      await expect(page.getByText("Only owners and admins can see and change the tokens of service users.")).toBeVisible();
    },
    "service users, forbidden": async ({ page }) => {
      await page.context().clearCookies();
      await page.evaluate(() => sessionStorage.clear());
      await signInAs(page, "Uma Sato", "/service-users");
      await expect(page.getByRole("heading", { name: "You cannot see service users" })).toBeVisible();
    },
  },
};
