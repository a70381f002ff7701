// Everything that can be measured about accessibility, over every state of support/states.ts.
import { expectAccessible } from "../support/axe.ts";
import { VISITS } from "../support/states.ts";
import { expect, test } from "../support/test.ts";

for (const [name, states] of Object.entries(VISITS)) {
  test(name, async ({ page, standin, watch, launch }, info) => {
    info.setTimeout(30_000 + 20_000 * Object.keys(states).length);
    for (const [state, bring] of Object.entries(states)) {
      await bring({ page, standin, watch, launch });
      await expectAccessible(page, state);
    }
  });
}

test("the states have names of their own, and there are enough of them", () => {
  const names = Object.values(VISITS).flatMap((states) => Object.keys(states));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.length).toBeGreaterThanOrEqual(90);
});
