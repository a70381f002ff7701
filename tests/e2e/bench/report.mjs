// The figures as people read them, each beside the yardstick's and, where there is one, beside its goal.
import { median, SLOWDOWNS, SPEEDS } from "./measure.mjs";

const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const mb = (value) => `${(value / 1e6).toFixed(1)} MB`;
// The browser only reports tasks from 50 ms on.
const task = (value) => (value === 0 ? "< 50 ms" : ms(value));

const atMost = (limit, unit) => ({ text: `≤ ${limit} ${unit}`, met: (value) => value <= limit });
const timesYardstick = (limit) => ({ text: `≤ ${limit} × yardstick`, met: (_, ratio) => ratio <= limit });

/** Everything that is printed: how to read it from a visit, how to write it, and the goal by number of users. */
const FIGURES = [
  { name: "first row", of: (visit) => visit.firstRow, write: ms, goals: { 10000: timesYardstick(2), 100000: timesYardstick(0.7) } },
  { name: "all rows", of: (visit) => visit.allRows, write: ms, goals: { 100000: timesYardstick(1.7) } },
  { name: "longest task while loading", of: (visit) => visit.longestTask, write: task, goals: { 100000: atMost(50, "ms") } },
  { name: "keystroke to paint", of: (visit) => visit.keystroke, write: ms, goals: { 10000: atMost(25, "ms"), 100000: atMost(25, "ms") } },
  ...SLOWDOWNS.flatMap((slowdown) =>
    SPEEDS.map((speed) => {
      const goal = speed === 3000 && slowdown === 4 ? atMost(17, "ms") : undefined;
      return {
        name: `frame p95, ${speed.toLocaleString("en")} px/s, ${slowdown}× CPU`,
        of: (visit) => visit.frames[`${speed}@${slowdown}`],
        write: ms,
        goals: { 100: goal, 10000: goal, 100000: goal },
      };
    }),
  ),
  { name: "JS memory", of: (visit) => visit.jsBytes, write: mb, goals: {} },
  { name: "wasm memory", of: (visit) => visit.wasmBytes, write: mb, goals: {} },
  { name: "PSS of the renderer", of: (visit) => visit.pssBytes, write: mb, goals: { 100000: timesYardstick(1.1) } },
];

/** Medians of both pages' visits with ratio and verdict, one entry a figure. */
export function figures(users, consoleVisits, yardstickVisits) {
  return FIGURES.map(({ name, of, write, goals }) => {
    const value = median(consoleVisits.map(of));
    const yardstick = median(yardstickVisits.map(of));
    const ratio = value !== null && yardstick ? value / yardstick : null;
    const goal = goals[users];
    // Without a value there is no verdict.
    const met = goal && value !== null ? goal.met(value, ratio) : null;
    return { name, value, yardstick, ratio, goal: goal?.text ?? null, met, write };
  });
}

/** The table of one number of users; `note` says what is not as usual. */
export function table(users, entries, note) {
  const text = (write, value) => (value === null ? "not measurable" : write(value));
  const lines = entries.map(({ name, value, yardstick, ratio, goal, met, write }) => [
    name,
    text(write, value),
    text(write, yardstick),
    ratio === null ? "–" : ratio.toFixed(2),
    goal === null ? "" : `${goal}: ${met === null ? "unknown" : met ? "met" : "NOT MET"}`,
  ]);
  const title = [`${users.toLocaleString("en")} users`, note].filter(Boolean).join(", ");
  const all = [[title, "console", "yardstick", "ratio", "goal"], ...lines];
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const pad = (cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return all.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
