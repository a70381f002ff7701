// Whether the console keeps its size while the list is read again and again, as in a tab that stays open for days:
// `node refreshes.mjs [--count 1000] [--users 10000] [--json FILE]`. Ends with 0 whatever it measures, with 1 if it cannot
// measure.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launch, openPage, run, until } from "./chrome.mjs";
import { startCrowd, wholeNumber } from "./crowd.mjs";
import { memory } from "./measure.mjs";
import { isLoaded, probe, rowCount, wasmBytes } from "./probe.mjs";
import { aligned } from "./report.mjs";
import { restoreSession } from "./sign-in.mjs";

/**
 * The first refreshes fetch a part of the program and find their size; the others must not need more. What Playwright makes
 * the browser keep of answers, up to 200 MB, is full by then, too.
 */
const WARM_UP = 100;
/** Refreshes between two changes that somebody else makes. */
const BATCH = 10;
const SAMPLES = 10;
const LIMIT = 1.1;

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    users: { type: "string", default: "10000" },
    json: { type: "string" },
  },
});

/** Runs in the page: presses Refresh so many times, each time waiting for its end. */
async function refresh(count) {
  const buttons = [...document.querySelectorAll("main button")];
  const button = buttons.find((one) => one.textContent.trim() === "Refresh");
  if (!button) throw new Error("there is no button named Refresh");
  const turns = (busy) =>
    new Promise((done) => {
      const observer = new MutationObserver(look);
      function look() {
        if ((button.getAttribute("aria-busy") === "true") !== busy) return;
        observer.disconnect();
        done();
      }
      observer.observe(button, { attributes: true, attributeFilter: ["aria-busy"] });
      look();
    });
  for (let turn = 0; turn < count; turn++) {
    button.click();
    await turns(true);
    await turns(false);
  }
}

/** What is looked at: everything that would grow if something were kept. */
const SIZES = [
  ["JS memory", "jsBytes"],
  ["wasm memory", "wasmBytes"],
  ["PSS of the renderer", "pssBytes"],
  ["elements and texts", "nodes"],
  ["listeners", "listeners"],
];

async function sample(system, session, refreshes) {
  // What is waiting to be collected is nobody's.
  const sizes = await memory(system, session);
  const { nodes, jsEventListeners: listeners } = await session.send("Memory.getDOMCounters");
  return { refreshes, ...sizes, wasmBytes: await run(session, wasmBytes), nodes, listeners };
}

async function measure({ browser, system }, crowd, count) {
  const { page, session, failures, close } = await openPage(browser);
  try {
    await page.addInitScript(restoreSession, crowd.session);
    await page.addInitScript(probe, crowd.rows);
    await page.goto(new URL("users", crowd.address).href, { waitUntil: "commit" });
    await until(session, isLoaded, "the list", failures);
    const changed = (await crowd.api("users")).find(({ role, is_service_user: service }) => role === "user" && !service);
    const samples = [];
    const step = Math.max(BATCH, Math.floor(count / SAMPLES / BATCH) * BATCH);
    for (let done = 0; done < count; ) {
      const batch = Math.min(BATCH, count - done);
      await run(session, refresh, batch);
      done += batch;
      // Somebody else changes somebody, so that there is something to find and to mark.
      const role = (done / BATCH) % 2 === 0 ? "user" : "auditor";
      const body = { role, auto_groups: changed.auto_groups, is_blocked: false };
      await crowd.api(`users/${encodeURIComponent(changed.id)}`, { method: "PUT", body: JSON.stringify(body) });
      if (done === WARM_UP || (done > WARM_UP && done % step === 0) || done === count) {
        samples.push(await sample(system, session, done));
        process.stderr.write(`${done} of ${count} refreshes\n`);
      }
      if (failures.length) throw new Error(failures[0]);
    }
    const rows = (await run(session, rowCount)) - 1;
    if (rows !== crowd.rows) throw new Error(`${rows} rows are left of ${crowd.rows}`);
    return samples;
  } finally {
    await close();
  }
}

function table(samples, users) {
  const [first, ...later] = samples;
  const write = (key, value) => (value === null ? "–" : key.endsWith("Bytes") ? `${(value / 1e6).toFixed(1)} MB` : String(value));
  const lines = SIZES.map(([name, key]) => {
    const most = later.some((one) => one[key] === null) ? null : Math.max(...later.map((one) => one[key]));
    const ratio = most === null || !first[key] ? null : most / first[key];
    const verdict = ratio === null ? "unknown" : ratio <= LIMIT ? "met" : "NOT MET";
    return [
      name,
      write(key, first[key]),
      write(key, most),
      write(key, samples.at(-1)[key]),
      ratio === null ? "–" : ratio.toFixed(2),
      `≤ ${LIMIT} × the first: ${verdict}`,
    ];
  });
  const title = `${samples.at(-1).refreshes} refreshes, ${users.toLocaleString("en")} users`;
  return aligned([[title, `after ${first.refreshes}`, "most after it", "at the end", "most ÷ first", "goal"], ...lines]);
}

try {
  const [count, users] = [wholeNumber(options.count, "count"), wholeNumber(options.users, "users")];
  if (count <= WARM_UP) throw new Error(`--count is more than the ${WARM_UP} that are not looked at`);
  const chromium = await launch();
  let samples;
  try {
    const crowd = await startCrowd(chromium, users);
    try {
      samples = await measure(chromium, crowd, count);
    } finally {
      await crowd.stop();
    }
  } finally {
    await chromium.browser.close();
  }
  console.log(`\n${table(samples, users)}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(samples, null, 2)}\n`);
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
