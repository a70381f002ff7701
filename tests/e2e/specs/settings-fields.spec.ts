// Every setting that can be changed: shown as it is, edited, reviewed in words, saved, and read back by the API.
import type { Page } from "@playwright/test";
import { change, confirm, goToSection, openReview, openSettings, place, review, stored } from "../support/settings.ts";
import type { Standin } from "../support/standin.ts";
import { expect, test } from "../support/test.ts";

interface Row {
  /** the way to the value in the API's answer */
  path: string;
  /** the name on screen */
  name: string;
  edit: (page: Page) => Promise<void>;
  /** old and new in the words of the review */
  words: [string, string];
  /** what the API has afterwards */
  value: unknown;
  /** what the review says follows */
  follows?: RegExp;
  /** the API has ids of groups there */
  isGroups?: true;
}

const at = (page: Page, name: string) => page.getByRole("switch", { name, exact: true });
const flag =
  (name: string, on: boolean) =>
  async (page: Page): Promise<void> => {
    await at(page, name).setChecked(on);
  };
const text =
  (name: string, value: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole("textbox", { name, exact: true }).fill(value);
  };
const choose =
  (name: string, label: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole("combobox", { name, exact: true }).selectOption({ label });
  };
const amount =
  (name: string, value: string, unit: string) =>
  async (page: Page): Promise<void> => {
    const field = place(page, name);
    await field.getByRole("textbox").fill(value);
    await field.getByRole("combobox", { name: "Unit" }).selectOption({ label: unit });
  };
const pick =
  (name: string, group: string) =>
  async (page: Page): Promise<void> => {
    const box = page.getByRole("combobox", { name, exact: true });
    await box.fill(group);
    await page.getByRole("option", { name: group, exact: true }).click();
    await box.press("Tab");
  };

async function groupNames(standin: Standin, ids: unknown): Promise<unknown> {
  const groups = (await standin.api("GET", "/api/groups")) as { id: string; name: string }[];
  return (ids as string[]).map((id) => groups.find((group) => group.id === id)?.name);
}

