// What a reader does to invite somebody, and what is left of a secret.
import { expect, type Locator, type Page } from "@playwright/test";
import { callApi } from "./standin.ts";

/** An invitation as the API lists it. */
export interface ApiInvite {
  id: string;
  email: string;
  name: string;
  role: string;
  auto_groups: string[];
  expires_at: string;
  created_at: string;
  expired: boolean;
}

/** Opens the dialog from the page that is shown. */
export async function openInvite(page: Page): Promise<Locator> {
  await page.getByRole("main").getByRole("button", { name: "Invite user" }).first().click();
  const dialog = inviteDialog(page);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  return dialog;
}

/** The dialog. */
export function inviteDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: "Invite user" });
}

/** Fills in who it is. */
export async function fillPerson(dialog: Locator, name: string, email: string): Promise<void> {
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("E-mail").fill(email);
}

/** The dialog of a secret: shows it, reads it. */
export async function readSecret(page: Page, title: string): Promise<{ dialog: Locator; secret: string }> {
  const dialog = page.getByRole("dialog", { name: title });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Show" }).click();
  const secret = (await dialog.locator("output").textContent()) ?? "";
  expect(secret).not.toContain("•");
  return { dialog, secret };
}

/** Closes the dialog of a secret, after which nothing of it may be anywhere. */
export async function closeSecret(page: Page, dialog: Locator, secret: string): Promise<void> {
  await dialog.getByRole("button", { name: /I have saved it|Close/ }).click();
  await expect(dialog).toBeHidden();
  // The token alone, too: a link may be taken apart.
  const token = secret.split("=").at(-1) ?? secret;
  expect(token.length).toBeGreaterThan(10);
  const left = await page.evaluate((word) => {
    const stores = [localStorage, sessionStorage].flatMap((store) => Object.entries(store).flat());
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value);
    const state = JSON.stringify(history.state) ?? "";
    const all: Record<string, string> = {
      dom: document.documentElement.outerHTML,
      address: location.href,
      title: document.title,
      cookies: document.cookie,
      storage: stores.join("\n"),
      fields: fields.join("\n"),
      state,
    };
    return Object.entries(all)
      .filter(([, text]) => text.includes(word))
      .map(([where]) => where);
  }, token);
  expect(left, "where the secret is left").toEqual([]);
}

/** What the public page would be told about a link. */
export async function linkInfo(origin: string, link: string): Promise<{ email: string; valid: boolean } | null> {
  const token = link.split("=").at(-1) ?? "";
  try {
    return (await callApi(origin, null, "GET", `/api/users/invites/${token}`)) as { email: string; valid: boolean };
  } catch {
    return null;
  }
}
