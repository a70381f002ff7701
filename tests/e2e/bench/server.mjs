// A stand-in server with one kind of data that serves the console and, beside it, the yardstick: one server, one origin,
// one set of headers for both.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = process.env.STANDIN || join(root, "target/release/standin");
const dist = process.env.DIST || join(root, "dist");

/** Starts the server with a seed, `demo` or `users=N`; `address` ends with a slash. */
export async function startServer(seed) {
  const folder = await mkdtemp(join(tmpdir(), "roost-bench-"));
  const site = join(folder, "site");
  await cp(dist, site, { recursive: true });
  await cp(fileURLToPath(new URL("yardstick/", import.meta.url)), join(site, "yardstick"), { recursive: true });
  const child = spawn(
    program,
    ["--listen", "127.0.0.1:0", "--data", join(folder, "data"), "--dist", site, "--seed", seed],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise((done) => child.once("close", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { address: await addressOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(child) {
  const failed = new Promise((_, reject) => {
    child.once("error", (error) => reject(new Error(`the stand-in server did not start: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`the stand-in server stopped with code ${code}`)));
  });
  // After the address nobody waits for the failure any more.
  failed.catch(() => {});
  const said = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, address] = /^listening on (\S+)$/.exec(line) ?? [];
      if (address) return address;
    }
    throw new Error("the stand-in server did not say where it listens");
  })();
  return Promise.race([said, failed]);
}
