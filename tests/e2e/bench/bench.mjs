// Measures the list of users of the built console against a bare page (README.md): `node bench.mjs [--runs 5]
// [--sizes 100,10000,100000] [--columns usual|all] [--json FILE] [--store]`. Ends with 0 whatever it measures, with 1 if it
// cannot measure.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { lastBaseline, storeBaseline } from "./baseline.mjs";
import { launch } from "./chrome.mjs";
import { startCrowd, wholeNumber } from "./crowd.mjs";
import { SLOW, visit } from "./measure.mjs";
import { figures, slowFigures, table } from "./report.mjs";

const SIZES = "100,10000,100000";
/** Scrolling takes most of a visit's time and varies least. */
const SCROLLED_VISITS = 3;
const SLOW_USERS = 100;
/** Every column of the list, as the console keeps a choice of them in the browser; null = as many as have room. */
const COLUMNS = { usual: null, all: "role,groups,devices,last_login,email,provider,issued,id" };

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    sizes: { type: "string", default: SIZES },
    columns: { type: "string", default: "usual" },
    json: { type: "string" },
    store: { type: "boolean", default: false },
  },
});

/** Everything about one number of users: a table for the list, and for few users one for a slow network. */
async function measure(chromium, users, runs, columns) {
  const crowd = await startCrowd(chromium, users);
  const common = { session: crowd.session, rows: crowd.rows, word: crowd.word };
  const pages = {
    console: { ...common, columns: COLUMNS[columns], url: new URL("users", crowd.address).href },
    yardstick: { ...common, url: new URL("yardstick/index.html", crowd.address).href },
  };
  // In turns, so that what disturbs the machine disturbs both.
  const inTurns = async (what, conditions) => {
    const visits = { console: [], yardstick: [] };
    for (let run = 1; run <= runs; run++) {
      for (const [name, page] of Object.entries(pages)) {
        process.stderr.write(`${what}, visit ${run} of ${runs}: ${name}\n`);
        visits[name].push(await visit(chromium, { ...page, ...conditions(run) }));
      }
    }
    return visits;
  };
  try {
    for (const page of Object.values(pages)) await visit(chromium, { ...page, loadOnly: true });
    const note = columns === "usual" ? "" : `, ${columns} columns`;
    const title = `${users.toLocaleString("en")} users${note}`;
    const visits = await inTurns(title, (run) => ({ scrolls: run <= SCROLLED_VISITS }));
    const tables = [{ title, visits, figures: figures(users, visits.console, visits.yardstick) }];
    if (users === SLOW_USERS) {
      const slowTitle = `${title}, slow 4G, ${SLOW.slowdown}× CPU`;
      const slow = await inTurns(slowTitle, () => ({ loadOnly: true, slow: true }));
      tables.push({ title: slowTitle, visits: slow, figures: slowFigures(slow.console, slow.yardstick) });
    }
    return tables;
  } finally {
    await crowd.stop();
  }
}

try {
  const runs = wholeNumber(options.runs, "runs");
  const sizes = options.sizes.split(",").map((size) => wholeNumber(size, "sizes"));
  if (options.store && options.sizes !== SIZES) throw new Error("a baseline has all sizes: --store goes without --sizes");
  if (!Object.hasOwn(COLUMNS, options.columns)) throw new Error(`--columns takes usual or all, not ${options.columns}`);
  if (options.store && options.columns !== "usual") throw new Error("a baseline has the usual columns");
  const last = await lastBaseline();
  const chromium = await launch();
  const report = [];
  let version;
  try {
    version = chromium.browser.version();
    for (const users of sizes) {
      for (const one of await measure(chromium, users, runs, options.columns)) {
        report.push(one);
        console.log(`\n${table(one, last)}`);
      }
    }
  } finally {
    await chromium.browser.close();
  }
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.store) console.log(`\nStored: ${await storeBaseline(report, runs, version)}`);
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
