// Whoever is looked for is found from any page, by a few letters, by keyboard, and without scripts.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("a few letters find an account from any page, with the class of its relationship", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  const { name, start } = await somebody(page);
  await page.goto("/service-models");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find or do anything" });
  await field.fill(start);
  const option = page.getByRole("group", { name: "Accounts" }).getByRole("option").first();
  await option.waitFor();
  assert.match(await option.textContent(), new RegExp(name.slice(0, start.length), "i"));
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await Promise.all([page.waitForURL(/\/accounts\//), page.keyboard.press("Enter")]);

  await page.goto("/figures");
  await page.keyboard.press("Control+k");
  const seen = page.getByRole("group", { name: "Seen lately" }).getByRole("option").first();
  assert.ok((await seen.textContent()).length > 0, "what was seen lately stands first");
});

scenario("who types quickly and presses Enter opens what they typed, not what stood there before", async ({ owner }) => {
  const { page } = await owner();
  const { name, start } = await somebody(page);
  await page.goto("/figures");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(start);
  await Promise.all([page.waitForURL(/\/accounts\//), page.keyboard.press("Enter")]);
  assert.match(await page.locator("h1").textContent(), new RegExp(name.slice(0, start.length), "i"));
});

scenario("places and what can be done on the page are chosen by arrows", async ({ owner }) => {
  const { page } = await owner({ width: 360, colours: "dark" });
  await page.goto("/relationships");
  await page.getByRole("link", { name: /^Find/ }).click();
  await page.getByRole("combobox").fill("serv mod");
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length > 0);
  const chosen = () => page.locator("[role=option][aria-selected=true]").textContent();
  const first = await chosen();
  await page.keyboard.press("ArrowUp");
  assert.match(await chosen(), /^All that has/, "the arrows go round");
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), first);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  assert.equal(new URL(page.url()).pathname, "/relationships", "nothing was done");
});

scenario("every page is gone to and everything is begun from the dialog, by other words for it too", async ({ owner }) => {
  const visitor = await owner({ width: 360 });
  const { page } = visitor;
  for (const [typed, place] of [["audit", "/audit"], ["holidays", "/calendars"], ["new product", "/products/new"], ["gamma", "/help/gamma-gamma"]]) {
    await page.goto("/relationships");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(typed);
    await Promise.all([page.waitForURL(`**${place}`), page.keyboard.press("Enter")]);
  }
  await page.goto("/relationships");
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: /^Book/ }).waitFor();
  assert.ok((await page.getByRole("option").count()) > 30, "before anything is typed, all of it is offered");
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
});

scenario("on a record the dialog offers what is done with them, and a language is changed from it", async ({ owner }) => {
  const { page } = await owner();
  await page.goto("/relationships");
  await Promise.all([page.waitForURL(/\/relationships\/rel_/), page.locator("[data-rows] a.who").first().click()]);
  await page.locator("#timeline").waitFor();
  await page.keyboard.press("Control+k");
  await page.locator("dialog [role=combobox]").fill("write note");
  await Promise.all([page.waitForURL(/\/facts\/new\?kind=note/), page.keyboard.press("Enter")]);
  await page.getByRole("textbox", { name: "What is worth knowing" }).fill("Bought a boat");
  await Promise.all([page.waitForURL(/\/accounts\//), page.getByRole("button", { name: "Record it" }).click()]);
  assert.match(await page.locator("#timeline").textContent(), /Noted: Bought a boat/);
  await page.keyboard.press("Control+k");
  await page.locator("dialog [role=combobox]").fill("deutsch");
  await Promise.all([page.waitForURL("**/language"), page.keyboard.press("Enter")]);
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await page.keyboard.press("Control+k");
  await page.locator("dialog [role=combobox]").fill("english");
  await Promise.all([page.waitForLoadState(), page.keyboard.press("Enter")]);
  await page.locator("html[lang=en]").waitFor();
});

scenario("from a record one goes along its list by j and k, and by links without scripts", async ({ owner }) => {
  const { page } = await owner();
  await page.goto("/relationships?sort=name");
  const names = await page.locator("[data-rows] a.who").allTextContents();
  await Promise.all([page.waitForURL(/\/relationships\/rel_/), page.locator("[data-rows] a.who").first().click()]);
  for (const [key, n] of [["j", 1], ["j", 2], ["k", 1]]) {
    const before = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== before), page.keyboard.press(key)]);
    assert.equal((await page.locator("h1").textContent()).trim(), names[n].trim());
  }
  await page.keyboard.press("?");
  assert.match(await page.locator("dialog.keys").textContent(), /k\s*Previous/);
  const plain = await owner({ javascript: false });
  await plain.page.goto("/relationships?sort=name");
  await plain.page.locator("[data-rows] a.who").first().click();
  await plain.page.getByRole("link", { name: /^Next: / }).click();
  assert.equal((await plain.page.locator("h1").textContent()).trim(), names[1].trim());
});

scenario("at the ends of its list the keys stay on the record, and do not walk its timeline", async ({ owner }) => {
  const { page } = await owner();
  await page.goto("/relationships?sort=name");
  await Promise.all([page.waitForURL(/\/relationships\/rel_/), page.locator("[data-rows] a.who").first().click()]);
  const first = page.url();
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest("[data-rows]"))), false);
  await Promise.all([page.waitForURL((url) => url.href !== first), page.keyboard.press("j")]);
});

scenario("what the page does itself is chosen where it is found best", async ({ owner }) => {
  const { page } = await owner();
  await page.goto("/relationships?class=customer");
  await Promise.all([page.waitForURL(/\/relationships\/rel_/), page.locator("[data-rows] a.who").first().click()]);
  await page.keyboard.press("Control+k");
  await page.locator("dialog [role=combobox]").fill("serv");
  await page.getByRole("group", { name: "Do" }).waitFor();
  assert.equal(await page.getByRole("option", { name: /^Serve as client/ }).count(), 1);
  await Promise.all([page.waitForURL(/\/switch\?to=client/), page.keyboard.press("Enter")]);
});

scenario("without scripts there is a page for it, which says when nothing is there", async ({ owner }) => {
  const visitor = await owner({ javascript: false, width: 360 });
  const { page } = visitor;
  const { name, start } = await somebody(page);
  await page.getByRole("link", { name: /^Find/ }).click();
  await page.getByRole("searchbox", { name: "Find" }).fill(start);
  await page.getByRole("button", { name: "Find" }).click();
  assert.match(await page.locator("[data-found]").textContent(), new RegExp(name.slice(0, start.length), "i"));
  assert.equal(await visitor.overhang(), 0);
  await page.goto("/find?q=%40%40xyzzyx");
  assert.match(await page.locator("main").textContent(), /Nothing has “@@xyzzyx”\. Fewer letters find more\./);
});

/** A name of the book, and the letters it begins with. */
async function somebody(page) {
  await page.goto("/relationships");
  const name = (await page.locator("[data-rows] a.who").first().textContent()).trim();
  return { name, start: name.split(" ")[0].slice(0, 5) };
}
