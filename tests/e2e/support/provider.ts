// Real OpenID providers: oidc-provider inside the test, and Keycloak where the run has started one (scripts/test).
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page } from "@playwright/test";
import { Provider } from "oidc-provider";

const CLIENT = "roost";
const SCOPE = "openid profile email offline_access";
const LIFETIME_S = 60;

/** What the tests need of a provider. */
export interface RealProvider {
  /** Its name, exactly. */
  issuer: string;
  /** The console's client there. */
  client: string;
  /** Registers a console. */
  accept(app: string): Promise<void>;
  /** Signs in on its page. */
  signIn(page: Page): Promise<void>;
  /** Signs in on its page as somebody who is signed in there already. */
  signInAgain(page: Page): Promise<void>;
  /** Waits for its page that asks who it is. */
  expectAsked(page: Page): Promise<void>;
  /** Confirms the sign-out where it asks. */
  confirmSignOut(page: Page): Promise<void>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Who signs in. */
export const ADA = { login: "ada", password: "ada-pass-1", name: "Ada Admin" };

const LOGIN_PAGE = (uid: string) =>
  `<!doctype html><html lang="en"><title>Sign in</title><form method="post" action="/login/${uid}">
  <label>Name <input name="username"></label><label>Password <input type="password" name="password"></label>
  <button>Sign in</button></form></html>`;

function configure(issuer: string, app: string): Provider {
  const resource = `${app}/api`;
  const account = {
    accountId: ADA.login,
    claims: () => ({ sub: ADA.login, name: ADA.name, email: "ada@example.com", email_verified: true }),
  };
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [`${app}/callback`],
        post_logout_redirect_uris: [`${app}/`],
      },
    ],
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => (sub === ADA.login ? account : undefined),
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = `<!doctype html><html lang="en"><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button></html>`;
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: CLIENT,
          accessTokenFormat: "jwt",
          accessTokenTTL: LIFETIME_S,
        }),
      },
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: () => true,
    ttl: { IdToken: LIFETIME_S, Session: 1800, Grant: 1800, RefreshToken: 1800, Interaction: 600 },
    cookies: { keys: ["only for tests"] },
    interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
    // The console is the provider's own: nobody is asked whether it may.
    loadExistingGrant: async ({ oidc }) => {
      const id = oidc.session?.grantIdFor(CLIENT);
      const found = id ? await provider.Grant.find(id) : undefined;
      const grant = found ?? new provider.Grant({ clientId: CLIENT, accountId: oidc.session?.accountId ?? "" });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(resource, SCOPE);
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith("/login/")) return next();
    const { uid } = await provider.interactionDetails(context.req, context.res);
    let sent = "";
    for await (const piece of context.req) sent += String(piece);
    const form = new URLSearchParams(sent);
    if (form.get("username") === ADA.login && form.get("password") === ADA.password) {
      context.respond = false;
      return provider.interactionFinished(context.req, context.res, { login: { accountId: ADA.login } });
    }
    context.body = LOGIN_PAGE(uid);
  });
  return provider;
}

/** oidc-provider, on a free port. */
export async function startOidcProvider(): Promise<RealProvider> {
  let provider: Provider | undefined;
  const server: Server = createServer((request, response) => {
    if (provider) void provider.callback()(request, response);
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const name = (page: Page) => page.getByLabel("Name");
  return {
    issuer,
    client: CLIENT,
    accept: async (app) => {
      provider = configure(issuer, app);
    },
    signIn: async (page) => {
      await name(page).fill(ADA.login);
      await page.getByLabel("Password").fill(ADA.password);
      await page.getByRole("button", { name: "Sign in" }).click();
    },
    signInAgain: async (page) => {
      await name(page).fill(ADA.login);
      await page.getByLabel("Password").fill(ADA.password);
      await page.getByRole("button", { name: "Sign in" }).click();
    },
    expectAsked: (page) => expect(name(page)).toBeVisible(),
    confirmSignOut: (page) => page.getByRole("button", { name: "Sign out" }).click(),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The realm `roost` of a Keycloak that runs at `base`. */
export async function useKeycloak(base: string): Promise<RealProvider> {
  const call = async (address: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(base + address, init);
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  };
  const admin = async () => {
    const form = { grant_type: "password", client_id: "admin-cli", username: "root", password: "root-pass-1" };
    const address = "/realms/master/protocol/openid-connect/token";
    const got = await call(address, { method: "POST", body: new URLSearchParams(form) });
    return { Authorization: `Bearer ${(got as { access_token: string }).access_token}`, "Content-Type": "application/json" };
  };
  const name = (page: Page) => page.locator("#username");
  // One for each test: they share the realm, and run at the same time.
  const client = `${CLIENT}-${randomUUID()}`;
  return {
    issuer: `${base}/realms/roost`,
    client,
    accept: async (app) => {
      const audience = { "included.client.audience": client, "access.token.claim": "true", "id.token.claim": "false" };
      const body = JSON.stringify({
        clientId: client,
        publicClient: true,
        standardFlowEnabled: true,
        implicitFlowEnabled: false,
        directAccessGrantsEnabled: false,
        redirectUris: [`${app}/callback`],
        webOrigins: [app],
        attributes: { "pkce.code.challenge.method": "S256", "post.logout.redirect.uris": `${app}/` },
        protocolMappers: [
          {
            name: "audience",
            protocol: "openid-connect",
            protocolMapper: "oidc-audience-mapper",
            config: audience,
          },
        ],
      });
      await call("/admin/realms/roost/clients", { method: "POST", headers: await admin(), body });
    },
    signIn: async (page) => {
      await name(page).fill(ADA.login);
      await page.locator("#password").fill(ADA.password);
      await page.locator("#kc-login").click();
    },
    // It knows who it was and asks for the password alone.
    signInAgain: async (page) => {
      await page.locator("#password").fill(ADA.password);
      await page.locator("#kc-login").click();
    },
    expectAsked: (page) => expect(name(page)).toBeVisible(),
    confirmSignOut: async () => {},
    stop: async () => {},
  };
}
