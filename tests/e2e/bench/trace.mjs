// The tasks of the page's thread while something goes on, from Chromium's trace: how long each took by the clock and by the
// processor, and what it was made of.

const CATEGORIES = ["toplevel", "devtools.timeline", "v8", "disabled-by-default-v8.gc"];
/** Events around a task rather than parts of it. */
const WRAPPERS = /RunTask|ThreadPool|TaskGraphRunner|^SequenceManager|^BlinkScheduler|^Receive |^FunctionCall$|^RunMicrotasks$/;

/** Runs `work` and gives the tasks of the renderer's main thread that worked most meanwhile, longest first. */
export async function trace(session, work) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on("Tracing.dataCollected", collect);
  try {
    await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: CATEGORIES } });
    try {
      await work();
    } finally {
      const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
      await session.send("Tracing.end");
      await complete;
    }
  } finally {
    session.off("Tracing.dataCollected", collect);
  }
  return tasksOf(events);
}

function tasksOf(events) {
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const names = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread);
  const whole = events.filter(({ ph }) => ph === "X");
  const busy = new Map(names.map((name) => [name, 0]));
  for (const event of whole) {
    const name = thread(event);
    if (isTask(event) && busy.has(name)) busy.set(name, busy.get(name) + (event.tdur ?? event.dur));
  }
  const [page] = [...busy].reduce((most, one) => (one[1] > most[1] ? one : most), ["", -1]);
  const own = whole.filter((event) => thread(event) === page).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const tasks = own.filter(isTask).map((event) => ({ event, wall: event.dur / 1000, work: (event.tdur ?? event.dur) / 1000 }));
  tasks.sort((a, b) => b.wall - a.wall);
  if (tasks.length === 0) throw new Error("the trace has no task of a page");
  return tasks.slice(0, 20).map(({ event, ...task }) => ({ ...task, parts: partsOf(event, own) }));
}

const isTask = ({ name }) => name === "ThreadControllerImpl::RunTask" || name === "RunTask";

/** The outermost events in a task, summed by name. */
function partsOf(task, events) {
  const sums = new Map();
  let end = 0;
  for (const { name, ts, dur } of events) {
    if (ts < task.ts || ts + dur > task.ts + task.dur || WRAPPERS.test(name) || ts < end) continue;
    end = ts + dur;
    sums.set(name, (sums.get(name) ?? 0) + dur / 1000);
  }
  return [...sums].filter(([, sum]) => sum >= 0.5).sort((a, b) => b[1] - a[1]);
}
