// A clock that a test can put forward, for time limits that nobody wants to sit out.
import type { Page } from "@playwright/test";

/** Installs it for the pages of a context that load from now on; `ahead` seconds beside the right time. */
export async function installClock(page: Page, ahead = 0): Promise<void> {
  await page.clock.install(ahead === 0 ? {} : { time: Date.now() + ahead * 1000 });
  // Playwright numbers its timers from 10^12 on, browsers from 1 on: programs keep the number in 32 bits, and one that is
  // cut off cancels nothing.
  await page.context().addInitScript(() => {
    const numbered = new Map<number, unknown>();
    let last = 0;
    const wrap = (start: "setTimeout" | "setInterval" | "requestAnimationFrame", stop: "clearTimeout" | "clearInterval" | "cancelAnimationFrame") => {
      const begin = globalThis[start] as (...all: unknown[]) => unknown;
      const end = globalThis[stop] as (id: unknown) => void;
      Object.assign(globalThis, {
        [start]: (...all: unknown[]) => {
          last += 1;
          numbered.set(last, begin(...all));
          return last;
        },
        [stop]: (id: number) => end(numbered.get(id)),
      });
    };
    wrap("setTimeout", "clearTimeout");
    wrap("setInterval", "clearInterval");
    wrap("requestAnimationFrame", "cancelAnimationFrame");
  });
}
