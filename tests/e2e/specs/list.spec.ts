// The list of people: search, filters, sort and place live in the address and come back with the history.
import type { Page } from "@playwright/test";
import { expectComplete, expectRows, list, openUser, row, searchBox, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const PEOPLE = 41;

/** Names on screen, from the top. */
async function names(page: Page): Promise<string[]> {
  const rows = await list(page)
    .getByRole("row")
    .evaluateAll((all) =>
      all
        .map((one) => [Number(one.getAttribute("aria-rowindex")), one.querySelector("a")?.textContent ?? ""] as const)
        .filter(([, name]) => name !== ""),
    );
  return rows.sort(([a], [b]) => a - b).map(([, name]) => name);
}

async function pick(page: Page, filter: string, value: string): Promise<void> {
  // The heads of the columns have the same names, but nothing to expand.
  await page.getByRole("button", { name: new RegExp(`^${filter}`), expanded: false }).click();
  await page.getByRole("dialog", { name: filter }).getByRole("checkbox", { name: value, exact: true }).check();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: filter })).toBeHidden();
}

test("search goes over name, e-mail, id, role and group, and says how many", async ({ page, standin }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const ada = await standin.person("ada.okafor");
  for (const [text, name] of [
    ["ada okaf", "Ada Okafor"],
    ["zoltan", "Zoltán Varga"],
    ["UMA.SATO@", "Uma Sato"],
    [ada.id, "Ada Okafor"],
    ["auditor", "Agnes Novak"],
    ["on call", "Nils Lindqvist"],
    ["соколова", "Дарья Соколова"],
    ["田中", "田中 美咲"],
  ] as const) {
    await searchBox(page).fill(text);
    await expect(row(page, name), text).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: /^\d+ of 41 users$/ })).toBeVisible();
    await expect(list(page)).not.toHaveAttribute("aria-rowcount", String(PEOPLE + 1));
  }
  await searchBox(page).fill("nobody at all");
  await expect(page.getByRole("heading", { name: "No user matches “nobody at all”" })).toBeVisible();
  await searchBox(page).press("Escape");
  await expect(searchBox(page)).toHaveValue("");
  await expectRows(page, PEOPLE);
});

test("filters are chips that can be taken off one by one, and keep each other", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await pick(page, "Status", "Blocked");
  await expectRows(page, 3);
  await pick(page, "Role", "User");
  await expectRows(page, 2);
  await expect(page).toHaveURL("/users?role=user&status=blocked");
  await searchBox(page).fill("greta");
  await expectRows(page, 1);
  await page.getByRole("button", { name: "Remove the filter Status" }).click();
  await expect(page).toHaveURL("/users?q=greta&role=user");
  await searchBox(page).fill("hugo");
  await expect(page.getByText("Filters in use: Role: User.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expectRows(page, 1);
  await expect(row(page, "Hugo Adler")).toBeVisible();
  await expect(page).toHaveURL("/users?q=hugo");
});

test("filters by connector, origin and sign-in agree with what the server says", async ({ page, standin }) => {
  const people = ((await standin.api("GET", "/api/users?service_user=false")) as Record<string, string | null>[]);
  const count = (wanted: (person: Record<string, string | null>) => boolean) => people.filter(wanted).length;
  const never = count((person) => !person.last_login || person.last_login.startsWith("0001-"));
  await signInAs(page, "Olivia Marsh", "/users?login=never");
  await expectRows(page, never);
  await page.getByRole("button", { name: "Remove the filter Last login" }).click();
  await expectRows(page, PEOPLE);
  await pick(page, "Signs in with", "E-mail and password");
  await expectRows(page, count((person) => person.idp_id === "local"));
  await expect(page).toHaveURL("/users?provider=local");
  await pick(page, "Created by", "A person or the API");
  await expectRows(page, count((person) => person.idp_id === "local" && person.issued === "api"));
});

test("a filter by what nobody knows shows and can be taken off", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?group=gone&role=gone");
  await expect(page.getByRole("button", { name: "Role: Unknown: gone" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Group: .*gone/ })).toBeVisible();
  await page.getByRole("button", { name: "Remove the filter Role" }).click();
  await page.getByRole("button", { name: "Remove the filter Group" }).click();
  await expectRows(page, PEOPLE);
});

