// Handing on the ownership: two steps, one write, and nobody is ever made an owner who cannot act.
import type { Locator, Page } from "@playwright/test";
import { openUser, save, form, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const ADA = "Ada Okafor";

async function begin(page: Page, name = ADA): Promise<void> {
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent(name)}`);
  await openUser(page, name);
  await page.getByRole("button", { name: "Transfer ownership…" }).click();
  await expect(page.getByRole("dialog", { name: `Transfer ownership to ${name}` })).toBeVisible();
}

/** The second step, ticked. */
async function confirm(page: Page, name = ADA): Promise<Locator> {
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  const question = page.getByRole("alertdialog", { name: `Make ${name} the owner?` });
  await question.getByRole("checkbox", { name: `${name} becomes the owner, and I become an admin` }).check();
  return question;
}

test("it says what both become, asks twice, writes once, and the caller is an admin then", async ({ page, standin }) => {
  const { id, email } = await standin.person("ada.okafor");
  await begin(page);
  const first = page.getByRole("dialog");
  for (const text of [ADA, email, id, "Admin → Owner", "Owner → Admin", "You cannot take it back"]) {
    await expect(first).toContainText(text);
  }
  await first.getByRole("button", { name: "Continue" }).click();
  const question = page.getByRole("alertdialog", { name: `Make ${ADA} the owner?` });
  const go = question.getByRole("button", { name: "Transfer ownership" });
  await expect(go).toHaveAccessibleDescription("Tick the box first.");
  await go.click({ force: true });
  expect(await standin.calls("PUT"), "nothing before the tick").toEqual([]);
  await question.getByRole("button", { name: "Back" }).click();
  await expect(first).toBeVisible();
  await confirm(page);
  await standin.forgetCalls();
  await go.evaluate((one: HTMLElement) => {
    for (let click = 0; click < 10; click += 1) one.click();
  });
  await expect(page.getByText(`${ADA} owns the account now. You are an admin.`)).toBeVisible();
  expect(await standin.calls("PUT")).toHaveLength(1);
  expect((await standin.person("ada.okafor")).role).toBe("owner");
  expect((await standin.person("olivia.marsh")).role).toBe("admin");

  // What the caller may do has been asked anew: the screen knows.
  await expect(page.getByRole("button", { name: "Transfer ownership…" })).toHaveAccessibleDescription(
    "Only an owner can transfer ownership.",
  );
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toContainText("Admin");
  await page.goto("/users?q=olivia");
  await expect(page.getByRole("row", { name: /Olivia Marsh/ })).toContainText("Admin");
});

test("their groups go back as they are, and blocked is never touched", async ({ page, standin }) => {
  const before = ((await standin.api("GET", "/api/users")) as { email: string; auto_groups: string[] }[]).find((one) =>
    one.email.startsWith("ada.okafor@"),
  );
  await begin(page);
  const sent = page.waitForRequest((request) => request.method() === "PUT");
  await (await confirm(page)).getByRole("button", { name: "Transfer ownership" }).click();
  const body = (await sent).postDataJSON() as { role: string; auto_groups: string[]; is_blocked: boolean };
  expect(body).toEqual({ role: "owner", auto_groups: before?.auto_groups, is_blocked: false });
  await expect(page.getByText(`${ADA} owns the account now.`)).toBeVisible();
});

for (const [name, query, reason] of [
  ["Boris Blake", "boris.blake", "They are blocked. An owner who cannot sign in would lock the account."],
  ["Petra Vogel", "petra.vogel", "They are waiting for approval. An owner who cannot sign in would lock the account."],
  ["Olivia Marsh", "olivia.marsh", "You own this account."],
] as const) {
  test(`not to ${name}, and the button says why`, async ({ page, standin }) => {
    await signInAs(page, "Olivia Marsh", `/users?q=${query}`);
    await openUser(page, name);
    const button = page.getByRole("button", { name: "Transfer ownership…" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(reason);
    await button.click({ force: true });
    await expect(page.getByRole("dialog")).toBeHidden();
    expect(await standin.calls("PUT")).toEqual([]);
  });
}

test("a role is never the way: choosing owner in the form is refused", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=ada.okafor");
  await openUser(page, ADA);
  await expect(form(page).getByRole("option", { name: /^Owner/ })).toBeDisabled();
  await expect(form(page).getByRole("option", { name: /^Owner/ })).toContainText("transferred separately");
});

for (const name of ["Ada Okafor", "Agnes Novak"]) {
  test(`${name} does not own the account and hands nothing on`, async ({ page }) => {
    await signInAs(page, name, "/users?q=adam.okafor");
    await openUser(page, "Adam Okafor");
    await expect(page.getByRole("button", { name: "Transfer ownership…" })).toHaveAccessibleDescription(
      "Only an owner can transfer ownership.",
    );
  });
}

test("blocked between the two steps: it is noticed before anything is sent", async ({ page, standin }) => {
  const { id } = await standin.person("ada.okafor");
  await begin(page);
  const question = await confirm(page);
  await standin.change(id, { is_blocked: true });
  await standin.forgetCalls();
  await question.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(question).toContainText("Ownership was not transferred. They are blocked.");
  expect(await standin.calls("PUT")).toEqual([]);
  expect((await standin.person("olivia.marsh")).role).toBe("owner");
});

test("500: nothing changes and the question stays; a lost answer is cleared up", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  watch.expectFailure(/^\/api\/users\//, "network");
  const { id } = await standin.person("ada.okafor");
  await begin(page);
  const question = await confirm(page);
  await standin.fault({ path: `/api/users/${id}`, method: "PUT", kind: "status" });
  await question.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(question).toContainText("Ownership was not transferred. The server answered 500.");
  expect((await standin.person("olivia.marsh")).role).toBe("owner");
  await standin.fault({ path: `/api/users/${id}`, method: "PUT", kind: "reset_after" });
  await question.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(page.getByText(`${ADA} owns the account now. No clear answer came, so this was checked.`)).toBeVisible();
  expect((await standin.person("ada.okafor")).role).toBe("owner");
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh" })).toContainText("Admin");
});

test("somebody else handed it on meanwhile: the server's refusal is said, and the screen learns who one is", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 403);
  await begin(page);
  const question = await confirm(page);
  const bruno = await standin.person("bruno.keller");
  await standin.api("PUT", `/api/users/${bruno.id}`, { role: "owner", auto_groups: [], is_blocked: false });
  await question.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(question).toContainText("Ownership was not transferred. The server does not allow this.");
  await expect(page.getByRole("button", { name: "Signed in as Olivia Marsh", includeHidden: true })).toContainText("Admin");
});

test("Escape in either step leaves everything as it is", async ({ page, standin }) => {
  await begin(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Transfer ownership…" }).click();
  const question = await confirm(page);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "Transfer ownership…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("checkbox", { name: /becomes the owner/ }), "a tick is not kept").not.toBeChecked();
  await page.keyboard.press("Escape");
  expect(await standin.calls("PUT")).toEqual([]);
});

test("a hostile name stays text in both steps", async ({ page }) => {
  const name = "<img src=x onerror=alert(1)>";
  await begin(page, name);
  await confirm(page, name);
  await page.getByRole("alertdialog").getByRole("button", { name: "Back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await save(page);
  await expect(page.locator("img, script:not([src])")).toHaveCount(0);
});

test("the person's page: devices, permissions in words, what goes with a deletion", async ({ page, standin, watch }) => {
  watch.expectFailure("/api/peers", 500);
  await signInAs(page, "Olivia Marsh", "/users?q=nils.lindqvist");
  await openUser(page, "Nils Lindqvist");
  const devices = page.getByRole("table", { name: /^Devices/ });
  await expect(devices.getByRole("row")).toHaveCount(4);
  await expect(devices.getByRole("columnheader", { name: "Address" })).toBeVisible();
  await expect(devices.getByRole("link")).toHaveCount(0);
  const may = page.getByRole("region", { name: "Permissions" });
  await expect(may).toContainText("Manage groups, networks, routes, DNS and policies");
  await expect(may).toContainText("See users, service users and invitations");
  await expect(may).not.toContainText("Manage users");
  await page.getByRole("button", { name: "Delete user…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("3 devices");
  await expect(question).toContainText("their access tokens");
  await expect(question).toContainText("their e-mail and password sign-in");
  await page.keyboard.press("Escape");

  await standin.fault({ path: "/api/peers", kind: "status", times: 0 });
  await page.reload();
  await expect(page.getByRole("alert").filter({ hasText: "The devices did not load." })).toBeVisible();
  await expect(page.getByText("No devices.")).toBeHidden();
  await standin.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(devices.getByRole("row")).toHaveCount(4);
  await page.goto("/users?q=petra.vogel");
  await openUser(page, "Petra Vogel");
  await expect(page.getByText("No devices. Devices show up here")).toBeVisible();
  await expect(page.getByRole("region", { name: "Permissions" })).toContainText("Until then they can do nothing.");
});

test("before a service user is deleted, its tokens are counted", async ({ page, standin }) => {
  const users = (await standin.api("GET", "/api/users?service_user=true")) as { id: string; name: string }[];
  const counts = await Promise.all(
    users.map(async (one) => ((await standin.api("GET", `/api/users/${one.id}/tokens`)) as unknown[] | null)?.length ?? 0),
  );
  const some = counts.findIndex((count) => count > 1);
  const [service, count] = [users[some], counts[some]];
  if (!service) throw new Error("no service user has tokens");
  await signInAs(page, "Olivia Marsh", `/users/${service.id}`);
  await page.getByRole("button", { name: "Delete service user…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText(`${count} access tokens`);
  await expect(page.getByRole("alertdialog")).not.toContainText("device");
  await expect(page.getByRole("table", { name: /^Devices/ })).toBeHidden();
});
