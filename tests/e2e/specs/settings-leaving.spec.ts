// What is edited and not saved: nobody loses it by signing out, going back, or the end of the session.
import { type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { createGroup, expectRows, form, openUser, pickedGroups, save, signInAs, signOut, submitToken } from "../support/console.ts";
import { confirm, goToSection, openReview, openSettings, review, stored } from "../support/settings.ts";
import type { Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const metrics = (page: Page): Locator => page.getByRole("switch", { name: "Metrics from clients" });
const question = (page: Page): Locator => page.getByRole("alertdialog", { name: "Sign out without saving?" });

/** How often the browser itself asks from now on. */
function browserAsks(page: Page): () => number {
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  return () => asked;
}

async function signInWithToken(page: Page, token: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(page, token);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
}

test("signing out with unsaved settings asks, once, and only a yes signs out", async ({ page, standin }) => {
  const asked = browserAsks(page);
  await openSettings(page, "clients");
  await metrics(page).check();
  await signOut(page);
  await expect(question(page).getByText("What you have edited is not saved")).toBeVisible();
  await expect(question(page).getByRole("button", { name: "Stay here" })).toBeFocused();
  await expectAccessible(page, "asked before signing out");
  await question(page).getByRole("button", { name: "Stay here" }).click();
  await expect(question(page)).toBeHidden();
  await expect(metrics(page)).toBeChecked();
  await expect(page.getByRole("button", { name: /^Signed in as / })).toBeFocused();
  await signOut(page);
  await question(page).getByRole("button", { name: "Discard and sign out" }).click();
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  expect(asked()).toBe(0);
  expect(await stored(standin, "settings/metrics_push_enabled")).toBe(false);
});

test("edits that were left count, too, and what was given up does not come back", async ({ page, standin }) => {
  const token = await standin.ownerToken();
  await signInWithToken(page, token);
  await page.getByRole("link", { name: "Settings" }).click();
  await goToSection(page, "Clients");
  await metrics(page).check();
  await page.goBack();
  await page.goBack();
  await expect(page.getByText("Your changes to the settings are not saved yet.")).toBeVisible();
  await signOut(page);
  await question(page).getByRole("button", { name: "Stay here" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await goToSection(page, "Clients");
  await expect(metrics(page)).toBeChecked();
  await signOut(page);
  await question(page).getByRole("button", { name: "Discard and sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();

  // The same page, the same person.
  await page.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(page, token);
  await page.getByRole("link", { name: "Settings" }).click();
  await goToSection(page, "Clients");
  await expect(metrics(page)).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Review changes" })).toBeHidden();
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
});

test("a person's form asks as well, left or open", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await signOut(page);
  await question(page).getByRole("button", { name: "Stay here" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("Your changes to Adam Okafor are not saved yet.")).toBeVisible();
  await signOut(page);
  await question(page).getByRole("button", { name: "Discard and sign out" }).click();
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
});

test("a step back waits while a save is under way, and what fails is still there", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/accounts/, 500);
  await signInAs(page, "Olivia Marsh", "/users");
  await page.getByRole("link", { name: "Settings" }).click();
  await goToSection(page, "Clients");
  await metrics(page).check();
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", delay_ms: 2_000, times: 1 });
  await openReview(page);
  await confirm(page);
  await page.evaluate(() => history.back());
  await expect(review(page).getByText("Still saving. You can go back once the server has answered.")).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/clients$/);
  await expect(review(page).getByText("Nothing was changed.")).toBeVisible();
  await expect(review(page).getByText("Still saving.")).toBeHidden();
  await review(page).getByRole("button", { name: "Back to settings" }).click();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await page.goForward();
  await goToSection(page, "Clients");
  await expect(metrics(page)).toBeChecked();
});

test("a person's form that is left while its save fails is kept", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  const blocked = form(page).getByRole("checkbox", { name: "Blocked" });
  await blocked.check();
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "status", delay_ms: 1_000, times: 1 });
  await form(page).getByRole("button", { name: "Save" }).click();
  await page.goBack();
  await expect(page.getByText(/^Not saved\..*Your changes to Adam Okafor are not saved yet\./)).toBeVisible();
  await page.goForward();
  await expect(blocked).toBeChecked();
  await form(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
});

test("a person's form that is left while its save works is no draft", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "delay", delay_ms: 1_000, times: 1 });
  await form(page).getByRole("button", { name: "Save" }).click();
  await page.goBack();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await page.goForward();
  await expect(form(page).getByRole("checkbox", { name: "Blocked" })).toBeChecked();
  await expect(form(page).getByText("1 change not saved")).toBeHidden();
});