test("every column sorts both ways, with the direction told", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  const head = (name: string) => page.getByRole("columnheader", { name, exact: true });
  await expect(head("Name")).toHaveAttribute("aria-sort", "ascending");
  for (const name of ["Status", "Role", "Auto groups", "Devices", "Last login", "Name"]) {
    await head(name).getByRole("button").click();
    await expect(head(name)).toHaveAttribute("aria-sort", /^(ascending|descending)$/);
    const first = await head(name).getAttribute("aria-sort");
    await expect(page.getByRole("columnheader").and(page.locator("[aria-sort]"))).toHaveCount(1);
    await head(name).getByRole("button").click();
    await expect(head(name)).toHaveAttribute("aria-sort", first === "ascending" ? "descending" : "ascending");
  }
  await page.goto("/users?sort=name&q=server");
  await expect.poll(() => names(page)).toEqual(["Server 2", "Server 10"]);
  await page.goto("/users?sort=-name&q=server");
  await expect.poll(() => names(page)).toEqual(["Server 10", "Server 2"]);
});

test("a second column orders what the first leaves equal, by the mouse and by keys", async ({ page }) => {
  // A head that orders second says so behind its name.
  const head = (name: string) => page.getByRole("columnheader", { name: new RegExp(`^${name}`) }).getByRole("button");
  const shown = async () => {
    const order = await list(page)
      .getByRole("row")
      .filter({ has: page.getByRole("link") })
      .evaluateAll((all) =>
        all
          .sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")))
          .map((one) => [one.querySelectorAll('[role="cell"]')[2]?.textContent?.trim(), one.querySelector("a")?.textContent] as const),
      );
    return order.map(([role, name]) => `${role}: ${name}`);
  };
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await page.goto("/users?q=o&role=admin&role=auditor");
  await expectComplete(page);
  await head("Role").click();
  await head("Name").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/[?&]sort=role\.name$/);
  const up = await shown();
  const roles = up.map((line) => line.split(":")[0]);
  expect(new Set(roles).size).toBeGreaterThan(1);
  expect(up.length).toBeGreaterThan(3);
  for (const role of new Set(roles)) {
    const names = up.filter((line) => line.startsWith(`${role}:`));
    expect(roles.slice(roles.indexOf(role), roles.indexOf(role) + names.length), "one role after the other").toEqual(names.map(() => role));
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
  }
  await head("Name").focus();
  await page.keyboard.press("Shift+Enter");
  await expect(page).toHaveURL(/[?&]sort=role\.-name$/);
  const down = await shown();
  for (const role of new Set(roles)) {
    const of = (all: string[]) => all.filter((line) => line.startsWith(`${role}:`));
    expect(of(down)).toEqual(of(up).reverse());
  }
  await page.reload();
  await expectComplete(page);
  expect(await shown()).toEqual(down);
});

test("a filter by group, and who you are, are readable", async ({ page, standin }) => {
  const groups = (await standin.api("GET", "/api/groups")) as { id: string; name: string }[];
  const design = groups.find((group) => group.name === "Design");
  const people = (await standin.api("GET", "/api/users?service_user=false")) as { auto_groups: string[] }[];
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await expect(row(page, "Olivia Marsh").getByText("you", { exact: true })).toBeVisible();
  await expect(list(page).getByText("you", { exact: true })).toHaveCount(1);
  await pick(page, "Group", "Design");
  await expectRows(page, people.filter((one) => one.auto_groups.includes(design?.id ?? "")).length);
  await expect(page.getByRole("button", { name: "Group: Design" })).toBeVisible();
  await page.getByRole("button", { name: "Remove the filter Group" }).click();
  await expectRows(page, PEOPLE);
});

test("Back and Forward restore search, filters and sort; a reload keeps them", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await pick(page, "Role", "Admin");
  await expectRows(page, 3);
  await page.getByRole("columnheader", { name: "Name", exact: true }).getByRole("button").click();
  await expect(page).toHaveURL("/users?role=admin&sort=-name");
  await searchBox(page).fill("o");
  await expect(page).toHaveURL("/users?q=o&role=admin&sort=-name");
  const before = await names(page);
  await openUser(page, "Ada Okafor");

  await page.goBack();
  await expect(page).toHaveURL("/users?q=o&role=admin&sort=-name");
  await expect(searchBox(page)).toHaveValue("o");
  await expect(page.getByRole("button", { name: "Role: Admin" })).toBeVisible();
  await expect.poll(() => names(page)).toEqual(before);

  await page.goBack();
  await expect(page).toHaveURL("/users?role=admin");
  await expect(searchBox(page)).toHaveValue("");
  await page.goBack();
  await expect(page).toHaveURL("/users");
  await expectRows(page, PEOPLE);
  await page.goForward();
  await expect(page).toHaveURL("/users?role=admin");
  await expectRows(page, 3);
  await page.goForward();
  await expect(searchBox(page)).toHaveValue("o");
  await page.reload();
  await expect(searchBox(page)).toHaveValue("o");
  await expect.poll(() => names(page)).toEqual(before);
});

