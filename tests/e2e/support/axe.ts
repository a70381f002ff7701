// axe over the page as it is now: no violation of any impact is small enough.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { expectStyled } from "./later-style.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Checks the page in both themes; `state` names it in a failure. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await expectStyled(page, state);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page });
    // The themes differ in colours and in nothing else.
    const { violations } = await (colorScheme === "light" ? axe.withTags(TAGS) : axe.withRules("color-contrast")).analyze();
    const found = violations.flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact ?? "?"}): ${node.target.join(" ")}: ${node.html.slice(0, 160)}`),
    );
    expect.soft(found, `${state}, ${colorScheme}`).toEqual([]);
  }
}
