// Their page: somebody outside says by one click how they want to be dealt with, without signing in and without scripts.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}

scenario("one click on their page holds, with and without scripts", async ({ mainstay, owner, visitor }) => {
  const account = (await answer(mainstay, "account", "add", "Okafor")).id;
  const facts = JSON.stringify([{ kind: "goal", on: "2025-03-04" }]);
  await mainstay.run("account", account, "record", "--line", "Advisory", "--industry", "law", "--facts", facts);
  const relationship = (await answer(mainstay, "relationships")).rows[0].id;
  const { path } = await answer(mainstay, "preference", relationship, "link");

  for (const [look, word] of [
    [{ width: 360, javascript: false }, "No relationship"],
    [{ width: 1440, colours: "dark" }, "Just transactions"],
  ]) {
    const them = await visitor(look);
    assert.equal((await them.goto(path)).status(), 200);
    assert.equal(await them.page.locator("h1").count(), 1);
    assert.equal(await them.overhang(), 0);
    const button = them.page.getByRole("button", { name: word });
    await Promise.all([them.page.waitForEvent("load"), button.click()]);
    assert.equal(new URL(them.page.url()).pathname, path);
    assert.match(await them.page.locator("main").innerText(), new RegExp(`You chose ${word.toLowerCase()} on `));
    if (look.javascript !== false) assert.deepEqual(await them.violations(), []);
  }

  const ours = await owner();
  await ours.goto(`/relationships/${relationship}/preference`);
  assert.match(await ours.page.locator("main").innerText(), /Just transactions, stated by themselves/);
  assert.deepEqual(await ours.violations(), []);
  assert.equal(await ours.overhang(), 0);
});
