// The page for who has to find out why something does not work.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { authorization, expectRows, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

function section(page: Page, name: string) {
  return page.getByRole("region", { name });
}

async function open(page: Page, url = ""): Promise<void> {
  await page.goto(`${url}/diagnostics`);
  await expect(page.getByRole("heading", { level: 1, name: "Diagnostics" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Check again" })).not.toHaveAttribute("aria-busy", "true");
}

test("without a session: what is configured and what answers", async ({ page, standin }) => {
  await open(page);
  await expect(page).toHaveURL("/diagnostics");
  await expect(section(page, "Configuration")).toContainText(`${standin.url}/oauth2`);
  await expect(section(page, "Configuration")).toContainText("netbird-dashboard");
  await expect(section(page, "Management API")).toContainText(/Yes, after \d+ ms/);
  await expect(section(page, "Management API")).toContainText("Shown only to signed-in users");
  await expect(section(page, "Identity provider")).toContainText("As configured");
  await expect(section(page, "Headers of the console")).toContainText("default-src 'none'");
  await expect(section(page, "Headers of the console")).toContainText("no-referrer");
  await expect(section(page, "Session")).toContainText("No");
  expect(await standin.calls("GET", "/oauth2/auth"), "nobody is sent to sign in").toEqual([]);
});

test("with a session: the server's version and what the token says, never the token", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, 41);
  const token = (await authorization(page)).replace("Bearer ", "");
  await open(page);
  await expect(section(page, "Session")).toContainText("By the identity provider");
  for (const claim of ["iss", "aud", "sub", "exp", "iat"]) {
    await expect(section(page, "Session").getByText(claim, { exact: true })).toBeVisible();
  }
  await expect(section(page, "Session")).toContainText("netbird-dashboard");
  await expect(section(page, "Management API").getByText("Version")).toBeVisible();
  await expect(section(page, "Management API")).not.toContainText("Shown only");
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied to the clipboard." })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Console\n {2}Version: /);
  expect(text).toContain("\nSession\n  Signed in: By the identity provider\n  iss: ");
  for (const part of token.split(".")) expect(text).not.toContain(part);
  expect(await page.content()).not.toContain(token.split(".")[2]);
  await page.getByRole("link", { name: "Back to the console" }).click();
  await expectRows(page, 41);
});

test("an access token says nothing, and is not shown", async ({ page, standin }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  const token = await standin.ownerToken();
  await page.getByLabel("Access token", { exact: true }).fill(token);
  await page.getByLabel("Keep me signed in when I reload this tab").check();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, 41);
  await open(page);
  await expect(section(page, "Session")).toContainText("By an access token, which contains no details");
  expect(await page.content()).not.toContain(token);
});

test("what does not answer is said, and looked for again", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 503);
  watch.expectFailure(/^\/oauth2\//, 503);
  await standin.fault({ path: "/api/", kind: "status", status: 503, times: 0 });
  await standin.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await open(page);
  await expect(section(page, "Management API")).toContainText("The server answered 503.");
  await expect(section(page, "Identity provider")).toContainText("Status 503");
  await standin.heal();
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(section(page, "Management API")).toContainText(/Yes, after \d+ ms/);
  await expect(section(page, "Identity provider")).toContainText("As configured");
});

test("an API of another origin that may not be read, and no provider at all", async ({ page, standin, launch, watch }) => {
  watch.expectComplaint(/blocked by CORS policy/);
  watch.expectFailure(/^\/api\//, "network");
  const site = await launch({ args: ["--api", standin.url] });
  await standin.fault({ path: "/api/", kind: "no_cors", times: 0 });
  await open(page, site.url);
  await expect(section(page, "Management API")).toContainText("answers, but the browser does not let this page read it");
  await expect(section(page, "Identity provider")).toContainText("None configured");
});

test("a clipboard that is refused leaves the text selected", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await open(page);
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByText("The text is selected")).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toContain("Management API");
});

test("the sign-in page leads there, and the keyboard works it", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Diagnostics" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Diagnostics" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Copy as text" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Check again" })).toBeFocused();
});

test("accessible, at once and on a phone", async ({ page }) => {
  await open(page);
  await expectAccessible(page, "diagnostics");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "diagnostics, on a phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "no scrolling sideways").toBe(false);
});
