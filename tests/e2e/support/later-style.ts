// The style sheet that comes with the parts: as long as it is not here, nothing on the page may want it.
import { expect, type Page } from "@playwright/test";

/** Checks that every rule of the later sheet is of no use to the page, unless the sheet is there. */
export async function expectStyled(page: Page, state: string): Promise<void> {
  const missed = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>("#later-style");
    if (!link || !link.hasAttribute("disabled")) return [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(link.href)).text());
    const selectors = (rules: CSSRuleList): string[] =>
      [...rules].flatMap((rule) => {
        if (rule instanceof CSSStyleRule) return [rule.selectorText, ...selectors(rule.cssRules)];
        return rule instanceof CSSGroupingRule ? selectors(rule.cssRules) : [];
      });
    // Of no colour or shape before its part is there: a selector with a pseudo-element finds nothing by itself.
    const wanted = (selector: string) => document.querySelector(selector.replace(/::[a-z-]+(\([^)]*\))?/g, "")) !== null;
    return selectors(sheet.cssRules).filter(wanted);
  });
  expect.soft(missed, `${state}: wants style that comes later`).toEqual([]);
}
