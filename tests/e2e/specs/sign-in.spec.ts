// Ways in and out, and those that must not be one.
import type { Page } from "@playwright/test";
import {
  demoPerson,
  expectRows,
  list,
  openUser,
  searchBox,
  signInThrough,
  signInWithPassword,
  signOut,
  submitToken,
} from "../support/console.ts";
import { PASSWORD } from "../support/standin.ts";
import { expect, needsStandin, test } from "../support/test.ts";

const PEOPLE = 41;

test.beforeEach(() => needsStandin("the provider and the people of the stand-in"));

async function expectNoCode(page: Page): Promise<void> {
  // Back to the provider's page may bring a code once more; it is gone as soon as the program runs.
  await expect.poll(() => new URL(page.url()).search).not.toMatch(/code=|state=/);
}

async function openTokenForm(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use an access token" }).click();
}

test("by the identity provider: the code is gone from the address, and Back never finds it", async ({
  page,
  standin,
  watch,
}) => {
  // The provider's own pages are good for one time, too.
  watch.expectFailure(/^\/oauth2\//, 400);
  await signInThrough(page, "Olivia Marsh");
  await expect(page).toHaveURL("/users");
  await expect(page).toHaveTitle("Users · Roost");
  await openUser(page, "Ada Okafor");
  for (let step = 0; step < 4; step += 1) {
    await page.goBack().catch(() => null);
    if (page.url().startsWith(standin.url) && !page.url().includes("/oauth2/")) await expectNoCode(page);
  }
  // Only the provider leads to an address with a code, never the history.
  const calls = (await standin.calls(undefined, "/")).filter((call) => !call.path.startsWith("/assets/"));
  const before = calls.flatMap((call, at) => (call.path === "/callback" ? [calls[at - 1]?.path] : []));
  expect(before.length).toBeGreaterThan(0);
  for (const path of before) expect(path).toMatch(/^\/oauth2\//);
  const tokens = await standin.calls("POST", "/oauth2/token");
  expect(tokens.map((call) => call.status)).toEqual([200]);
});

test("with e-mail address and password, after a wrong one", async ({ page, watch }) => {
  watch.expectFailure(/^\/oauth2\//, 401);
  await signInWithPassword(page, "ada.okafor@example.com", "wrong");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Email Address").fill("ada.okafor@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectRows(page, PEOPLE);
  await expect(page.getByRole("button", { name: "Signed in as Ada Okafor" })).toBeVisible();
});

test("with an access token: mistyped ones are named before anything is sent", async ({ page, standin }) => {
  const token = await standin.ownerToken();
  await openTokenForm(page);
  await standin.forgetCalls();
  for (const [typed, says] of [
    ["", "Paste an access token."],
    ["nbp_short", "it has 9 characters instead of 40"],
    [`xyz_${token.slice(4)}`, "it does not start with nbp_"],
    [`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, "Part of the token is missing or mistyped."],
  ] as const) {
    await submitToken(page, typed);
    await expect(page.getByText(says)).toBeVisible();
  }
  expect(await standin.calls()).toEqual([]);
  await submitToken(page, ` ${token}\n`);
  await expectRows(page, PEOPLE);
});

test("with an access token: kept for this tab only, and only when asked", async ({ page, standin }) => {
  const token = await standin.ownerToken();
  await openTokenForm(page);
  await submitToken(page, token);
  await expectRows(page, PEOPLE);
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }));
  expect(await kept()).not.toContain(token);
  expect(page.url()).not.toContain(token);

  await openTokenForm(page);
  await page.getByLabel("Keep me signed in when I reload this tab").check();
  await submitToken(page, token);
  await expectRows(page, PEOPLE);
  expect(await kept()).toContain(token);
  await page.reload();
  await expectRows(page, PEOPLE);
});

test("with an access token that the server does not know", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\//, 404);
  const token = await standin.ownerToken();
  const all = (await standin.api("GET", "/api/users/current")) as { id: string };
  const tokens = (await standin.api("GET", `/api/users/${all.id}/tokens`)) as { id: string }[];
  await openTokenForm(page);
  for (const { id } of tokens.slice(1)) await standin.api("DELETE", `/api/users/${all.id}/tokens/${id}`);
  await standin.api("DELETE", `/api/users/${all.id}/tokens/${tokens[0]?.id ?? ""}`);
  await submitToken(page, token);
  await expect(page.getByRole("alert").filter({ hasText: "The server does not know this token." })).toBeVisible();
  await expect(page.getByLabel("Access token", { exact: true })).toBeVisible();
});

test("with a service user's token a banner says who one acts as", async ({ page, standin, watch }) => {
  // That is how the server tells that it is one.
  watch.expectFailure("/api/users/current", 403);
  const users = (await standin.api("GET", "/api/users?service_user=true")) as { id: string; role: string }[];
  const robot = users.find(({ role }) => role === "admin");
  const made = await standin.api("POST", `/api/users/${robot?.id}/tokens`, { name: "e2e", expires_in: 1 });
  await openTokenForm(page);
  await submitToken(page, (made as { plain_token: string }).plain_token);
  await expect(list(page)).toBeVisible();
  await expect(page.getByText("You are acting as a service user.")).toBeVisible();
});

test("a token that is deleted meanwhile signs out at the next answer, wherever it comes", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/^\/api\//, 404);
  watch.expectFailure("/api/users/current", 403);
  const users = (await standin.api("GET", "/api/users?service_user=true")) as { id: string; role: string }[];
  const robot = users.find(({ role }) => role === "admin");
  const address = `/api/users/${robot?.id}/tokens`;
  const made = (await standin.api("POST", address, { name: "e2e", expires_in: 1 })) as {
    plain_token: string;
    personal_access_token: { id: string };
  };
  await openTokenForm(page);
  await submitToken(page, made.plain_token);
  await expect(list(page)).toBeVisible();
  await searchBox(page).fill("okafor");
  await expect(page).toHaveURL("/users?q=okafor");
  await standin.api("DELETE", `${address}/${made.personal_access_token.id}`);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Your session has ended. Sign in again to go on.")).toBeVisible();
  await expect(list(page)).toBeHidden();
  await page.getByRole("button", { name: "Use an access token" }).click();
  await submitToken(page, await standin.ownerToken());
  await expectRows(page, 2);
  await expect(page).toHaveURL("/users?q=okafor");
});

test("a deep link leads to its page through the sign-in, filters included", async ({ page }) => {
  await signInThrough(page, "Olivia Marsh", "/users?q=okafor&role=admin&sort=-name");
  await expectRows(page, 1);
  await expect(page).toHaveURL("/users?q=okafor&role=admin&sort=-name");
  await expect(searchBox(page)).toHaveValue("okafor");
  await expect(page.getByRole("button", { name: "Role: Admin" })).toBeVisible();
});

test("a deep link to a person leads there through the sign-in", async ({ page, standin }) => {
  const { id } = await standin.person("ada.okafor");
  await signInThrough(page, "Olivia Marsh", `/users/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Ada Okafor" })).toBeVisible();
  await expect(page).toHaveURL(`/users/${id}`);
  await expect(page).toHaveTitle("Ada Okafor · Roost");
});

test("signing out ends the provider's session, and nobody is signed in again by itself", async ({
  page,
  context,
  standin,
}) => {
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  await page.getByRole("link", { name: /Back to Application/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.getItem("roost.session"))).toBeNull();

  // Another tab goes to the provider, which asks who it is: its session is over as well.
  const tab = await context.newPage();
  await tab.goto("/users");
  await expect(demoPerson(tab, "Olivia Marsh")).toBeVisible();
  await tab.close();

  // And back in by hand.
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await demoPerson(page, "Ada Okafor").click();
  await expectRows(page, PEOPLE);
  expect(await standin.calls("POST", "/oauth2/token")).toHaveLength(2);
});

test("after a sign-out, Back shows nothing of what was there", async ({ page, watch }) => {
  watch.expectFailure(/^\/oauth2\//, 400);
  await signInThrough(page, "Olivia Marsh");
  await openUser(page, "Ada Okafor");
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  for (let step = 0; step < 3; step += 1) {
    await page.goBack().catch(() => null);
    await expect(page.getByText("ada.okafor@example.com")).toBeHidden();
    await expect(list(page)).toBeHidden();
  }
});

test("a sign-out with the provider out of reach still forgets everything", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/oauth2\//, 503);
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await standin.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await signOut(page);
  await expect(page.getByText("You are signed out here. The identity provider did not answer")).toBeVisible();
  await page.goto("/users");
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await expect(list(page)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem("roost.session"))).toBeNull();
});

test("a second tab gets the session from the first, and both end it together", async ({ page, context, standin }) => {
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const asked = (await standin.calls("GET", "/oauth2/auth")).length;
  const tab = await context.newPage();
  await tab.goto("/users?q=okafor");
  await expectRows(tab, 2);
  expect(await standin.calls("GET", "/oauth2/auth")).toHaveLength(asked);
  await signOut(tab);
  await expect(page.getByText("You signed out in another tab.")).toBeVisible();
  await expect(list(page)).toBeHidden();
});

test("an answer to a question nobody asked is no session, and nothing is sent for it", async ({ page, standin }) => {
  await page.goto("/callback?code=stolen&state=made-up");
  await expect(page.getByRole("alert")).toContainText("This sign-in was not started in this tab");
  await expectNoCode(page);
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("an answer is good for one time", async ({ page, standin }) => {
  const answers: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/callback?")) answers.push(request.url());
  });
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  expect(answers).toHaveLength(1);
  await page.goto(answers[0] ?? "");
  await expect(page.getByRole("alert")).toContainText("or is already finished");
  await expectNoCode(page);
  expect(await standin.calls("POST", "/oauth2/token")).toHaveLength(1);
});

test("an answer of another provider is no session", async ({ page, standin }) => {
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.goto("/users");
  const state = new URL((await asked).url()).searchParams.get("state") ?? "";
  await expect(demoPerson(page, "Olivia Marsh")).toBeVisible();
  await page.goto(`/callback?${new URLSearchParams({ code: "stolen", state, iss: "https://evil.example" })}`);
  await expect(page.getByRole("alert")).toContainText("issuer is not the configured one");
  expect(await standin.calls("POST", "/oauth2/token")).toEqual([]);
});

test("a refusal of the provider is told in its one word, never in the address's own text", async ({ page }) => {
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.goto("/users?q=okafor");
  const state = new URL((await asked).url()).searchParams.get("state") ?? "";
  await expect(demoPerson(page, "Olivia Marsh")).toBeVisible();
  const answer = { error: "access_denied", error_description: "Call 555-0100 now", state };
  await page.goto(`/callback?${new URLSearchParams(answer)}`);
  await expect(page.getByRole("alert")).toContainText("The identity provider did not let you in (access_denied).");
  await expect(page.getByText("555-0100")).toBeHidden();
  // A further try leads to the page that was asked for.
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, 2);
  await expect(page).toHaveURL("/users?q=okafor");
});

test("the request to the provider is a code with PKCE, and differs each time", async ({ page, another }) => {
  const read = async (one: Page, begin: () => Promise<unknown>) => {
    const asked = one.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
    await begin();
    return new URL((await asked).url()).searchParams;
  };
  const by = await another();
  const [first, second] = [await read(page, () => page.goto("/users")), await read(by, () => by.goto("/users"))];
  expect(first.get("response_type")).toBe("code");
  expect(first.get("code_challenge_method")).toBe("S256");
  expect(first.get("client_secret")).toBeNull();
  for (const name of ["state", "nonce", "code_challenge"]) {
    expect(first.get(name)?.length, name).toBeGreaterThanOrEqual(32);
    expect(first.get(name), name).not.toBe(second.get(name));
  }
  // Only who has just joined or set the server up is asked who they are whoever is signed in there (setup, invite).
  await expect(by.getByRole("button", { name: "Olivia Marsh, owner" })).toBeVisible();
  await by.goto("/sign-in");
  const byHand = await read(by, () => by.getByRole("button", { name: "Continue with single sign-on" }).click());
  for (const asked of [first, second, byHand]) expect(asked.get("prompt")).toBeNull();
});

test("a provider that does not answer is named, and a further try leads to the page asked for", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/^\/oauth2\//, 503);
  await standin.fault({ path: "/oauth2/", kind: "status", status: 503, times: 0 });
  await page.goto("/users?q=okafor");
  const host = new URL(standin.url).host;
  await expect(page.getByRole("alert")).toContainText(`The identity provider at ${host} does not answer.`);
  await standin.heal();
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await demoPerson(page, "Olivia Marsh").click();
  await expect(page).toHaveURL("/users?q=okafor");
  await expectRows(page, 2);
});

test("an API that refuses fresh sign-ins stops the round trips and says what the token says", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/^\/api\//, 401);
  await standin.fault({ path: "/api/", kind: "status", status: 401, times: 0 });
  await page.goto("/users");
  await demoPerson(page, "Olivia Marsh").click();
  const alert = page.getByRole("alert").filter({ hasText: "The server refused a fresh sign-in twice" });
  await expect(alert).toContainText(`iss ${standin.url}/oauth2`);
  await expect(alert).toContainText("aud netbird-dashboard");
  await expect(alert).toContainText(/exp \d{10}\./);
  // That is the audience which is asked for, so it is not what is wrong.
  await expect(alert).not.toContainText("The token is not for");
  const rounds = (await standin.calls("POST", "/oauth2/token")).length;
  expect(rounds).toBeLessThanOrEqual(2);
  await standin.heal();
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await expectRows(page, PEOPLE);
});

test("a session that the server ends in the middle is renewed, and the reader is back where they were", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure("/api/users", 401);
  await signInThrough(page, "Olivia Marsh", "/users?q=okafor");
  await expectRows(page, 2);
  await standin.fault({ path: "/api/users", exact: true, kind: "status", status: 401 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect.poll(async () => (await standin.calls("POST", "/oauth2/token")).length).toBe(2);
  await expectRows(page, 2);
  await expect(page).toHaveURL("/users?q=okafor");
});

test("nothing in an address changes where the console asks", async ({ page, standin }) => {
  const origins = new Set<string>();
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  const foreign = "https://evil.example";
  const query = new URLSearchParams({ api: foreign, issuer: foreign, apiOrigin: foreign, "auth.issuer": foreign });
  await signInThrough(page, "Olivia Marsh", `/users?${query}#api=${foreign}`);
  await expectRows(page, PEOPLE);
  expect([...origins]).toEqual([standin.url]);
});

for (const address of [
  "//evil.example/users",
  "/\\evil.example",
  "/%09/evil.example",
  "/users/..%2f..%2f%2fevil.example",
  "/sign-in?return_to=https://evil.example",
  "/callback?return_to=//evil.example",
]) {
  test(`an address cannot lead elsewhere: ${address}`, async ({ page, standin }) => {
    await page.goto(standin.url + address);
    const person = demoPerson(page, "Olivia Marsh");
    const byHand = page.getByRole("button", { name: "Continue with single sign-on" });
    await expect(person.or(byHand)).toBeVisible();
    if (await byHand.isVisible()) await byHand.click();
    await person.click();
    await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(standin.url);
  });
}
