// A server with many users, somebody signed in to it, and what the measured pages are told about its list.
import { openPage } from "./chrome.mjs";
import { narrowingWord } from "./query.mjs";
import { startServer } from "./server.mjs";
import { signIn } from "./sign-in.mjs";

/**
 * Starts a server with so many users. `session` is what the console keeps in its tab, `rows` how many people the list
 * has, `word` what narrows it letter by letter; `api` asks the server for JSON, as the signed-in owner.
 */
export async function startCrowd({ browser }, users) {
  const server = await startServer(`users=${users}`);
  try {
    const session = await signedIn(browser, server.address);
    const { authorization } = JSON.parse(session["roost.session"]);
    const api = async (path, options = {}) => {
      const headers = { Authorization: authorization, "Content-Type": "application/json" };
      const response = await fetch(new URL(`api/${path}`, server.address), { ...options, headers });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return response.json();
    };
    const people = (await api("users")).filter((user) => !user.is_service_user);
    const groupNames = new Map((await api("groups")).map(({ id, name }) => [id, name]));
    const word = narrowingWord(people, groupNames);
    if (!word) throw new Error("no name narrows the list letter by letter");
    return { ...server, session, api, rows: people.length, word };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function signedIn(browser, address) {
  const tab = await openPage(browser);
  try {
    return await signIn(tab, address);
  } finally {
    await tab.close();
  }
}

/** The number an option gives. */
export function wholeNumber(text, name) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes whole numbers, not ${text}`);
  return Number(text);
}