const PAGES: Record<string, Row[]> = {
  Authentication: [
    { path: "settings/peer_login_expiration", name: "Sign in again after", edit: amount("peer_login_expiration", "2", "hours"), words: ["1 day", "2 hours"], value: 7200, follows: /disconnected until somebody signs in/ },
    { path: "settings/peer_inactivity_expiration_enabled", name: "Expire on inactivity", edit: flag("Expire on inactivity", true), words: ["off", "on"], value: true, follows: /audit log does not record/ },
    { path: "settings/peer_inactivity_expiration", name: "Disconnected for", edit: amount("peer_inactivity_expiration", "20", "minutes"), words: ["10 minutes", "20 minutes"], value: 1200 },
    { path: "settings/extra/user_approval_required", name: "Approve newcomers", edit: flag("Approve newcomers", false), words: ["on", "off"], value: false, follows: /The \d+ people who are waiting stay waiting/ },
    { path: "settings/extra/peer_approval_enabled", name: "Approve new devices", edit: flag("Approve new devices", true), words: ["off", "on"], value: true, follows: /No effect on a self-hosted server/ },
    { path: "settings/local_mfa_enabled", name: "Multi-factor authentication", edit: flag("Multi-factor authentication", true), words: ["off", "on"], value: true, follows: /sets up a code at their next sign-in/ },
  ],
  Groups: [
    { path: "settings/groups_propagation_enabled", name: "Auto groups reach existing devices", edit: flag("Auto groups reach existing devices", false), words: ["on", "off"], value: false, follows: /keep the groups they have/ },
    { path: "settings/jwt_groups_enabled", name: "Groups from sign-in", edit: flag("Groups from sign-in", true), words: ["off", "on"], value: true },
    { path: "settings/jwt_groups_claim_name", name: "Claim with the groups", edit: text("Claim with the groups", "groups"), words: ["nothing", "groups"], value: "groups" },
    { path: "settings/jwt_allow_groups", name: "Who may sign in", edit: pick("Who may sign in", "Engineering"), words: ["nothing", "Engineering"], value: ["Engineering"], follows: /Only people in these groups can sign in/ },
  ],
  Network: [
    { path: "settings/network_range", name: "IPv4 range", edit: text("IPv4 range", "100.70.1.1/16"), words: ["100.90.0.0/16", "100.70.0.0/16"], value: "100.70.0.0/16", follows: /Gives all 60 devices new addresses at once/ },
    { path: "settings/network_range_v6", name: "IPv6 range", edit: text("IPv6 range", "fd00:70::/64"), words: ["fd12:3456:789a:1::/64", "fd00:70::/64"], value: "fd00:70::/64", follows: /new IPv6 addresses at once/ },
    { path: "settings/dns_domain", name: "DNS domain", edit: text("DNS domain", "corp.internal"), words: ["nothing", "corp.internal"], value: "corp.internal", follows: /get new names at once/ },
    { path: "settings/routing_peer_dns_resolution_enabled", name: "Resolve names on routing devices", edit: flag("Resolve names on routing devices", false), words: ["on", "off"], value: false },
    { path: "settings/peer_expose_groups", name: "Devices that may expose", edit: pick("Devices that may expose", "Support"), words: ["nothing", "Support"], value: ["Support"], isGroups: true },
    { path: "settings/peer_expose_enabled", name: "Expose services", edit: flag("Expose services", true), words: ["off", "on"], value: true, follows: /through the reverse proxy/ },
    { path: "settings/extra/network_traffic_logs_enabled", name: "Log traffic", edit: flag("Log traffic", true), words: ["off", "on"], value: false, follows: /does not keep this/ },
    { path: "settings/extra/network_traffic_logs_groups", name: "Log these groups", edit: pick("Log these groups", "Sales"), words: ["nothing", "Sales"], value: null, follows: /does not keep this/ },
    { path: "settings/extra/network_traffic_packet_counter_enabled", name: "Count packets", edit: flag("Count packets", true), words: ["off", "on"], value: false, follows: /does not keep this/ },
  ],
  Clients: [
    { path: "settings/lazy_connection_enabled", name: "Connect on demand", edit: flag("Connect on demand", false), words: ["on", "off"], value: false },
    {
      path: "settings/auto_update_version",
      name: "Update clients to",
      edit: async (page) => {
        await page.getByRole("combobox", { name: "Update clients to" }).selectOption({ label: "A version of your choice" });
        await page.getByRole("textbox", { name: "Version" }).fill("0.50.1");
      },
      words: ["nothing: updates are off", "0.50.1"],
      value: "0.50.1",
      follows: /Clients update to this version/,
    },
    { path: "settings/auto_update_always", name: "Update without asking", edit: flag("Update without asking", true), words: ["off", "on"], value: true },
    { path: "settings/metrics_push_enabled", name: "Metrics from clients", edit: flag("Metrics from clients", true), words: ["off", "on"], value: true },
  ],
  Permissions: [
    { path: "settings/regular_users_view_blocked", name: "Restrict ordinary users", edit: flag("Restrict ordinary users", false), words: ["on", "off"], value: false, follows: /see the devices that they can reach/ },
    { path: "settings/dashboard_features/agent_network", name: "Agent network in the menu", edit: choose("Agent network in the menu", "On"), words: ["the server's default", "on"], value: true },
    { path: "settings/agent_network_only", name: "Agent network only", edit: flag("Agent network only", true), words: ["off", "on"], value: true },
    { path: "onboarding/signup_form_pending", name: "Sign-up form pending", edit: flag("Sign-up form pending", true), words: ["off", "on"], value: true },
    { path: "onboarding/onboarding_flow_pending", name: "Introduction pending", edit: flag("Introduction pending", true), words: ["off", "on"], value: true },
  ],
};

test("a choice that nobody made is not the same as off", async ({ page, standin }) => {
  const agent = page.getByRole("combobox", { name: "Agent network in the menu" });
  await openSettings(page, "permissions");
  expect(await stored(standin, "settings/dashboard_features/agent_network")).toBeUndefined();
  await agent.selectOption({ label: "Off" });
  await openReview(page);
  await expect(change(page, "Agent network in the menu").getByRole("deletion")).toHaveText("the server's default");
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dashboard_features/agent_network")).toBe(false);
  await page.reload();
  await expect(agent).toHaveValue("off");
  await agent.selectOption({ label: "The server's default" });
  await openReview(page);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/dashboard_features/agent_network")).toBeUndefined();
});

