// One visit to one page: load, memory, keystrokes, scrolling.
import { openPage, pssOf, rendererOf, run, until } from "./chrome.mjs";
import { isLoaded, keyTimes, loadResult, probe, scrollFrames, shownColumns, spin, watchKeys } from "./probe.mjs";
import { restoreSession } from "./sign-in.mjs";

/** Pixels a second, as a reader's wheel and as a dragged scroll bar. */
export const SPEEDS = [3000, 30000];
/** How much slower than this machine's the processor is made. */
export const SLOWDOWNS = [1, 4];

const SCROLL_SECONDS = 2;
/** Name, status and the menu cannot be left out. */
const ALWAYS_SHOWN = 3;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Visits `url`. Times are milliseconds from the navigation, memory is in bytes; `frames` maps `speed@slowdown` to the
 * 95th percentile of the time between frames. With `columns`, a list of names, the list has those and no others.
 */
export async function visit({ browser, system }, { url, session: stored, rows, word, columns = null, loadOnly = false }) {
  const { page, session, failures, close } = await openPage(browser);
  try {
    await page.addInitScript(restoreSession, stored);
    if (columns !== null) await page.addInitScript(chooseColumns, columns);
    await page.addInitScript(probe, rows);
    await page.goto(url, { waitUntil: "commit" });
    await until(session, isLoaded, `${url} with all rows`, failures);
    // What goes on behind the last row, a sort for instance, belongs to the load.
    await pause(500);
    if (columns !== null) await expectColumns(session, columns.split(",").length + ALWAYS_SHOWN);
    const { firstRow, allRows, longestTask, wasmBytes, violations } = await run(session, loadResult);
    const result = { firstRow, allRows, longestTask, wasmBytes };
    if (!loadOnly) {
      Object.assign(result, await memory(system, session));
      result.keystroke = await keystrokes(page, session, word);
      result.frames = await scrolling(session);
    }
    if (violations.length) failures.push(`content security policy: ${violations[0]}`);
    if (failures.length) throw new Error(`${url}: ${failures[0]}`);
    return result;
  } finally {
    await close();
  }
}

/** Runs in the page before its own scripts. */
function chooseColumns(columns) {
  localStorage.setItem("roost.columns", columns);
}

/** A choice that the console did not take would measure something else. */
async function expectColumns(session, count) {
  const shown = await run(session, shownColumns);
  if (shown !== count) throw new Error(`the list shows ${shown} columns instead of ${count}`);
}

async function memory(system, session) {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.send("HeapProfiler.disable");
  const pid = await rendererOf(system, () => run(session, spin, 200));
  return { jsBytes: usedSize, pssBytes: await pssOf(pid) };
}

/** The median over the letters of `word`. */
async function keystrokes(page, session, word) {
  await run(session, watchKeys);
  for (const [index, letter] of [...word].entries()) {
    await page.keyboard.press(letter);
    for (let wait = 0; (await run(session, keyTimes)).length <= index; wait++) {
      if (wait === 100) throw new Error(`typing "${letter}" of "${word}" changed no number of rows`);
      await pause(20);
    }
    // The next key comes to a page at rest, as from a person.
    await pause(80);
  }
  const times = await run(session, keyTimes);
  for (const _ of word) await page.keyboard.press("Backspace");
  await pause(300);
  return median(times);
}

async function scrolling(session) {
  const frames = {};
  for (const slowdown of SLOWDOWNS) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    for (const speed of SPEEDS) {
      await pause(300);
      const { range, frames: times } = await run(session, scrollFrames, { speed, seconds: SCROLL_SECONDS });
      if (range <= 0) throw new Error("there is nothing to scroll");
      frames[`${speed}@${slowdown}`] = percentile(times, 0.95);
    }
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return frames;
}

/** The middle value; null if one is missing. */
export function median(values) {
  if (values.some((value) => value === null || value === undefined)) return null;
  return percentile(values, 0.5);
}

function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
