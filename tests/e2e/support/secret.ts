// A one-time secret on screen, and the search for what is left of it.
import { expect, type Locator, type Page } from "@playwright/test";

/** The dialog that shows a secret, by its title. */
export function secretDialog(page: Page, title: string): Locator {
  return page.getByRole("dialog", { name: title });
}

/** Shows the secret and reads it. */
export async function readSecret(dialog: Locator): Promise<string> {
  await dialog.getByRole("button", { name: "Show" }).click();
  const text = await dialog.getByRole("status").filter({ hasText: /^nbp_|^nbi_|^http/ }).or(dialog.locator("output")).first().textContent();
  expect(text ?? "").not.toContain("•");
  return text ?? "";
}

/** Collects all that pages write to the console from now on. */
export function listen(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  return said;
}

/** Fails when a secret is anywhere it can be found: document, storage, address, title, history, console. */
export async function expectNothingLeft(page: Page, secret: string, said: string[]): Promise<void> {
  expect(secret.length).toBeGreaterThan(10);
  const places = await page.evaluate(() => ({
    document: new XMLSerializer().serializeToString(document),
    values: [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value).join("\n"),
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    address: location.href,
    title: document.title,
    history: JSON.stringify(history.state),
    window: window.name,
    cookies: document.cookie,
    selection: String(getSelection()),
  }));
  for (const [place, text] of Object.entries(places)) expect(text ?? "", place).not.toContain(secret);
  expect(said.join("\n"), "console").not.toContain(secret);
}
