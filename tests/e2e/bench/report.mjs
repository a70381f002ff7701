// The figures as people read them, each beside the yardstick's, beside what it was last, and beside its goal.
import { figureOf } from "./baseline.mjs";
import { median, SLOWDOWNS, SPEEDS } from "./measure.mjs";

const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const mb = (value) => `${(value / 1e6).toFixed(1)} MB`;
const kb = (value) => `${(value / 1e3).toFixed(1)} kB`;
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
        of: (visit) => visit.frames?.[`${speed}@${slowdown}`],
        write: ms,
        goals: { 100: goal, 10000: goal, 100000: goal },
      };
    }),
  ),
  { name: "JS memory", of: (visit) => visit.jsBytes, write: mb, goals: {} },
  { name: "wasm memory", of: (visit) => visit.wasmBytes, write: mb, goals: {} },
  { name: "PSS of the renderer", of: (visit) => visit.pssBytes, write: mb, goals: { 100000: timesYardstick(1.1) } },
];

/** What a visit over the slow network tells: as people wait for it. */
const SLOW_FIGURES = [
  { name: "downloaded, without the API", of: (visit) => visit.bytes, write: kb },
  { name: "shell painted", of: (visit) => visit.firstPaint, write: ms, goal: () => atMost(900, "ms") },
  {
    name: "first row",
    of: (visit) => visit.firstRow,
    write: ms,
    // 2,050 ms for 200 kB, and 50 ms more for each further 10 kB.
    goal: (bytes) => atMost(Math.round(2050 + Math.max(0, bytes / 1000 - 200) * 5), "ms"),
  },
  { name: "all rows", of: (visit) => visit.allRows, write: ms },
  { name: "longest task while loading", of: (visit) => visit.longestTask, write: task },
];

const UNITS = new Map([
  [ms, "ms"],
  [task, "ms"],
  [mb, "bytes"],
  [kb, "bytes"],
]);

/** Medians of both pages' visits with ratio and verdict, one entry a figure. */
export function figures(users, consoleVisits, yardstickVisits) {
  return FIGURES.map(({ goals, ...figure }) => entry(figure, goals[users], consoleVisits, yardstickVisits));
}

/** The same for visits over the slow network, where the goal goes by the size of the page. */
export function slowFigures(consoleVisits, yardstickVisits) {
  const bytes = median(consoleVisits.map((visit) => visit.bytes));
  return SLOW_FIGURES.map(({ goal, ...figure }) => entry(figure, goal?.(bytes), consoleVisits, yardstickVisits));
}

function entry({ name, of, write }, goal, consoleVisits, yardstickVisits) {
  const value = median(consoleVisits.map(of));
  const yardstick = median(yardstickVisits.map(of));
  const ratio = value !== null && yardstick ? value / yardstick : null;
  // Without a value there is no verdict.
  const met = goal && value !== null ? goal.met(value, ratio) : null;
  return { name, unit: UNITS.get(write), value, yardstick, ratio, goal: goal?.text ?? null, met, write };
}

const verdict = (goal, met) => (goal === null ? "" : `${goal}: ${met === null ? "unknown" : met ? "met" : "NOT MET"}`);

/** One table, beside what the baseline `last` has of the same. */
export function table({ title, figures: entries }, last) {
  const text = (write, value) => (value === null ? "not measurable" : write(value));
  const times = (ratio) => (ratio === null ? "–" : ratio.toFixed(2));
  const lines = entries.map(({ name, value, yardstick, ratio, goal, met, write }) => {
    const before = figureOf(last, title, name);
    return [
      name,
      text(write, value),
      text(write, yardstick),
      times(ratio),
      ...(last ? [before ? text(write, before.value) : "–", times(before?.ratio ?? null), times(quotient(value, before?.value))] : []),
      verdict(goal, met),
    ];
  });
  const then = last ? [last.date, "its ratio", "now ÷ then"] : [];
  return aligned([[title, "console", "yardstick", "ratio", ...then, "goal"], ...lines]);
}

const quotient = (value, before) => (value !== null && before ? value / before : null);

/** Lines as a table: the first and the last column from the start, numbers to the end. */
export function aligned(lines) {
  const end = lines[0].length - 1;
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (cell, column) => (column % end === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
