// Starts the console: Trusted Types policy first, then everything that can travel in parallel (the program, its glue,
// config.json, who is signed in and where, or what the provider says about itself, and behind the program the list of
// users), then the program. Shows #fatal with the likely cause when that fails.
// The contract with the program is `globalThis.roostBoot`, `roostInvite` and `roostFatal`; docs/csp.md has the reasons.

const SHOWN_DETAIL = 2000; // characters of an error's text that are worth showing
const LIST = "/api/users";
const OF_EVERY_PAGE = ["/api/users/current", "/api/accounts"];
const LIST_WAITS = 800; // milliseconds at most that the question for the list waits for the program
const base = new URL(document.baseURI);
const named = (name) => document.querySelector(`meta[name="${name}"]`);
const address = (meta) => new URL(meta.content, base).href;

// The secret of an invite link leaves the address before anything is asked for: nobody reloads, shares or leaks it.
if (location.pathname.startsWith(`${base.pathname}invite`)) {
  globalThis.roostInvite = location.search + location.hash;
  history.replaceState(null, "", `${base.pathname}invite`);
}

/** Shows the page of last resort. The first cause wins: what fails after it is a consequence. */
function fatal(cause, detail = "") {
  const section = document.getElementById("fatal");
  if (!section || !section.hidden) return;
  document.getElementById("app")?.setAttribute("hidden", "");
  if (cause) document.getElementById("fatal-cause").textContent = cause;
  if (detail) {
    document.getElementById("fatal-detail").textContent = String(detail).slice(0, SHOWN_DETAIL);
    document.getElementById("fatal-more").hidden = false;
  }
  section.hidden = false;
  document.title = `${document.getElementById("fatal-title").textContent} · Roost`;
  section.focus();
}

/** A cause in words for the reader; `cause` keeps what the browser said. */
class StartError extends Error {}

// Leptos writes its static markup through innerHTML of <template> elements: only strings of this program, never data.
// Whatever could run or style is refused, so that even a mistake there stays inert.
function createTrustedTypesPolicy() {
  const forbidden = /<\s*(script|iframe|object|embed|base|meta|link|style)\b|[\s"'/]on[a-z]+\s*=|[\s"'/]style\s*=|javascript:/i;
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML(html) {
      if (forbidden.test(html)) throw new TypeError(`markup refused: ${html.slice(0, 200)}`);
      return html;
    },
  });
}

/** config.json travels beside the program; what it says, and what is wrong with it, the program words. */
async function fetchConfig() {
  return textOf(await fetch(new URL("config.json", base), { cache: "no-cache", credentials: "same-origin" }));
}

async function textOf(response) {
  return { status: response.status, text: await response.text() };
}

