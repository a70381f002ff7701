// Tokens: listed by what is left of them, made, shown once, revoked; lost answers; and whose they are.
import { signInAs } from "../support/console.ts";
import { installClock } from "../support/clock.ts";
import { readSecret, secretDialog } from "../support/secret.ts";
import { askToken, openService, press, serviceUser, token, tokens } from "../support/service.ts";
import { callApi } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const DAY = 24 * 60 * 60;
const SLOW = { kind: "delay", delay_ms: 400, times: 0 } as const;

test("a refused clipboard selects the token; a reload asks before it is lost", async ({ page, standin }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("spare");
  await ask.getByLabel("Name").press("Enter");
  const secret = secretDialog(page, "Token “spare, backup”");
  await secret.getByRole("button", { name: "Copy token" }).click();
  await expect(secret.getByText("The text is selected: copy it with your keyboard.")).toBeVisible();
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toMatch(/^nbp_\w{36}$/);
  let asked = 0;
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") asked += 1;
  });
  await page.reload();
  expect(asked).toBe(1);
});

test("the end of the session waits until the secret is saved", async ({ page, context, standin }) => {
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("spare");
  await ask.getByLabel("Name").press("Enter");
  const secret = secretDialog(page, "Token “spare, backup”");
  await expect(secret).toBeVisible();
  const other = await context.newPage();
  await other.goto("/users");
  await other.getByRole("button", { name: "Signed in as Olivia Marsh" }).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other.getByRole("heading", { name: /^(You are signed out|Logged Out)$/ })).toBeVisible();
  await standin.forgetCalls();
  expect(await readSecret(secret)).toMatch(/^nbp_/);
  await secret.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  expect(await standin.calls()).toEqual([]);
});

test("each token says what is left of it, and the next to end comes first", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh", "/service-users");
  await openService(page, "ci-runner");
  await expect(tokens(page).getByRole("listitem")).toHaveCount(3);
  for (const [at, name, left] of [
    [0, "runner c", /Ends in (\d+ hours|[12] days?)/],
    [1, "runner b", /Ends in [56] days/],
    [2, "runner a", /Ends in 6[01] days/],
  ] as const) {
    const row = tokens(page).getByRole("listitem").nth(at);
    await expect(row).toContainText(name);
    await expect(row).toContainText(left);
    await expect(row).toContainText("Created byOlivia Marsh");
  }
  await page.goto(`/users/${(await serviceUser(standin, "legacy-importer")).id}`);
  await expect(token(page, "importer").getByText("Expired")).toBeVisible();
  await expect(token(page, "importer 2").getByText("Expired")).toBeVisible();
  await page.goto(`/users/${(await serviceUser(standin, "dns-updater")).id}`);
  await expect(token(page, "updater")).toContainText(/Last used\s*Never/);
  await expect(token(page, "updater").getByText(/Ends in 2[56] days/)).toBeVisible();
});

test("a token that has run out is marked, and the server refuses it", async ({ page, standin }) => {
  await installClock(page);
  const { id } = await serviceUser(standin, "monitoring");
  const made = (await standin.api("POST", `/api/users/${id}/tokens`, { name: "short", expires_in: 7 })) as { plain_token: string };
  await callApi(standin.url, `Token ${made.plain_token}`, "GET", "/api/users");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await expect(token(page, "short").getByText("Ends in 7 days")).toBeVisible();
  const later = Date.now() + 8 * DAY * 1000;
  await standin.forward(8 * DAY);
  await expect(callApi(standin.url, `Token ${made.plain_token}`, "GET", "/api/users")).rejects.toThrow("401");
  const again = await page.context().newPage();
  await installClock(again);
  await again.clock.setSystemTime(later);
  await signInAs(again, "Olivia Marsh", `/users/${id}`);
  await expect(token(again, "short").getByText("Expired")).toBeVisible();
  await expect(token(again, "scraper").getByText("Expired")).toBeHidden();
});

