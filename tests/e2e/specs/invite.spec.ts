// What an invite link opens: who invites, a password, and every way in which a link does not work.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { installClock } from "../support/clock.ts";
import { signInAs } from "../support/console.ts";
import type { ApiInvite } from "../support/inviting.ts";
import { expectNothingLeft, listen } from "../support/secret.ts";
import { press } from "../support/service.ts";
import type { ApiUser, Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

const INVITES = "/api/users/invites";
const PASSWORD = "Long enough 1";

async function invite(standin: Standin, name = "Nina Petit"): Promise<ApiInvite & { invite_token: string }> {
  const email = `${name.split(" ")[0]?.toLowerCase() ?? "x"}.new@example.com`;
  const body = { email, name, role: "auditor", auto_groups: [], expires_in: 86_400 };
  return (await standin.api("POST", INVITES, body)) as ApiInvite & { invite_token: string };
}

function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

function password(page: Page): Locator {
  return page.getByLabel("Password", { exact: true });
}

function go(page: Page): Locator {
  return page.getByRole("button", { name: "Join" });
}

async function open(page: Page, secret: string): Promise<void> {
  await page.goto(`/invite#token=${secret}`);
  await expect(heading(page, "You are invited")).toBeVisible();
  await expect(go(page)).toBeVisible();
}

async function users(standin: Standin, email: string): Promise<ApiUser[]> {
  return ((await standin.api("GET", "/api/users")) as ApiUser[]).filter((user) => user.email === email);
}

for (const [kind, mark] of [
  ["of our own", "#"],
  ["of the official dashboard", "?"],
] as const) {
  test(`a link ${kind}: who invites, until when, a password, then the sign-in`, async ({ page, standin }) => {
    const said = listen(page);
    const referrers: string[] = [];
    const addresses: string[] = [];
    page.on("request", (request) => {
      referrers.push(request.headers()["referer"] ?? "");
      addresses.push(request.url());
    });
    const made = await invite(standin);
    await page.goto(`/invite${mark}token=${made.invite_token}`);
    await expect(go(page)).toBeVisible();
    await expect(page).toHaveURL("/invite");
    await expect(page).toHaveTitle("You are invited · Roost");
    const main = page.getByRole("main");
    await expect(main).toContainText("Olivia Marsh");
    await expect(main).toContainText("Nina Petit");
    await expect(main).toContainText("nina.new@example.com");
    await expect(page.getByRole("definition").last()).toContainText(/^\d+ \w+ \d{4}$/);
    await password(page).fill(PASSWORD);
    await expectNothingLeft(page, made.invite_token, said);
    await go(page).click();
    await expect(heading(page, "You have joined")).toBeFocused();
    await expectNothingLeft(page, made.invite_token, said);
    await expectNothingLeft(page, PASSWORD, said);
    expect(referrers.join("\n")).not.toContain(made.invite_token);
    // The official dashboard puts it where the server of the page hears it; from then on only the API does.
    const first = addresses.shift() ?? "";
    expect(first.includes(made.invite_token)).toBe(mark === "?");
    const heard = addresses.filter((address) => address.includes(made.invite_token));
    for (const address of heard) expect(address).toMatch(/\/api\/users\/invites\//);
    // The history does not lead back to it.
    const entries = await (await page.context().newCDPSession(page)).send("Page.getNavigationHistory");
    expect(JSON.stringify(entries.entries.map((entry) => [entry.url, entry.title]))).not.toContain(made.invite_token);

    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Email Address").fill("nina.new@example.com");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("button", { name: "Signed in as Nina Petit" })).toContainText("Auditor");
  });
}

test("who has joined signs in as themselves where somebody else is signed in at the provider", async ({ page, standin }) => {
  const made = await invite(standin);
  await signInAs(page, "Olivia Marsh");
  await open(page, made.invite_token);
  await password(page).fill(PASSWORD);
  await go(page).click();
  await expect(heading(page, "You have joined")).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().includes("/oauth2/auth?"));
  await page.getByRole("button", { name: "Sign in" }).click();
  expect(new URL((await asked).url()).searchParams.get("prompt")).toBe("login");
  await page.getByLabel("Email Address").fill("nina.new@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name: "Signed in as Nina Petit" })).toBeVisible();
});

test("the secret leaves the address before anything is asked for", async ({ page, standin }) => {
  const made = await invite(standin);
  await standin.fault({ path: "/config.json", kind: "hang", times: 0 });
  await page.goto(`/invite?token=${made.invite_token}#token=${made.invite_token}`, { waitUntil: "commit" });
  await expect(page).toHaveURL("/invite");
});

test("the password keeps the server's rules and no others", async ({ page, standin }) => {
  const made = await invite(standin);
  await open(page, made.invite_token);
  const rule = (words: string) => page.getByRole("listitem").filter({ hasText: new RegExp(`^${words}`) });
  const unkept = page.getByRole("listitem").filter({ hasText: "(not yet)" });
  await expect(page.getByRole("listitem")).toHaveCount(5);
  for (const [typed, open] of [
    ["", ["At least 8 bytes", "At most 72", "A digit", "A capital letter", "A character that is neither"]],
    ["password", ["A digit", "A capital letter", "A character that is neither"]],
    ["Password1", ["A character that is neither"]],
    ["Pass 1", ["At least 8 bytes"]],
    [PASSWORD, []],
    [`A1 ${"€".repeat(24)}`, ["At most 72"]],
  ] as const) {
    await password(page).fill(typed);
    await expect(unkept).toHaveCount(open.length);
    for (const words of open) await expect(rule(words)).toContainText("(not yet)");
  }
  await password(page).fill("password 1");
  await go(page).click();
  await expect(password(page)).toBeFocused();
  await expect(password(page)).toHaveAccessibleDescription("Add a capital letter.");
  expect(await standin.calls("POST", `${INVITES}/`)).toEqual([]);
  await expect(password(page)).toHaveAttribute("autocomplete", "new-password");
  const username = page.locator('input[autocomplete="username"]');
  await expect(username).toHaveValue("nina.new@example.com");
});

test("of letters beyond ASCII the server is the judge, and its refusal is told in the rules", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/accept$/, 422);
  const made = await invite(standin);
  await open(page, made.invite_token);
  // A circled letter is a capital for this page and none for the server.
  await password(page).fill("Ⓐ1 aaaaa");
  await go(page).click();
  await expect(password(page)).toHaveAccessibleDescription("Add a capital letter.");
  await password(page).fill("密码密码密 1A");
  await go(page).click();
  await expect(heading(page, "You have joined")).toBeVisible();
});

