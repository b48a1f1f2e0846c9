// Today: a class that crossed waits for a word, whose matter it is stands beside it, and each answer has its way back.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

const day = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

scenario("who became a client waits before all that has a day to come, and every answer is undone", async ({ mainstay, owner }) => {
  const run = async (...words) => JSON.parse(await mainstay.run(...words, "-o", "json"));
  const { id } = await run("account", "add", "Osterlund Marine");
  const told = (facts) => run("account", id, "record", "--line", "Advisory", "--industry", "law", "--facts", JSON.stringify(facts));
  const bill = (days) => ({ kind: "invoice", on: day(days), amount: "566.00", currency: "EUR", offer: "advice" });
  const becomes = async (is) => {
    for (let tries = 0; tries < 60; tries += 1) {
      const { rows } = await run("relationships", "--limit", "5");
      if (rows[0]?.class === is) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.fail(`they never became ${is}: ${JSON.stringify((await run("relationships")).rows)}`);
  };
  await told([bill(155), bill(125)]);
  await becomes("customer");
  const signed = { kind: "contract", on: day(150), form: "individual", fees: true, scope: true, withdrawal: true, term: true, offer: "advice" };
  const met = { kind: "meeting", on: day(3), started_by: "us", topic: "review", person: "Tomas Berg" };
  await told([signed, { kind: "assignment", on: day(30), person: "Tomas Berg" }, met, bill(5)]);
  await becomes("client");

  for (const [width, colours] of [[1440, "light"], [360, "dark"]]) {
    const visitor = await owner({ width, colours });
    const { page } = visitor;
    const main = () => page.locator("main").innerText();
    await visitor.goto("/today");
    assert.match(await main(), /Today\s+1/);
    assert.match(await main(), /Served by Tomas Berg/);
    assert.deepEqual(await visitor.violations(), []);
    assert.equal(await visitor.overhang(), 0);
    await visitor.picture(`today-crossed-${width}`);
    for (const [answer, said] of [["Not now", /Put off: Osterlund Marine/], ["Agree", /Agreed: Osterlund Marine/]]) {
      await page.getByRole("button", { name: answer }).click();
      await page.waitForURL(/answered=/);
      assert.match(await main(), said);
      assert.match(await main(), /Nothing needs you\./);
      if (answer === "Not now") assert.match(await main(), /The next thing waits from .*asked again about Osterlund Marine/);
      assert.deepEqual(await visitor.violations(), []);
      await visitor.picture(`today-${answer.toLowerCase().replace(" ", "-")}-${width}`);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForURL(/as=take_back/);
      assert.match(await main(), /Taken back: Osterlund Marine waits for your word again\./);
    }
  }
});
