// One visit to one page: load, memory, keystrokes, scrolling; or only the load, over a slow network.
import { openPage, pssOf, rendererOf, run, until } from "./chrome.mjs";
import { isLoaded, keyTimes, loadResult, probe, scrollFrames, shownColumns, spin, watchKeys } from "./probe.mjs";
import { restoreSession } from "./sign-in.mjs";

/** Pixels a second, as a reader's wheel and as a dragged scroll bar. */
export const SPEEDS = [3000, 30000];
/** How much slower than this machine's the processor is made. */
export const SLOWDOWNS = [1, 4];

/**
 * A phone's slow network and processor: 150 ms from request to answer, 1.6 Mbit/s down and 0.75 up, four times slower
 * than this machine. The connections to this machine cost nothing, so that what is counted is requests and bytes.
 */
export const SLOW = { latency: 150, down: 1.6e6 / 8, up: 0.75e6 / 8, slowdown: 4 };

const SCROLL_SECONDS = 2;
/** Name, status and the menu cannot be left out. */
const ALWAYS_SHOWN = 3;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Visits `url`. Times are milliseconds from the navigation, memory is in bytes; `frames`, where the visit `scrolls`, maps
 * `speed@slowdown` to the 95th percentile of the time between frames. `slow` visits by a slow network, and count
 * what was downloaded of the page itself. With `columns`, a list of names, the list has those and no others.
 */
export async function visit(
  { browser, system },
  { url, session: stored, rows, word, columns = null, loadOnly = false, scrolls = true, slow = false },
) {
  const { page, session, failures, close } = await openPage(browser);
  try {
    const downloaded = slow ? await slowDown(session) : null;
    await page.addInitScript(restoreSession, stored);
    if (columns !== null) await page.addInitScript(chooseColumns, columns);
    await page.addInitScript(probe, rows);
    await page.goto(url, { waitUntil: "commit" });
    await until(session, isLoaded, `${url} with all rows`, failures);
    // What goes on behind the last row, a sort for instance, belongs to the load.
    await pause(500);
    if (columns !== null) await expectColumns(session, columns.split(",").length + ALWAYS_SHOWN);
    const { violations, ...loaded } = await run(session, loadResult);
    const result = { ...loaded, ...(downloaded ? { bytes: downloaded() } : {}) };
    if (!loadOnly) {
      Object.assign(result, await memory(system, session));
      result.keystroke = await keystrokes(page, session, word);
      if (scrolls) result.frames = await scrolling(session);
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

/** Slows network and processor down; gives how many bytes the page itself took until now, answers of the API left out. */
async function slowDown(session) {
  const urls = new Map();
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, new URL(request.url)));
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (!urls.get(requestId)?.pathname.startsWith("/api/")) bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: SLOW.latency,
    downloadThroughput: SLOW.down,
    uploadThroughput: SLOW.up,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.slowdown });
  return () => bytes;
}

/** What the page holds after a garbage collection, and the size of its process. */
export async function memory(system, session) {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.send("HeapProfiler.disable");
  const pid = await rendererOf(system, () => run(session, spin, 200));
  return { jsBytes: usedSize, pssBytes: await pssOf(pid) };
}

/** The median over the letters of `word`. */
export async function keystrokes(page, session, word) {
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

/** The middle value of those there are; null if one could not be measured. What a visit left out is `undefined`. */
export function median(values) {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.includes(null)) return null;
  return percentile(known, 0.5);
}

function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
