// A console without TLS, as people try things out: the browser has no clipboard there, and secrets are saved all the same.
import config from "../playwright.config.ts";
import { readFile } from "node:fs/promises";
import { submitToken } from "../support/console.ts";
import { expectNothingLeft, listen, readSecret, secretDialog } from "../support/secret.ts";
import { askToken, serviceUser } from "../support/service.ts";
import { expect, test } from "../support/test.ts";

const HOST = "console.example";
const usual = config.use?.launchOptions;

test.use({ launchOptions: { ...usual, args: [...(usual?.args ?? []), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`] } });

test("a token without a clipboard: selected, downloaded, gone", async ({ page, standin, launch, watch }) => {
  // The browser says of a header that it holds for TLS alone.
  watch.expectComplaint(/Cross-Origin-Opener-Policy header has been ignored/);
  const said = listen(page);
  const { id } = await serviceUser(standin, "backup");
  const site = await launch({ args: ["--api", standin.url] });
  await page.goto(`http://${HOST}:${new URL(site.url).port}/users/${id}`);
  expect(await page.evaluate(() => [isSecureContext, "clipboard" in navigator])).toEqual([false, false]);
  await submitToken(page, await standin.ownerToken());
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("spare");
  await ask.getByRole("button", { name: "Create token" }).click();
  const secret = secretDialog(page, "Token “spare, backup”");
  const value = await readSecret(secret);

  // A click beside it closes nothing.
  await page.mouse.click(5, 5);
  await expect(secret).toBeVisible();
  await secret.getByRole("button", { name: "Copy token" }).click();
  await expect(secret.getByText("The text is selected: copy it with your keyboard.")).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toBe(value);
  const coming = page.waitForEvent("download");
  await secret.getByRole("button", { name: "Download" }).click();
  const file = await (await coming).path();
  expect(await readFile(file, "utf8")).toContain(value);
  await secret.getByRole("button", { name: "Close" }).click();
  await expect(secret).toBeHidden();
  await expectNothingLeft(page, value, said);
});
