// What scripts/deploy is told, checked: whatever makes no sense is refused with one sentence that says what does.

/** A sentence for the reader, who said something that cannot be. */
export class Refusal extends Error {}

export const HOSTS = ["nginx", "caddy", "apache", "cloudflare", "netlify", "cloudfront", "container", "compose"];
const MODES = ["oidc", "token", "proxy"];

/** Options with a value, and what each is for; the order is that of the help. */
export const OPTIONS = {
  host: `where it is served: ${HOSTS.join(", ")}`,
  out: "a folder for the result; what an earlier run put there is brought up to date",
  name: "the host name that readers type: roost.example.com",
  base: "the path it lies under, with a slash at both ends; / without it",
  api: "the origin of NetBird's management API; without it the console's own",
  mode: `how one signs in: ${MODES.join(", ")}; oidc without it`,
  issuer: "the OpenID issuer, exactly as its tokens say it",
  "client-id": "the client registered there; netbird-dashboard without it",
  audience: "the audience to ask for, where the provider wants one",
  bearer: "access_token or id_token: which one the API takes",
  renewal: "session, refresh_token or none",
  scope: "the scopes to ask for",
  connect: "one more origin the page may talk to, for a provider whose endpoints lie elsewhere; may come several times",
  dist: "the release; dist without it",
  root: "where the files will lie on the server; /var/www/roost without it",
};

// Everything else ends up in the configuration of a web server.
const FREE = new Set(["out", "dist", "scope"]);

const refuse = (option, sentence) => {
  throw new Refusal(`--${option}: ${sentence}`);
};

/** Splits a command line into options, each with its value. */
export function parse(line) {
  const told = { connect: [] };
  for (let at = 0; at < line.length; at += 1) {
    const [, name, after] = line[at].match(/^--([a-z-]+)(?:=(.*))?$/s) ?? [];
    if (!name) throw new Refusal(`“${line[at]}” is not an option; they begin with --, and --help lists them.`);
    if (/secret|password|token$/.test(name)) refuse(name, "a page cannot keep a secret; register a public client.");
    if (!Object.hasOwn(OPTIONS, name)) throw new Refusal(`--${name} is not an option of this script; --help lists them.`);
    const value = after ?? line[(at += 1)];
    if (value === undefined || (after === undefined && value.startsWith("--"))) refuse(name, `needs a value: ${OPTIONS[name]}.`);
    if (!FREE.has(name) && /[\s"'<>\\;{}$`]/.test(value)) {
      refuse(name, "has a space, a quote or another character that does not belong there.");
    }
    if (name === "connect") told.connect.push(value);
    else if (Object.hasOwn(told, name)) refuse(name, "comes twice; keep one.");
    else told[name] = value;
  }
  return told;
}

const LOCAL = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** An address as the console takes one: https, or http on this computer. */
function address(option, text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    refuse(option, `“${text}” is not an address such as https://netbird.example.com.`);
  }
  const isLocal = url.protocol === "http:" && LOCAL.has(url.hostname);
  if (url.protocol !== "https:" && !isLocal) refuse(option, "must begin with https:// (http:// only for this computer).");
  if (url.username || url.password) refuse(option, "must not say who signs in.");
  if (url.hostname.endsWith(".invalid") || url.hostname.includes("*")) refuse(option, `“${url.hostname}” is a placeholder, not a host.`);
  return url;
}

function origin(option, text) {
  const url = address(option, text);
  if (text !== url.origin) refuse(option, `must be an origin and nothing more: ${url.origin}.`);
  return text;
}

function oneOf(option, value, words) {
  if (!words.includes(value)) refuse(option, `must be one of ${words.join(", ")}.`);
  return value;
}

function checkBase(base, host) {
  if (!/^\/([A-Za-z0-9_~-]+(\.[A-Za-z0-9_~-]+)*\/)*$/.test(base)) {
    refuse("base", `“${base}” is not a path with a slash at both ends, of plain letters, digits, - and _: /admin/.`);
  }
  if (/\/(api|oauth2)\//.test(base)) refuse("base", "NetBird's own paths begin there.");
  if (base !== "/" && host === "cloudflare") {
    refuse("base", "Cloudflare Pages answers unknown addresses with the page at /, so the console has to lie there.");
  }
  return base;
}

/** What config.json says; the console checks it once more when it starts (src/config.rs). */
function configuration(told, mode) {
  const auth = { mode };
  if (mode === "oidc") {
    if (!told.issuer) refuse("issuer", "needed to sign in by OpenID Connect; or say --mode token or --mode proxy.");
    const issuer = address("issuer", told.issuer);
    if (issuer.search || issuer.hash) refuse("issuer", "must be the issuer as its tokens say it, without ? and #.");
    auth.issuer = told.issuer;
    auth.client_id = told["client-id"] ?? "netbird-dashboard";
    if (auth.client_id === "") refuse("client-id", "must be the id of the client registered at the provider.");
    if (told.scope !== undefined) {
      const words = told.scope.split(" ");
      if (!words.includes("openid")) refuse("scope", "must contain openid.");
      if (words.includes("offline_access") && told.renewal !== "refresh_token") {
        refuse("scope", "offline_access goes with --renewal refresh_token only.");
      }
      auth.scope = told.scope;
    }
    if (told.audience) auth.audience = told.audience;
    if (told.bearer) auth.bearer = oneOf("bearer", told.bearer, ["access_token", "id_token"]);
    if (told.renewal) auth.renewal = oneOf("renewal", told.renewal, ["session", "refresh_token", "none"]);
  } else {
    const idle = ["issuer", "client-id", "audience", "bearer", "renewal", "scope"].find((name) => told[name] !== undefined);
    if (idle) refuse(idle, `means nothing with --mode ${mode}; leave it out.`);
    if (mode === "proxy" && told.api) refuse("api", "with --mode proxy the API lies behind the console's own address; leave it out.");
  }
  return { api: told.api ? origin("api", told.api) : "", auth };
}

/** A deployment: everything the rest has to know. Refuses what makes no sense. */
export function settle(told) {
  if (!told.host) refuse("host", `needed: ${OPTIONS.host}.`);
  const host = oneOf("host", told.host, HOSTS);
  if (!told.out) refuse("out", `needed: ${OPTIONS.out}.`);
  const mode = oneOf("mode", told.mode ?? "oidc", MODES);
  const base = checkBase(told.base ?? "/", host);
  const name = told.name ?? "roost.example.com";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(name)) refuse("name", `“${name}” is not a host name; without a scheme, a port or a path: roost.example.com.`);
  const root = told.root ?? "/var/www/roost";
  if (!/^\/[\w./-]*$/.test(root)) refuse("root", "must be an absolute path on the server.");
  const config = configuration(told, mode);
  const origins = [config.api, config.auth.issuer, ...told.connect.map((one) => origin("connect", one))];
  const connect = [...new Set(origins.filter(Boolean).map((one) => new URL(one).origin))];
  return { host, out: told.out, dist: told.dist ?? "dist", mode, base, name, root: root.replace(/\/$/, ""), config, connect };
}
