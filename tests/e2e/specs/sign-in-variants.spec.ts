// Signing in where clocks differ, and where the configuration asks for another token or names an audience, right or wrong.
import { installClock } from "../support/clock.ts";
import { authorization, demoPerson, expectRows, list, signInThrough } from "../support/console.ts";
import { PEOPLE } from "../support/session.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(() => needsStandin("the provider's clock, and its people"));

test("a clock that is wrong is named, and keeps nobody out", async ({ page, standin }) => {
  await standin.conditions({ provider_clock_seconds: -600 });
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const told = page.getByText(/^This computer's clock is (9|10) minutes ahead of the identity provider's\.$/);
  await expect(told).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(told).toBeHidden();
  await expectRows(page, PEOPLE);
});

for (const [ahead, says] of [
  [600, /^This computer's clock is (9|10) minutes ahead of the identity provider's\.$/],
  [-600, /^This computer's clock is (9|10) minutes behind the identity provider's\.$/],
] as const) {
  test(`a computer whose clock is ${ahead} seconds off gets in, stays in and is told`, async ({ page }) => {
    await installClock(page, ahead);
    await signInThrough(page, "Olivia Marsh");
    await expectRows(page, PEOPLE);
    await expect(page.getByText(says)).toBeVisible();
    await page.reload();
    await expectRows(page, PEOPLE);
    await expect(page.getByText(/You will be signed out|Your session has ended/)).toBeHidden();
  });
}

test("a minute of difference is nothing", async ({ page, standin }) => {
  await standin.conditions({ provider_clock_seconds: -45 });
  await signInThrough(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await page.reload();
  await expectRows(page, PEOPLE);
  await expect(page.getByText("This computer's clock")).toBeHidden();
});

test("a clock that makes a fresh token a thing of the past is why nobody gets in", async ({ page, standin }) => {
  await standin.conditions({ provider_clock_seconds: -90_000 });
  await page.goto("/users");
  await demoPerson(page, "Olivia Marsh").click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(/This computer's clock is (24|25) hours ahead of the identity provider's\./);
  await expect(alert).toContainText("Set the clock, then sign in again.");
  await expect(list(page)).toBeHidden();
});

test("the API gets the ID token where the configuration says so", async ({ page, launch }) => {
  const server = await launch({ args: ["--auth", "bearer=id_token"] });
  await signInThrough(page, "Olivia Marsh", `${server.url}/users`);
  await expectRows(page, PEOPLE);
  const kept = await page.evaluate(() => sessionStorage.getItem("roost.session"));
  const { id_token: token } = JSON.parse(kept ?? "{}") as { id_token: string };
  expect(await authorization(page)).toBe(`Bearer ${token}`);
});

test("an audience is asked for where one is configured", async ({ page, launch }) => {
  const server = await launch({ args: ["--auth", "audience=https://api.example.com"] });
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.goto(`${server.url}/users`);
  expect(new URL((await asked).url()).searchParams.get("audience")).toBe("https://api.example.com");
  // A server that ends under a page on its way would be an error of that page.
  await expect(demoPerson(page, "Olivia Marsh")).toBeVisible();
  await page.waitForLoadState();
});

test("a token for another audience than the API's: what it says and which is wanted, never the token", async ({ page, launch, watch }) => {
  watch.expectFailure(/^\/api\//, 401);
  const server = await launch({ args: ["--auth", "audience=https://api.example.com"] });
  await server.fault({ path: "/api/", kind: "status", status: 401, body: { message: "token invalid", code: 401 }, times: 0 });
  const tokens: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().endsWith("/oauth2/token")) return;
    const { access_token: access, id_token: id } = (await response.json()) as { access_token: string; id_token: string };
    tokens.push(access, id);
  });
  await page.goto(`${server.url}/users`);
  await demoPerson(page, "Olivia Marsh").click();
  const alert = page.getByRole("alert").filter({ hasText: "The server refused a fresh sign-in twice" });
  await expect(alert).toContainText(/iss \S+\/oauth2, aud netbird-dashboard, exp \d{10}\./);
  await expect(alert).toContainText("The token is not for “https://api.example.com”, which the server most likely expects");
  expect(tokens).toHaveLength(4);
  const shown = await page.evaluate(() => document.documentElement.outerHTML + document.title + location.href);
  for (const part of tokens.flatMap((token) => token.split("."))) expect(shown).not.toContain(part);
});

test("the provider is asked who it is once on the way to it and once on the way back, each time anew", async ({ page, standin, context }) => {
  for (let times = 1; times <= 2; times += 1) {
    if (times === 1) {
      await page.goto("/users");
    } else {
      await context.clearCookies();
      await page.evaluate(() => sessionStorage.removeItem("roost.session"));
      await page.reload();
    }
    await demoPerson(page, "Olivia Marsh").click();
    await expectRows(page, PEOPLE);
    expect(await standin.calls("GET", "/oauth2/.well-known/")).toHaveLength(2 * times);
  }
});
