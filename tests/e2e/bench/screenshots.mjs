// The pictures of docs/screenshots: the main pages with the demo data, in both themes, on a desk and on a phone. The
// moment is the same each time, and so are the pictures as long as the console looks the same.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./chrome.mjs";
import { startServer } from "./server.mjs";
import { restoreSession, signIn } from "./sign-in.mjs";

const folder = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** A page is drawn as a whole and in one go: else some pixels differ by a shade, by the order its pieces come in. */
const STILL = ["--disable-partial-raster", "--num-raster-threads=1", "--disable-low-res-tiling", "--disable-lcd-text"];

/** When every picture is taken. The demo data counts back from its server's start, which is moved here. */
const MOMENT = Date.UTC(2026, 9, 14, 10, 24);

/** Runs in the page before its own scripts: it is always that moment. Timers go on. */
function stopClock(moment) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length ? given : [moment]));
    }
    static now() {
      return moment;
    }
  };
}

/** Moves every moment of a text: RFC 3339, or since 1970 in seconds or milliseconds. */
function moved(text, milliseconds) {
  return text
    .replaceAll(/(?<=")\d{4}-\d\d-\d\dT[\d:.]+Z(?=")/g, (moment) =>
      moment.startsWith("0001") ? moment : new Date(Date.parse(moment) + milliseconds).toISOString(),
    )
    .replaceAll(/\b1\d{9}(?:\d{3})?\b/g, (count) => String(Number(count) + (count.length > 10 ? milliseconds : milliseconds / 1000)));
}

/** Answers of the API as they would be at that moment. */
async function moveAnswers(context, milliseconds) {
  await context.route("**/api/**", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body: moved(body, milliseconds) });
  });
}

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
const { browser } = await launch(STILL);
const server = await startServer("demo");
try {
  // In whole seconds, as tokens count; up, so that nothing lies ahead of the moment.
  const later = MOMENT - Math.ceil(Date.now() / 1000) * 1000;
  const people = await (await fetch(new URL("_standin/people", server.address))).json();
  const guest = await openPage(browser);
  const session = await signIn(guest, server.address);
  for (const [key, value] of Object.entries(session)) session[key] = moved(value, later);
  await guest.close();
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      // Words of time follow the clock, and their hours the place: one place for everybody who makes the pictures.
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
      await context.addInitScript(stopClock, MOMENT);
      await context.addInitScript(restoreSession, session);
      await moveAnswers(context, later);
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
