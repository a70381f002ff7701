// What a reader does in the console, by role, label and text.
import { expect, type Locator, type Page } from "@playwright/test";
import { enter } from "./entering.ts";
import { needsStandin, type Target } from "./test.ts";
import { PASSWORD } from "./standin.ts";

/** Goes to a page as somebody of the demo data, by the shorter way where there is one (`entering.ts`). */
export async function signInAs(page: Page, name: string, path = "/users"): Promise<void> {
  needsStandin("the people of the demo data");
  if (!(await enter(page, name, path))) return signInThrough(page, name, path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Goes to a page and signs in as somebody of the demo data, by their button on the provider's page. */
export async function signInThrough(page: Page, name: string, path = "/users"): Promise<void> {
  needsStandin("the people of the demo data");
  await page.goto(path);
  await demoPerson(page, name).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** The button of the provider's page that signs in as somebody of the demo data. The account's button, "Signed in as …", is
 * another: a page that has not left yet still shows it. */
export function demoPerson(page: Page, name: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^${name}, `) });
}

/** Goes to a page and signs in with e-mail address and password, on the page of NetBird's own provider. */
export async function signInWithPassword(page: Page, email: string, password = PASSWORD, path = "/users"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("Email Address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: /^(Sign in|Login)$/ }).click();
}

/** Fills in the form for an access token, from wherever the sign-in page is. */
export async function submitToken(page: Page, token: string): Promise<void> {
  await page.getByLabel("Access token", { exact: true }).fill(token);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs in as the target allows, and lands on the list. */
export async function signIn(page: Page, target: Target): Promise<void> {
  const { credentials } = target;
  if (!credentials) {
    await signInThrough(page, "Olivia Marsh");
  } else if ("token" in credentials) {
    await page.goto("/sign-in");
    const other = page.getByRole("button", { name: "Use an access token" });
    await expect(other.or(page.getByLabel("Access token", { exact: true }))).toBeVisible();
    if (await other.isVisible()) await other.click();
    // Kept over a reload: the journeys reload.
    await page.getByLabel("Keep me signed in when I reload this tab").check();
    await submitToken(page, credentials.token);
  } else {
    await signInWithPassword(page, credentials.email, credentials.password);
  }
  await expect(list(page)).toBeVisible();
}

/** The header value that the tab's session sends. */
export async function authorization(page: Page): Promise<string> {
  const session = await page.evaluate(() => sessionStorage.getItem("roost.session"));
  return (JSON.parse(session ?? "{}") as { authorization: string }).authorization;
}

/** The list of users. */
export function list(page: Page): Locator {
  return page.getByRole("table", { name: "Users" });
}

/** How many rows the list has, drawn or not. */
export async function expectRows(page: Page, count: number): Promise<void> {
  // The head counts as a row.
  await expect(list(page)).toHaveAttribute("aria-rowcount", String(count + 1));
}

/** Somebody's row. */
export function row(page: Page, name: string): Locator {
  return list(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** The search box of the list. */
export function searchBox(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search users" });
}

/** Opens the menu of a row. */
export async function openRowMenu(page: Page, name: string): Promise<Locator> {
  await expectComplete(page);
  await row(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
  const menu = page.getByRole("menu", { name: `Actions for ${name}` });
  await expect(menu).toBeVisible();
  return menu;
}

/** Waits until the whole list is there: rows that come are not in order yet. */
export async function expectComplete(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^[\d,]+( of [\d,]+)? users?$/ })).toBeVisible();
}

/** Opens somebody's page from the list. */
export async function openUser(page: Page, name: string): Promise<void> {
  await expectComplete(page);
  await row(page, name).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** The form on somebody's page. */
export function form(page: Page): Locator {
  return page.getByRole("form", { name: "Role and groups" });
}

/** The field of the form that picks groups. */
export function groupsField(page: Page): Locator {
  return page.getByRole("combobox", { name: "Auto groups" });
}

/** The picked groups, in order. */
export function pickedGroups(page: Page): Locator {
  return form(page).getByRole("listitem");
}

/** Adds a group that exists, and leaves the field. */
export async function addGroup(page: Page, name: string): Promise<void> {
  await groupsField(page).fill(name);
  await page.getByRole("option", { name, exact: true }).click();
  await groupsField(page).press("Tab");
}

/** Adds a group that is to be made at the save, and leaves the field. */
export async function createGroup(page: Page, name: string): Promise<void> {
  await groupsField(page).fill(name);
  await page.getByRole("option", { name: `Create group “${name}”` }).click();
  await groupsField(page).press("Tab");
}

/** Presses Save on the form. */
export async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

/** Opens the menu of the person who is signed in. */
export async function openPersonMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Signed in as |^Account$/ }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
}

/** Signs out. */
export async function signOut(page: Page): Promise<void> {
  await openPersonMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}
