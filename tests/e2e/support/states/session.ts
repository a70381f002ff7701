// The end of a session: what is told about it above a page and above a dialog, in time and after it.
import { expect, type Page } from "@playwright/test";
import { addGroup, demoPerson, openUser, signInAs } from "../console.ts";
import { openInvite } from "../inviting.ts";
import { bar, closed, expectWarned, LIFETIME_S, openWindow, pass, SHORT, signInWithClock, stay, until } from "../session.ts";
import type { Standin } from "../standin.ts";
import { ACTS, answer, confirmButton, openProof, prove, signInLongAgo, type Act } from "../step-up.ts";
import type { Visit } from "../states.ts";

/** The server of the visit that is under way: each has one of its own, whose tokens end. */
let server: Standin;

/** Edits somebody, and lets time pass until four minutes before the end. */
async function editUntilWarned(page: Page): Promise<void> {
  await signInWithClock(page, server, "/users?q=ada.okafor", 1);
  await openUser(page, "Ada Okafor");
  await addGroup(page, "Contractors");
  await pass(server, LIFETIME_S - 240, page);
  await until(() => bar(page).isVisible(), page);
  await expectWarned(page);
}

/** Opens the dialog of something dangerous after a sign-in of long ago. */
async function openAct(page: Page, standin: Standin, name: string): Promise<void> {
  const act = ACTS[name] as Act;
  await signInLongAgo(page, standin, act.path);
  await act.open(page);
  await expect(confirmButton(page)).not.toHaveAttribute("aria-busy", "true");
}

/** Lets time pass until after the end. */
async function end(page: Page): Promise<void> {
  await pass(server, 300, page);
  await page.clock.runFor(5_000);
}

export const SESSION: Record<string, Visit> = {
  "the end of a session": {
    "session about to end": async ({ page, launch }) => {
      server = await launch({ args: SHORT });
      await editUntilWarned(page);
    },
    "session, to be renewed by hand": async ({ page }) => {
      await page.context().clearCookies();
      const silent = await openWindow(page);
      await closed(silent);
      await expect(page.getByText("The identity provider wants you to sign in again.")).toBeVisible();
    },
    "session, the window is open": async ({ page }) => {
      await page.clock.runFor(3_000);
      const asks = await openWindow(page);
      await expect(demoPerson(asks, "Olivia Marsh")).toBeVisible();
      await expect(page.getByText("Continue in the small window.")).toBeVisible();
      await asks.close();
    },
    "session over, form kept": async ({ page }) => {
      await end(page);
      await expect(page.getByText("Your session has ended. What you typed is still here")).toBeVisible();
    },
  },
  "the end of a session without windows": {
    "session, no window opens": async ({ page, launch }) => {
      server = await launch({ args: SHORT });
      await page.addInitScript(() => {
        window.open = () => null;
      });
      await editUntilWarned(page);
      await stay(page).click();
      await expect(page.getByRole("button", { name: "Sign in in this tab" })).toBeVisible();
    },
  },
  "the end of a session above a dialog": {
    "session about to end, above a dialog": async ({ page, launch }) => {
      server = await launch({ args: SHORT });
      await signInWithClock(page, server);
      await (await openInvite(page)).getByLabel("E-mail").fill("nora.lind@example.com");
      await pass(server, LIFETIME_S - 240, page);
      await page.clock.runFor(5_000);
      await expect(page.getByRole("alertdialog", { name: "Your session is about to end" })).toBeVisible();
    },
    "session over, above a dialog": async ({ page }) => {
      await page.keyboard.press("Escape");
      await end(page);
      await expect(page.getByRole("alertdialog", { name: "Your session has ended" })).toBeVisible();
    },
  },
  "before the account is deleted": {
    "proof, asked for": async ({ page, standin }) => {
      await openAct(page, standin, "deleting the account");
    },
    "proof, the window is open": async ({ page }) => {
      const window = await openProof(page);
      await expect(demoPerson(window, "Olivia Marsh")).toBeVisible();
      await expect(page.getByText("Continue in the small window.")).toBeVisible();
      await window.close();
    },
    "proof, of somebody else": async ({ page }) => {
      await answer(await openProof(page), "Ada Okafor");
      await expect(page.getByText("Somebody else signed in there.")).toBeVisible();
    },
    "proof, there": async ({ page }) => {
      await prove(page);
    },
  },
  "before the ownership goes": {
    "proof, no window opens": async ({ page, standin }) => {
      await page.addInitScript(() => {
        window.open = () => null;
      });
      await openAct(page, standin, "handing on the ownership");
      await confirmButton(page).click();
      await expect(page.getByText("The browser blocked the window.")).toBeVisible();
    },
  },
  "before newcomers come in": {
    "proof, asked for in the review": async ({ page, standin }) => {
      await openAct(page, standin, "letting newcomers in without approval");
    },
    "proof, not asked by the provider": async ({ page, standin }) => {
      await standin.conditions({ asks_nobody_anew: true, id_token: { auth_time: 1 } });
      await closed(await openProof(page));
      await expect(page.getByText("Your identity provider did not ask you to sign in again")).toBeVisible();
    },
  },
  "a clock that is wrong": {
    "clock ahead": async ({ page, standin }) => {
      await standin.conditions({ provider_clock_seconds: -600 });
      await signInAs(page, "Olivia Marsh");
      await expect(page.getByText(/^This computer's clock is \d+ minutes ahead/)).toBeVisible();
    },
  },
};
