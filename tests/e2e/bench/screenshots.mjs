// The pictures of docs/screenshots: the main pages with the demo data, in both themes, on a desk and on a phone.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./chrome.mjs";
import { startServer } from "./server.mjs";
import { restoreSession, signIn } from "./sign-in.mjs";

const folder = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Each page with its address and what has to be there before it is a picture. */
const PAGES = {
  users: ["users", (page) => page.getByRole("table", { name: "Users" }).getByRole("link").first()],
  approvals: ["approvals", (page) => page.getByRole("heading", { level: 1 })],
  invitations: ["invitations", (page) => page.getByRole("table").getByRole("row").nth(1)],
  settings: ["settings/authentication", (page) => page.getByRole("switch").first()],
  person: [(people) => `users/${people.find(({ name }) => name === "Ada Okafor").id}`, (page) => page.getByRole("table", { name: /^Devices/ })],
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const { browser } = await launch();
const server = await startServer("demo");
try {
  const people = await (await fetch(new URL("_standin/people", server.address))).json();
  const guest = await openPage(browser);
  const session = await signIn(guest, server.address);
  await guest.close();
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      // Words of time follow the clock, and their hours the place: one place for everybody who makes the pictures.
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
      await context.addInitScript(restoreSession, session);
      const page = await context.newPage();
      for (const [name, [address, there]] of Object.entries(PAGES)) {
        await page.goto(new URL(typeof address === "string" ? address : address(people), server.address).href);
        await there(page).waitFor();
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
      }
      await context.close();
    }
  }
} finally {
  await server.stop();
  await browser.close();
}
