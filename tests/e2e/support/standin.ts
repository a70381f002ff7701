// Starts one stand-in server per test and works its switches (docs/standin.md).
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const BINARY = process.env["STANDIN"] || path.join(ROOT, "target/release/standin");
/** The release bundle. */
export const DIST = process.env["DIST"] || path.join(ROOT, "dist");
/** Everybody's password in the demo data. */
export const PASSWORD = "Roost-demo-1";
const START_MS = 20_000;

/** Somebody of the seed. */
export interface Person {
  id: string;
  name: string;
  email: string;
  token: string | null;
  role: string;
  blocked: boolean;
  pending: boolean;
}

/** What the server shall do wrong. `times` 0 is until it is switched off. */
export interface Fault {
  path: string;
  kind:
    | "status"
    | "garbage"
    | "html"
    | "empty"
    | "truncated"
    | "reset_before"
    | "reset_after"
    | "hang"
    | "delay"
    | "no_cors"
    | "wrong_types"
    | "extra_fields"
    | "null_arrays"
    | "unknown_values"
    | "duplicate_ids"
    | "change";
  exact?: boolean;
  method?: string;
  times?: number;
  status?: number;
  body?: unknown;
  /** only fields of that name */
  field?: string;
  /** what somebody else does, of kind `change` */
  change?: Record<string, unknown>;
  /** seconds */
  retry_after?: number;
  delay_ms?: number;
  jitter_ms?: number;
  seed?: number;
}

/** A call that the server got. */
export interface Call {
  method: string;
  path: string;
  query: string;
  authorization: string | null;
  status: number | null;
  /** what was made to go wrong */
  played?: string;
}

/** How it is started. */
export interface StandinOptions {
  /** `demo` or `users=N` */
  seed?: string;
  /** the folder of the console; the release bundle without it */
  dist?: string;
  /** more of the command line */
  args?: string[];
}

/** A running stand-in server. */
export class Standin {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Its address, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Starts one on a free port, with a folder of its own. */
  static async start(options: StandinOptions = {}): Promise<Standin> {
    const folder = mkdtempSync(path.join(tmpdir(), "roost-e2e-"));
    const own = options.args?.includes("--api") ? [] : ["--data", folder, "--seed", options.seed ?? "demo"];
    const line = ["--listen", "127.0.0.1:0", "--dist", options.dist ?? DIST, ...own, ...(options.args ?? [])];
    const child = spawn(BINARY, line, { stdio: ["ignore", "pipe", "pipe"] });
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      const timer = setTimeout(() => reject(new Error(`the stand-in does not answer: ${said}`)), START_MS);
      const read = (piece: Buffer) => {
        said += piece.toString();
        const found = /listening on (http:\/\/[^/\s]+)\//.exec(said);
        if (found?.[1]) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the stand-in ended with ${code}: ${said}`)));
    });
    return new Standin(child, folder, address);
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const gone = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGTERM");
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Everybody in it. */
  async people(): Promise<Person[]> {
    return (await this.hook("GET", "people")) as Person[];
  }

  /** Somebody by their e-mail address before the @. */
  async person(mailbox: string): Promise<Person> {
    const found = (await this.people()).find((person) => person.email.startsWith(`${mailbox}@`));
    if (!found) throw new Error(`nobody is ${mailbox}`);
    return found;
  }

  /** The owner's access token. */
  async ownerToken(): Promise<string> {
    const { token } = await this.person("olivia.marsh");
    if (!token) throw new Error("the owner has no access token");
    return token;
  }

  /** Switches a fault on. */
  async fault(fault: Fault): Promise<void> {
    // A body that is no text is the JSON of it.
    const { body } = fault;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    await this.hook("POST", "faults", { ...fault, ...(text === undefined ? {} : { body: text }) });
  }

  /** Switches all faults off. */
  async heal(): Promise<void> {
    await this.hook("DELETE", "faults");
  }

  /** The calls so far that fit, oldest first. */
  async calls(method?: string, beginning = "/api/"): Promise<Call[]> {
    const all = (await this.hook("GET", "requests")) as Call[];
    return all.filter((call) => call.path.startsWith(beginning) && (!method || call.method === method));
  }

  /** Forgets the calls so far. */
  async forgetCalls(): Promise<void> {
    await this.hook("DELETE", "requests");
  }

  /** The whole request log, for a failed test. */
  async log(): Promise<string> {
    const all = (await this.hook("GET", "requests")) as Call[];
    return all
      .map((call) => `${call.status ?? "…"} ${call.method} ${call.path}${call.query ? `?${call.query}` : ""}`)
      .join("\n");
  }

  /** Changes what is wrong with the server as a whole: the fields given. */
  async conditions(fields: Record<string, unknown>): Promise<void> {
    await this.hook("POST", "conditions", fields);
  }

  /** Puts the server's clock forward: tokens age. */
  async forward(seconds: number): Promise<void> {
    await this.hook("POST", "clock", { forward: seconds });
  }

  /** Registers addresses that sign-ins and sign-outs may return to. */
  async mayReturnTo(...addresses: string[]): Promise<void> {
    for (const uri of addresses) await this.hook("POST", "redirect-uris", { uri });
  }

  /** Calls the API as somebody else would: with the owner's token. */
  async api(method: string, address: string, body?: unknown): Promise<unknown> {
    return callApi(this.url, `Token ${await this.ownerToken()}`, method, address, body);
  }

  /** Changes a user behind the console's back: the fields given, the others as they are. */
  async change(id: string, changes: Partial<UserUpdate>): Promise<void> {
    await changeUser(this.url, `Token ${await this.ownerToken()}`, id, changes);
  }

  private async hook(method: string, name: string, body?: unknown): Promise<unknown> {
    return callApi(this.url, null, method, `/_standin/${name}`, body);
  }
}

/** What a user can be updated with. */
export interface UserUpdate {
  role: string;
  auto_groups: string[];
  is_blocked: boolean;
}

/** A user as the API shows them. */
export interface ApiUser extends UserUpdate {
  id: string;
  name: string;
  email: string;
}

/** Calls an API; fails on anything but a 2xx. */
export async function callApi(
  origin: string,
  authorization: string | null,
  method: string,
  address: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(`${origin}${address}`, {
    method,
    headers: {
      ...(authorization ? { Authorization: authorization } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** The users of an account. */
export async function listUsers(origin: string, authorization: string): Promise<ApiUser[]> {
  return (await callApi(origin, authorization, "GET", "/api/users")) as ApiUser[];
}

/** Changes a user: the fields given, the others as they are. */
export async function changeUser(
  origin: string,
  authorization: string,
  id: string,
  changes: Partial<UserUpdate>,
): Promise<void> {
  const user = (await listUsers(origin, authorization)).find((one) => one.id === id);
  if (!user) throw new Error(`there is no user ${id}`);
  const { role, auto_groups, is_blocked } = user;
  const update = { role, auto_groups, is_blocked, ...changes };
  await callApi(origin, authorization, "PUT", `/api/users/${encodeURIComponent(id)}`, update);
}

/** A copy of the bundle with some files replaced; `remove` it afterwards. */
export function bundleWith(files: Record<string, string | Buffer | null>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "roost-dist-"));
  cpSync(DIST, folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    for (const ending of ["", ".br", ".gz"]) rmSync(path.join(folder, name + ending), { force: true });
    if (content !== null) writeFileSync(path.join(folder, name), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
