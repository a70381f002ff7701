// A session, got once through the real sign-in page, then put into every measured tab.

import { run } from "./chrome.mjs";

/** Signs in as the stand-in's owner; gives what the console keeps in the tab's storage. */
export async function signIn({ page, session }, address) {
  const people = await (await fetch(new URL("_standin/people", address))).json();
  const person = people.find(({ role, password }) => role === "owner" && password);
  if (!person) throw new Error("the stand-in server names no owner with a password");
  await page.goto(new URL("users", address).href);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel(/password/i).fill(person.password);
  await page.getByRole("button", { name: /^(sign|log) in$/i }).click();
  await page.getByRole("table", { name: "Users" }).waitFor();
  return run(session, storedEntries);
}

/** Runs in the page. */
function storedEntries() {
  return { ...sessionStorage };
}

/** Runs in the page before its own scripts. */
export function restoreSession(entries) {
  for (const [key, value] of Object.entries(entries)) sessionStorage.setItem(key, value);
}
