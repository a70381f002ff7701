// A deployment as check-deploy sees it: answers to the letter, compressed or not, and what its page names.
import http from "node:http";
import https from "node:https";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const LIMIT_MS = 20_000;

/** One GET, without following redirects and without unpacking what comes. */
function get(url, headers) {
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const request = client.get(url, { headers: { "User-Agent": "check-deploy", ...headers }, agent: false }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ url, status: response.statusCode, headers: response.headers, raw: response.rawHeaders, bytes: Buffer.concat(pieces) });
      });
    });
    request.setTimeout(LIMIT_MS, () => request.destroy(new Error(`no answer within ${LIMIT_MS / 1000} s`)));
    request.on("error", reject);
  });
}

/** What an answer holds, unpacked. */
export function unpacked({ headers, bytes }) {
  const encoding = headers["content-encoding"] ?? "";
  if (encoding === "br") return brotliDecompressSync(bytes);
  if (encoding === "gzip") return gunzipSync(bytes);
  return bytes;
}

export class Site {
  #answers = new Map();

  constructor(url) {
    this.url = url;
  }

  /** Reads the page and what it names. */
  async open() {
    const page = await this.get("");
    this.page = unpacked(page).toString("utf8");
    const names = (pattern) => [...this.page.matchAll(pattern)].map(([, name]) => name);
    const named = names(/(?:href|src|content)="\.\/(assets\/[^"]+)"/g);
    this.assets = [...new Set(named)];
    this.program = this.assets.find((name) => name.endsWith(".wasm"));
    this.glue = this.page.match(/<meta name="roost-glue" content="\.\/assets\/([^"]+)"/)?.[1];
  }

  /** The first asset with this ending. */
  asset(ending) {
    return this.assets.find((name) => name.endsWith(ending));
  }

  /** What is answered below the base path; asked for once. */
  async get(name, headers = {}) {
    const key = JSON.stringify([name, headers]);
    if (!this.#answers.has(key)) this.#answers.set(key, get(new URL(name, this.url), headers));
    return this.#answers.get(key);
  }

  /** What a browser gets that goes to an address. */
  async navigate(name) {
    return this.get(name, { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
  }
}
