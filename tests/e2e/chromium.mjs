// How Chromium is started for the end-to-end tests and for the bench: the page under test, and as little of a browser as
// there can be. The component tests have webdriver.json, which switches off the same for us.

/**
 * What Playwright 1.65 switches off, but for what only Edge has: the switch is good once, and ours takes the place of
 * Playwright's. To be looked at with every new Playwright.
 */
const OFF_IN_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];

/**
 * For every new window Chromium draws what its address bar may open, two pages in a process of their own, and keeps one
 * more process in reserve. Nobody sees any of it here, and it takes a third of the processor's time of a journey.
 */
const OFF_FOR_US = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"];

/** Debian's Chromium, or what CHROMIUM names (scripts/setup): Playwright never downloads a browser. */
export const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";

/** The command line beside what Playwright adds. */
export const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...OFF_IN_PLAYWRIGHT, ...OFF_FOR_US].join(",")}`,
  // In a container the tests run as root, where Chromium's sandbox cannot.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
