// The inbox of those who wait for approval, as a reader finds it and as the API has it.
import { expect, type Locator, type Page } from "@playwright/test";
import type { ApiUser, Standin } from "./standin.ts";

/** Somebody who waits in the demo data. */
export const PETRA = "Petra Vogel";

/** Everybody of the demo data who waits, as the API has them now. */
export async function waiting(standin: Standin): Promise<(ApiUser & { pending_approval: boolean })[]> {
  const users = (await standin.api("GET", "/api/users")) as (ApiUser & { pending_approval: boolean })[];
  return users.filter((user) => user.pending_approval);
}

/** Somebody as the API has them now. */
export async function user(standin: Standin, id: string): Promise<(ApiUser & { pending_approval: boolean }) | undefined> {
  const users = (await standin.api("GET", "/api/users")) as (ApiUser & { pending_approval: boolean })[];
  return users.find((one) => one.id === id);
}

/** The list of those who wait. */
export function inbox(page: Page): Locator {
  return page.getByRole("navigation", { name: "Waiting for approval" });
}

/** The person that is looked at. */
export function person(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** Opens somebody of it. */
export async function open(page: Page, name: string): Promise<Locator> {
  await inbox(page).getByRole("link", { name: new RegExp(name) }).click();
  await expect(person(page, name).getByRole("heading", { name })).toBeFocused();
  return person(page, name);
}
