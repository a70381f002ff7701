// What a provider, an address or another tab must not bring about, and where secrets are not (standards.md, R10, R13, U1, U2).
import type { Page } from "@playwright/test";
import { expectRows, list, openUser, signInThrough, signOut, submitToken } from "../support/console.ts";
import { PEOPLE } from "../support/session.ts";
import type { Standin } from "../support/standin.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(() => needsStandin("a provider that lies"));

const PERSON = "Olivia Marsh, owner";

/** Begins a sign-in; gives the state that the provider was sent. */
async function begin(page: Page, path = "/users"): Promise<string> {
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.goto(path);
  const state = new URL((await asked).url()).searchParams.get("state") ?? "";
  await expect(page.getByRole("button", { name: PERSON })).toBeVisible();
  return state;
}

/** Comes back with an answer. */
async function comeBack(page: Page, answer: Record<string, string>): Promise<void> {
  await page.goto(`/callback?${new URLSearchParams(answer)}`);
}

async function expectRefused(page: Page, says: string | RegExp): Promise<void> {
  await expect(page.getByRole("alert")).toContainText(says);
  await expect(list(page)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem("roost.session"))).toBeNull();
  expect(new URL(page.url()).search).toBe("");
}

const NOT_STARTED = "This sign-in was not started in this tab";
const OTHER_ISSUER = "issuer is not the configured one";

/** The API was asked nothing but what it is asked before every sign-in, by nobody: whether it is set up. */
async function expectNothingAsked(standin: Standin): Promise<void> {
  const calls = await standin.calls();
  expect(calls.filter((call) => call.path !== "/api/instance" || call.authorization !== null)).toEqual([]);
}