test("Back returns to the place in the list", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  await expectComplete(page);
  await page.mouse.move(700, 600);
  await page.mouse.wheel(0, 700);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
  const [scrolled, before] = [await page.evaluate(() => scrollY), await names(page)];
  await list(page).getByRole("link", { name: "Olivia Marsh", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Olivia Marsh" })).toBeVisible();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expectRows(page, PEOPLE);
  await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - scrolled)).toBeLessThan(3);
  expect(before).toEqual(expect.arrayContaining((await names(page)).slice(8, -8)));
});

test("one page tells its news: title, focus and announcement", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expect(page).toHaveTitle("Users · Roost");
  await openUser(page, "Ada Okafor");
  await expect(page).toHaveTitle("Ada Okafor · Roost");
  await expect(page.getByRole("heading", { level: 1, name: "Ada Okafor" })).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Ada Okafor · Roost" })).toBeAttached();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeFocused();
  await expect(page).toHaveTitle("Users · Roost");
});

test("addresses that are no page and people who are not there lead on", async ({ page }) => {
  await signInAs(page, "Olivia Marsh");
  await expectRows(page, PEOPLE);
  for (const [address, title] of [
    ["/nowhere", "There is no such page"],
    ["/users/nobody", "No such user"],
    ["/users/google-oauth2%7C1", "No such user"],
    ["/users/a.b", "No such user"],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Roost`);
    await page.getByRole("link", { name: "Back to users" }).click();
    await expectRows(page, PEOPLE);
  }
});

test("unsaved edits are kept for who comes back, and Discard takes them away", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=okafor");
  await openUser(page, "Adam Okafor");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await page.goBack();
  await expect(page.getByText("Your changes to Adam Okafor are not saved yet.")).toBeVisible();
  await openUser(page, "Ada Okafor");
  await expect(page.getByRole("combobox", { name: "Role" }), "nothing of one user for the next").toHaveValue("admin");
  await page.goBack();
  await openUser(page, "Adam Okafor");
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("auditor");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("user");
});

test.describe("with 10,000 users", () => {
  test.use({ seed: "users=10000" });

  test("counts, search, scrolling to the end, and a focused row that stays", async ({ page, standin }) => {
    const people = ((await standin.api("GET", "/api/users?service_user=false")) as unknown[]).length;
    expect(people).toBeGreaterThan(9_900);
    await signInAs(page, "Olivia Marsh");
    await expectRows(page, people);
    await expect(page.getByRole("status").filter({ hasText: `${people.toLocaleString("en")} users` })).toBeVisible();
    expect(await list(page).getByRole("row").count(), "only rows in sight are drawn").toBeLessThan(80);

    const first = (await names(page))[0] ?? "";
    const link = list(page).getByRole("row").nth(1).getByRole("link");
    await link.focus();
    // By the key first and by the wheel after it: a key after a wheel went nowhere now and then, even when the browser had
    // said that the scrolling was over.
    await page.keyboard.press("End");
    await expect(page.locator(`[role="row"][aria-rowindex="${people + 1}"]`)).toBeInViewport();
    expect(await page.evaluate(() => document.activeElement?.textContent), "the focused row is not recycled").toBe(first);
    const indices = await list(page)
      .getByRole("row")
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-rowindex")));
    expect(new Set(indices).size, "each row has its own index").toBe(indices.length);
    expect(indices).not.toContain(null);

    const end = await page.evaluate(() => scrollY);
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, -100_000);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(end - 100_000);
    expect(await page.evaluate(() => document.activeElement?.textContent), "not by the wheel either").toBe(first);
    // The row in the middle of the window is the one whose place that is: what is seen was drawn for it.
    const middle = await page.evaluate(() => {
      const row = document.elementFromPoint(700, innerHeight / 2)?.closest('[role="row"]');
      return { index: Number(row?.getAttribute("aria-rowindex")), height: row?.getBoundingClientRect().height ?? 0 };
    });
    const far = (people + 1 - middle.index) * middle.height;
    expect(Math.abs(far - 100_000), "from the end, px").toBeLessThan(900);

    await searchBox(page).fill("olivia.marsh@");
    await expectRows(page, 1);
    await expect(row(page, "Olivia Marsh")).toBeInViewport();
    await searchBox(page).fill("");
    await expectRows(page, people);
  });
});

test("two users with one id: nothing breaks, both are counted or the newer shows", async ({ page, standin }) => {
  const users = (await standin.api("GET", "/api/users")) as { email: string; name: string }[];
  const uma = users.find((user) => user.email === "uma.sato@example.com");
  const body = [...users, { ...uma, name: "Uma Sato the second" }];
  await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
  await signInAs(page, "Olivia Marsh", "/users?q=uma.sato");
  await expect(list(page).getByRole("link", { name: /^Uma Sato/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(list(page).getByRole("link", { name: /^Uma Sato/ }).first()).toBeVisible();
});