test("a link that has ended, was used, or is none", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\/invites\//, 404);
  watch.expectFailure(/^\/api\/users\/invites\//, 422);
  watch.expectFailure(/^\/api\/users\/invites\//, 401);
  const made = await invite(standin);
  for (const [address, title] of [
    ["/invite", "The link is not complete"],
    ["/invite#token=", "The link is not complete"],
    ["/invite#token=nbi_short", "The link is not complete"],
    ["/invite#token=xyz", "The link is not complete"],
    [`/invite#token=${made.invite_token.slice(0, -1)}`, "The link is not complete"],
    ["/invite#token=../../users/current", "The link is not complete"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(address);
    await expect(heading(page, title)).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  }
  await standin.forward(60);
  await standin.forward(86_400);
  await page.goto("about:blank");
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(heading(page, "This invitation has expired")).toBeVisible();
  await expect(page.getByText("Ask Olivia Marsh for a new link.")).toBeVisible();
  await standin.api("DELETE", `${INVITES}/${made.id}`);
  await page.goto("about:blank");
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(heading(page, "This link no longer works")).toBeVisible();
});

test("another link opened in the same tab takes the first one's place", async ({ page, standin }) => {
  const [first, second] = [await invite(standin), await invite(standin, "Otto Berg")];
  await open(page, first.invite_token);
  await expect(page.getByRole("main")).toContainText("Nina Petit");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `token=${second.invite_token}`);
  await expect(page.getByRole("main")).toContainText("Otto Berg");
  await expect(page).toHaveURL("/invite");
});

test("a link that ends while its page is open", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/accept$/, 422);
  const made = await invite(standin);
  await open(page, made.invite_token);
  await password(page).fill(PASSWORD);
  await standin.forward(86_401);
  await go(page).click();
  await expect(heading(page, "This invitation has expired")).toBeFocused();
});

