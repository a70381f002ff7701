// Names, groups and messages that would like to be more than text.
import { createGroup, expectRows, list, openRowMenu, openUser, row, save, signInAs } from "../support/console.ts";
import { expect, test } from "../support/test.ts";

const MALLORY = "<img src=x onerror=alert(1)>";

test("a name that is markup stays text everywhere", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=mallory");
  await expect(row(page, MALLORY)).toBeVisible();
  await expect(row(page, MALLORY)).toContainText("<b>Red</b> team");
  await (await openRowMenu(page, MALLORY)).getByRole("menuitem", { name: "Delete user…" }).click();
  await expect(page.getByRole("alertdialog", { name: `Delete ${MALLORY}?` })).toBeVisible();
  await page.getByRole("button", { name: "Keep user" }).click();
  await openUser(page, MALLORY);
  await expect(page).toHaveTitle(`${MALLORY} · Roost`);
  await createGroup(page, '"><script>alert(2)</script>');
  await page.getByRole("checkbox", { name: "Blocked" }).check();
  await save(page);
  await expect(page.getByText(`${MALLORY} is saved.`)).toBeVisible();
  await expect(page.locator("img, script:not([src])")).toHaveCount(0);
});

test("characters that turn text round or hide are shown as marks", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", "/users?q=ivan.petrov");
  await expectRows(page, 1);
  const link = list(page).getByRole("row").nth(1).getByRole("link");
  await expect(link).toContainText("U+202E");
  await expect(link).toContainText("U+200B");
  expect(await link.textContent()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("U+202E");
});

test("what is searched for is text, too", async ({ page }) => {
  await signInAs(page, "Olivia Marsh", `/users?q=${encodeURIComponent("<img src=x onerror=alert(3)>zz")}`);
  await expect(page.getByRole("heading", { name: "No user matches “<img src=x onerror=alert(3)>zz”" })).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
});

test("a server's message is text, and not endless", async ({ page, standin, watch }) => {
  watch.expectFailure(/^\/api\/users\//, 422);
  await signInAs(page, "Olivia Marsh", "/users?q=adam.okafor");
  await openUser(page, "Adam Okafor");
  const body = { message: `<img src=x onerror=alert(4)>${"long ".repeat(200_000)}`, code: 422 };
  await standin.fault({ path: "/api/users/", method: "PUT", kind: "status", status: 422, body });
  await page.getByRole("checkbox", { name: "Blocked" }).check();
  await save(page);
  const alert = page.getByRole("alert").filter({ hasText: "Not saved." });
  await expect(alert).toContainText("<img src=x onerror=alert(4)>");
  expect((await alert.textContent())?.length).toBeLessThan(2000);
  expect(page.url()).not.toContain("onerror");
});

for (const { name, ids } of [
  { name: "plain ones", ids: ["google-oauth2|1", "a/b?c#d", "ключ"] },
  { name: "with a percent sign or a backslash", ids: ["%2e%2e", "x%2Fy", "x\\y"] },
]) {
  test(`ids from elsewhere are one segment of a path, whatever they hold: ${name}`, async ({ page, standin }) => {
    const users = (await standin.api("GET", "/api/users")) as { email: string }[];
    const model = users.find((user) => user.email === "adam.okafor@example.com");
    const strange = ids.map((id, at) => ({ ...model, id, name: `Strange ${at}`, email: `strange${at}@example.com` }));
    const body = [...users, ...strange];
    await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
    await signInAs(page, "Olivia Marsh", "/users?q=strange");
    await expectRows(page, ids.length);
    for (const [at, id] of ids.entries()) {
      await openUser(page, `Strange ${at}`);
      await expect(page.getByRole("definition").filter({ hasText: id })).toBeVisible();
      await expect(page).toHaveURL(`/users/${encodeURIComponent(id)}`);
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: `Strange ${at}` })).toBeVisible();
      await page.goBack();
    }
  });
}

for (const { id, sent } of [
  { id: "auth0|a b?c#d%2e", sent: ["/api/users/auth0%7Ca%20b%3Fc%23d%252e"] },
  // Servers and proxies on the way do not agree on what an escaped slash means: nothing is sent.
  { id: "a/b", sent: [] },
  { id: "..", sent: [] },
]) {
  test(`a deletion goes to the very id or nowhere: ${id}`, async ({ page, standin, watch }) => {
    watch.expectFailure(/^\/api\/users\//, 404);
    const users = (await standin.api("GET", "/api/users")) as { email: string }[];
    const model = users.find((user) => user.email === "adam.okafor@example.com");
    const body = [...users, { ...model, id, name: "Strange", email: "strange@example.com" }];
    await standin.fault({ path: "/api/users", exact: true, method: "GET", kind: "garbage", body, times: 0 });
    await signInAs(page, "Olivia Marsh", "/users?q=strange");
    await (await openRowMenu(page, "Strange")).getByRole("menuitem", { name: "Delete user…" }).click();
    const question = page.getByRole("alertdialog", { name: "Delete Strange?" });
    await question.getByRole("button", { name: "Delete user" }).click();
    const refused = question.getByText("Not deleted. This id cannot be used in a URL, so nothing was sent.", { exact: true });
    await expect(sent.length > 0 ? page.getByText("Strange had already been deleted.") : refused).toBeVisible();
    expect((await standin.calls("DELETE")).map((call) => call.path)).toEqual(sent);
  });
}
