// What somebody else has written into the browser's storage: it starts, and says nowhere where tokens go (standards.md, U1, U4).
import type { Page } from "@playwright/test";
import { expectRows, signInThrough, signOut } from "../support/console.ts";
import { LIFETIME_S, pass, PEOPLE, SHORT, signInWithClock, until } from "../support/session.ts";
import type { Standin } from "../support/standin.ts";
import { KEYS } from "../support/storage.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(() => needsStandin("a provider, and a second server that hears what it should not"));

const PERSON = "Olivia Marsh, owner";
const JUNK = [
  "",
  "null",
  "[]",
  "{}",
  "7",
  "9".repeat(30),
  '{"api":"https://evil.example","authorization":"Bearer x","expires_at":null,"id_token":null,"kept":true}',
  '{"issuer":"https://evil.example","authorization_endpoint":"https://evil.example","token_endpoint":"https://evil.example"}',
  "//evil.example",
  "\u0000\ud800<script>alert(1)</script>",
];

/** Who hears what: the origins that were asked, those that got a credential, and everything that was sent, by origin. */
function record(page: Page) {
  const heard = { asked: new Set<string>(), credentialed: new Set<string>(), tokens: new Set<string>(), sent: [] as [string, string][] };
  page.context().on("request", (request) => {
    const { origin } = new URL(request.url());
    heard.asked.add(origin);
    if (request.headers()["authorization"]) heard.credentialed.add(origin);
    heard.sent.push([origin, [request.url(), request.postData() ?? "", ...Object.values(request.headers())].join("\n")]);
  });
  page.context().on("response", async (response) => {
    if (!response.url().endsWith("/oauth2/token") || response.status() !== 200) return;
    // A window that closes takes its answers along.
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    for (const name of ["access_token", "id_token", "refresh_token"]) {
      if (typeof answer[name] === "string") heard.tokens.add(answer[name]);
    }
  });
  return heard;
}

/** Credentials and tokens went to this one origin. */
function expectOnly(heard: ReturnType<typeof record>, origin: string): void {
  expect([...heard.credentialed]).toEqual([origin]);
  expect(heard.tokens.size).toBeGreaterThanOrEqual(2);
  for (const [to, text] of heard.sent) {
    if (to !== origin) for (const token of heard.tokens) expect(text, to).not.toContain(token);
  }
}

async function poison(page: Page, values: Record<string, string>): Promise<void> {
  await page.evaluate((all) => {
    for (const [key, value] of Object.entries(all)) {
      sessionStorage.setItem(key, value);
      localStorage.setItem(key, value);
    }
  }, values);
}

for (const junk of JUNK) {
  test(`every key poisoned, it starts and leads nowhere else: ${JSON.stringify(junk).slice(0, 40)}`, async ({ page, standin, watch }) => {
    watch.expectFailure("/favicon.ico", 404);
    const heard = record(page);
    await page.goto("/robots.txt");
    await poison(page, Object.fromEntries(KEYS.map((key) => [key, junk])));
    await page.goto("/users");
    const person = page.getByRole("button", { name: PERSON });
    const byHand = page.getByRole("button", { name: "Continue with single sign-on" });
    await expect(person.or(byHand)).toBeVisible();
    if (await byHand.isVisible()) await byHand.click();
    await person.click();
    await expectRows(page, PEOPLE);
    await page.reload();
    await expectRows(page, PEOPLE);
    expect([...heard.asked]).toEqual([standin.url]);
    expectOnly(heard, standin.url);
  });
}

/** What only says how a page looks: nothing of it reaches a request, so one visit tries it all. */
const LOOKS = ["roost.columns", "roost.columns.service", "roost.contrast", "roost.shortcuts", "roost.theme"];

for (const keys of [...KEYS.filter((key) => !LOOKS.includes(key)).map((key) => [key]), LOOKS]) {
  test(`${keys.join(", ")} poisoned in a session: the token goes where it went before`, async ({ page, standin }) => {
    const heard = record(page);
    await signInThrough(page, "Olivia Marsh");
    await expectRows(page, PEOPLE);
    for (const junk of JUNK) {
      await poison(page, Object.fromEntries(keys.map((key) => [key, junk])));
      await page.reload();
      const byHand = page.getByRole("button", { name: "Continue with single sign-on" });
      await expect(byHand.or(page.getByRole("table", { name: "Users" }))).toBeVisible();
      if (await byHand.isVisible()) await byHand.click();
      await expectRows(page, PEOPLE);
    }
    expect([...heard.asked]).toEqual([standin.url]);
    expectOnly(heard, standin.url);
    // A session that somebody else wrote is none.
    for (const [, text] of heard.sent) expect(text).not.toContain("Bearer x");
  });
}