test("a server without passwords says so", async ({ page, launch, watch }) => {
  watch.expectFailure(/\/accept$/, 412);
  const server = await launch({ args: ["--local-auth", "off"] });
  await server.fault({ path: `${INVITES}/`, kind: "garbage", method: "GET", body: { email: "n@example.com", name: "N", expires_at: "2099-01-01T00:00:00Z", valid: true, invited_by: "" } });
  await page.goto(`${server.url}/invite#token=nbi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr`);
  await expect(page.getByText("Somebody who has left")).toBeVisible();
  await password(page).fill(PASSWORD);
  await go(page).click();
  await expect(heading(page, "Invite links do not work here")).toBeVisible();
});

test("too many tries: the page waits, counts down and goes on by itself", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\/invites\//, 429);
  await installClock(page);
  const made = await invite(standin);
  for (let call = 0; call < 5; call += 1) await fetch(`${standin.url}${INVITES}/${made.invite_token}`);
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(heading(page, "Too many tries")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/^Continues in [1-6] seconds?\.$/);
  await standin.forward(60);
  await page.clock.runFor(7_000);
  await expect(go(page)).toBeVisible();
});

test("too many tries: a server that says how long is believed, and nothing is asked meanwhile", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\/invites\//, 429);
  await installClock(page);
  const made = await invite(standin);
  await standin.fault({ path: `${INVITES}/`, method: "GET", kind: "status", status: 429, retry_after: 50 });
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(page.getByRole("timer")).toHaveText(/^Continues in (50|4\d) seconds\.$/);
  await page.clock.runFor(20_000);
  await expect(page.getByRole("timer")).toHaveText(/^Continues in (30|2\d|1\d) seconds\.$/);
  expect(await standin.calls("GET", `${INVITES}/`)).toHaveLength(1);
  await page.clock.runFor(31_000);
  await expect(go(page)).toBeVisible();
  expect(await standin.calls("GET", `${INVITES}/`)).toHaveLength(2);
});

test("too many tries with a password: the server says when the next one counts, and the button waits", async ({
  page,
  standin,
  watch,
}) => {
  watch.expectFailure(/\/accept$/, 429);
  await installClock(page);
  const made = await invite(standin);
  await open(page, made.invite_token);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status", status: 429, retry_after: 60 });
  await password(page).fill(PASSWORD);
  await go(page).click();
  await expect(go(page)).toHaveAttribute("aria-disabled", "true");
  await expect(go(page)).toHaveAccessibleDescription(/^Too many tries: the server takes the next one in \d+ seconds\.$/);
  await go(page).click({ force: true });
  await password(page).press("Enter");
  expect(await standin.calls("POST", `${INVITES}/`)).toHaveLength(1);
  await page.clock.runFor(61_000);
  await expect(go(page)).not.toHaveAttribute("aria-disabled", "true");
  await expect(password(page)).toHaveValue(PASSWORD);
  await go(page).click();
  await expect(heading(page, "You have joined")).toBeVisible();
});

test("many clicks join once", async ({ page, standin }) => {
  const made = await invite(standin);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "delay", delay_ms: 300 });
  await open(page, made.invite_token);
  await password(page).fill(PASSWORD);
  await press(go(page), 10);
  await expect(heading(page, "You have joined")).toBeVisible();
  expect(await standin.calls("POST", `${INVITES}/`)).toHaveLength(1);
  expect(await users(standin, "nina.new@example.com")).toHaveLength(1);
});

