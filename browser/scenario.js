// The frame of every browser test: one Mainstay and one browser per file, a fresh visitor per scenario.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.js";
import { Mainstay, mustBeBuilt } from "./mainstay.js";
import { Visitor } from "./visitor.js";

await mustBeBuilt();
let started;
let furniture;

/** The house of this file's scenarios begins with what a small business knows: the tables in files/, brought in. */
export function furnished() {
  furniture = fileURLToPath(new URL("files", import.meta.url));
}

/**
 * A story told in a browser: `scenario("the owner signs in", async ({ visitor, mainstay }) => …)`.
 *
 * `visitor()` gives a page for somebody who is not signed in, `owner()` one for the owner; both take
 * `{ width: 1440 | 360, colours: "light" | "dark", javascript: true | false }`. An error in a page's console
 * fails the scenario.
 */
export function scenario(name, story) {
  test(name, { timeout: 300_000 }, async () => {
    const house = await (started ??= start());
    const visitors = [];
    const open = async (choices) => {
      const visitor = await Visitor.open(house, choices);
      visitors.push(visitor);
      return visitor;
    };
    try {
      await story({
        mainstay: house.mainstay,
        visitor: (choices) => open(choices),
        owner: async (choices) => open({ ...choices, signedIn: await signedIn(house) }),
      });
      assert.deepEqual(visitors.flatMap((visitor) => visitor.complaints), [], "the console is clean");
    } finally {
      for (const visitor of visitors) await visitor.leave();
    }
  });
}

after(async () => {
  const house = await started?.catch(() => undefined);
  await house?.browser.close();
  await house?.mainstay.stop();
});

async function start() {
  const mainstay = await Mainstay.start();
  try {
    if (furniture) await mainstay.run("import", furniture);
    return { mainstay, browser: await launch() };
  } catch (error) {
    await mainstay.stop();
    throw error;
  }
}

/** The link works once, so a file signs in once and its scenarios share the session. */
function signedIn(house) {
  house.session ??= (async () => {
    const visitor = await Visitor.open(house, {});
    try {
      await visitor.signIn();
      return await visitor.context.storageState();
    } finally {
      await visitor.leave();
    }
  })();
  return house.session;
}
