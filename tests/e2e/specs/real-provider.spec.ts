// Signing in, staying in and getting out with providers that real people run (real-oidc.md).
import type { Page } from "@playwright/test";
import { installClock } from "../support/clock.ts";
import { list, signOut } from "../support/console.ts";
import { startOidcProvider, useKeycloak, type RealProvider } from "../support/provider.ts";
import { closed, grants, until } from "../support/session.ts";
import type { Standin, StandinOptions } from "../support/standin.ts";
import { longAgo, openProof } from "../support/step-up.ts";
import { expect, needsStandin, test } from "../support/test.ts";

const KEYCLOAK = process.env["ROOST_KEYCLOAK"];
const PROVIDERS: [string, () => Promise<RealProvider>][] = [["oidc-provider", startOidcProvider]];
if (KEYCLOAK) PROVIDERS.push(["Keycloak", () => useKeycloak(KEYCLOAK)]);

type Launch = (options: StandinOptions) => Promise<Standin>;

test.beforeEach(() => needsStandin("an API that takes the provider's tokens"));

/** An API that takes the tokens of a provider, and the console in front of it. */
async function start(provider: RealProvider, launch: Launch, ...auth: string[]): Promise<Standin> {
  const more = auth.flatMap((pair) => ["--auth", pair]);
  const args = ["--mode", "none", "--oidc-issuer", provider.issuer, "--client-id", provider.client, ...more];
  const server = await launch({ seed: "empty", args });
  await provider.accept(server.url);
  return server;
}

/** Signs in; the first who comes owns the account. */
async function enter(page: Page, provider: RealProvider, server: Standin): Promise<void> {
  await page.goto(`${server.url}/users`);
  await provider.signIn(page);
  await expectIn(page);
}

async function expectIn(page: Page): Promise<void> {
  await expect(list(page)).toBeVisible();
  // Not every provider puts a name into the token that the API gets.
  await expect(page.getByRole("button", { name: /^Signed in as (Ada Admin|ada), Owner$/ })).toBeVisible();
}

/** Lets the sign-in that the tab keeps be of long ago: the page reads its token and does not check who signed it. */
async function ageSignIn(page: Page): Promise<void> {
  await page.evaluate((at) => {
    const session = JSON.parse(sessionStorage.getItem("roost.session") ?? "{}") as { id_token: string };
    const [header, payload, signature] = session.id_token.split(".");
    const claims = JSON.parse(atob(String(payload).replaceAll("-", "+").replaceAll("_", "/"))) as object;
    const aged = btoa(JSON.stringify({ ...claims, auth_time: at })).replaceAll("+", "-").replaceAll("/", "_");
    const id_token = [header, aged.replaceAll("=", ""), signature].join(".");
    sessionStorage.setItem("roost.session", JSON.stringify({ ...session, id_token }));
  }, longAgo());
}

interface Kept {
  authorization: string;
  refresh_token: string | null;
}

const kept = async (page: Page) =>
  JSON.parse((await page.evaluate(() => sessionStorage.getItem("roost.session"))) ?? "{}") as Kept;

