// Who is not signed in, or not any more, or for whom nothing works.
import { expect } from "@playwright/test";
import { demoPerson, expectRows, signInAs, signOut } from "../console.ts";
import type { Visit } from "../states.ts";

export const GUESTS: Record<string, Visit> = {
  "signing in": {
    "sign-in, asked": async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("button", { name: "Continue with single sign-on" })).toBeVisible();
    },
    "sign-in, token": async ({ page }) => {
      await page.getByRole("button", { name: "Use an access token" }).click();
    },
    "sign-in, token refused": async ({ page }) => {
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByText("Paste an access token.")).toBeVisible();
    },
    "sign-in, failed": async ({ page }) => {
      await page.goto("/callback?code=a&state=b");
      await expect(page.getByRole("alert")).toBeVisible();
    },
    "signed out": async ({ page }) => {
      await page.getByRole("button", { name: "Continue with single sign-on" }).click();
      await demoPerson(page, "Olivia Marsh").click();
      await expectRows(page, 41);
      await signOut(page);
      await page.getByRole("link", { name: /Back to Application/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
    },
    "configuration that cannot be used": async ({ page, standin }) => {
      await standin.fault({ path: "/config.json", kind: "garbage", body: '{"a":1}', times: 0 });
      await page.goto("/users");
      await expect(page.getByRole("heading", { name: "The configuration cannot be used" })).toBeVisible();
    },
  },
  "what is on no page of its own": {
    "API gone": async ({ page, standin, watch }) => {
      watch.expectFailure(/^\/api\//, 503);
      await signInAs(page, "Olivia Marsh");
      await expectRows(page, 41);
      await standin.fault({ path: "/api/", kind: "status", status: 503, times: 0 });
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: "Roost could not find out who you are" })).toBeVisible();
    },
    "the last resort": async ({ page }) => {
      await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: "The console has stopped" })).toBeVisible();
    },
  },
};
