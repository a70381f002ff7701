// scripts/deploy: makes a site of a release for one deployment, in a folder: www/ with config.json and the page for its base
// path, and beside it what the web server wants to know. It writes files and does nothing else; the host's own tool
// carries them there (docs/deployment.md).
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeCompressed } from "../compress.mjs";
import * as headers from "./headers.mjs";
import { OPTIONS, Refusal, parse, settle } from "./options.mjs";

const EXAMPLES = path.resolve(import.meta.dirname, "../../deploy");
const ENDINGS = "js|mjs|css|wasm|json|html|svg|png|ico|txt|map|br|gz";
/** What goes with a release but is not served. */
const BEHIND = new Set(["SHA256SUMS", "sbom.cdx.json", "_headers", "config.json"]);
/** What names other files comes after them; what tells open tabs of a new version comes last. */
const LAST = ["index.html", "version.json"];

function help() {
  const lines = Object.entries(OPTIONS).map(([name, what]) => `  --${name.padEnd(10)} ${what}`);
  return `Makes a site of a release for one deployment (docs/deployment.md).

  scripts/deploy --host nginx --out site --name roost.example.com \\
    --api https://netbird.example.com --issuer https://netbird.example.com/oauth2

${lines.join("\n")}`;
}

/** The files of a release, compared with its checksums. */
function release(dist) {
  const list = `${dist}/SHA256SUMS`;
  if (!existsSync(list)) throw new Refusal(`${list} is not there: make a release by make dist, or name its folder by --dist.`);
  const files = readFileSync(list, "utf8").matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm);
  return [...files].map(([, sum, name]) => {
    const here = existsSync(`${dist}/${name}`) ? createHash("sha256").update(readFileSync(`${dist}/${name}`)).digest("hex") : "";
    if (here !== sum) throw new Refusal(`${dist}/${name} is not what the release has: make it again by make dist.`);
    return name;
  });
}

/** Writes a file whole: whoever reads it meanwhile has the old one or the new one. */
function put(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

function copy(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, `${to}.new`);
  renameSync(`${to}.new`, to);
}

function pageFor(dist, base) {
  const page = readFileSync(`${dist}/index.html`, "utf8");
  if (!page.includes('<base href="/" />')) throw new Error("index.html has no <base> to change");
  return page.replace('<base href="/" />', `<base href="${base}" />`);
}