for (const [section, rows] of Object.entries(PAGES)) {
  test(`every field of ${section}: edited, reviewed, saved, read back`, async ({ page, standin }) => {
    await openSettings(page);
    await goToSection(page, section);
    for (const row of rows) {
      const name = row.path.split("/").at(-1) ?? "";
      await row.edit(page);
      await expect(place(page, name).getByText(`Was ${row.words[0]}`)).toBeVisible();
    }
    const dialog = await openReview(page);
    await expect(dialog.getByRole("listitem")).toHaveCount(rows.length);
    for (const row of rows) {
      const line = change(page, row.name);
      await expect(line.getByRole("deletion")).toHaveText(row.words[0]);
      await expect(line).toContainText(row.words[1]);
      if (row.follows) await expect(line).toContainText(row.follows);
    }
    await confirm(page);
    await expect(page.getByText("The settings are saved.")).toBeVisible();
    for (const { path, value, isGroups } of rows) {
      const now = await stored(standin, path);
      expect(isGroups ? await groupNames(standin, now) : now, path).toEqual(value);
    }
    await expect(page.getByRole("button", { name: "Review changes" })).toBeHidden();
  });
}

test("switching the expiry off keeps its duration, and groups with IPv6 are picked by name", async ({ page, standin }) => {
  await openSettings(page);
  await at(page, "Session expiry").setChecked(false);
  await goToSection(page, "Network");
  await pick("Groups with IPv6", "Support")(page);
  await page.getByRole("button", { name: "Remove All" }).click();
  await openReview(page);
  await expect(change(page, "Session expiry")).toContainText("No device has to be signed in again.");
  await expect(change(page, "Groups with IPv6")).toContainText(/devices are in none of these groups and lose their IPv6 addresses/);
  await confirm(page);
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  expect(await stored(standin, "settings/peer_login_expiration")).toBe(86_400);
  expect(await stored(standin, "settings/peer_login_expiration_enabled")).toBe(false);
  const groups = (await standin.api("GET", "/api/groups")) as { id: string; name: string }[];
  const support = groups.find((group) => group.name === "Support");
  expect(await stored(standin, "settings/ipv6_enabled_groups")).toEqual([support?.id]);
});

test("what the server refuses is said while it is typed, and nothing can be reviewed until it is right", async ({ page, standin }) => {
  await openSettings(page, "network");
  const range = page.getByRole("textbox", { name: "IPv4 range" });
  for (const [typed, words] of [
    ["banana", "Enter an address, a slash and a prefix length"],
    ["fd00::/64", "This is not an IPv4 range."],
    ["10.0.0.0/29", "The smallest is a /28."],
    ["10.0.0.0/28", "Too small: 90 addresses are needed, 14 are available."],
    ["127.0.0.0/16", "These are loopback addresses."],
  ] as const) {
    await range.fill(typed);
    await expect(place(page, "network_range").getByText(words)).toBeVisible();
    await expect(range).toHaveAttribute("aria-invalid", "true");
  }
  await page.getByRole("button", { name: "Review changes" }).press("Enter");
  await expect(review(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Show “IPv4 range”" })).toBeVisible();
  await range.fill("0.0.0.0/0");
  await expect(page.getByText("This is every address there is.")).toBeVisible();
  await range.fill("10.9.8.7/16");
  await expect(page.getByText("The server stores this as 10.9.0.0/16.")).toBeVisible();
  await page.getByRole("textbox", { name: "DNS domain" }).fill("*.corp");
  await expect(place(page, "dns_domain").getByText("Use letters, digits, hyphens")).toBeVisible();
  await page.getByRole("button", { name: "Revert DNS domain" }).click();
  await goToSection(page, "Authentication");
  const login = place(page, "peer_login_expiration").getByRole("textbox");
  await login.fill("181");
  await expect(page.getByText("The server allows at most 180 days.")).toBeVisible();
  await login.fill("1");
  await place(page, "peer_login_expiration").getByRole("combobox").selectOption({ label: "minutes" });
  await expect(page.getByText("The server requires at least 1 hour.")).toBeVisible();
  await page.getByRole("button", { name: "Revert Sign in again after" }).click();
  const away = place(page, "peer_inactivity_expiration").getByRole("textbox");
  await away.fill("-1");
  await expect(page.getByText("Enter 0 or more.")).toBeVisible();
  await away.fill("0");
  await expect(page.getByText("Less than a minute:")).toBeVisible();
  await goToSection(page, "Clients");
  await page.getByRole("combobox", { name: "Update clients to" }).selectOption({ label: "A version of your choice" });
  await page.getByRole("textbox", { name: "Version" }).fill("newest");
  await expect(page.getByText("Enter a version like 0.50.1.")).toBeVisible();
  await goToSection(page, "Permissions");
  await at(page, "Agent network only").setChecked(true);
  await expect(page.getByText("Switch on “Agent network in the menu” first")).toBeVisible();
  expect(await standin.calls("PUT")).toEqual([]);
});
