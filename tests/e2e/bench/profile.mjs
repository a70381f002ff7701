// Where the processor's time goes while the list loads, by crate and by function: `node profile.mjs [--users 100000]
// [--lines 30] [--keys]`; `--keys` looks at typing into the search instead. DIST has to be a bundle with names, which
// scripts/bench builds. Ends with 1 if it cannot measure.
import { parseArgs } from "node:util";
import { crateOf, grouped, shortName } from "../../../scripts/mangled.mjs";
import { launch, openPage, run, until } from "./chrome.mjs";
import { startCrowd, wholeNumber } from "./crowd.mjs";
import { keystrokes } from "./measure.mjs";
import { isLoaded, probe } from "./probe.mjs";
import { restoreSession } from "./sign-in.mjs";

/** Between two looks at the stack, in microseconds. */
const INTERVAL = 100;

const { values: options } = parseArgs({
  options: {
    users: { type: "string", default: "100000" },
    lines: { type: "string", default: "30" },
    keys: { type: "boolean", default: false },
  },
});

async function measure({ browser }, crowd, keys) {
  const { page, session, failures, close } = await openPage(browser);
  const profiled = async (work) => {
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: INTERVAL });
    await session.send("Profiler.start");
    await work();
    return (await session.send("Profiler.stop")).profile;
  };
  const load = async () => {
    await page.goto(new URL("users", crowd.address).href, { waitUntil: "commit" });
    await until(session, isLoaded, "the list", failures);
  };
  try {
    await page.addInitScript(restoreSession, crowd.session);
    await page.addInitScript(probe, crowd.rows);
    if (!keys) return await profiled(load);
    await load();
    return await profiled(() => keystrokes(page, session, crowd.word));
  } finally {
    await close();
  }
}

/** Milliseconds in which each function itself was on top of the stack. */
function own({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  return samples.map((id, at) => ({ frame: frames.get(id), time: (timeDeltas[at + 1] ?? 0) / 1000 }));
}

const OUTSIDE = new Set(["(idle)", "(program)", "(root)"]);

function print(profile, lines) {
  const all = own(profile).filter(({ frame }) => !OUTSIDE.has(frame.functionName));
  const sum = (list) => list.reduce((total, { time }) => total + time, 0);
  const crate = ({ frame: { functionName: name, url } }) => {
    if (name === "(garbage collector)") return "garbage collection";
    return name.startsWith("_R") ? crateOf(name) : url.includes(".wasm") || name.startsWith("wasm") ? "wasm, no crate" : "scripts and the browser";
  };
  for (const [title, key] of [
    ["crate", crate],
    ["function", ({ frame }) => shortName(frame.functionName || "no name")],
  ]) {
    console.log(`\n${title.padEnd(70)}${"ms".padStart(9)}${"%".padStart(7)}`);
    const groups = [...grouped(all, key)].map(([name, list]) => [name, sum(list)]);
    for (const [name, time] of groups.sort((a, b) => b[1] - a[1]).slice(0, lines)) {
      console.log(`${name.slice(0, 68).padEnd(70)}${time.toFixed(1).padStart(9)}${((100 * time) / sum(all)).toFixed(1).padStart(7)}`);
    }
  }
  console.log(`\n${"all".padEnd(70)}${sum(all).toFixed(1).padStart(9)}`);
}

try {
  const [users, lines] = [wholeNumber(options.users, "users"), wholeNumber(options.lines, "lines")];
  const chromium = await launch();
  try {
    const crowd = await startCrowd(chromium, users);
    try {
      print(await measure(chromium, crowd, options.keys), lines);
    } finally {
      await crowd.stop();
    }
  } finally {
    await chromium.browser.close();
  }
} catch (error) {
  console.error(`The bench cannot measure: ${error.message}`);
  process.exitCode = 1;
}