for (const [name, begin] of PROVIDERS) {
  test.describe(name, () => {
    let provider: RealProvider;
    test.beforeEach(async () => {
      provider = await begin();
    });
    test.afterEach(() => provider.stop());

    test("signing in: the answer names the issuer, and the API takes the token", async ({ page, launch, watch }) => {
      watch.expectFailure("/favicon.ico", 404);
      const server = await start(provider, launch);
      const named: (string | null)[] = [];
      page.on("request", (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === "/callback") named.push(searchParams.get("iss"));
      });
      await enter(page, provider, server);
      expect(named).toEqual([provider.issuer]);
      expect((await kept(page)).refresh_token, "the default keeps none").toBeNull();
    });

    test("a page that nobody touches is renewed by the provider's session", async ({ page, launch, watch }) => {
      watch.expectFailure("/favicon.ico", 404);
      const server = await start(provider, launch);
      const sent = grants(page);
      await installClock(page);
      await enter(page, provider, server);
      const prompts: (string | null)[] = [];
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.searchParams.has("code_challenge")) prompts.push(url.searchParams.get("prompt"));
      });
      const before = await kept(page);
      await page.clock.fastForward(31_000);
      await until(async () => sent.length === 2, page);
      await expectIn(page);
      expect(prompts).toEqual(["none"]);
      expect(sent).toEqual(["authorization_code", "authorization_code"]);
      expect((await kept(page)).authorization).not.toBe(before.authorization);
    });

    test("without a session there, the provider asks nothing in silence and the page goes on", async ({
      page,
      launch,
      context,
      watch,
    }) => {
      watch.expectFailure("/favicon.ico", 404);
      const server = await start(provider, launch);
      await installClock(page);
      await enter(page, provider, server);
      await context.clearCookies();
      await page.clock.fastForward(31_000);
      const asks = page.getByText("The identity provider wants you to sign in again.");
      await until(() => asks.isVisible(), page);
      await expectIn(page);
    });

    test("a refresh token brings the next one, and each is sent once", async ({ page, launch, watch }) => {
      watch.expectFailure("/favicon.ico", 404);
      const server = await start(provider, launch, "renewal=refresh_token");
      const sent = grants(page);
      await installClock(page);
      await enter(page, provider, server);
      const first = await kept(page);
      expect(first.refresh_token).toBeTruthy();
      await page.clock.fastForward(31_000);
      await until(async () => (await kept(page)).authorization !== first.authorization, page);
      const second = await kept(page);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(sent).toEqual(["authorization_code", "refresh_token"]);
      await page.getByRole("button", { name: "Refresh" }).click();
      await expectIn(page);
    });

    test("who signed in long ago proves anew who they are, and it tells when", async ({ page, launch, watch }) => {
      watch.expectFailure("/favicon.ico", 404);
      const server = await start(provider, launch);
      await enter(page, provider, server);
      const questions: (string | null)[][] = [];
      page.context().on("request", (request) => {
        const { searchParams } = new URL(request.url());
        if (searchParams.has("code_challenge")) questions.push(["prompt", "max_age"].map((name) => searchParams.get(name)));
      });
      await ageSignIn(page);
      await page.goto(`${server.url}/settings/danger`);
      await page.getByRole("button", { name: "Delete account…" }).click();
      const go = page.getByRole("alertdialog").getByRole("button", { name: "Delete account" });
      await expect(go).toHaveAccessibleDescription("First confirm that it is you.");
      const window = await openProof(page);
      await provider.signInAgain(window);
      await closed(window);
      await expect(page.getByText("Confirmed: it is you.")).toBeVisible();
      await expect(go).not.toHaveAttribute("aria-disabled", "true");
      expect(questions).toEqual([["login", "0"]]);
    });

    test("signing out ends the session there, and the refresh token with it", async ({ page, launch, watch }) => {
      watch.expectFailure("/favicon.ico", 404);
      // A token that an API reads by itself cannot be taken back, and a provider may say so.
      watch.expectFailure(/revocation/, 400);
      const server = await start(provider, launch, "renewal=refresh_token");
      await enter(page, provider, server);
      const { refresh_token: token } = await kept(page);
      await signOut(page);
      await provider.confirmSignOut(page);
      await expect(page.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
      expect(new URL(page.url()).origin).toBe(server.url);
      const discovery = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
      const { token_endpoint: endpoint } = (await discovery.json()) as { token_endpoint: string };
      const form = { grant_type: "refresh_token", client_id: provider.client, refresh_token: token ?? "" };
      // Keycloak has answered before all of it has heard of the end. A token that was taken meanwhile is refused as used
      // twice, which would say nothing.
      await expect(async () => {
        const answer = await fetch(endpoint, { method: "POST", body: new URLSearchParams(form) });
        expect(answer.status).toBe(400);
        expect(await answer.text()).not.toMatch(/reuse/);
      }).toPass();
      await page.getByRole("button", { name: "Continue with single sign-on" }).click();
      await provider.expectAsked(page);
    });
  });
}
