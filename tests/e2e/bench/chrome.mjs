// Chromium as the bench drives it: a page whose functions run past its content security policy, and its process.
import { readFile } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { args, executablePath } from "../chromium.mjs";

/** Starts Chromium with the flags of the end-to-end tests, and `more`. */
export async function launch(more = []) {
  const browser = await chromium.launch({ executablePath, args: [...args, ...more] });
  return { browser, system: await browser.newBrowserCDPSession() };
}

/** A page in a context of its own: cold cache, no storage, a process nobody else uses. */
export async function openPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  const failures = [];
  page.on("pageerror", (error) => failures.push(error.message));
  page.on("crash", () => failures.push("the page crashed"));
  const session = await context.newCDPSession(page);
  return { page, session, failures, close: () => context.close() };
}

/** Runs a function in the page without `eval`, which Trusted Types would refuse. */
export async function run(session, action, argument) {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `(${action})(${JSON.stringify(argument) ?? ""})`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Waits until a function in the page answers true. */
export async function until(session, action, what, failures, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (!(await run(session, action))) {
    if (failures.length) throw new Error(`${what}: ${failures[0]}`);
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The page's own renderer: the process that works while the page is told to. There may be others, blank ones. */
export async function rendererOf(system, work) {
  const renderers = async () => {
    const { processInfo } = await system.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await renderers();
  await work();
  const worked = [...(await renderers())].map(([id, time]) => [id, time - (before.get(id) ?? time)]);
  const [pid] = worked.reduce((most, one) => (one[1] > most[1] ? one : most), [null, 0]);
  return pid;
}

/** Proportional set size of a process in bytes; null where the system does not tell. */
export async function pssOf(pid) {
  try {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)[1]) * 1024;
  } catch {
    return null;
  }
}
