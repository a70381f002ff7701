// The first owner of a server that nobody has set up.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { expectRows, signInWithPassword } from "../support/console.ts";
import { expectNothingLeft, listen, readSecret, secretDialog } from "../support/secret.ts";
import { press } from "../support/service.ts";
import { callApi } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

test.use({ seed: "empty" });

const OWNER = { name: "Olive Owner", email: "olive@example.com", password: "correct horse" };

function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

function go(page: Page): Locator {
  return page.getByRole("button", { name: "Create owner" });
}

async function fill(page: Page, owner = OWNER): Promise<void> {
  await page.getByLabel("Name").fill(owner.name);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
}

test("any start leads there, and then the owner signs in", async ({ page, standin }) => {
  await page.goto("/users?q=somebody");
  await expect(heading(page, "Set up this server")).toBeVisible();
  await expect(page).toHaveURL("/setup");
  await expect(page).toHaveTitle("Set up this server · Roost");
  await expect(page.getByText(`Nobody has an account at ${new URL(standin.url).host} yet.`)).toBeVisible();
  await fill(page);
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeFocused();
  await expect(page.getByText(`${OWNER.email} owns it.`)).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.getByRole("button", { name: "Sign in" }).click();
  // Whoever else is signed in at the provider in this browser did not set it up.
  expect(new URL((await asked).url()).searchParams.get("prompt")).toBe("login");
  await page.getByLabel("Email Address").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, 1);
  await expect(page.getByRole("button", { name: `Signed in as ${OWNER.name}` })).toContainText("Owner");
  await expect(page).toHaveURL("/users");
  // From now on nothing leads there.
  await page.goto("/setup");
  await expect(heading(page, "This server is already set up")).toBeVisible();
});

test("what is wrong is said at its field, in bytes where the server counts bytes", async ({ page, standin }) => {
  await page.goto("/setup");
  await expect(heading(page, "Set up this server")).toBeVisible();
  await go(page).click();
  await expect(page.getByLabel("Name")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Enter your name: the server requires one.");
  await page.getByLabel("Name").fill(" Olive ");
  await page.getByLabel("E-mail").fill("olive");
  await go(page).click();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/This is not an e-mail address/);
  await page.getByLabel("E-mail").fill(OWNER.email);
  const password = page.getByLabel("Password", { exact: true });
  const rule = (words: string) => page.getByRole("listitem").filter({ hasText: words });
  for (const [typed, long, fits] of [
    ["1234567", "not yet", "kept"],
    ["€€€", "kept", "kept"],
    ["€".repeat(25), "kept", "not yet"],
    ["", "not yet", "not yet"],
  ] as const) {
    await password.fill(typed);
    await expect(rule("At least 8 bytes")).toContainText(`(${long})`);
    await expect(rule("At most 72 bytes")).toContainText(`(${fits})`);
  }
  await password.fill("€".repeat(25));
  await go(page).click();
  await expect(password).toBeFocused();
  await expect(password).toHaveAccessibleDescription("Choose a shorter one: the server takes 72 bytes at most.");
  await page.getByRole("checkbox", { name: "Create an access token as well" }).check();
  await password.fill("€€€");
  for (const [days, words] of [
    ["", "Enter a whole number of days."],
    ["1.5", "Enter a whole number of days."],
    ["366", "A token lasts 1 to 365 days."],
    ["0", "A token lasts 1 to 365 days."],
  ] as const) {
    await page.getByLabel("Token valid for").fill(days);
    await go(page).click();
    await expect(page.getByLabel("Token valid for")).toHaveAccessibleDescription(words);
  }
  expect(await standin.calls("POST")).toEqual([]);
  await page.getByRole("checkbox", { name: "Create an access token as well" }).uncheck();
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
});

test("a password manager finds what it looks for", async ({ page }) => {
  await page.goto("/setup");
  await expect(page.getByLabel("E-mail")).toHaveAttribute("autocomplete", "username");
  await expect(page.getByLabel("E-mail")).toHaveAttribute("type", "email");
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
});

test("the token that was asked for is shown once, works, and leaves nothing behind", async ({ page, launch }) => {
  const server = await launch({ seed: "empty", args: ["--setup-pat"] });
  const said = listen(page);
  await page.goto(`${server.url}/`);
  await fill(page);
  await page.getByRole("checkbox", { name: "Create an access token as well" }).check();
  await expect(page.getByLabel("Token valid for")).toHaveValue("30");
  await page.getByLabel("Token valid for").fill("7");
  await go(page).click();
  const dialog = secretDialog(page, "Token “setup-token”");
  await expect(dialog).toContainText(/Ends on \d+ \w+ \d{4}/);
  const token = await readSecret(dialog);
  expect(token).toMatch(/^nbp_[0-9A-Za-z]{36}$/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "I have saved it" }).click();
  await expect(dialog).toBeHidden();
  await expectNothingLeft(page, token, said);
  await expectNothingLeft(page, OWNER.password, said);
  await expect(heading(page, "The server is set up")).toBeVisible();
  const me = (await callApi(server.url, `Token ${token}`, "GET", "/api/users/current")) as { id: string; role: string };
  expect(me.role).toBe("owner");
  const tokens = await callApi(server.url, `Token ${token}`, "GET", `/api/users/${me.id}/tokens`);
  const [made] = tokens as { created_at: string; expiration_date: string }[];
  const life = Date.parse(made?.expiration_date ?? "") - Date.parse(made?.created_at ?? "");
  expect(Math.round(life / 86_400_000)).toBe(7);
});

test("a server that hands out no token is said to", async ({ page }) => {
  await page.goto("/");
  await fill(page);
  await page.getByRole("checkbox", { name: "Create an access token as well" }).check();
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
  await expect(page.getByText("This server issues no access token during setup.")).toBeVisible();
});

