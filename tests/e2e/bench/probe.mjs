// What runs inside the measured page: it only looks at roles and at the clock, and treats both pages alike. Each
// function is sent to the page as it stands, so it uses nothing from outside itself.

/** Runs before the page's own scripts: notes the first row, all rows, long tasks and the program's memory. */
export function probe(expectedRows) {
  const bench = { firstRow: 0, allRows: 0, longestTask: 0, memories: [], keys: [], violations: [] };
  globalThis.roostBench = bench;

  // The frame with the change is on the screen when the message after it is handled.
  bench.afterPaint = (then) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(0);
    });

  bench.wasmBytes = () => bench.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  bench.rowCount = () => Number(document.querySelector('[role="table"]')?.getAttribute("aria-rowcount") ?? -1);

  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...parts) => {
      const result = await real.apply(WebAssembly, parts);
      const { exports } = result.instance ?? result;
      bench.memories.push(...Object.values(exports).filter((item) => item instanceof WebAssembly.Memory));
      return result;
    };
  }

  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      if (!bench.loaded) bench.longestTask = Math.max(bench.longestTask, task.duration);
    }
  }).observe({ type: "longtask", buffered: true });
  document.addEventListener("securitypolicyviolation", (event) => bench.violations.push(event.violatedDirective));

  const hasRow = () =>
    [...document.querySelectorAll('[role="table"] [role="cell"]')].some((cell) => cell.textContent.trim() !== "");
  const isLoading = () =>
    [...document.querySelectorAll('[role="status"]')].some((status) => /^\s*Loading/.test(status.textContent));
  // A table's row count may or may not count its header.
  const isComplete = () => [expectedRows, expectedRows + 1].includes(bench.rowCount()) && !isLoading();

  let rowSeen = false;
  const observer = new MutationObserver(() => {
    if (!rowSeen && hasRow()) {
      rowSeen = true;
      bench.afterPaint((time) => (bench.firstRow = time));
    }
    if (rowSeen && isComplete()) {
      observer.disconnect();
      bench.afterPaint((time) => (bench.allRows = time));
    }
  });
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-rowcount"],
  });
}

/** How many columns of the list can be seen. */
export function shownColumns() {
  const heads = document.querySelectorAll('[role="table"] [role="columnheader"]');
  return [...heads].filter((head) => head.checkVisibility()).length;
}

/** What the load took, once it is over; from here on long tasks are no longer its own. */
export function loadResult() {
  const { roostBench: bench } = globalThis;
  bench.loaded = true;
  const { firstRow, allRows, longestTask, violations } = bench;
  const firstPaint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
  return { firstPaint, firstRow, allRows, longestTask, wasmBytes: bench.wasmBytes(), violations };
}

/** The size of the program's memory. */
export function wasmBytes() {
  return globalThis.roostBench.wasmBytes();
}

/** How many rows the table says it has, its head among them on the console. */
export function rowCount() {
  return globalThis.roostBench.rowCount();
}

/** Whether the load is over. */
export function isLoaded() {
  return globalThis.roostBench?.allRows > 0;
}

/** From now on notes the time from each keystroke to the frame that shows another number of rows. */
export function watchKeys() {
  const { roostBench: bench } = globalThis;
  let pressed = 0;
  let before = bench.rowCount();
  addEventListener(
    "keydown",
    (event) => {
      pressed = event.timeStamp;
      before = bench.rowCount();
    },
    { capture: true },
  );
  const table = document.querySelector('[role="table"]');
  new MutationObserver(() => {
    if (!pressed || bench.rowCount() === before) return;
    const start = pressed;
    pressed = 0;
    bench.afterPaint((time) => bench.keys.push(time - start));
  }).observe(table, { attributes: true, attributeFilter: ["aria-rowcount"] });
  document.querySelector('input[type="search"]').focus();
}

/** The times noted so far. */
export function keyTimes() {
  return globalThis.roostBench.keys;
}

/** Scrolls to and fro at `speed` pixels a second and gives the time between frames. */
export async function scrollFrames({ speed, seconds }) {
  const table = document.querySelector('[role="table"]');
  const scrolls = (element) =>
    element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY);
  const around = [];
  for (let element = table; element; element = element.parentElement) around.push(element);
  const scroller = [...table.querySelectorAll('[role="rowgroup"]'), ...around].find(scrolls) ?? document.scrollingElement;
  const range = scroller.scrollHeight - scroller.clientHeight;
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  const start = await frame();
  let last = start;
  while (last - start < seconds * 1000) {
    const time = await frame();
    frames.push(time - last);
    last = time;
    const way = (speed * (time - start)) / 1000;
    scroller.scrollTop = Math.abs(((way + range) % (2 * range)) - range);
  }
  scroller.scrollTop = 0;
  // The first frames still belong to what was before.
  return { range, frames: frames.slice(5) };
}

/** Keeps the processor busy, so that the page's process can be told from the others. */
export function spin(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
