// What a Playwright report says: `counts FILE` prints "passed failed skipped" (a flaky test counts as failed),
// `failures FILE` a line for each test that failed, with what it says first.
import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

const [what, file] = process.argv.slice(2);
const { stats, errors, suites } = existsSync(file)
  ? JSON.parse(readFileSync(file, "utf8"))
  : { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [], suites: [] };

/** The first lines of an error: what was expected, and what came instead. */
function brief(error) {
  const lines = stripVTControlCharacters(error?.message ?? "no message")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.slice(0, 5).join(" | ").slice(0, 400);
}

function* failures(suite, path) {
  for (const spec of suite.specs ?? []) {
    for (const { results } of spec.tests) {
      const failed = results.find(({ status }) => status !== "passed" && status !== "skipped");
      if (failed && !spec.ok) {
        yield `${spec.file}:${spec.line} ${[...path, spec.title].join(" › ")}: ${brief(failed.error)}`;
      }
    }
  }
  for (const inner of suite.suites ?? []) yield* failures(inner, [...path, inner.title]);
}

switch (what) {
  case "counts":
    // Errors outside of any test (a file that does not load) are failures too.
    console.log(`${stats.expected} ${stats.unexpected + stats.flaky || errors.length} ${stats.skipped}`);
    break;
  case "failures":
    for (const error of errors) console.log(brief(error));
    for (const suite of suites) for (const line of failures(suite, [])) console.log(line);
    break;
  default:
    console.error("Usage: playwright-report.mjs counts|failures FILE");
    process.exit(2);
}
