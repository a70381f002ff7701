// Whether a page as it is now can be used by everybody: axe without a violation of any impact, and what axe cannot see.
import { mkdirSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";
import { expectStyled } from "./later-style.ts";
import { lostColours, moving, settle, sideways, smallTargets, SPACING } from "./sight.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** axe keeps these to who asks for them by name: it calls them experimental. */
const BY_NAME = ["css-orientation-lock", "label-content-name-mismatch", "p-as-heading"];
/** 1280 by 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };
/** A folder for a picture of each state, for who wants to look at them all. */
const PICTURES = process.env["ROOST_PICTURES"];

/** Runs axe as the page is now. The themes differ in colours and in nothing else. */
async function violations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  // Its source is half a megabyte: once for each document.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const options: axe.RunOptions =
    colorScheme === "dark"
      ? { runOnly: { type: "rule", values: ["color-contrast"] } }
      : { runOnly: { type: "tag", values: TAGS }, rules: Object.fromEntries(BY_NAME.map((name) => [name, { enabled: true }])) };
  const results = await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: { run: (where: Document, options: object) => Promise<object> } };
    return axe.run(document, options);
  }, { ...options, resultTypes: ["violations" as const], elementRef: false });
  return (results as axe.AxeResults).violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${id} (${impact ?? "?"}): ${node.target.join(" ")}: ${node.html.slice(0, 160)}`),
  );
}

/** Checks the page in every way that people read it; `state` names it in a failure. Leaves it as it was. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const none = (found: string[], way: string) => expect.soft(found, `${state}, ${way}`).toEqual([]);
  const size = page.viewportSize() ?? ZOOMED;
  if (PICTURES) await takePictures(page, PICTURES, state);
  await expectStyled(page, state);

  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  none(await violations(page, "light"), "light");
  none(await page.evaluate(moving), "reduced motion");
  none(await page.evaluate(smallTargets), "targets of 24 by 24");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  none(await violations(page, "dark"), "dark");
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active", reducedMotion: "reduce" });
  none(await page.evaluate(lostColours), "forced colours");
  await page.emulateMedia({ colorScheme: "light", forcedColors: null, reducedMotion: "reduce" });

  // At 400 % with the spacing that readers may ask for: the least room there is.
  await page.setViewportSize(ZOOMED);
  await page.evaluate(settle);
  none(await page.evaluate(sideways), "at 400 %");
  await page.evaluate(SPACING.on);
  await page.evaluate(settle);
  none(await page.evaluate(sideways), "at 400 % with spacing");
  await page.evaluate(SPACING.off);
  await page.setViewportSize(size);
  await page.evaluate(settle);
}

/** One picture for each theme and width that the console is drawn for. */
async function takePictures(page: Page, folder: string, state: string): Promise<void> {
  const size = page.viewportSize() ?? ZOOMED;
  mkdirSync(folder, { recursive: true });
  for (const width of size.width < 768 ? [320] : [1440, 768, 390, 320]) {
    await page.setViewportSize({ width, height: width < 768 ? 700 : 900 });
    for (const colorScheme of width === 320 || width === 768 ? (["light"] as const) : (["light", "dark"] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(settle);
      await page.screenshot({ path: `${folder}/${state.replaceAll(/[^\w]+/g, "-")}.${width}.${colorScheme}.png` });
    }
  }
  await page.setViewportSize(size);
}
