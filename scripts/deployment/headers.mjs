// The response headers of a deployment: read from public/_headers, the one source of truth, filled in with the origins of
// the deployment, and written in the language of each web server.

const PLACEHOLDER = / https:\/\/(api|issuer)\.invalid/;
// Cloudflare Pages cuts a line there, and half a policy is none.
const LONGEST_LINE = 2000;

/** The blocks of a `_headers` file: a path and its headers, in order. */
export function read(text) {
  const blocks = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("#") || line.trim() === "") continue;
    if (!line.startsWith(" ")) {
      blocks.push({ path: line.trim(), headers: [] });
      continue;
    }
    const [, name, value] = line.match(/^\s+([\w-]+): (.*\S)\s*$/) ?? [];
    if (!name || blocks.length === 0) throw new Error(`_headers has a line that is no header: ${line}`);
    blocks.at(-1).headers.push([name, value]);
  }
  return blocks;
}

/** The same for a deployment: below its base path, and with the origins that the page may talk to. */
export function fill(blocks, { base, connect }) {
  const origins = connect.map((origin) => ` ${origin}`).join("");
  const filled = blocks.map(({ path, headers }) => ({
    path: base.slice(0, -1) + path,
    headers: headers.map(([name, value]) => [name, value.replace(/( https:\/\/(api|issuer)\.invalid)+/, origins)]),
  }));
  for (const [name, value] of filled.flatMap(({ headers }) => headers)) {
    if (PLACEHOLDER.test(value)) throw new Error(`${name} still names a placeholder: ${value}`);
    if (`  ${name}: ${value}`.length > LONGEST_LINE) throw new Error(`${name} is longer than ${LONGEST_LINE} characters, where hosts cut it`);
  }
  return filled;
}

/** What every response carries, and how long what may be kept; everything else is asked for each time. */
export function parts(blocks, base = "/") {
  const of = (path) => blocks.find((block) => block.path === base + path)?.headers ?? [];
  const kept = of("assets/*").find(([name]) => name === "Cache-Control")?.[1];
  const asked = of("index.html").find(([name]) => name === "Cache-Control")?.[1];
  if (of("*").length === 0 || !kept || !asked) throw new Error("_headers lacks what every response carries, or a rule for caches");
  return { everywhere: of("*"), kept, asked };
}

/** For Netlify and Cloudflare Pages. */
export function forPages(blocks) {
  const lines = blocks.map(({ path, headers }) => [path, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join("\n"));
  return `${lines.join("\n\n")}\n`;
}

const indented = (depth, lines) => lines.map((line) => depth + line).join("\n").trimStart();

/** For nginx, inside `server`. */
export function forNginx({ everywhere }) {
  return indented("    ", everywhere.map(([name, value]) => `add_header ${name} "${value}" always;`));
}

/** For Caddy, inside a block of `header`. */
export function forCaddy({ everywhere }) {
  return indented("\t\t", everywhere.map(([name, value]) => `${name} "${value}"`));
}

/** For Apache, inside a virtual host. */
export function forApache({ everywhere }) {
  return indented("    ", everywhere.map(([name, value]) => `Header always set ${name} "${value}"`));
}

/** For CloudFront: the configuration of a response headers policy. */
export function forCloudFront({ everywhere }) {
  const rest = new Map(everywhere);
  const take = (name) => {
    const value = rest.get(name);
    if (!value) throw new Error(`_headers lacks ${name}`);
    rest.delete(name);
    return value;
  };
  const transport = take("Strict-Transport-Security");
  take("X-Content-Type-Options");
  return {
    Name: "roost",
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { Override: true, ContentSecurityPolicy: take("Content-Security-Policy") },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { Override: true, ReferrerPolicy: take("Referrer-Policy") },
      StrictTransportSecurity: {
        Override: true,
        AccessControlMaxAgeSec: Number(transport.match(/max-age=(\d+)/)[1]),
        IncludeSubdomains: transport.includes("includeSubDomains"),
        Preload: transport.includes("preload"),
      },
    },
    CustomHeadersConfig: {
      Quantity: rest.size,
      Items: [...rest].map(([Header, Value]) => ({ Header, Value, Override: true })),
    },
  };
}