test("somebody else was quicker", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/setup", 412);
  await page.goto("/");
  await fill(page);
  await callApi(standin.url, null, "POST", "/api/setup", { ...OWNER, email: "quick@example.com" });
  await go(page).click();
  await expect(heading(page, "This server is already set up")).toBeFocused();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Email Address")).toBeVisible();
});

test("many clicks make one owner", async ({ page, standin }) => {
  await standin.fault({ path: "/api/setup", kind: "delay", delay_ms: 300 });
  await page.goto("/");
  await fill(page);
  await press(go(page), 10);
  await expect(heading(page, "The server is set up")).toBeVisible();
  expect(await standin.calls("POST", "/api/setup")).toHaveLength(1);
});

test("a lost answer is cleared up, whether the owner was created or not", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/setup", "network");
  watch.expectFailure("/api/setup", 502);
  watch.expectFailure("/api/instance", 500);
  await page.goto("/");
  await fill(page);
  await standin.fault({ path: "/api/setup", kind: "status", status: 502 });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("No clear answer came, and nothing was set up. Try again.");
  await expect(page.getByLabel("E-mail")).toHaveValue(OWNER.email);
  await standin.fault({ path: "/api/setup", kind: "reset_after" });
  await standin.fault({ path: "/api/instance", kind: "status", times: 0 });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("it is unclear whether the owner was created");
  await standin.heal();
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
  await expect(page.getByText("No clear answer came, so this was checked.")).toBeVisible();
});

test("what the server refuses on its own is led to its field", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/setup", 422);
  watch.expectFailure("/api/setup", 500);
  await page.goto("/");
  await fill(page);
  await standin.fault({ path: "/api/setup", kind: "status", status: 422, body: { message: "invalid email format", code: 422 } });
  await go(page).click();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/This is not an e-mail address/);
  await page.getByLabel("E-mail").fill("olive.owner@example.com");
  await standin.fault({ path: "/api/setup", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was set up. The server answered 500.");
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
});

test("a server that does not say whether it is set up is asked again; signing in does not wait for it", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure("/api/instance", 500);
  await standin.fault({ path: "/api/instance", kind: "status", times: 0 });
  await page.goto("/setup");
  await expect(heading(page, "The server did not say whether it is set up")).toBeVisible();
  await page.goto("/users");
  await expect(page.getByLabel("Email Address")).toBeVisible();
  await standin.heal();
  await page.goto("/setup");
  await expect(go(page)).toBeVisible();
});

test("by the keyboard alone", async ({ page }) => {
  await page.goto("/");
  await expect(go(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.keyboard.type(OWNER.name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(OWNER.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("short");
  await page.keyboard.press("Enter");
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toBeFocused();
  await expect(password).toHaveAccessibleDescription(/the server requires at least 8 bytes/);
  await page.keyboard.type("er no more");
  await page.keyboard.press("Enter");
  await expect(heading(page, "The server is set up")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeFocused();
});

test("accessible while it is filled in", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/setup", 500);
  watch.expectFailure("/api/setup", 502);
  watch.expectFailure("/api/instance", 500);
  await page.goto("/setup");
  await expect(go(page)).toBeVisible();
  await expectAccessible(page, "setup, as it opens");
  await page.getByRole("checkbox", { name: "Create an access token as well" }).check();
  await page.getByLabel("Token valid for").fill("x");
  await go(page).click();
  await expectAccessible(page, "setup, wrong");
  await fill(page);
  await page.getByLabel("Token valid for").fill("1");
  await standin.fault({ path: "/api/setup", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was set up.");
  await expectAccessible(page, "setup, refused");
  await standin.fault({ path: "/api/setup", kind: "status", status: 502 });
  await standin.fault({ path: "/api/instance", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible();
  await expectAccessible(page, "setup, lost");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "setup, on a phone");
});

test("accessible at its end", async ({ page, standin, watch, launch }) => {
  watch.expectFailure("/api/instance", 500);
  await page.goto("/setup");
  await fill(page);
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
  await expectAccessible(page, "setup, done");
  await page.goto("/setup");
  await expect(heading(page, "This server is already set up")).toBeVisible();
  await expectAccessible(page, "setup, already");
  await standin.fault({ path: "/api/instance", kind: "status", times: 0 });
  await page.goto("/setup");
  await expect(heading(page, "The server did not say whether it is set up")).toBeVisible();
  await expectAccessible(page, "setup, not asked");
  const other = await launch({ seed: "empty", args: ["--setup-pat"] });
  await page.goto(other.url);
  await fill(page);
  await page.getByRole("checkbox", { name: "Create an access token as well" }).check();
  await go(page).click();
  await expect(secretDialog(page, "Token “setup-token”")).toBeVisible();
  await expectAccessible(page, "setup, the secret");
});

test("a console for access tokens alone leads there, too, and back to its sign-in page", async ({ page, standin, launch }) => {
  const site = await launch({ args: ["--api", standin.url] });
  await page.goto(`${site.url}/users`);
  await fill(page);
  await go(page).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${site.url}/sign-in`);
  await expect(page.getByLabel("Access token", { exact: true })).toBeVisible();
});

test("the owner signs in with the password as it was typed, spaces included", async ({ page, standin }) => {
  await page.goto("/");
  await fill(page, { ...OWNER, password: "  two spaces  " });
  await go(page).click();
  await expect(heading(page, "The server is set up")).toBeVisible();
  await signInWithPassword(page, OWNER.email, "  two spaces  ", `${standin.url}/users`);
  await expectRows(page, 1);
});
