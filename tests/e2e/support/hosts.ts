// Web servers of Debian's packages, each serving what scripts/deploy made for it, as the one who runs the tests.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { DIST } from "./standin.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const MODULES = ["authz_core", "mime", "dir", "headers", "rewrite", "alias", "filter", "deflate"];

/** The servers that are run; for the others an engine, an account or a network is missing. */
export type Host = "nginx" | "caddy" | "apache";

const PROGRAMS: Record<Host, { names: string[]; version: string }> = {
  nginx: { names: ["/usr/sbin/nginx", "nginx"], version: "-v" },
  caddy: { names: ["caddy"], version: "version" },
  apache: { names: ["/usr/sbin/apache2", "apache2"], version: "-v" },
};

/** The program of a server, or what `ROOST_NGINX` and the like name; `undefined` where it is not installed. */
export function program(host: Host): string | undefined {
  const { names, version } = PROGRAMS[host];
  const named = process.env[`ROOST_${host.toUpperCase()}`];
  return (named === undefined ? names : [named]).find((name) => spawnSync(name, [version]).status === 0);
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** What a script of the repository says, and how it ended. */
export function run(script: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, script), args, { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

/** A release as make dist leaves it: the bundle of the tests with its checksums. */
export function releaseOf(dist = DIST): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "roost-release-"));
  cpSync(dist, folder, { recursive: true });
  const made = spawnSync("bash", ["-c", "find . -type f ! -name SHA256SUMS | sed 's|^[.]/||' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS"], { cwd: folder });
  if (made.status !== 0) throw new Error(`no checksums: ${made.stderr.toString()}`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Puts this test's places into a configuration; each must be there. */
function placed(file: string, places: [string | RegExp, string][]): string {
  let text = readFileSync(file, "utf8");
  for (const [shipped, here] of places) {
    const filled = text.replace(shipped, here);
    if (filled === text) throw new Error(`${file} has no “${shipped}” any more`);
    text = filled;
  }
  return text;
}

const STARTS: Record<Host, (site: string, folder: string, port: number) => string[]> = {
  nginx(site, folder, port) {
    const conf = placed(path.join(site, "nginx.conf"), [
      ["listen 443 ssl;", `listen 127.0.0.1:${port};`],
      [/ *ssl_certificate.*\n *ssl_certificate_key.*\n/, ""],
      ["root /var/www/roost;", `root ${site}/www;`],
    ]);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
    writeFileSync(path.join(folder, "roost.conf"), conf);
    writeFileSync(
      path.join(folder, "nginx.conf"),
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { include /etc/nginx/mime.types; access_log off; ${temporary.join(" ")}
include ${folder}/roost.conf; }`,
    );
    return ["-p", folder, "-c", path.join(folder, "nginx.conf")];
  },
  caddy(site, folder, port) {
    const conf = placed(path.join(site, "Caddyfile"), [
      ["roost.example.com {", `http://127.0.0.1:${port} {`],
      ["root * /var/www/roost", `root * ${site}/www`],
    ]);
    writeFileSync(path.join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${conf}`);
    return ["run", "--config", path.join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  },
  apache(site, folder, port) {
    const conf = placed(path.join(site, "apache.conf"), [
      ["*:443", `127.0.0.1:${port}`],
      [/ *SSLEngine on\n *SSLCertificateFile.*\n *SSLCertificateKeyFile.*\n/, ""],
      [/\/var\/www\/roost/g, `${site}/www`],
    ]);
    const modules = ["mpm_event", ...MODULES].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
    // What Debian switches on for everybody is part of the test: it compresses on its own, and has types of its own.
    const around = ["mime", "deflate"].map((name) => `Include /etc/apache2/mods-available/${name}.conf`);
    const user = process.getuid?.() === 0 ? "User www-data\nGroup www-data\n" : "";
    writeFileSync(
      path.join(folder, "apache.conf"),
      `ServerRoot ${folder}\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log\nListen 127.0.0.1:${port}\nServerName 127.0.0.1
${modules.join("\n")}\nTypesConfig /etc/mime.types\n${around.join("\n")}\n${user}${conf}`,
    );
    return ["-d", folder, "-f", path.join(folder, "apache.conf"), "-DFOREGROUND"];
  },
};

/** Serves a site until it is stopped. `begin` says what a first answer looks like. */
export async function serve(host: Host, site: string, port: number): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "roost-host-"));
  // Apache reads the site as a user of its own.
  for (const one of [folder, site, path.dirname(site)]) chmodSync(one, 0o755);
  mkdirSync(path.join(folder, "home"));
  const line = STARTS[host](site, folder, port);
  const env = { ...process.env, XDG_DATA_HOME: `${folder}/home`, XDG_CONFIG_HOME: `${folder}/home` };
  const child: ChildProcess = spawn(program(host) ?? "", line, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr?.on("data", (piece: Buffer) => (said += piece.toString()));
  const until = Date.now() + 20_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${host} does not answer: ${said}`);
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
}