test("a lost answer is cleared up, whether they have joined or not", async ({ page, standin, watch }) => {
  watch.expectFailure(/\/accept$/, 502);
  watch.expectFailure(/\/accept$/, "network");
  watch.expectFailure(/^\/api\/users\/invites\//, 500);
  watch.expectFailure(/^\/api\/users\/invites\//, 404);
  const made = await invite(standin);
  await open(page, made.invite_token);
  await password(page).fill(PASSWORD);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status", status: 502 });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("No clear answer came, and you have not joined. Try again.");
  expect(await users(standin, "nina.new@example.com")).toHaveLength(0);
  await standin.forward(60);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "reset_after" });
  await standin.fault({ path: `${INVITES}/`, method: "GET", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("it is unclear whether you have joined");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(heading(page, "You have joined")).toBeVisible();
  await expect(page.getByText("the invitation has been used, so your password is set")).toBeVisible();
  expect(await users(standin, "nina.new@example.com")).toHaveLength(1);
});

test("refusals without a reason, and an API that does not answer, are no dead ends", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\/invites\//, 500);
  const made = await invite(standin);
  await standin.fault({ path: `${INVITES}/`, method: "GET", kind: "status" });
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(heading(page, "The invitation did not load")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await password(page).fill(PASSWORD);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("This address may already be in use");
  await go(page).click();
  await expect(heading(page, "You have joined")).toBeVisible();
});

test("names that are not what they seem stay text", async ({ page, standin }) => {
  await standin.fault({ path: `${INVITES}/`, method: "GET", kind: "garbage", body: { email: "<img src=x onerror=alert(1)>@example.com", name: "\u202Egnp.exe", expires_at: "soon", valid: true, invited_by: "<b>Boss</b>" } });
  const made = await invite(standin);
  await page.goto(`/invite#token=${made.invite_token}`);
  await expect(page.getByText("<b>Boss</b>")).toBeVisible();
  await expect(page.getByRole("main").locator("img, b")).toHaveCount(0);
});

test("who is signed in may open a link all the same, and stays signed in", async ({ page, standin }) => {
  const made = await invite(standin);
  await signInAs(page, "Olivia Marsh");
  await open(page, made.invite_token);
  await page.goto("/users");
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toBeVisible();
});

test("by the keyboard alone", async ({ page, standin }) => {
  const made = await invite(standin);
  await open(page, made.invite_token);
  await page.keyboard.press("Tab");
  // The full time of the end is a stop of its own.
  await page.keyboard.press("Tab");
  await expect(password(page)).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(heading(page, "You have joined")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeFocused();
});

test("accessible in each state", async ({ page, standin, watch }) => {
  for (const status of [404, 422, 429, 500]) watch.expectFailure(/^\/api\/users\/invites\//, status);
  const made = await invite(standin);
  await open(page, made.invite_token);
  await expectAccessible(page, "invite, as it opens");
  await password(page).fill("x");
  await go(page).click();
  await expectAccessible(page, "invite, wrong");
  await password(page).fill(PASSWORD);
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status" });
  await go(page).click();
  await expect(page.getByRole("alert")).toContainText("You have not joined.");
  await expectAccessible(page, "invite, refused");
  await standin.fault({ path: `${INVITES}/`, method: "POST", kind: "status", status: 429, retry_after: 60 });
  await go(page).click();
  await expect(go(page)).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page, "invite, button waits");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page, "invite, on a phone");
});

test("accessible where a link does not open, and at its end", async ({ page, standin, watch }) => {
  for (const status of [404, 422, 429, 500]) watch.expectFailure(/^\/api\/users\/invites\//, status);
  const made = await invite(standin);
  const show = async (kind: Record<string, unknown>, title: string) => {
    await standin.fault({ path: `${INVITES}/`, method: "GET", kind: "status", ...kind });
    await page.goto("about:blank");
    await page.goto(`/invite#token=${made.invite_token}`);
    await expect(heading(page, title)).toBeVisible();
    await expectAccessible(page, title);
  };
  await show({ status: 429, retry_after: 60 }, "Too many tries");
  await show({ status: 500 }, "The invitation did not load");
  await show({ status: 404, body: { message: "user invite not found", code: 404 } }, "This link no longer works");
  await show({ status: 422, body: { message: "invite has expired", code: 422 } }, "This invitation has expired");
  await show({ status: 422, body: { message: "invalid invite token: checksum does not match", code: 422 } }, "The link is not complete");
  await standin.forward(60);
  await page.goto("about:blank");
  await open(page, made.invite_token);
  await password(page).fill(PASSWORD);
  await go(page).click();
  await expect(heading(page, "You have joined")).toBeVisible();
  await expectAccessible(page, "invite, joined");
});
