// Prints "passed failed skipped" of a Playwright report. A flaky test counts as failed.
import { existsSync, readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
if (!existsSync(file)) {
  console.log("0 0 0");
} else {
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
  const failed = stats.unexpected + stats.flaky;
  // Errors outside of any test (a file that does not load) are failures too.
  console.log(`${stats.expected} ${failed || errors.length} ${stats.skipped}`);
}
