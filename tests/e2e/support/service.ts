// What a reader does with service users and tokens, by role, label and text.
import { expect, type Locator, type Page } from "@playwright/test";
import type { ApiUser, Standin } from "./standin.ts";

/** The list of service users. */
export function serviceTable(page: Page): Locator {
  return page.getByRole("table", { name: "Service users" });
}

/** How many rows the list has. */
export async function expectServiceRows(page: Page, count: number): Promise<void> {
  await expect(serviceTable(page)).toHaveAttribute("aria-rowcount", String(count + 1));
}

/** The tokens on a user's page. */
export function tokens(page: Page): Locator {
  return page.getByRole("list", { name: "Tokens" });
}

/** One of them, by its name. */
export function token(page: Page, name: string): Locator {
  return tokens(page).getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
}

/** Opens a service user's page from their list. */
export async function openService(page: Page, name: string): Promise<void> {
  await serviceTable(page).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Service user ${name}` })).toBeVisible();
}

/** A service user as the server has it. */
export async function serviceUser(standin: Standin, name: string): Promise<ApiUser> {
  const all = (await standin.api("GET", "/api/users?service_user=true")) as ApiUser[];
  const found = all.find((user) => user.name === name);
  if (!found) throw new Error(`there is no service user ${name}`);
  return found;
}

/** The dialog of a new token, opened on the page of its user. */
export async function askToken(page: Page, owner: string): Promise<Locator> {
  await page.getByRole("button", { name: "New token…" }).click();
  const dialog = page.getByRole("dialog", { name: `New token for ${owner}` });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Presses a button that many times at once. */
export async function press(button: Locator, times: number): Promise<void> {
  await button.evaluate((one: HTMLElement, count) => {
    for (let click = 0; click < count; click += 1) one.click();
  }, times);
}
