// Sessions whose time passes, and what is told about their end.
import { expect, type Locator, type Page } from "@playwright/test";
import { installClock } from "./clock.ts";
import { expectRows, signInThrough } from "./console.ts";
import type { Standin } from "./standin.ts";

/** How long tokens last in these tests: less than the provider's own session. */
export const LIFETIME_S = 1800;
/** What starts a server with such tokens. */
export const SHORT = ["--token-lifetime", String(LIFETIME_S)];
/** Everybody in the demo data. */
export const PEOPLE = 41;

/** Signs in to a server with a clock that can be put forward. */
export async function signInWithClock(page: Page, server: Standin, path = "/users", rows = PEOPLE): Promise<void> {
  await installClock(page);
  await signInThrough(page, "Olivia Marsh", server.url + path);
  if (rows > 0) await expectRows(page, rows);
}

/** Lets time pass for the server, for a page and for all other tabs of its browser, which share a clock. */
export async function pass(server: Standin, seconds: number, page: Page): Promise<void> {
  await server.forward(seconds);
  await page.clock.fastForward(seconds * 1000);
}

/** Lets time pass, a little at a time, until something is so. What waits for the network has its own time. */
export async function until(is: () => Promise<boolean>, page: Page): Promise<void> {
  await expect
    .poll(async () => {
      // A page that is on its way elsewhere has no clock to move.
      await page.clock.runFor(2_000).catch(() => null);
      return is().catch(() => false);
    })
    .toBe(true);
}

/** What is told about the end of the session, above the page. */
export function bar(page: Page): Locator {
  return page.getByText(/^(You will be signed out in|Your session has ended)/);
}

/** The button beside it. */
export function stay(page: Page): Locator {
  return page.getByRole("button", { name: /^(Stay signed in|Sign in again)$/ });
}

/** Clicks it; gives the window that opens. */
export async function openWindow(page: Page): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await stay(page).click();
  return opened;
}

/** Waits until a window has closed, which it may have done already. */
export async function closed(window: Page): Promise<void> {
  if (!window.isClosed()) await window.waitForEvent("close");
}

/** The forms that were sent to a provider's token endpoint from now on, as what they ask for. */
export function grants(page: Page): string[] {
  const sent: string[] = [];
  page.context().on("request", (request) => {
    const grant = request.method() === "POST" ? new URLSearchParams(request.postData() ?? "").get("grant_type") : null;
    if (grant) sent.push(grant);
  });
  return sent;
}

/** The bar is there and says so many minutes. */
export async function expectWarned(page: Page): Promise<void> {
  await expect(bar(page)).toBeVisible();
  await expect(page.getByText(/You will be signed out in \d+ minutes?\./)).toBeVisible();
}
