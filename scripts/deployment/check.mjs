// scripts/check-deploy URL: asks a deployment for what a browser asks for, and says in one line each what is as it should
// be and what is not. It changes nothing and sends no credentials.
import { readFileSync } from "node:fs";
import path from "node:path";
import { checks } from "./checks.mjs";
import { parts, read } from "./headers.mjs";
import { Site } from "./site.mjs";

const SOURCE = path.resolve(import.meta.dirname, "../../public/_headers");

async function main([text, ...more]) {
  if (!text || more.length > 0 || text === "--help") {
    console.log("Looks at a deployment and says what is wrong with it: scripts/check-deploy https://roost.example.com/admin/");
    return text !== "--help" ? 2 : 0;
  }
  let url;
  try {
    url = new URL(text);
  } catch {
    console.error(`“${text}” is not an address such as https://roost.example.com/.`);
    return 2;
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  const site = new Site(url);
  try {
    await site.open();
  } catch (error) {
    console.error(`${url} does not answer: ${error.message}`);
    return 1;
  }
  const expected = parts(read(readFileSync(SOURCE, "utf8")));
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    let problems;
    try {
      problems = (await check(site, expected)) ?? [];
    } catch (error) {
      problems = [`could not be checked: ${error.message}`];
    }
    failed += problems.length > 0 ? 1 : 0;
    console.log(problems.length === 0 ? `ok      ${name}` : `FAILED  ${name}`);
    for (const problem of problems) console.log(`        ${problem}`);
  }
  const count = Object.keys(checks).length;
  console.log(failed === 0 ? `${url} is as it should be: ${count} checks.` : `${failed} of ${count} checks failed.`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
