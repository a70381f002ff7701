// Sign-ins of long ago, and proving anew who one is before something dangerous.
import { expect, type Locator, type Page } from "@playwright/test";
import { demoPerson, openUser, signInThrough } from "./console.ts";
import { closed } from "./session.ts";
import { openReview } from "./settings.ts";
import type { Standin } from "./standin.ts";

/** A moment that no proof is good for any more, in seconds since 1970. */
export const longAgo = () => Math.floor(Date.now() / 1000) - 3600;

/** What is dangerous enough to be asked for. */
export interface Act {
  /** where it is done */
  path: string;
  /** what the question says it is for */
  why: string;
  /** opens its dialog, with everything filled in and ticked */
  open: (page: Page) => Promise<Locator>;
  /** the button that does it */
  button: string;
  /** the request that does it */
  method: "PUT" | "DELETE";
  /** what shows when it is done */
  done: (page: Page) => Locator;
}

export const ACTS: Record<string, Act> = {
  "handing on the ownership": {
    path: "/users?q=ada.okafor",
    why: "Sign in again to transfer ownership",
    open: async (page) => {
      await openUser(page, "Ada Okafor");
      await page.getByRole("button", { name: "Transfer ownership…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
      const dialog = page.getByRole("alertdialog", { name: "Make Ada Okafor the owner?" });
      await dialog.getByRole("checkbox").check();
      return dialog;
    },
    button: "Transfer ownership",
    method: "PUT",
    done: (page) => page.getByText("Ada Okafor owns the account now. You are an admin."),
  },
  "deleting the account": {
    path: "/settings/danger",
    why: "Sign in again to delete the account",
    open: async (page) => {
      await page.getByRole("button", { name: "Delete account…" }).click();
      const dialog = page.getByRole("alertdialog", { name: /^Delete the account / });
      await dialog.getByRole("textbox").fill("netbird.selfhosted");
      return dialog;
    },
    button: "Delete account",
    method: "DELETE",
    done: (page) => page.getByText("The account and everything in it has been deleted."),
  },
  "letting newcomers in without approval": {
    path: "/settings/authentication",
    why: "Sign in again to let newcomers in without approval",
    open: async (page) => {
      await page.getByRole("switch", { name: "Approve newcomers" }).uncheck();
      const dialog = await openReview(page);
      await dialog.getByRole("checkbox").check();
      return dialog;
    },
    button: "Save 1 change",
    method: "PUT",
    done: (page) => page.getByText("The settings are saved."),
  },
};

/** Signs in with an ID token that says it was an hour ago. */
export async function signInLongAgo(page: Page, server: Standin, path: string): Promise<void> {
  await server.conditions({ id_token: { auth_time: longAgo() } });
  await signInThrough(page, "Olivia Marsh", server.url + path);
  await expectSession(page);
  await server.conditions({ id_token: {} });
}

/** What the tab keeps of its session. */
export interface Kept {
  authorization: string;
  expires_at: number;
  id_token: string;
}

/** The session that the tab keeps; `null` before there is one. */
export async function kept(page: Page): Promise<Kept | null> {
  return JSON.parse((await page.evaluate(() => sessionStorage.getItem("roost.session"))) ?? "null") as Kept | null;
}

/** Waits for the session, which comes after the page that was asked for. */
export async function expectSession(page: Page): Promise<Kept> {
  // A page on its way answers nothing.
  await expect.poll(() => kept(page).catch(() => null)).not.toBeNull();
  return (await kept(page)) as Kept;
}

/** The button that opens the window. */
export function confirmButton(page: Page): Locator {
  return page.getByRole("button", { name: "Confirm it is you" });
}

/** Opens the window. */
export async function openProof(page: Page): Promise<Page> {
  // Until the question is made, the button waits and says so.
  await expect(confirmButton(page)).not.toHaveAttribute("aria-busy", "true");
  const opened = page.waitForEvent("popup");
  await confirmButton(page).click();
  return opened;
}

/** Signs in in the window. */
export async function answer(window: Page, name = "Olivia Marsh"): Promise<void> {
  await demoPerson(window, name).click();
  await closed(window);
}

/** Proves it. */
export async function prove(page: Page): Promise<void> {
  await answer(await openProof(page));
  await expect(page.getByText("Confirmed: it is you.")).toBeVisible();
}
