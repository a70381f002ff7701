// What was measured before: one file a day in docs/bench, without anything that tells of the machine but its size.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";

const FOLDER = new URL("../../../docs/bench/", import.meta.url);
const NAME = /^\d{4}-\d{2}-\d{2}\.json$/;

/** The newest baseline; null where there is none. One of today is taken, too: it is the run before this one. */
export async function lastBaseline() {
  const files = await readdir(FOLDER).catch(() => []);
  const newest = files.filter((name) => NAME.test(name)).sort().at(-1);
  return newest ? JSON.parse(await readFile(new URL(newest, FOLDER), "utf8")) : null;
}

/** What a baseline says of a figure. */
export function figureOf(baseline, title, name) {
  return baseline?.tables.find((table) => table.title === title)?.figures.find((figure) => figure.name === name) ?? null;
}

/** Writes the baseline of today and gives its path. */
export async function storeBaseline(report, runs, chromium) {
  const date = new Date().toISOString().slice(0, 10);
  const baseline = {
    date,
    commit: commit(),
    machine: { processors: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), chromium },
    runs,
    tables: report.map(({ title, figures }) => ({
      title,
      figures: figures.map(({ name, unit, value, yardstick, ratio, goal, met }) => ({
        name,
        unit,
        value: rounded(value),
        yardstick: rounded(yardstick),
        ratio: rounded(ratio),
        ...(goal === null ? {} : { goal, met }),
      })),
    })),
  };
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL(`${date}.json`, FOLDER), `${JSON.stringify(baseline, null, 2)}\n`);
  return `docs/bench/${date}.json`;
}

const rounded = (value) => (value === null ? null : Number(value.toPrecision(4)));

function commit() {
  try {
    const answer = execFileSync("git", ["describe", "--always", "--abbrev=12", "--exclude=*", "--dirty"], { encoding: "utf8" });
    return answer.trim();
  } catch {
    return null;
  }
}
