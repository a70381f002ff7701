// Somebody to work on, made through the API for one test: so the journeys run against any deployment.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { authorization } from "./console.ts";
import { callApi, changeUser, listUsers, type ApiUser, type UserUpdate } from "./standin.ts";
import type { Target } from "./test.ts";

/** A user made for one test, and what the server says about them. */
export class Subject {
  private constructor(
    private readonly api: string,
    private readonly credential: string,
    readonly id: string,
    readonly name: string,
    readonly email: string,
  ) {}

  /** Makes one with the rights of who is signed in in `page`. */
  static async make(page: Page, target: Target): Promise<Subject> {
    const credential =
      target.credentials && "token" in target.credentials
        ? `Token ${target.credentials.token}`
        : await authorization(page);
    const mark = randomBytes(4).toString("hex");
    const wish = {
      name: `Quinn Test ${mark}`,
      email: `quinn.${mark}@example.com`,
      role: "user",
      auto_groups: [],
      is_service_user: false,
    };
    const made = (await callApi(target.api, credential, "POST", "/api/users", wish)) as ApiUser;
    return new Subject(target.api, credential, made.id, wish.name, wish.email);
  }

  /** What the server has now; `null` when they are gone. */
  async now(): Promise<ApiUser | null> {
    return (await listUsers(this.api, this.credential)).find((user) => user.id === this.id) ?? null;
  }

  /** Changes them behind the console's back. */
  async change(changes: Partial<UserUpdate>): Promise<void> {
    await changeUser(this.api, this.credential, this.id, changes);
  }

  /** Makes a group and names it. */
  async group(name: string): Promise<string> {
    const made = await callApi(this.api, this.credential, "POST", "/api/groups", { name });
    return (made as { id: string }).id;
  }

  /** The groups of that name. */
  async groupsNamed(name: string): Promise<{ id: string }[]> {
    const all = await callApi(this.api, this.credential, "GET", "/api/groups");
    return (all as { id: string; name: string }[]).filter((group) => group.name === name);
  }

  /** A name nobody has used. */
  freshName(word: string): string {
    return `${word} ${randomBytes(4).toString("hex")}`;
  }

  /** Deletes them and the groups named; what is gone already is fine. */
  async remove(...groups: string[]): Promise<void> {
    if (await this.now()) {
      await callApi(this.api, this.credential, "DELETE", `/api/users/${encodeURIComponent(this.id)}`);
    }
    for (const name of groups) {
      for (const { id } of await this.groupsNamed(name)) {
        await callApi(this.api, this.credential, "DELETE", `/api/groups/${id}`);
      }
    }
  }
}