/** Begins a save of Adam Okafor's block that takes seconds, and leaves the page. */
async function leaveWhileSaving(page: Page, standin: Standin): Promise<void> {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await createGroup(page, "Night shift");
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "delay", delay_ms: 6_000, times: 1 });
  await form(page).getByRole("button", { name: "Save" }).click();
  await page.goBack();
  await expectRows(page, 1);
}

const auditor = (page: Page) => form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });

test("a person's form that is opened again while it is saved waits for the end, and knows it", async ({ page, standin }) => {
  await leaveWhileSaving(page, standin);
  await page.goForward();
  const button = form(page).getByRole("button", { name: /^Sav/ });
  await expect(button).toHaveAttribute("aria-busy", "true");
  await auditor(page);
  await button.click({ force: true });
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await expect(button).not.toHaveAttribute("aria-busy");
  await expect(form(page).getByText("1 change not saved")).toBeVisible();
  await expect(form(page).getByRole("checkbox", { name: "Blocked" })).toBeChecked();
  await expect(pickedGroups(page)).toContainText(["Night shift"]);
  expect(await standin.calls("PUT")).toHaveLength(1);
  await button.click();
  await expect(form(page).getByText("1 change not saved")).toBeHidden();
  expect(await standin.calls("PUT")).toHaveLength(2);
  expect(await standin.calls("POST", "/api/groups")).toHaveLength(1);
});

test("a person's form that is opened again and left again keeps what was edited since", async ({ page, standin }) => {
  await leaveWhileSaving(page, standin);
  await page.goForward();
  await auditor(page);
  await page.goBack();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await expect(page.getByText("Your changes to Adam Okafor are not saved yet.")).toBeVisible();
  await page.goForward();
  await expect(form(page).getByText("1 change not saved")).toBeVisible();
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
});

for (const again of [false, true]) {
  test(`what was answered with theirs is no edit, whoever ${again ? "opens the form again" : "leaves it"} while it is saved`, async ({
    page,
    standin,
  }) => {
    await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
    await openUser(page, "Adam Okafor");
    await auditor(page);
    await form(page).getByRole("checkbox", { name: "Blocked" }).check();
    await standin.change((await standin.person("adam.okafor")).id, { role: "network_admin" });
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Changed by somebody else as well" });
    await dialog.getByRole("radio", { name: "Theirs: Network admin" }).check();
    await standin.fault({ path: "/api/users/", method: "PUT", kind: "delay", delay_ms: 3_000, times: 1 });
    const sent = page.waitForRequest((request) => request.method() === "PUT");
    await dialog.getByRole("button", { name: "Save" }).click();
    await sent;
    await page.goBack();
    await expectRows(page, 1);
    if (again) await page.goForward();
    await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
    if (!again) await page.goForward();
    await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("network_admin");
    await expect(form(page).getByRole("checkbox", { name: "Blocked" })).toBeChecked();
    await expect(form(page).getByText(/not saved$/)).toBeHidden();
  });
}

test("what is edited while a save runs is not lost with its end", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "delay", delay_ms: 2_000, times: 1 });
  await form(page).getByRole("button", { name: "Save" }).click();
  await auditor(page);
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  await expect(form(page).getByText("1 change not saved")).toBeVisible();
  await expect(form(page).getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await save(page);
  await expect(form(page).getByText("1 change not saved")).toBeHidden();
  expect(await standin.calls("PUT")).toHaveLength(2);
});

test("a session that ends under a save leaves the edits to the next one", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 401);
  const token = await standin.ownerToken();
  await signInWithToken(page, token);
  await page.getByRole("link", { name: "Settings" }).click();
  await goToSection(page, "Clients");
  await metrics(page).check();
  await openReview(page);
  await standin.fault({ path: "/api/accounts/", method: "PUT", kind: "status", status: 401, times: 1 });
  await confirm(page);
  await page.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(page, token);
  await expect(page).toHaveURL(/\/settings\/clients$/);
  await expect(metrics(page)).toBeChecked();
  await expect(page.getByRole("button", { name: "Review changes" })).toBeVisible();
});
