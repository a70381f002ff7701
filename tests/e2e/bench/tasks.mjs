// The longest task of the page's thread while a reader loads, searches, filters, sorts and scrolls a list of 100,000:
// `node tasks.mjs [--runs 3] [--users 100000] [--slowdown 1] [--parts] [--json FILE]`; `--parts` says what the longest
// consists of. Ends with 0 whatever it measures, with 1 if it cannot measure.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launch, openPage, run, until } from "./chrome.mjs";
import { startCrowd, wholeNumber } from "./crowd.mjs";
import { median } from "./measure.mjs";
import { isLoaded, probe, rowCount } from "./probe.mjs";
import { aligned } from "./report.mjs";
import { restoreSession } from "./sign-in.mjs";
import { trace } from "./trace.mjs";

const GOAL_MS = 50;
/** So long the page has to be at rest for an action to be over. */
const REST_MS = 600;

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    users: { type: "string", default: "100000" },
    slowdown: { type: "string", default: "1" },
    parts: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

const sort = (name) => (page) => page.getByRole("columnheader", { name }).getByRole("button").click();
const search = (text) => (page) => page.getByRole("searchbox").pressSequentially(text, { delay: 60 });
const choose = (filter, value) => async (page) => {
  await page.getByRole("main").getByRole("button", { name: filter }).first().click();
  await page.getByRole("dialog", { name: filter }).getByRole("checkbox", { name: value }).check();
  await page.keyboard.press("Escape");
};

/** What a reader does, in this order, on one page. */
const actions = (word) => [
  { name: "sort by status", act: sort("Status") },
  { name: "sort by role", act: sort("Role") },
  { name: "sort by groups", act: sort("Auto groups") },
  { name: "sort by last login", act: sort("Last login") },
  { name: "sort by name", act: sort("Name") },
  { name: "sort by name, from the end", act: sort("Name") },
  { name: `search for "${word}"`, act: search(word) },
  { name: "search for nothing", act: (page) => page.getByRole("searchbox").fill("") },
  { name: "filter by role", act: choose("Role", "Auditor") },
  { name: "filter by nothing", act: (page) => page.getByRole("button", { name: /^Remove .*role/i }).click() },
  { name: "to the last row and back", act: (page) => page.keyboard.press("End").then(() => page.keyboard.press("Home")) },
  { name: "refresh", act: (page) => page.getByRole("main").getByRole("button", { name: "Refresh" }).click(), settled: isIdle },
];

/** Runs in the page: whether no refresh is under way. */
function isIdle() {
  return document.querySelector('main button[aria-busy="true"]') === null;
}

/** Waits until the page's thread has done nothing worth a frame for a while. */
async function rest(session) {
  let before = -1;
  for (let quiet = 0; quiet < REST_MS; ) {
    await new Promise((done) => setTimeout(done, 100));
    const { metrics } = await session.send("Performance.getMetrics");
    const now = metrics.find(({ name }) => name === "TaskDuration").value * 1000;
    quiet = now - before < 10 ? quiet + 100 : 0;
    before = now;
  }
}

async function visit({ browser }, crowd, slowdown) {
  const { page, session, failures, close } = await openPage(browser);
  const results = [];
  try {
    await page.addInitScript(restoreSession, crowd.session);
    await page.addInitScript(probe, crowd.rows);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const measured = async ({ name, act, settled }) => {
      const tasks = await trace(session, async () => {
        await act(page);
        if (settled) await until(session, settled, name, failures);
        await rest(session);
      });
      if (failures.length) throw new Error(`${name}: ${failures[0]}`);
      results.push({ name, ...tasks[0] });
    };
    const address = new URL("users", crowd.address).href;
    await measured({ name: "load", act: () => page.goto(address, { waitUntil: "commit" }), settled: isLoaded });
    for (const action of actions(crowd.word)) await measured(action);
    const rows = (await run(session, rowCount)) - 1;
    if (rows !== crowd.rows) throw new Error(`${rows} rows are shown of ${crowd.rows}: something is still filtered`);
    return results;
  } finally {
    await close();
  }
}

function table(visits, users, slowdown) {
  const ms = (value) => `${value.toFixed(1)} ms`;
  const lines = visits[0].map(({ name }, at) => {
    const all = visits.map((visit) => visit[at]);
    const longest = median(all.map(({ wall }) => wall));
    return [
      name,
      ms(longest),
      ms(Math.max(...all.map(({ wall }) => wall))),
      ms(median(all.map(({ work }) => work))),
      `≤ ${GOAL_MS} ms: ${longest <= GOAL_MS ? "met" : "NOT MET"}`,
    ];
  });
  const title = `${users.toLocaleString("en")} users${slowdown === 1 ? "" : `, ${slowdown}× CPU`}`;
  return aligned([[title, "longest task", "worst visit", "its work", "goal"], ...lines]);
}

/** What the longest task of each action was made of, in the visit in which it was longest. */
function parts(visits) {
  return visits[0].flatMap(({ name }, at) => {
    const longest = visits.map((visit) => visit[at]).reduce((most, one) => (one.wall > most.wall ? one : most));
    const made = longest.parts.map(([part, value]) => `${part} ${value.toFixed(1)}`).join(", ");
    return [`${name}: ${longest.wall.toFixed(1)} ms, of which ${made}`];
  });
}

try {
  const [runs, users] = [wholeNumber(options.runs, "runs"), wholeNumber(options.users, "users")];
  const slowdown = wholeNumber(options.slowdown, "slowdown");
  const chromium = await launch();
  const visits = [];
  try {
    const crowd = await startCrowd(chromium, users);
    try {
      for (let run = 1; run <= runs; run++) {
        process.stderr.write(`visit ${run} of ${runs}\n`);
        visits.push(await visit(chromium, crowd, slowdown));
      }
    } finally {
      await crowd.stop();
    }
  } finally {
    await chromium.browser.close();
  }
  console.log(`\n${table(visits, users, slowdown)}`);
  console.log("select all: no page of the console selects rows yet; the set of all rows is what a search for nothing gives");
  if (options.parts) console.log(`\n${parts(visits).join("\n")}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(visits, null, 2)}\n`);
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
