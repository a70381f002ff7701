// A sign-in without its first half: the console that finds nobody signed in, and the provider's page. What the provider
// answers is then the console's to take, as always. The journeys about signing in go the whole way.
import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";

const random = () => randomBytes(32).toString("base64url");
const plain = (html: string) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What config.json says of signing in; more than this is for journeys of their own. */
interface Auth {
  mode?: string;
  issuer?: string;
  client_id?: string;
}

/**
 * Signs in as somebody of the demo data by their button, on the way to `path`. False, and nothing done, where the provider
 * shows no such buttons or the console is told to ask for more than usual.
 */
export async function enter(page: Page, name: string, path: string): Promise<boolean> {
  const answer = await page.request.get(path, { headers: { Accept: "text/html" } });
  const wanted = new URL(answer.url());
  const told = await page.request.get(new URL("/config.json", wanted).href);
  // Below a path it is somewhere else.
  if (!told.ok() || !told.headers()["content-type"]?.includes("json")) return false;
  const config = (await told.json()) as { auth?: Auth };
  const { mode, issuer, client_id: client = "netbird-dashboard", ...more } = config.auth ?? {};
  if (mode !== "oidc" || !issuer?.startsWith(`${wanted.origin}/`) || Object.keys(more).length > 0) return false;

  const pending = {
    state: random(),
    verifier: random(),
    nonce: random(),
    return_to: wanted.pathname + wanted.search,
    silent: false,
  };
  const question = new URLSearchParams({
    response_type: "code",
    client_id: client,
    redirect_uri: `${wanted.origin}/callback`,
    scope: "openid profile email",
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: createHash("sha256").update(pending.verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const html = await (await page.request.get(`${issuer}/auth?${question}`)).text();
  const [, action, buttons = ""] = /<form method="post" action="([^"]+)"><ul>(.*?)<\/ul>/s.exec(html) ?? [];
  const people = [...buttons.matchAll(/name="person" value="([^"]+)"><bdi>(.*?)<\/bdi>, /g)];
  const person = people.find(([, , written]) => plain(written ?? "") === name)?.[1];
  if (!action) return false;
  if (!person) throw new Error(`the provider knows no ${name}: ${people.map(([, , written]) => written).join(", ")}`);

  let next = await page.request.post(new URL(plain(action), issuer).href, { form: { person: plain(person) }, maxRedirects: 0 });
  let address = new URL(next.headers()["location"] ?? "", next.url());
  while (address.pathname !== "/callback") {
    next = await page.request.get(address.href, { maxRedirects: 0 });
    const location = next.headers()["location"];
    if (!location) throw new Error(`the provider answered ${next.status()} at ${address.pathname} and leads nowhere`);
    address = new URL(location, next.url());
  }
  await page.addInitScript((pending) => {
    // Good for once: what is left of it in later documents does nothing. Begun by the page's clock, which may be set.
    if (new URLSearchParams(location.search).get("state") !== pending.state) return;
    sessionStorage.setItem("roost.pending", JSON.stringify([{ ...pending, begun_at: Math.floor(Date.now() / 1000) }]));
  }, pending);
  await page.goto(address.href);
  return true;
}
