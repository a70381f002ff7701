// Fails a test on what the browser complains about: page errors, violations of the policy, console errors.
import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

const VIOLATION = "policy violated";
const LOAD = "Failed to load resource";

interface Announced {
  address: string | RegExp;
  status: number | "network";
}

/** Listens to every page of the contexts it follows. */
export class Watch {
  private readonly problems: string[] = [];
  private readonly announced: Announced[] = [];
  private readonly foreseen: RegExp[] = [];
  private readonly loads: { text: string; url: string }[] = [];

  /** Announces failing answers: Chromium logs each as an error. `network` = the connection broke. */
  expectFailure(address: string | RegExp, status: number | "network"): void {
    this.announced.push({ address, status });
  }

  /** Announces what the browser itself will say, and may say again until the test is over. */
  expectComplaint(about: RegExp): void {
    this.foreseen.push(about);
  }

  /** Listens to all pages that a context has and will have. */
  async follow(context: BrowserContext): Promise<void> {
    await context.addInitScript((word) => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`${word}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    }, VIOLATION);
    context.on("console", (message) => this.hear(message));
    context.on("weberror", (error) => this.problems.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on("page", (page) => this.followPage(page));
  }

  private followPage(page: Page): void {
    // Nothing of the console opens one: it would be a hostile name that came alive.
    page.on("dialog", (dialog) => {
      if (dialog.type() !== "beforeunload") this.problems.push(`dialog: ${dialog.message()}`);
      void dialog.accept().catch(() => {});
    });
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() !== "error") return;
    const { url } = message.location();
    if (message.text().startsWith(LOAD)) this.loads.push({ text: message.text(), url });
    else this.problems.push(`console: ${message.text()} (${url})`);
  }

  /** Takes out what was said about something: for a test that provokes it. */
  takeComplaintsAbout(about: RegExp): string[] {
    const taken = this.problems.filter((text) => about.test(text));
    this.problems.splice(0, this.problems.length, ...this.problems.filter((text) => !about.test(text)));
    return taken;
  }

  /** What there was to complain about and nobody had announced. */
  complaints(): string[] {
    const unexpected = this.loads.filter(({ text, url }) => !this.announced.some((one) => fits(one, text, url)));
    const problems = this.problems.filter((text) => !this.foreseen.some((about) => about.test(text)));
    return [...problems, ...unexpected.map(({ text, url }) => `console: ${text} (${url})`)];
  }
}

function fits({ address, status }: Announced, text: string, url: string): boolean {
  const path = new URL(url).pathname;
  const where = typeof address === "string" ? path === address : address.test(path);
  return where && text.includes(status === "network" ? "net::ERR_" : `status of ${status}`);
}
