// Every state of the console that the tests of accessibility look at, by name: visits, each of which goes from one state
// to the next.
import type { Page } from "@playwright/test";
import { GUESTS } from "./states/guests.ts";
import { INVITING } from "./states/inviting.ts";
import { PEOPLE } from "./states/people.ts";
import { SESSION } from "./states/session.ts";
import { SETTINGS } from "./states/settings.ts";
import { TOKENS } from "./states/tokens.ts";
import { WAITING } from "./states/waiting.ts";
import type { Standin, StandinOptions } from "./standin.ts";
import type { Watch } from "./watch.ts";

/** What a visit has at hand. */
export interface Visitor {
  page: Page;
  standin: Standin;
  watch: Watch;
  launch: (options: StandinOptions) => Promise<Standin>;
}

/** One visit: its states by name, each with the way there from the one before. */
export type Visit = Record<string, (visitor: Visitor) => Promise<void>>;

/** All visits by name. */
export const VISITS: Record<string, Visit> = { ...PEOPLE, ...WAITING, ...INVITING, ...TOKENS, ...SETTINGS, ...GUESTS, ...SESSION };
