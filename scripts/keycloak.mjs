// Runs a command beside a Keycloak of its own: node scripts/keycloak.mjs FOLDER COMMAND…
// It listens on a free port of this machine, keeps everything in memory, has the realm of the tests, and ends with the
// command, which finds its address in ROOST_KEYCLOAK.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const START_MS = 180_000;
const [folder, program, ...args] = process.argv.slice(2);
if (!program) throw new Error("usage: node scripts/keycloak.mjs FOLDER COMMAND…");

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const base = `http://127.0.0.1:${port}`;
const admin = { KC_BOOTSTRAP_ADMIN_USERNAME: "root", KC_BOOTSTRAP_ADMIN_PASSWORD: "root-pass-1" };
const line = ["start-dev", "--db=dev-mem", "--http-host=127.0.0.1", `--http-port=${port}`, `--hostname=${base}`];
// A group of its own: the script stays the parent of the program at some starts and becomes it at others.
const keycloak = spawn(`${folder}/bin/kc.sh`, line, {
  detached: true,
  stdio: ["ignore", "pipe", "pipe"],
  env: { ...process.env, ...admin, JAVA_OPTS_APPEND: "-XX:TieredStopAtLevel=1" },
});
let said = "";
for (const stream of [keycloak.stdout, keycloak.stderr]) {
  stream.on("data", (piece) => {
    said = (said + piece).slice(-20_000);
  });
}

function end() {
  try {
    process.kill(-keycloak.pid, "SIGTERM");
  } catch {
    // it has ended already
  }
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    end();
    process.exit(1);
  });
}

async function ask(address, init = {}) {
  const answer = await fetch(base + address, init);
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

/** Waits until it answers. */
async function start() {
  const began = Date.now();
  for (;;) {
    try {
      return await ask("/realms/master/.well-known/openid-configuration");
    } catch {
      if (keycloak.exitCode !== null || Date.now() - began > START_MS) throw new Error(`Keycloak did not start:\n${said}`);
      await wait(250);
    }
  }
}

/** Makes the realm of the tests. */
async function makeRealm() {
  const form = { grant_type: "password", client_id: "admin-cli", username: "root", password: "root-pass-1" };
  const token = await ask("/realms/master/protocol/openid-connect/token", {
    method: "POST",
    body: new URLSearchParams(form),
  });
  await ask("/admin/realms", {
    method: "POST",
    headers: { Authorization: `Bearer ${token.access_token}`, "Content-Type": "application/json" },
    body: readFileSync(new URL("../tests/e2e/support/keycloak-realm.json", import.meta.url)),
  });
}

try {
  const began = Date.now();
  await start();
  await makeRealm();
  console.log(`Keycloak answers at ${base} after ${Math.round((Date.now() - began) / 1000)} s.`);
  const command = spawn(program, args, { stdio: "inherit", env: { ...process.env, ROOST_KEYCLOAK: base } });
  process.exitCode = await new Promise((resolve) => command.on("exit", (code) => resolve(code ?? 1)));
} finally {
  end();
}