/** www/: assets first, what names them last. Files of earlier releases stay, for tabs that are open. */
async function writeSite(site, files, compressed) {
  const { dist, out, base, config } = site;
  const folder = path.join(out, "www", base);
  const wanted = files.filter((name) => !BEHIND.has(name) && (compressed || !/\.(br|gz)$/.test(name)));
  const rank = (name) => LAST.indexOf(name.replace(/\.(br|gz)$/, ""));
  put(path.join(folder, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  for (const name of wanted.toSorted((a, b) => rank(a) - rank(b))) {
    const file = path.join(folder, name);
    if (base === "/" || !name.startsWith("index.html")) {
      copy(`${dist}/${name}`, file);
    } else if (name === "index.html") {
      put(file, pageFor(dist, base));
      if (compressed) await writeCompressed(file);
    }
  }
}

/** An example of deploy/ with this deployment in it. */
function example(name, values) {
  return readFileSync(path.join(EXAMPLES, name), "utf8").replaceAll(/@([A-Z]+)@/g, (marker, key) => {
    if (!Object.hasOwn(values, key)) throw new Error(`deploy/${name} has ${marker}, which means nothing`);
    return values[key];
  });
}

/** What the examples leave open. */
function values(site, shared) {
  const { base, name, root } = site;
  const { version, commit } = JSON.parse(readFileSync(`${site.dist}/version.json`, "utf8"));
  return {
    ...{ BASE: base, NAME: name, ROOT: root, KEPT: shared.kept, ASKED: shared.asked, ENDINGS, SITE: name, TLS: "", APART: "" },
    ...{ PATTERN: base.replaceAll(".", "\\."), FOLDER: base.slice(1), VERSION: version, COMMIT: commit ?? "unknown" },
  };
}

const hosts = {
  nginx(site, common, shared) {
    const listen = ["listen 443 ssl;", `server_name ${site.name};`, "ssl_certificate /etc/ssl/roost.pem;", "ssl_certificate_key /etc/ssl/roost.key;"];
    const apart = site.base === "/" ? "" : `    location = ${site.base.slice(0, -1)} {\n        return 308 ${site.base};\n    }\n`;
    const here = { ...common, LISTEN: listen.join("\n    "), HEADERS: headers.forNginx(shared), APART: apart };
    return { "nginx.conf": example("nginx.conf", here) };
  },
  caddy(site, common, shared) {
    const apart = site.base === "/" ? "" : `\tredir ${site.base.slice(0, -1)} ${site.base} 308\n`;
    return { Caddyfile: example("Caddyfile", { ...common, HEADERS: headers.forCaddy(shared), APART: apart }) };
  },
  apache(site, common, shared) {
    const tls = ["SSLEngine on", "SSLCertificateFile /etc/ssl/roost.pem", "SSLCertificateKeyFile /etc/ssl/roost.key"];
    const here = { ...common, LISTEN: "*:443", TLS: tls.map((line) => `    ${line}\n`).join(""), HEADERS: headers.forApache(shared) };
    const apart = site.base === "/" ? "" : `    RedirectMatch 308 ^${site.base.slice(0, -1)}$ ${site.base}\n`;
    return { "apache.conf": example("apache.conf", { ...here, APART: apart }) };
  },
  // Without a page for what is missing at the top, every unknown address is the console's; below assets/ there is one.
  cloudflare(site, common, shared, blocks) {
    return { "www/_headers": headers.forPages(blocks), "www/assets/404.html": "<!doctype html><title>Not found</title>\n" };
  },
  netlify(site, common, shared, blocks) {
    const { base } = site;
    return {
      "www/_headers": headers.forPages(blocks),
      "www/_redirects": `${base}assets/* ${base}assets/404.html 404\n${base}* ${base}index.html 200\n`,
      [`www${base}assets/404.html`]: "<!doctype html><title>Not found</title>\n",
    };
  },
  cloudfront(site, common, shared) {
    return {
      "headers-policy.json": `${JSON.stringify(headers.forCloudFront(shared), null, 2)}\n`,
      "function.js": example("cloudfront-function.js", { ...common, PATTERN: common.PATTERN.replaceAll("/", "\\/") }),
      "upload-s3.sh": example("upload-s3.sh", common),
    };
  },
  container(site, common, shared) {
    const inside = { ...site, root: "/usr/share/nginx/html" };
    const apart = site.base === "/" ? "" : `    location = ${site.base.slice(0, -1)} {\n        return 308 ${site.base};\n    }\n`;
    const here = { ...common, ROOT: inside.root, LISTEN: "listen 8080;", HEADERS: headers.forNginx(shared), APART: apart };
    return { "nginx.conf": example("nginx.conf", here), Containerfile: example("Containerfile", common) };
  },
  compose(site, common, shared) {
    return { ...hosts.container(site, common, shared), "compose.yml": example("compose.yml", common) };
  },
};

/** What is left to do by hand. */
function farewell({ host, out, base, name, mode }) {
  const lines = [`${out}/www is the site for https://${name}${base}; docs/deployment.md says how ${host} serves it.`];
  if (mode === "oidc") lines.push(`Register at the provider: redirect https://${name}${base}callback, post-logout https://${name}${base}`);
  return [...lines, `When it runs: scripts/check-deploy https://${name}${base}`].join("\n");
}

async function main(line) {
  if (line.length === 0 || line.includes("--help")) return help();
  const site = settle(parse(line));
  const files = release(site.dist);
  const blocks = headers.fill(headers.read(readFileSync(`${site.dist}/_headers`, "utf8")), site);
  const shared = headers.parts(blocks, site.base);
  const made = hosts[site.host](site, values(site, shared), shared, blocks);
  const packs = !["cloudflare", "netlify"].includes(site.host);
  const mark = path.join(site.out, ".roost-site");
  if (existsSync(site.out) && !existsSync(mark)) throw new Refusal(`--out: ${site.out} is there already and is no site of this script; name another folder.`);
  put(mark, `${site.host}\n`);
  await writeSite(site, files, packs);
  for (const [name, text] of Object.entries(made)) put(path.join(site.out, name), text);
  if (made["upload-s3.sh"]) chmodSync(path.join(site.out, "upload-s3.sh"), 0o755);
  return farewell(site);
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