test("no tokens is no failure, and a failure is not empty", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 500);
  const { id } = await serviceUser(standin, "");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  await expect(page.getByText("No tokens yet.")).toBeVisible();
  const { id: other } = await serviceUser(standin, "terraform");
  await standin.fault({ path: `/api/users/${other}/tokens`, kind: "status", times: 0 });
  await page.goto(`/users/${other}`);
  const alert = page.getByRole("alert").filter({ hasText: "The tokens did not load." });
  await expect(alert).toContainText("The server answered 500.");
  await expect(page.getByText("No tokens yet.")).toBeHidden();
  await standin.heal();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(token(page, "pipeline")).toBeVisible();
  await expect(alert).toBeHidden();
});

test("free days are whole numbers from 1 to 365, said before anything is sent", async ({ page, standin }) => {
  const { id } = await serviceUser(standin, "onboarding");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "onboarding");
  await expect(ask.getByRole("combobox", { name: "Valid for" }).getByRole("option")).toHaveText([
    "7 days",
    "30 days",
    "90 days",
    "180 days",
    "365 days",
    "Another number of days",
  ]);
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByLabel("Name")).toBeFocused();
  await ask.getByLabel("Name").fill("odd");
  await ask.getByRole("combobox", { name: "Valid for" }).selectOption({ label: "Another number of days" });
  const days = ask.getByLabel("Days", { exact: true });
  for (const [typed, wrong] of [
    ["", "Enter a whole number of days."],
    ["1.5", "Enter a whole number of days."],
    ["0", "A token lasts 1 to 365 days."],
    ["366", "A token lasts 1 to 365 days."],
  ] as const) {
    await days.fill(typed);
    await ask.getByRole("button", { name: "Create token" }).click();
    await expect(days).toHaveAccessibleDescription(wrong);
    await expect(days).toBeFocused();
  }
  expect(await standin.calls("POST", `/api/users/${id}/tokens`)).toEqual([]);
  await days.fill("1");
  await expect(days).toHaveAccessibleDescription(/^It ends on /);
  await days.press("Enter");
  const secret = secretDialog(page, "Token “odd, onboarding”");
  await secret.getByRole("button", { name: "I have saved it" }).click();
  await expect(token(page, "odd").getByText(/Ends in (1 day|24 hours)/)).toBeVisible();
});

test("ten quick clicks are one token, one service user, one revocation", async ({ page, standin }) => {
  const { id } = await serviceUser(standin, "inventory-sync");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "inventory-sync");
  await ask.getByLabel("Name").fill("many");
  await standin.fault({ path: "/api/users", ...SLOW });
  await press(ask.getByRole("button", { name: "Create token" }), 10);
  await secretDialog(page, "Token “many, inventory-sync”").getByRole("button", { name: "I have saved it" }).click();
  expect(await standin.calls("POST", `/api/users/${id}/tokens`)).toHaveLength(1);
  await page.getByRole("button", { name: "Revoke many…" }).click();
  const question = page.getByRole("alertdialog", { name: "Revoke many?" });
  await expect(question.getByRole("button", { name: "Keep token" })).toBeFocused();
  await press(question.getByRole("button", { name: "Revoke token" }), 10);
  await expect(page.getByText("many is revoked.")).toBeVisible();
  await expect(token(page, "many")).toHaveCount(0);
  expect(await standin.calls("DELETE")).toHaveLength(1);
  await page.goto("/service-users");
  await page.getByRole("button", { name: "New service user…" }).click();
  const dialog = page.getByRole("dialog", { name: "New service user" });
  await dialog.getByLabel("Name").fill("once");
  await press(dialog.getByRole("button", { name: "Create service user" }), 10);
  await expect(page.getByRole("dialog", { name: "New token for once" })).toBeVisible();
  expect((await standin.calls("POST", "/api/users")).filter((call) => call.path === "/api/users")).toHaveLength(1);
});

test("a token whose answer got lost: its secret is gone, and another takes its place", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, "network");
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("weekly");
  // Cut off in the middle, not before: a browser sends a call again by itself when nothing of an answer has come.
  await standin.fault({ path: `/api/users/${id}/tokens`, method: "POST", kind: "truncated" });
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByText("“weekly” was created, but nobody can see its secret any more")).toBeVisible();
  const listed = async () => ((await standin.api("GET", `/api/users/${id}/tokens`)) as { id: string; name: string }[]).filter((one) => one.name === "weekly");
  const [lost] = await listed();
  expect(lost).toBeDefined();
  await ask.getByRole("button", { name: "Delete it and create another" }).click();
  await secretDialog(page, "Token “weekly, backup”").getByRole("button", { name: "I have saved it" }).click();
  const now = await listed();
  expect(now).toHaveLength(1);
  expect(now[0]?.id).not.toBe(lost?.id);
  await expect(token(page, "weekly")).toHaveCount(1);
});

