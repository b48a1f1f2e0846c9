// Accounts that may be one party are decided one after another, without a mouse and without scripts.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("many pairs can be merged at once, or as they are found, also without scripts", async ({ owner }) => {
  const { page } = await owner({ javascript: false, width: 360 });
  await pairs(page, 3);
  await page.getByRole("link", { name: "Merge many" }).click();
  assert.equal(await page.getByRole("button", { name: "Merge 3 pairs" }).count(), 1);
  await page.getByLabel("Merge by itself").selectOption("0.999");
  await page.getByRole("button", { name: "Keep" }).click();
  assert.match(await page.locator("main").textContent(), /at least 99.9 % likely one party are merged/);
  await page.getByLabel("Merge by itself").selectOption("");
  await page.getByRole("button", { name: "Keep" }).click();
  assert.match(await page.locator("main").textContent(), /Pairs wait for a person/);
});

scenario("a pair says what agrees and what is known of each, also without scripts", async ({ owner }) => {
  const { page } = await owner({ javascript: false, width: 360 });
  await pairs(page, 3);
  const told = await page.locator("[data-rows] > li").first().textContent();
  assert.match(told, /Agrees: .*the same (website|telephone number|address)/);
});

scenario("pairs are decided by keyboard, one after another", async ({ owner }) => {
  const { page } = await owner();
  await pairs(page, 3);
  const lines = page.locator("[data-rows] > li");
  const [first, second, third] = await lines.locator("a.who").evaluateAll((all) => all.filter((_, n) => n % 2 === 0).map((a) => a.textContent));

  await page.keyboard.press("n");
  assert.equal(await lines.count(), 3, "a key on no line chooses the first, and decides nothing");
  assert.equal(await focused(page), first);

  await page.keyboard.press("j");
  assert.equal(await focused(page), second);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("n")]);
  assert.equal(await lines.filter({ has: page.locator("form") }).count(), 2);
  assert.match(await page.locator(".note").textContent(), /stay two; they are not asked for again/);
  assert.equal(await focused(page), third, "the line that took its place is next");

  await Promise.all([page.waitForEvent("load"), page.keyboard.press("l")]);
  assert.equal(await focused(page), first, "at the end, the one before");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("m")]);
  assert.match(await page.locator("main").textContent(), /Merged lately/);
});

/** Opens the queue once that many pairs stand in it: they are looked for in the background. */
async function pairs(page, count) {
  await assert.doesNotReject(async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      await page.goto("/duplicates");
      if ((await page.locator("[data-rows] > li").count()) === count) return;
    }
    throw new Error(`no ${count} pairs`);
  });
}

/** The words of the link that has the focus. */
function focused(page) {
  return page.evaluate(() => document.activeElement.textContent);
}