test("a wrong state sends no code", async ({ page, standin }) => {
  await begin(page);
  await comeBack(page, { code: "c", state: "wrong" });
  await expectRefused(page, NOT_STARTED);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("a missing state sends no code", async ({ page, standin }) => {
  await begin(page);
  await comeBack(page, { code: "c" });
  await expectRefused(page, NOT_STARTED);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("a replayed state sends no second code", async ({ page, standin }) => {
  const answers: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/callback?")) answers.push(request.url());
  });
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  await page.goto(answers[0] ?? "");
  await expectRefused(page, NOT_STARTED);
  expect(await standin.calls("POST", "/oauth2/token")).toHaveLength(1);
});

test("an answer by another issuer sends no code", async ({ page, standin }) => {
  const state = await begin(page);
  await comeBack(page, { code: "c", state, iss: `${standin.url}/oauth2/` });
  await expectRefused(page, OTHER_ISSUER);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("an answer without the issuer where the provider promises one sends no code", async ({ page, standin }) => {
  await standin.conditions({ discovery: { authorization_response_iss_parameter_supported: true } });
  const state = await begin(page);
  await comeBack(page, { code: "c", state });
  await expectRefused(page, OTHER_ISSUER);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
  // With it the same provider signs in.
  await standin.conditions({ callback: { iss: `${standin.url}/oauth2` } });
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await page.getByRole("button", { name: PERSON }).click();
  await expectRows(page, PEOPLE);
});

for (const [what, conditions, says] of [
  ["the nonce of another sign-in", { id_token: { nonce: "other" } }, "“nonce”"],
  ["no nonce", { id_token: { nonce: null } }, "“nonce”"],
  ["another audience", { id_token: { aud: "another-client" } }, "“aud”"],
  ["another authorized party", { id_token: { aud: ["netbird-dashboard", "x"], azp: "x" } }, "“aud”"],
  ["another issuer", { id_token: { iss: "https://evil.example" } }, "“iss”"],
  ["an end that is over", { id_token: { exp: 1_000_000_000 } }, "not valid by this computer's clock"],
  ["no signature", { id_token_is_unsigned: true }, "“alg”"],
  ["an answer without an ID token", { token_answer: { id_token: null } }, "did not issue a token: id_token"],
  ["another kind of token", { token_answer: { token_type: "mac" } }, "did not issue a token: 200"],
  ["a token no header can hold", { token_answer: { access_token: "a\nX-Evil: 1" } }, "did not issue a token: 200"],
  ["an error beside the tokens", { token_answer: { error: "mixed_up" } }, "did not issue a token: mixed_up"],
] as const) {
  test(`an ID token or answer with ${what} is no session`, async ({ page, standin }) => {
    await begin(page);
    await standin.conditions(conditions);
    await page.getByRole("button", { name: PERSON }).click();
    await expectRefused(page, says);
    await expectNothingAsked(standin);
  });
}

test("a discovery document of another issuer is not followed", async ({ page, standin }) => {
  for (const issuer of ["https://evil.example", `${standin.url}/oauth2/`, `${standin.url}/OAUTH2`]) {
    await standin.conditions({ discovery: { issuer, authorization_endpoint: "https://evil.example/auth" } });
    await page.goto("/users");
    await expectRefused(page, OTHER_ISSUER);
    expect(new URL(page.url()).origin).toBe(standin.url);
  }
});

for (const endpoint of ["javascript:alert(1)", "data:text/html,x", "//evil.example/auth", "ftp://evil.example"]) {
  test(`a discovery document that leads to ${endpoint} is not followed`, async ({ page, standin }) => {
    await standin.conditions({ discovery: { authorization_endpoint: endpoint } });
    await page.goto("/users");
    await expectRefused(page, "not with a usable OpenID configuration");
  });
}

test("a code that was given out to somebody else's sign-in is worth nothing here", async ({
  page,
  another,
  standin,
  watch,
}) => {
  watch.expectFailure("/oauth2/token", 400);
  watch.expectFailure("/callback", 503);
  watch.expectFailure("/favicon.ico", 404);
  // The attacker signs in and keeps the code for themselves.
  const theirs = await another();
  await begin(theirs);
  await standin.fault({ path: "/callback", kind: "status", status: 503 });
  const asked = theirs.waitForRequest("**/callback?**");
  await theirs.getByRole("button", { name: PERSON }).click();
  const code = new URL((await asked).url()).searchParams.get("code") ?? "";
  const state = await begin(page);
  await comeBack(page, { code, state });
  await expectRefused(page, "did not issue a token: invalid_grant");
  await expectNothingAsked(standin);
});

test("the state of one tab is worth nothing in another", async ({ page, context, standin }) => {
  const state = await begin(page);
  const tab = await context.newPage();
  await tab.goto(`/callback?${new URLSearchParams({ code: "stolen", state })}`);
  await expectRefused(tab, NOT_STARTED);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("an answer for a window that nobody opened reaches nobody", async ({ page, context, standin }) => {
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const tab = await context.newPage();
  await tab.goto(`/callback?${new URLSearchParams({ code: "stolen", state: "w.made-up" })}`).catch(() => null);
  if (!tab.isClosed()) await expect(tab.getByText("Close this window.")).toBeVisible();
  await expectRows(page, PEOPLE);
  expect(await standin.calls("POST", "/oauth2/token")).toHaveLength(1);
});

test("an error with a script in it is text", async ({ page }) => {
  const state = await begin(page);
  await comeBack(page, { error: "<img src=x onerror=alert(1)><script>alert(1)</script>", state });
  await expectRefused(page, "The identity provider refused: <img src=x onerror=alert(1)><script>alert(1)</script>.");
  expect(await page.locator("#app script, #app img").count()).toBe(0);
});

for (const [error, says] of [
  ["access_denied", "did not let you in (access_denied)"],
  ["invalid_scope", "Correct auth.scope in config.json."],
  ["temporarily_unavailable", "Try again in a minute."],
  ["server_error", "Try again in a minute."],
  ["unauthorized_client", "Compare the client in config.json"],
  ["something_new", "The identity provider refused: something_new."],
] as const) {
  test(`the refusal ${error} has words and a way out`, async ({ page }) => {
    const state = await begin(page, "/users?q=okafor");
    await comeBack(page, { error, error_description: "Call 555-0100", state });
    await expectRefused(page, says);
    await expect(page.getByText("555-0100")).toBeHidden();
    await page.getByRole("button", { name: "Continue with single sign-on" }).click();
    await page.getByRole("button", { name: PERSON }).click();
    await expectRows(page, 2);
    await expect(page).toHaveURL("/users?q=okafor");
  });
}

test("login_required is no failure: the page says what to do", async ({ page }) => {
  const state = await begin(page);
  await comeBack(page, { error: "login_required", state });
  await expect(page.getByText("Your session at the identity provider has ended. Sign in again.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("the token goes to the API's origin and nowhere else, and nothing secret is left anywhere", async ({
  page,
  launch,
  watch,
}) => {
  watch.expectFailure("/favicon.ico", 404);
  const api = await launch({});
  const front = await launch({ args: ["--api", api.url, "--oidc-issuer", `${api.url}/oauth2`, "--client-id", "netbird-dashboard"] });
  await fetch(`${api.url}/_standin/redirect-uris`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ uri: `${front.url}/callback` }),
  });
  const credentialed = new Set<string>();
  const addresses: string[] = [];
  const said: string[] = [];
  const secrets = new Set<string>();
  page.on("request", (request) => {
    if (request.headers()["authorization"]) credentialed.add(new URL(request.url()).origin);
    // The provider's own way: there a code and a hint are in the address by the standard.
    if (!request.url().includes("/oauth2/") && !request.url().includes("/callback?")) addresses.push(request.url());
    const form = new URLSearchParams(request.method() === "POST" ? (request.postData() ?? "") : "");
    for (const name of ["code", "code_verifier"]) if (form.get(name)) secrets.add(String(form.get(name)));
  });
  page.on("response", async (response) => {
    if (!response.url().endsWith("/oauth2/token")) return;
    const tokens = (await response.json()) as Record<string, string>;
    secrets.add(String(tokens["access_token"])).add(String(tokens["id_token"]));
  });
  page.on("framenavigated", (frame) => {
    if (frame.url().startsWith(front.url) && !frame.url().includes("/callback?")) addresses.push(frame.url());
  });
  page.on("console", (message) => said.push(message.text()));
  await signInThrough(page, "Olivia Marsh", `${front.url}/users`);
  await expectRows(page, PEOPLE);
  await openUser(page, "Ada Okafor");
  said.push(await page.title());
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  await page.goto(`${front.url}/sign-in`);
  await expectRows(page, PEOPLE);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  await page.goto(`${front.url}/robots.txt`);
  const left = await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }));
  expect([...credentialed]).toEqual([api.url]);
  expect(secrets.size).toBeGreaterThanOrEqual(4);
  for (const secret of secrets) {
    for (const text of [...addresses, ...said, kept, left]) expect(text).not.toContain(secret);
  }
});

test("an access token is nowhere but in its header", async ({ page, standin }) => {
  const token = await standin.ownerToken();
  const texts: string[] = [];
  page.on("request", (request) => texts.push(request.url(), request.postData() ?? ""));
  page.on("console", (message) => texts.push(message.text()));
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
  const field = page.getByLabel("Access token", { exact: true });
  await expect(field).toHaveAttribute("type", "password");
  await expect(field).toHaveAttribute("autocomplete", "off");
  await submitToken(page, token);
  await expectRows(page, PEOPLE);
  texts.push(await page.title(), await page.content());
  texts.push(await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })));
  for (const text of texts) expect(text).not.toContain(token.slice(4));
});