test("a stored session cannot name the origin that hears the token, with no policy to stop it", async ({ another, launch }) => {
  const [server, evil] = [await launch({}), await launch({})];
  const page = await another({ bypassCSP: true });
  await signInThrough(page, "Olivia Marsh", `${server.url}/users`);
  await expectRows(page, PEOPLE);
  await page.evaluate((origin) => {
    const session = JSON.parse(sessionStorage.getItem("roost.session") ?? "{}") as Record<string, unknown>;
    sessionStorage.setItem("roost.session", JSON.stringify({ ...session, api: origin }));
  }, evil.url);
  await evil.forgetCalls();
  await page.reload();
  await expectRows(page, PEOPLE);
  expect(await evil.calls(undefined, "/")).toEqual([]);
});

/** A document of the right provider with all its places elsewhere, where the console kept one once. */
async function misleadProvider(page: Page, server: Standin, evil: Standin): Promise<void> {
  const elsewhere = `${evil.url}/oauth2`;
  const document = {
    issuer: `${server.url}/oauth2`,
    authorization_endpoint: `${elsewhere}/auth`,
    token_endpoint: `${elsewhere}/token`,
    revocation_endpoint: `${elsewhere}/revoke`,
    end_session_endpoint: `${elsewhere}/logout`,
  };
  await poison(page, { "roost.provider": JSON.stringify(document) });
  await evil.forgetCalls();
}

test("a stored provider cannot name where tokens are given back, nor where one signs out and in again", async ({ another, launch }) => {
  const [server, evil] = [await launch({}), await launch({})];
  await server.conditions({ discovery: { revocation_endpoint: `${server.url}/oauth2/revoke` } });
  const page = await another({ bypassCSP: true });
  const heard = record(page);
  await signInThrough(page, "Olivia Marsh", `${server.url}/users`);
  await expectRows(page, PEOPLE);
  await misleadProvider(page, server, evil);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Logged Out" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.url);
  expect(await server.calls("POST", "/oauth2/revoke")).toHaveLength(1);
  await page.getByRole("link", { name: /Back to Application/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
  await misleadProvider(page, server, evil);
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await page.getByRole("button", { name: PERSON }).click();
  await expectRows(page, PEOPLE);
  expect(await evil.calls(undefined, "/")).toEqual([]);
  expectOnly(heard, server.url);
});

test("a stored provider cannot name where a sign-in begins by itself, nor where its answer goes", async ({ another, launch, watch }) => {
  watch.expectFailure("/favicon.ico", 404);
  const [server, evil] = [await launch({}), await launch({})];
  const page = await another({ bypassCSP: true });
  const heard = record(page);
  await page.goto(`${server.url}/robots.txt`);
  await misleadProvider(page, server, evil);
  await page.goto(`${server.url}/users`);
  await expect(page.getByRole("button", { name: PERSON })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.url);
  // The provider's page is of the same origin here, and so is the storage.
  await misleadProvider(page, server, evil);
  await page.getByRole("button", { name: PERSON }).click();
  await expectRows(page, PEOPLE);
  expect(await evil.calls(undefined, "/")).toEqual([]);
  expectOnly(heard, server.url);
});

for (const [renewal, more] of [
  ["session", []],
  ["refresh_token", ["--auth", "scope=openid profile email offline_access"]],
] as const) {
  test(`a stored provider cannot name where a session is renewed: ${renewal}`, async ({ another, launch }) => {
    const [server, evil] = [await launch({ args: [...SHORT, "--auth", `renewal=${renewal}`, ...more] }), await launch({})];
    await server.conditions({ refresh_tokens_work: true });
    const page = await another({ bypassCSP: true });
    const heard = record(page);
    await signInWithClock(page, server);
    await misleadProvider(page, server, evil);
    await pass(server, LIFETIME_S - 30, page);
    await until(async () => (await server.calls("POST", "/oauth2/token")).length === 2, page);
    await expectRows(page, PEOPLE);
    expect(await evil.calls(undefined, "/")).toEqual([]);
    expectOnly(heard, server.url);
  });
}

for (const elsewhere of ["//evil.example/users", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/callback?code=a&state=b"]) {
  test(`a stored sign-in cannot lead elsewhere: ${elsewhere}`, async ({ page, standin }) => {
    const heard = record(page);
    await page.goto("/users?q=okafor");
    await expect(page.getByRole("button", { name: PERSON })).toBeVisible();
    // The provider's page is of the same origin here, and so is the storage.
    await page.evaluate((address) => {
      const waiting = JSON.parse(sessionStorage.getItem("roost.pending") ?? "[]") as Record<string, unknown>[];
      sessionStorage.setItem("roost.pending", JSON.stringify(waiting.map((one) => ({ ...one, return_to: address }))));
      sessionStorage.setItem("roost.wanted", address);
    }, elsewhere);
    await page.getByRole("button", { name: PERSON }).click();
    await expectRows(page, PEOPLE);
    await expect(page).toHaveURL("/users");
    expect([...heard.asked]).toEqual([standin.url]);
  });
}