test("a token that was not made: refused, or the connection broke before", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 500);
  watch.expectFailure(/\/tokens$/, 502);
  const { id } = await serviceUser(standin, "backup");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("monthly");
  for (const status of [500, 502]) {
    await standin.fault({ path: `/api/users/${id}/tokens`, method: "POST", kind: "status", status });
    await ask.getByRole("button", { name: "Create token" }).click();
    await expect(ask.getByText(`No token was created. The server answered ${status}.`)).toBeVisible();
    await expect(ask.getByLabel("Name")).toHaveValue("monthly");
  }
  const all = (await standin.api("GET", `/api/users/${id}/tokens`)) as { name: string }[];
  expect(all.filter((one) => one.name === "monthly")).toEqual([]);
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(secretDialog(page, "Token “monthly, backup”")).toBeVisible();
});

test("a revocation: refused, lost, done already", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens\//, 500);
  watch.expectFailure(/\/tokens\//, "network");
  watch.expectFailure(/\/tokens\//, 404);
  const { id } = await serviceUser(standin, "ci-runner");
  await signInAs(page, "Olivia Marsh", `/users/${id}`);
  const ask = async (name: string) => {
    await page.getByRole("button", { name: `Revoke ${name}…` }).click();
    return page.getByRole("alertdialog", { name: `Revoke ${name}?` });
  };
  await standin.fault({ path: `/api/users/${id}/tokens/`, method: "DELETE", kind: "status" });
  const question = await ask("runner a");
  await expect(question).toContainText("ci-runner");
  await question.getByRole("button", { name: "Revoke token" }).click();
  await expect(question.getByText("Not revoked. The server answered 500.")).toBeVisible();
  await question.getByRole("button", { name: "Keep token" }).click();
  await expect(token(page, "runner a")).toBeVisible();
  await standin.fault({ path: `/api/users/${id}/tokens/`, method: "DELETE", kind: "reset_after" });
  await (await ask("runner a")).getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText(/runner a (is|had already been) revoked/)).toBeVisible();
  await expect(token(page, "runner a")).toHaveCount(0);
  const all = (await standin.api("GET", `/api/users/${id}/tokens`)) as { id: string; name: string }[];
  await standin.api("DELETE", `/api/users/${id}/tokens/${all.find((one) => one.name === "runner b")?.id}`);
  await (await ask("runner b")).getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("runner b had already been revoked.")).toBeVisible();
  await expect(tokens(page).getByRole("listitem")).toHaveCount(1);
});

test("nobody sees the tokens of another person; one's own are on the profile", async ({ page, standin }) => {
  await signInAs(page, "Nils Lindqvist", "/profile");
  const ask = await askToken(page, "Nils Lindqvist");
  await ask.getByLabel("Name").fill("laptop");
  await ask.getByRole("button", { name: "Create token" }).click();
  const secret = secretDialog(page, "Token “laptop”");
  const value = await readSecret(secret);
  await secret.getByRole("button", { name: "I have saved it" }).click();
  await expect(token(page, "laptop")).toContainText(/Ends in 90 days/);
  await callApi(standin.url, `Token ${value}`, "GET", "/api/users/current");
  const ada = await standin.person("ada.okafor");
  await page.goto(`/users/${encodeURIComponent(ada.id)}`);
  await expect(page.getByText("Only they can see and change their own tokens.")).toBeVisible();
});

test("the server's 403 is said in words when the role was taken away meanwhile", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/tokens$/, 403);
  const [ada, backup] = [await standin.person("ada.okafor"), await serviceUser(standin, "backup")];
  await signInAs(page, "Ada Okafor", `/users/${backup.id}`);
  const ask = await askToken(page, "backup");
  await ask.getByLabel("Name").fill("late");
  await standin.change(ada.id, { role: "network_admin" });
  await ask.getByRole("button", { name: "Create token" }).click();
  await expect(ask.getByText("No token was created. The server does not allow this.")).toBeVisible();
});
