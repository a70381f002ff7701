// What a reader does in the settings, and what the API says about them.
import { expect, type Locator, type Page } from "@playwright/test";
import { signInAs } from "./console.ts";
import type { Standin } from "./standin.ts";

export interface Account {
  id: string;
  settings: Record<string, unknown>;
  onboarding: Record<string, unknown>;
}

/** The account, as the API has it. */
export async function account(standin: Standin): Promise<Account> {
  const [first] = (await standin.api("GET", "/api/accounts")) as Account[];
  if (!first) throw new Error("there is no account");
  return first;
}

/** A value of the account by the way to it: `settings/extra/user_approval_required`. */
export async function stored(standin: Standin, path: string): Promise<unknown> {
  const read = (value: unknown, name: string) => (value as Record<string, unknown> | undefined)?.[name];
  return path.split("/").reduce(read, (await account(standin)) as unknown);
}

/** Changes settings behind the console's back: those given, the others as they are. */
export async function changeSettings(standin: Standin, changes: Record<string, unknown>): Promise<void> {
  const { id, settings } = await account(standin);
  await standin.api("PUT", `/api/accounts/${id}`, { settings: { ...settings, ...changes } });
}

/** Signs in and opens a page of the settings. */
export async function openSettings(page: Page, section = "authentication", name = "Olivia Marsh"): Promise<void> {
  await signInAs(page, name, `/settings/${section}`);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
}

/** Goes to another page of the settings. */
export async function goToSection(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Settings pages" }).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

/** The place of a field: its address within the page. */
export function place(page: Page, name: string): Locator {
  return page.locator(`#${name}`);
}

export function review(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Review / });
}

/** Opens the review. */
export async function openReview(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Review changes" }).click();
  await expect(review(page)).toBeVisible();
  return review(page);
}

/** A change in the review. */
export function change(page: Page, name: string): Locator {
  return review(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name, exact: true }) });
}

/** Ticks what is dangerous and saves. */
export async function confirm(page: Page): Promise<void> {
  const dialog = review(page);
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("button", { name: /^Save \d+ changes?$/ }).click();
}

/** Reviews and saves. */
export async function saveAll(page: Page): Promise<void> {
  await openReview(page);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await expect(review(page)).toBeHidden();
}
