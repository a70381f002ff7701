// What check-deploy looks at, one function for each line that it prints: each gives what is wrong, in sentences.
// tests/e2e/specs/check-deploy.spec.ts has a server for each that fails it and nothing else.
import { createHash } from "node:crypto";
import { unpacked } from "./site.mjs";

const MISSING = ["assets/roost-0000000000000000_bg.wasm", "assets/missing-0000000000000000.mjs", "missing.js"];
/** Addresses of the console: a page, and somebody whose id has a dot and a slash in it. */
const DEEP = ["users?q=ada", "settings/network", "users/ada.lovelace%40example.com", "users/a%2Fb%7C1"];
const TYPES = { html: "text/html", css: "text/css", mjs: "text/javascript", js: "text/javascript", wasm: "application/wasm", json: "application/json", svg: "image/svg+xml" };
const LOCAL = new Set(["127.0.0.1", "localhost", "[::1]"]);

const typeOf = ({ headers }) => (headers["content-type"] ?? "").split(";")[0].trim();
const shown = (answer) => answer.url.pathname + answer.url.search;

/** One answer of each kind, errors included. */
async function everyKind(site) {
  const kinds = ["", DEEP[0], "config.json", "version.json", site.program, site.asset(".mjs"), site.asset(".css"), MISSING[0]];
  return Promise.all(kinds.filter((name) => name !== undefined).map((name) => (name === DEEP[0] ? site.navigate(name) : site.get(name))));
}

const sources = (policy, directive) => new RegExp(`(?:^|; *)${directive} ([^;]*)`).exec(policy)?.[1].trim().split(/\s+/) ?? [];
const without = (policy) => policy.replace(/connect-src [^;]*/, "connect-src …");

/** What the console has to reach by its configuration; nothing where that cannot be read, which has a check of its own. */
async function configured(site) {
  try {
    const { api, auth } = JSON.parse(unpacked(await site.get("config.json")).toString("utf8"));
    return [api, auth?.issuer].filter(Boolean).map((address) => new URL(address).origin);
  } catch {
    return [];
  }
}

