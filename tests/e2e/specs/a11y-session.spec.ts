// axe over the question about the end of a session that stands above a dialog.
import { expectAccessible } from "../support/axe.ts";
import { openInvite } from "../support/inviting.ts";
import { LIFETIME_S, pass, SHORT, signInWithClock } from "../support/session.ts";
import { expect, needsStandin, test } from "../support/test.ts";

/** Four minutes before the end. */
const NEAR_S = LIFETIME_S - 240;

test.beforeEach(() => needsStandin("tokens that end"));

test("the question above a dialog: in time and after the end", async ({ page, launch }) => {
  const server = await launch({ args: SHORT });
  await signInWithClock(page, server);
  await (await openInvite(page)).getByLabel("E-mail").fill("nora.lind@example.com");
  await pass(server, NEAR_S, page);
  await page.clock.runFor(5_000);
  await expect(page.getByRole("alertdialog", { name: "Your session is about to end" })).toBeVisible();
  await expectAccessible(page, "asked above a dialog");
  await page.keyboard.press("Escape");
  await pass(server, 300, page);
  await page.clock.runFor(5_000);
  await expect(page.getByRole("alertdialog", { name: "Your session has ended" })).toBeVisible();
  await expectAccessible(page, "ended above a dialog");
});
