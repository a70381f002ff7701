// The way by keys alone: Tab to what has a role and a name, with the focus in sight at every stop.
import { expect, type Page } from "@playwright/test";

/** Presses Tab until the focus has this role and name; every stop on the way must be in sight. */
export async function tabTo(page: Page, role: Parameters<Page["getByRole"]>[0], name: string | RegExp, back = false): Promise<void> {
  const wanted = page.getByRole(role, { name, ...(typeof name === "string" ? { exact: true } : {}) });
  for (let step = 0; step < 80; step += 1) {
    if (await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement))) {
      await expectFocusInSight(page);
      return;
    }
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    await expectFocusInSight(page);
  }
  throw new Error(`Tab never comes to ${role} ${name}`);
}

/** The focus shows, and nothing lies over it (2.4.7, 2.4.11). */
export async function expectFocusInSight(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return "in sight";
        const box = focused.getBoundingClientRect();
        const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `outside: ${focused.outerHTML.slice(0, 120)}`;
        const over = document.elementFromPoint(x, y);
        const near = over && (focused.contains(over) || over.contains(focused));
        const labelled = over?.closest("label, .search, [role=row], .tags-box")?.contains(focused);
        if (!near && !labelled) return `covered by ${over?.outerHTML.slice(0, 120)}: ${focused.outerHTML.slice(0, 120)}`;
        // The ring is the element's own, that of the area it stretches over, or that of the box around a field.
        const ringed = (one: Element | null): boolean =>
          one !== null &&
          [null, "::after"].some((part) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
            return outlineStyle !== "none" && outlineWidth !== "0px";
          });
        const shows = ringed(focused) || ringed(focused.parentElement) || ringed(focused.parentElement?.parentElement ?? null);
        return shows || focused.matches("h1, h2, main") || focused.matches('[role="menuitem"], [role="menuitemradio"]')
          ? "in sight"
          : `no ring: ${focused.outerHTML.slice(0, 160)}`;
      }),
    )
    .toBe("in sight");
}
