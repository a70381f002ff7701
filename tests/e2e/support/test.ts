// The `test` of all specs: a target of its own, watched browsers, and what is kept of a failure.
import {
  test as base,
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type TestInfo,
} from "@playwright/test";
import { Standin, type StandinOptions } from "./standin.ts";
import { Watch } from "./watch.ts";

export { expect };

/** Where the console and its API are, and who may sign in. */
export interface Target {
  /** Address of the console, without a slash at the end. */
  url: string;
  /** Origin of the API. */
  api: string;
  /** How to sign in there; `null` = as somebody of the demo data. */
  credentials: { email: string; password: string } | { token: string } | null;
}

interface Options {
  /** What the stand-in is filled with. */
  seed: string;
}

interface Fixtures {
  /** The server behind `standin` and `target`; `null` against another deployment. */
  server: Standin | null;
  /** The server, for tests that need its switches: they are skipped against another deployment. */
  standin: Standin;
  target: Target;
  watch: Watch;
  /** Starts one more server, of its own kind. */
  launch: (options: StandinOptions) => Promise<Standin>;
  /** A browser of somebody else: contexts share nothing. */
  another: (options?: BrowserContextOptions) => Promise<Page>;
}

const { ROOST_E2E_URL, ROOST_E2E_API, ROOST_E2E_EMAIL, ROOST_E2E_PASSWORD, ROOST_E2E_TOKEN } = process.env;

/** Whether the tests run against a deployment that is not ours to break. */
export const EXTERNAL = Boolean(ROOST_E2E_URL);

function external(): Target {
  const url = String(ROOST_E2E_URL).replace(/\/$/, "");
  const api = (ROOST_E2E_API ?? url).replace(/\/$/, "");
  if (ROOST_E2E_TOKEN) return { url, api, credentials: { token: ROOST_E2E_TOKEN } };
  if (!ROOST_E2E_EMAIL || !ROOST_E2E_PASSWORD) {
    throw new Error("ROOST_E2E_URL needs ROOST_E2E_EMAIL and ROOST_E2E_PASSWORD, or ROOST_E2E_TOKEN");
  }
  return { url, api, credentials: { email: ROOST_E2E_EMAIL, password: ROOST_E2E_PASSWORD } };
}

/** Skips a test that needs more than a deployment has, and says so. */
export function needsStandin(what: string, info: TestInfo = base.info()): void {
  if (!EXTERNAL) return;
  const reason = `needs ${what}`;
  console.log(`skipped, ${reason}: ${info.titlePath.join(" › ")}`);
  info.skip(true, reason);
}

/** Skips a test for what is not installed here, and says so in the run. */
export function skipped(reason: string, info: TestInfo): void {
  console.log(`SKIPPED, ${reason}: ${info.title}`);
  info.skip(true, reason);
}

async function keepLog(server: Standin, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  await info.attach("requests.txt", { body: await server.log(), contentType: "text/plain" });
}

export const test = base.extend<Options & Fixtures>({
  seed: ["demo", { option: true }],

  server: async ({ seed }, use, info) => {
    if (EXTERNAL) return use(null);
    const server = await Standin.start({ seed });
    await use(server);
    await keepLog(server, info);
    await server.stop();
  },

  standin: async ({ server }, use, info) => {
    needsStandin("the switches of the stand-in", info);
    await use(server as Standin);
  },

  target: async ({ server }, use) => {
    await use(server ? { url: server.url, api: server.url, credentials: null } : external());
  },

  baseURL: async ({ target }, use) => use(target.url),

  launch: async ({}, use, info) => {
    const running: Standin[] = [];
    await use(async (options) => {
      const server = await Standin.start(options);
      running.push(server);
      return server;
    });
    for (const server of running) {
      await keepLog(server, info);
      await server.stop();
    }
  },

  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.complaints(), "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],

  // The servers come first, so that they go last: a page whose server is gone complains.
  context: async ({ launch, context, watch }, use) => {
    void launch;
    await watch.follow(context);
    await use(context);
  },

  another: async ({ launch, browser, contextOptions, watch, baseURL, viewport, locale, timezoneId }, use) => {
    void launch;
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport,
        ...(locale ? { locale } : {}),
        ...(timezoneId ? { timezoneId } : {}),
        ...(baseURL ? { baseURL } : {}),
        ...options,
      });
      opened.push(context);
      await watch.follow(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
