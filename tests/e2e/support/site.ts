// A web server for a site of scripts/deploy that does everything right, so that a test can make it do one thing wrong.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import path from "node:path";

const TYPES: Record<string, string> = {
  html: "text/html",
  css: "text/css",
  mjs: "text/javascript",
  js: "text/javascript",
  wasm: "application/wasm",
  json: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain",
};

/** An answer on its way out. */
export interface Answer {
  /** the file that was asked for, below www/ */
  name: string;
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Changes an answer. */
export type Fault = (answer: Answer, request: IncomingMessage) => void;

/** The headers that every response carries, of the configuration for nginx. */
function headersOf(site: string): OutgoingHttpHeaders {
  const text = readFileSync(path.join(site, "nginx.conf"), "utf8");
  return Object.fromEntries([...text.matchAll(/add_header ([\w-]+) "(.*)" always;/g)].map(([, name, value]) => [name, value]));
}

function answerOf(site: string, everywhere: OutgoingHttpHeaders, request: IncomingMessage): Answer {
  const asked = new URL(request.url ?? "/", "http://here").pathname.slice(1);
  const isFile = /^(assets\/.*|[^/]+\.\w+)$/.test(asked);
  const name = asked === "" || !isFile ? "index.html" : asked;
  const file = path.join(site, "www", name);
  if (!existsSync(file)) {
    const headers = { ...everywhere, "Cache-Control": "no-cache", "Content-Type": "text/plain" };
    return { name, status: 404, headers, body: Buffer.from("Not found") };
  }
  const accepted = String(request.headers["accept-encoding"] ?? "");
  const packed = [["br", ".br"], ["gzip", ".gz"]].find(([encoding, ending]) => accepted.includes(encoding ?? "") && existsSync(file + ending));
  const etag = `"${createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16)}"`;
  const headers = {
    ...everywhere,
    "Cache-Control": name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    "Content-Type": TYPES[path.extname(name).slice(1)],
    ETag: etag,
    Vary: "Accept-Encoding",
    ...(packed ? { "Content-Encoding": packed[0] } : {}),
  };
  if (request.headers["if-none-match"] === etag) return { name, status: 304, headers, body: Buffer.alloc(0) };
  return { name, status: 200, headers, body: readFileSync(file + (packed?.[1] ?? "")) };
}

/** Serves a site made for nginx, on a free port. */
export async function serveSite(site: string, fault: Fault = () => {}): Promise<{ port: number; stop: () => void }> {
  const everywhere = headersOf(site);
  const server = createServer((request, response) => {
    const answer = answerOf(site, everywhere, request);
    fault(answer, request);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound ? bound.port : 0,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
