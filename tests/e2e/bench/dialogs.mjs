// Measures how long each dialog of the built console takes from the click to the frame that shows it, with its part of
// the program already there: `node dialogs.mjs [--runs 7] [--json FILE]`. Ends with 0 whatever it measures, with 1 if it
// cannot measure.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launch, openPage, run } from "./chrome.mjs";
import { wholeNumber } from "./crowd.mjs";
import { median } from "./measure.mjs";
import { aligned } from "./report.mjs";
import { startServer } from "./server.mjs";
import { restoreSession, signIn } from "./sign-in.mjs";

const GOAL_MS = 50;

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "7" }, json: { type: "string" } } });

const button = (name, within) => (page) => (within ? page.getByRole(within) : page).getByRole("button", { name }).first();
const rowMenu = (name) => (page) => page.getByRole("button", { name: `Actions for ${name}` }).first();
const escape = (page) => page.keyboard.press("Escape");

/** What opens each, what has to be so before, and how it is closed again. */
const DIALOGS = [
  { name: "columns", at: "users", open: button("Columns") },
  { name: "filter", at: "users", open: button("Role", "main") },
  { name: "row menu", at: "users?q=adam.okafor", open: rowMenu("Adam Okafor") },
  {
    name: "delete user",
    at: "users?q=adam.okafor",
    before: (page) => rowMenu("Adam Okafor")(page).click(),
    open: (page) => page.getByRole("menuitem", { name: "Delete user…" }),
  },
  { name: "invite or new user", at: "users", open: button("Invite user", "main") },
  { name: "new service user", at: "service-users", open: button("New service user", "main") },
  { name: "new token", at: "service", open: button("New token…") },
  {
    name: "secret",
    at: "service",
    before: async (page) => {
      await button("New token…")(page).click();
      await page.getByRole("dialog").getByLabel("Name").fill("bench");
    },
    open: button("Create token", "dialog"),
    // What the server takes is not the dialog's.
    fromAnswer: true,
    close: (page) => page.getByRole("button", { name: /I have saved it/ }).click(),
  },
  { name: "ownership, first step", at: "person", open: button("Transfer ownership…") },
  { name: "reject, or block instead", at: "approvals", open: button("Reject user…", "main") },
  {
    name: "review of settings",
    at: "settings/clients",
    ready: (page) => page.getByRole("switch", { name: "Metrics from clients" }).check(),
    open: button("Review changes"),
  },
  { name: "delete account", at: "settings/danger", open: button("Delete account…") },
];

/** Runs in the page: notes the time from the next click to the frame that shows what it opens. */
function watchOpening(fromAnswer) {
  const shown = 'dialog[open], [role="dialog"]:popover-open, [role="menu"]:popover-open';
  // What is open already is not what is waited for.
  const known = new Set(document.querySelectorAll(shown));
  let start = 0;
  globalThis.roostOpened = null;
  addEventListener("click", (event) => (start ||= event.timeStamp), { capture: true, once: true });
  const look = () => {
    if (![...document.querySelectorAll(shown)].some((one) => !known.has(one))) return;
    observer.disconnect();
    const answer = performance.getEntriesByType("resource").at(-1)?.responseEnd ?? 0;
    const from = fromAnswer ? Math.max(start, answer) : start;
    // The frame with it is on the screen when the message after it is handled.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (globalThis.roostOpened = performance.now() - from);
      channel.port2.postMessage(0);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["open", "popover"] });
  // A popover that opens changes nothing in the document.
  document.addEventListener("toggle", look, { capture: true });
}

function openedAfter() {
  return globalThis.roostOpened;
}

function isClosed() {
  return !document.querySelector("dialog[open], :popover-open:is([role=dialog], [role=menu])");
}

async function until(session, action, what) {
  for (let wait = 0; wait < 500; wait++) {
    const answer = await run(session, action);
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(what);
}

/** The work of the page's thread so far, in milliseconds of the processor. */
async function worked(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

async function measure(chromium, address, stored, addresses, dialog, runs) {
  const { page, session, failures, close } = await openPage(chromium.browser);
  try {
    await page.addInitScript(restoreSession, stored);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(new URL(addresses[dialog.at] ?? dialog.at, address).href);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await dialog.ready?.(page);
    const visits = [];
    // The first time fetches its part of the program.
    for (let visit = 0; visit <= runs; visit++) {
      await dialog.before?.(page);
      const opener = dialog.open(page);
      await opener.waitFor();
      // The page is at rest, as for a person.
      await new Promise((done) => setTimeout(done, 300));
      await run(session, watchOpening, dialog.fromAnswer ?? false);
      const before = await worked(session);
      await opener.click();
      const time = await until(session, openedAfter, `${dialog.name} does not open`);
      const work = (await worked(session)) - before;
      if (visit > 0) visits.push({ time, work });
      await (dialog.close ?? escape)(page);
      // A menu may be left open beneath.
      await until(session, isClosed, `${dialog.name} does not close`);
    }
    if (failures.length) throw new Error(`${dialog.name}: ${failures[0]}`);
    return visits;
  } finally {
    await close();
  }
}

/** Addresses with ids in them. */
async function addressesOf(address, stored) {
  const { authorization } = JSON.parse(stored["roost.session"]);
  const response = await fetch(new URL("api/users", address), { headers: { Authorization: authorization } });
  const users = await response.json();
  const of = (fits) => `users/${encodeURIComponent(users.find(fits).id)}`;
  return {
    service: of((user) => user.is_service_user),
    person: of((user) => user.email === "ada.okafor@example.com"),
  };
}

function table(report) {
  const ms = (value) => `${value.toFixed(1)} ms`;
  const lines = report.map(({ name, visits }) => {
    const time = median(visits.map((visit) => visit.time));
    return [
      name,
      ms(time),
      ms(Math.max(...visits.map((visit) => visit.time))),
      ms(median(visits.map((visit) => visit.work))),
      time <= GOAL_MS ? "met" : "NOT MET",
    ];
  });
  return aligned([["dialog", "click to paint", "slowest", "work until then", `goal: ≤ ${GOAL_MS} ms`], ...lines]);
}

try {
  const runs = wholeNumber(options.runs, "runs");
  const chromium = await launch();
  const server = await startServer("demo");
  const report = [];
  try {
    const tab = await openPage(chromium.browser);
    const stored = await signIn(tab, server.address);
    await tab.close();
    const addresses = await addressesOf(server.address, stored);
    for (const dialog of DIALOGS) {
      process.stderr.write(`${dialog.name}\n`);
      const visits = await measure(chromium, server.address, stored, addresses, dialog, runs);
      report.push({ name: dialog.name, visits });
    }
  } finally {
    await chromium.browser.close();
    await server.stop();
  }
  console.log(`\n${table(report)}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
