// What scripts/deploy makes, behind the web servers of Debian's packages, at / and below other paths, without a new build.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expectRows, openUser, searchBox, signInThrough, signOut } from "../support/console.ts";
import { freePort, program, releaseOf, run, serve, type Host } from "../support/hosts.ts";
import { expect, needsStandin, skipped, test as base } from "../support/test.ts";

interface Made {
  /** a folder that holds a release */
  release: string;
  /** a folder for the site */
  site: string;
}

const test = base.extend<{ made: Made }>({
  made: async ({}, use) => {
    const release = releaseOf();
    const out = mkdtempSync(path.join(tmpdir(), "roost-site-"));
    await use({ release: release.folder, site: path.join(out, "site") });
    release.remove();
    rmSync(out, { recursive: true, force: true });
  },
});

for (const host of ["nginx", "caddy", "apache"] as Host[]) {
  for (const at of ["/", "/admin/", "/a/b/"]) {
    test(`${host} serves it at ${at}`, async ({ page, standin, made }, info) => {
      needsStandin("an API for consoles elsewhere", info);
      if (!program(host)) skipped(`Debian's ${host} is not here (scripts/setup test installs it where it can)`, info);
      const port = await freePort();
      const url = `http://127.0.0.1:${port}${at}`;
      const told = ["--host", host, "--out", made.site, "--dist", made.release, "--base", at];
      const deployed = run("scripts/deploy", ...told, "--api", standin.url, "--issuer", `${standin.url}/oauth2`);
      expect(deployed).toMatchObject({ status: 0, said: expect.stringContaining(`https://roost.example.com${at}callback`) });
      const stop = await serve(host, made.site, port);
      const checked = run("scripts/check-deploy", url);
      expect(checked.said).toMatch(/is as it should be: \d+ checks\./);
      expect(checked.status).toBe(0);
      if (at !== "/") {
        const short = await fetch(url.slice(0, -1), { redirect: "manual" });
        expect(short.status, "without its slash the path leads there").toBe(308);
        expect(new URL(short.headers.get("location") ?? "", url).pathname).toBe(at);
      }

      await standin.mayReturnTo(`${url}callback`);
      await signInThrough(page, "Olivia Marsh", `${url}users?q=adam.okafor`);
      await expectRows(page, 1);
      await openUser(page, "Adam Okafor");
      const { id } = await standin.person("adam.okafor");
      await expect(page).toHaveURL(`${url}users/${encodeURIComponent(id)}`);
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: "Adam Okafor" })).toBeVisible();
      await page.goBack();
      await expect(searchBox(page)).toHaveValue("adam.okafor");
      await page.goto(`${url}settings/network`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await signOut(page);
      await page.getByRole("link", { name: /Back to Application/ }).click();
      await expect(page).toHaveURL(`${url}sign-in`);
      await stop();
    });
  }
}

test("an update leaves the files of the release before, for tabs that are open", ({ made }) => {
  const deploy = () => run("scripts/deploy", "--host", "caddy", "--out", made.site, "--dist", made.release, "--mode", "proxy");
  expect(deploy().status).toBe(0);
  const page = readFileSync(path.join(made.site, "www/index.html"), "utf8");
  writeFileSync(path.join(made.site, "www/assets/roost-old.js"), "// a release ago");
  writeFileSync(path.join(made.site, "www/index.html"), "an old page");
  expect(deploy().status).toBe(0);
  expect(readFileSync(path.join(made.site, "www/assets/roost-old.js"), "utf8")).toBe("// a release ago");
  expect(readFileSync(path.join(made.site, "www/index.html"), "utf8")).toBe(page);
  expect(readdirSync(path.join(made.site, "www/assets")).filter((name) => name.endsWith(".new"))).toEqual([]);
});

test("a release that was changed is not deployed", ({ made }) => {
  writeFileSync(path.join(made.release, "robots.txt"), "changed");
  const { status, said } = run("scripts/deploy", "--host", "caddy", "--out", made.site, "--dist", made.release, "--mode", "proxy");
  expect(status).toBe(1);
  expect(said).toBe(`${made.release}/robots.txt is not what the release has: make it again by make dist.\n`);
});