/** On the way back from the provider: what it says about itself, which nobody keeps and the program checks. */
async function fetchProvider(config) {
  const issuer = JSON.parse((await config).text).auth.issuer.replace(/\/*$/, "");
  return textOf(await fetch(`${issuer}/.well-known/openid-configuration`, { credentials: "omit", signal: AbortSignal.timeout(10000) }));
}

/** The session of this tab, when it is one that can still be used. */
function storedSession() {
  try {
    const session = JSON.parse(sessionStorage.getItem("roost.session"));
    const { api, authorization, expires_at: expires } = session;
    if (typeof api !== "string" || typeof authorization !== "string") return null;
    if (api !== "" && new URL(api).origin !== api) return null;
    if (expires !== null && !(typeof expires === "number" && expires > Date.now() / 1000)) return null;
    return { api, authorization };
  } catch {
    return null; // no session, no storage, or not ours: the program starts without
  }
}

// Pages that are for nobody without a session, by how their addresses begin: as `Route::parse` has them.
const ABOUT_USERS = ["", "users"];
const OTHER_PAGES = ["service-users", "invitations", "approvals", "settings", "profile"];

/** What the page begins with: all pages with who is signed in, and where; those about people with the list of users. */
function firstQuestions() {
  if (!location.pathname.startsWith(base.pathname)) return [];
  const [page] = location.pathname.slice(base.pathname.length).split("/");
  if (ABOUT_USERS.includes(page)) return [...OF_EVERY_PAGE, LIST];
  return OTHER_PAGES.includes(page) ? OF_EVERY_PAGE : [];
}

/**
 * Waits until config.json names this API: whoever can write the storage must not say where tokens go. The page's own
 * origin needs no leave.
 */
async function mayAsk(api, config) {
  if (JSON.parse((await config).text).api !== api) throw new Error("a session for another API");
}

/**
 * Resolves when a list may travel. On a slow network one that comes beside the program keeps the program from starting;
 * behind it, it arrives while the program begins. A server that takes its time to make one is not waited for longer
 * than it is worth.
 */
function afterProgram(program) {
  return Promise.race([program, new Promise((resolve) => setTimeout(resolve, LIST_WAITS))]);
}

/** A short answer with its text: the program has both in the turn of the event loop in which it draws the page. */
async function whole(response) {
  return Object.assign(response, { whole: await response.text() });
}

/** Asks them before the program runs, only the API that the session was made for. */
function askEarly(config, program) {
  const session = storedSession();
  if (!session) return { early: [], earlyFor: null };
  const early = firstQuestions().map((path) => {
    const abort = new AbortController();
    const ask = () =>
      fetch(new URL(path, session.api || base), {
        headers: { Authorization: session.authorization },
        credentials: "omit",
        signal: abort.signal,
      });
    const first = [];
    if (session.api !== "") first.push(mayAsk(session.api, config));
    if (path === LIST) first.push(afterProgram(program));
    // At once where nothing is to be waited for.
    const asked = first.length > 0 ? Promise.all(first).then(ask) : ask();
    return { path, abort, response: path === LIST ? asked : asked.then(whole) };
  });
  return { early, earlyFor: `${session.api}\n${session.authorization}` };
}

/** Tells a file that cannot be had from one that is not the file this page was built with. */
async function whyNotFetched(url) {
  try {
    const answer = await fetch(url, { method: "HEAD", cache: "no-store" });
    // An old page after a new version: nothing more is to be said here when it is loaded anew.
    if (globalThis.roostAgain?.()) await new Promise(() => {});
    return answer.ok
      ? "A file of the console is not the one this page was built with, so it was not run. It is being updated right now, or something on the way changed it."
      : `A file of the console is missing on the server (status ${answer.status}). A new version is probably being installed.`;
  } catch {
    return "A file of the console could not be loaded. The connection may be down, or an extension blocks it.";
  }
}

/** The program, checked against its digest in index.html where there is one (a release). */
async function fetchProgram(meta) {
  const url = address(meta);
  const integrity = meta.dataset.integrity ?? "";
  let response;
  try {
    response = await fetch(url, { integrity });
  } catch (error) {
    throw new StartError(await whyNotFetched(url), { cause: error });
  }
  if (!response.ok) throw new StartError(await whyNotFetched(url), { cause: `status ${response.status}` });
  const type = response.headers.get("Content-Type") ?? "";
  if (type.split(";")[0].trim() === "application/wasm") return response;
  // A server that does not know the type: the program still runs, only without compiling while it loads.
  const bytes = await response.arrayBuffer();
  if (new Uint32Array(bytes.slice(0, 4))[0] !== 0x6d736100) {
    throw new StartError("The server answered with something other than the console's program.", {
      cause: `${type || "no content type"} for ${url}`,
    });
  }
  return bytes;
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new StartError(
      "This browser does not run WebAssembly, which the console needs. Lockdown Mode and some company policies switch it off.",
    );
  }
  createTrustedTypesPolicy();
  const config = fetchConfig();
  const provider = location.pathname === `${base.pathname}callback` ? fetchProvider(config) : null;
  const program = fetchProgram(named("roost-wasm"));
  program.catch(() => {});
  const boot = { config, provider, ...askEarly(config, program) };
  // The program awaits them and words what went wrong; until then a failure must not count as unhandled.
  for (const promise of [config, provider, ...boot.early.map(({ response }) => response)]) promise?.catch(() => {});
  globalThis.roostBoot = boot;

  const glue = address(named("roost-glue"));
  let init;
  try {
    ({ default: init } = await import(glue));
  } catch (error) {
    throw new StartError(await whyNotFetched(glue), { cause: error });
  }
  await init({ module_or_path: await program });
}

let violation = "";
document.addEventListener("securitypolicyviolation", (event) => {
  violation ||= `${event.effectiveDirective}: ${event.blockedURI}`;
});

// Called by the program when it cannot go on: without a place to draw in, and by a development build's panic hook.
globalThis.roostFatal = (message) => fatal("", message);

// A program that stops without a word (a release has no panic hook left; out of memory; stack overflow) is noticed here.
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (event) => {
    const error = event.error ?? event.reason;
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) fatal("", error.message);
  });
}

document.getElementById("fatal-reload")?.addEventListener("click", () => location.reload());

start().catch(async (error) => {
  // A violation is reported a task later than the failure it causes.
  await new Promise((resolve) => setTimeout(resolve));
  const detail = error instanceof StartError ? error.cause : error;
  if (violation) {
    fatal("A security rule of the server or of the browser stopped the console from starting.", violation);
  } else {
    fatal(error instanceof StartError ? error.message : "", detail);
  }
});
