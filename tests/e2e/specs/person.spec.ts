// One person's page: what is known of them, and what a deletion would take with it.
import type { Page } from "@playwright/test";
import { form, openUser, save, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

interface Known {
  name: string;
  email: string;
  last_login: string | null;
  idp_id?: string;
  role: string;
  is_blocked: boolean;
}

const never = ({ last_login }: Known) => !last_login || last_login.startsWith("0001-");

function fact(page: Page, term: string) {
  return page.getByRole("complementary", { name: "Details" }).locator("dt", { hasText: term }).locator("xpath=following-sibling::dd[1]");
}

test("the last sign-in is told as how long ago and when, or never", async ({ page, standin }) => {
  const people = (await standin.api("GET", "/api/users?service_user=false")) as Known[];
  const came = people.find((one) => !never(one) && one.email.startsWith("ada.okafor@"));
  // Somebody has no name, and ids, by which the list is ordered, differ each time.
  const stayed = people.find((one) => never(one) && one.name);
  if (!came || !stayed) throw new Error("the demo data has somebody of each kind");
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent(came.email)}`);
  await openUser(page, came.name);
  const when = fact(page, "Last login");
  await expect(when).toHaveText(/ago|yesterday|today|now/i);
  await when.getByText(/\w/).last().hover();
  await expect(page.getByRole("tooltip")).toHaveText(new RegExp(`${new Date(came.last_login ?? "").getFullYear()}.*\\d{2}:\\d{2}`));
  await page.goto(`/users?q=${encodeURIComponent(stayed.email)}`);
  await openUser(page, stayed.name);
  await expect(fact(page, "Last login")).toHaveText(/^Never/);
});

/** The question before a deletion. */
async function ask(page: Page, address: string, name: string) {
  await page.goto(address);
  await openUser(page, name);
  await page.getByRole("button", { name: "Delete user…" }).click();
  return page.getByRole("alertdialog", { name: `Delete ${name}?` });
}

test("a deletion says what becomes of the sign-in: of a connector, and of an outside provider", async ({ page, standin, launch }) => {
  const people = (await standin.api("GET", "/api/users?service_user=false")) as Known[];
  const outside = people.find((one) => one.name && one.idp_id && one.idp_id !== "local" && one.role === "user" && !one.is_blocked);
  if (!outside) throw new Error("nobody of the demo data comes by a connector");
  await signInAs(page, "Olivia Marsh");
  const question = await ask(page, `/users?q=${encodeURIComponent(outside.email)}`, outside.name);
  await expect(question).toContainText("their access tokens");
  await expect(question).toContainText("not their sign-in at the identity provider: they can come back as a new user");
  await expect(question).not.toContainText("e-mail and password sign-in");

  const server = await launch({ args: ["--mode", "external"] });
  await signInAs(page, "Olivia Marsh", `${server.url}/users`);
  const other = await ask(page, `${server.url}/users?q=adam.okafor`, "Adam Okafor");
  await expect(other).toContainText("not their sign-in at the identity provider, unless the server is set up to delete it");
});

test("an answer to a conflict holds for one save: after a failure the same field asks again", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 500);
  const { id } = await standin.person("adam.okafor");
  await signInAs(page, "Olivia Marsh", `/users/${encodeURIComponent(id)}`);
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Auditor" });
  await form(page).getByRole("checkbox", { name: "Blocked" }).check();
  await standin.change(id, { role: "network_admin" });
  await save(page);
  const dialog = page.getByRole("dialog", { name: "Changed by somebody else as well" });
  await dialog.getByRole("radio", { name: /^Theirs/ }).check();
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "status", status: 500, times: 1 });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(form(page).getByRole("alert")).toContainText("The server answered 500.");
  await form(page).getByRole("combobox", { name: "Role" }).selectOption({ label: "Admin" });
  await save(page);
  await dialog.getByRole("radio", { name: /^Mine/ }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Adam Okafor is saved.")).toBeVisible();
  const users = (await standin.api("GET", "/api/users")) as { id: string }[];
  expect(users.find((one) => one.id === id)).toMatchObject({ role: "admin", is_blocked: true });
});
