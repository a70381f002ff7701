// How the end-to-end tests run: the release bundle in real Chromium, two at a time, no second chances.
import { defineConfig, devices } from "@playwright/test";
import { args, executablePath } from "./chromium.mjs";

const out = "../../.build/e2e";

export default defineConfig({
  testDir: "specs",
  outputDir: `${out}/results`,
  workers: 2,
  fullyParallel: true,
  // A test that passes the second time has a cause, and that is what one wants to know.
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: `${out}/report.json` }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    // To record one costs every test a quarter of the processor's time: whoever looks for a cause asks for it.
    trace: process.env["ROOST_TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args },
  },
});
