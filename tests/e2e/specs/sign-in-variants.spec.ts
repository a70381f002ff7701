// Signing in where clocks differ, and where the configuration asks for another token or names an audience.
import { authorization, demoPerson, expectRows, list, signInAs } from "../support/console.ts";
import { PEOPLE } from "../support/session.ts";
import { expect, needsStandin, test } from "../support/test.ts";

test.beforeEach(() => needsStandin("the provider's clock, and its people"));

test("a clock that is wrong is named, and keeps nobody out", async ({ page, standin }) => {
  await standin.conditions({ provider_clock_seconds: -600 });
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const told = page.getByText(/^This computer's clock is (9|10) minutes ahead of the identity provider's\.$/);
  await expect(told).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(told).toBeHidden();
  await expectRows(page, PEOPLE);
});

test("a minute of difference is nothing", async ({ page, standin }) => {
  await standin.conditions({ provider_clock_seconds: -45 });
  await signInAs(page, "Olivia Marsh");
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
  await signInAs(page, "Olivia Marsh", `${server.url}/users`);
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

test("the provider is asked who it is once for a tab", async ({ page, standin, context }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await context.clearCookies();
  await page.evaluate(() => sessionStorage.removeItem("roost.session"));
  await page.reload();
  await demoPerson(page, "Olivia Marsh").click();
  await expectRows(page, PEOPLE);
  expect(await standin.calls("GET", "/oauth2/.well-known/")).toHaveLength(1);
});