async function policyProblems(policy, wanted, site) {
  const problems = [];
  if (without(policy) !== without(wanted)) problems.push(`Content-Security-Policy is “${policy}” instead of “${wanted}”.`);
  const allowed = sources(policy, "connect-src");
  const loose = allowed.filter((one) => one !== "'self'" && !/^https?:\/\/[^/*]+$/.test(one));
  if (loose.length > 0) problems.push(`connect-src allows ${loose.join(", ")}: name origins.`);
  const left = allowed.filter((one) => one.endsWith(".invalid"));
  if (left.length > 0) problems.push(`connect-src still has the placeholder ${left.join(", ")}.`);
  const needed = [...(await configured(site)), "'self'"].filter((one) => one !== site.url.origin);
  const absent = needed.filter((one) => !allowed.includes(one));
  if (absent.length > 0) problems.push(`connect-src lacks ${absent.join(", ")}, which config.json names.`);
  return problems;
}

export const checks = {
  "the connection is encrypted": async (site) =>
    site.url.protocol === "https:" || LOCAL.has(site.url.hostname) ? [] : ["The address begins with http://: anybody on the way can change the console."],

  "the page is the console's": async (site) => {
    const page = await site.get("");
    const problems = [];
    if (page.status !== 200) problems.push(`It is answered with status ${page.status}.`);
    if (!site.program || !site.glue) problems.push("It does not name the program: is it another page?");
    const base = /<base href="([^"]*)"/.exec(site.page)?.[1];
    if (base !== site.url.pathname) problems.push(`Its <base> is “${base}”, its address says “${site.url.pathname}”: deploy with --base ${site.url.pathname}.`);
    return problems;
  },

  "every response has the security headers": async (site, { everywhere }) => {
    const problems = new Set();
    for (const answer of await everyKind(site)) {
      for (const [name, wanted] of everywhere) {
        const times = answer.raw.filter((one, at) => at % 2 === 0 && one.toLowerCase() === name.toLowerCase()).length;
        const value = answer.headers[name.toLowerCase()];
        if (times !== 1) problems.add(`${shown(answer)} has ${name} ${times === 0 ? "not at all" : `${times} times`}.`);
        else if (name === "Content-Security-Policy") (await policyProblems(value, wanted, site)).forEach((one) => problems.add(one));
        else if (value !== wanted) problems.add(`${shown(answer)} has ${name} “${value}” instead of “${wanted}”.`);
      }
    }
    return [...problems];
  },

  "nothing is kept that may change": async (site, { asked }) => {
    const problems = [];
    for (const name of ["", DEEP[0], "config.json", "version.json"]) {
      const answer = name === DEEP[0] ? await site.navigate(name) : await site.get(name);
      const value = answer.headers["cache-control"];
      if (value !== asked) problems.push(`${shown(answer)} has Cache-Control “${value}” instead of “${asked}”: readers would keep an old one.`);
    }
    return problems;
  },

  "what cannot change is kept": async (site, { kept }) => {
    const answers = await Promise.all(site.assets.map((name) => site.get(name)));
    const wrong = answers.filter(({ status, headers }) => status === 200 && headers["cache-control"] !== kept);
    return wrong.map((answer) => `${shown(answer)} has Cache-Control “${answer.headers["cache-control"]}” instead of “${kept}”.`);
  },

  "a miss is not kept": async (site) => {
    const answers = await Promise.all(MISSING.map((name) => site.get(name)));
    const wrong = answers.filter(({ status, headers }) => status === 404 && /immutable|max-age=[1-9]/.test(headers["cache-control"] ?? ""));
    return wrong.map((answer) => `${shown(answer)} is missing, and Cache-Control “${answer.headers["cache-control"]}” has that remembered.`);
  },

  "what is unchanged is not sent again": async (site) => {
    const page = await site.get("");
    const { etag, "last-modified": modified } = page.headers;
    if (!etag && !modified) return ["The page has neither ETag nor Last-Modified: it is downloaded at every visit."];
    const again = await site.get("", etag ? { "If-None-Match": etag } : { "If-Modified-Since": modified });
    return again.status === 304 ? [] : [`Asked for with its own ${etag ? "ETag" : "date"}, the page is answered with ${again.status} instead of 304.`];
  },

  "every file has its type": async (site) => {
    const answers = await Promise.all(["", "config.json", "version.json", ...site.assets].map((name) => site.get(name)));
    return answers.flatMap((answer) => {
      const ending = /\.(\w+)$/.exec(answer.url.pathname)?.[1] ?? "html";
      const wanted = TYPES[ending];
      return answer.status !== 200 || !wanted || typeOf(answer) === wanted ? [] : [`${shown(answer)} is sent as “${typeOf(answer)}” instead of “${wanted}”.`];
    });
  },

  "files are the ones of the release": async (site) => {
    const problems = [];
    for (const name of site.assets) {
      const answer = await site.get(name);
      if (answer.status !== 200) problems.push(`${shown(answer)} is named by the page and answered with status ${answer.status}.`);
      const element = site.page.match(new RegExp(`<[^>]*"\\./${name.replaceAll(".", "\\.")}"[^>]*integrity="(sha384)-([^"]+)"`));
      if (answer.status !== 200 || !element) continue;
      const digest = createHash(element[1]).update(unpacked(answer)).digest("base64");
      if (digest !== element[2]) problems.push(`${shown(answer)} is not the file that the page was built with.`);
    }
    return problems;
  },

  "files are sent compressed": async (site) => {
    const problems = [];
    for (const name of ["", site.program, site.asset(".mjs"), site.asset(".css")].filter((one) => one !== undefined)) {
      const plain = await site.get(name, { "Accept-Encoding": "identity" });
      if (plain.headers["content-encoding"]) problems.push(`${shown(plain)} is sent compressed to who cannot read that.`);
      for (const accepted of ["gzip, deflate, br", "gzip"]) {
        const answer = await site.get(name, { "Accept-Encoding": accepted });
        const encoding = answer.headers["content-encoding"] ?? "";
        if (!accepted.split(", ").includes(encoding)) problems.push(`${shown(answer)} is sent as it is to who accepts “${accepted}”.`);
        else if (!unpacked(answer).equals(unpacked(plain))) problems.push(`${shown(answer)} in ${encoding} is another file than without.`);
        if (!/accept-encoding|\*/i.test(answer.headers.vary ?? "")) problems.push(`${shown(answer)} lacks Vary: Accept-Encoding: a cache would send it to who cannot read it.`);
      }
    }
    return [...new Set(problems)];
  },

  "every address of the console is its page": async (site) => {
    const answers = await Promise.all(DEEP.map((name) => site.navigate(name)));
    return answers
      .filter((answer) => answer.status !== 200 || unpacked(answer).toString("utf8") !== site.page)
      .map((answer) => `${shown(answer)} is answered with ${answer.status === 200 ? "another page" : `status ${answer.status}`}.`);
  },

  "a file that is missing is missing": async (site) => {
    const answers = await Promise.all(MISSING.map((name) => site.navigate(name)));
    return answers
      .filter(({ status }) => status !== 404)
      .map((answer) => `${shown(answer)} is answered with status ${answer.status}: a browser would take that for the file.`);
  },

  "the configuration can be read": async (site) => {
    const answer = await site.get("config.json");
    if (answer.status !== 200) return [`config.json is answered with status ${answer.status}.`];
    let config;
    try {
      config = JSON.parse(unpacked(answer).toString("utf8"));
    } catch (error) {
      return [`config.json is not JSON: ${error.message}.`];
    }
    const mode = config.auth?.mode ?? "oidc";
    const problems = mode === "oidc" && !config.auth?.issuer ? ["config.json has no auth.issuer."] : [];
    if (/"[^"]*secret[^"]*"\s*:/i.test(JSON.stringify(config))) problems.push("config.json has a secret in it, which everybody can read.");
    if (/\bexample\.(com|org)\b/.test(JSON.stringify(config))) problems.push("config.json still is the sample that a release brings.");
    return problems;
  },

  "open tabs hear of a new version": async (site) => {
    const answer = await site.get("version.json");
    if (answer.status !== 200) return [`version.json is answered with status ${answer.status}.`];
    const { version, program } = JSON.parse(unpacked(answer).toString("utf8"));
    if (!version || program !== site.glue) return [`version.json is about “${program}”, the page starts “${site.glue}”: one of them is of another release.`];
    return [];
  },

  "nothing is served that is not for readers": async (site) => {
    const answers = await Promise.all(["_headers", "SHA256SUMS", ".roost-site"].map((name) => site.get(name)));
    return answers.filter((answer) => answer.status === 200 && unpacked(answer).toString("utf8") !== site.page).map((answer) => `${shown(answer)} can be read.`);
  },
};
