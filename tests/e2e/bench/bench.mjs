// Measures the list of users of the built console against a bare page (README.md): `node bench.mjs [--runs 5]
// [--sizes 100,10000,100000] [--columns usual|all] [--json FILE]`. Ends with 0 whatever it measures, with 1 if it cannot
// measure.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launch, openPage } from "./chrome.mjs";
import { visit } from "./measure.mjs";
import { narrowingWord } from "./query.mjs";
import { figures, table } from "./report.mjs";
import { startServer } from "./server.mjs";
import { signIn } from "./sign-in.mjs";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    sizes: { type: "string", default: "100,10000,100000" },
    json: { type: "string" },
    columns: { type: "string", default: "usual" },
  },
});

const wholeNumber = (text, name) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes whole numbers, not ${text}`);
  return Number(text);
};

/** Every column of the list, as the console keeps a choice of them in the browser; null = as many as have room. */
const COLUMNS = { usual: null, all: "role,groups,devices,last_login,email,provider,issued,id" };

/** Everything about one number of users. */
async function measure(chromium, users, runs, columns) {
  const server = await startServer(`users=${users}`);
  try {
    const stored = await session(chromium, server.address);
    const list = await people(server.address, stored);
    const common = { session: stored, rows: list.rows, word: list.word };
    const pages = {
      console: { ...common, columns, url: new URL("users", server.address).href },
      yardstick: { ...common, url: new URL("yardstick/index.html", server.address).href },
    };
    const visits = { console: [], yardstick: [] };
    for (const page of Object.values(pages)) await visit(chromium, { ...page, loadOnly: true });
    for (let run = 1; run <= runs; run++) {
      // In turns, so that what disturbs the machine disturbs both.
      for (const [name, page] of Object.entries(pages)) {
        process.stderr.write(`${users} users, visit ${run} of ${runs}: ${name}\n`);
        visits[name].push(await visit(chromium, page));
      }
    }
    return visits;
  } finally {
    await server.stop();
  }
}

async function session({ browser }, address) {
  const tab = await openPage(browser);
  try {
    return await signIn(tab, address);
  } finally {
    await tab.close();
  }
}

/** How many rows the page must show, and what to type into its search. */
async function people(address, stored) {
  const { authorization } = JSON.parse(stored["roost.session"]);
  const get = async (path) => {
    const response = await fetch(new URL(path, address), { headers: { Authorization: authorization } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  const persons = (await get("api/users")).filter((user) => !user.is_service_user);
  const groupNames = new Map((await get("api/groups")).map(({ id, name }) => [id, name]));
  const word = narrowingWord(persons, groupNames);
  if (!word) throw new Error("no name narrows the list letter by letter");
  return { rows: persons.length, word };
}

try {
  const runs = wholeNumber(options.runs, "runs");
  const columns = COLUMNS[options.columns];
  if (columns === undefined) throw new Error(`--columns takes ${Object.keys(COLUMNS).join(" or ")}, not ${options.columns}`);
  const sizes = options.sizes.split(",").map((size) => wholeNumber(size, "sizes"));
  const chromium = await launch();
  const report = [];
  try {
    for (const users of sizes) {
      const visits = await measure(chromium, users, runs, columns);
      const entries = figures(users, visits.console, visits.yardstick);
      report.push({ users, runs, columns: options.columns, figures: entries.map(({ write, ...figure }) => figure), visits });
      console.log(`\n${table(users, entries, columns && "all columns")}`);
    }
  } finally {
    await chromium.browser.close();
  }
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
