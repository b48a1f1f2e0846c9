// A relationship is served as another class: what follows is read first, done by one act, and undone by one.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("s shows everything that follows, one act does it, u undoes it", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  const place = await somebody(page);
  const before = await mixture(page);
  await Promise.all([page.waitForURL(/\/switch\?to=client$/), page.keyboard.press("s")]);
  assert.equal(await page.locator("h1").textContent(), "Serve as client");
  const rows = page.getByRole("table", { name: /^What changes/ }).getByRole("row");
  const told = await rows.allTextContents();
  assert.ok(told.some((row) => /Class that counts.*by the evidence.*client, set by hand/.test(row)), told.join("\n"));
  assert.match(await page.locator(".head p").last().textContent(), /things change, all at once/);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("switch");

  await page.getByLabel("Reason, kept with the change").fill("They call before they decide");
  await Promise.all([page.waitForURL(`**${place}?switched=*`), page.getByRole("button", { name: "Serve as client" }).click()]);
  assert.match(await page.locator(".note").first().textContent(), /^Served as client on .* now\./);
  assert.match(await mixture(page), /^Client/);
  assert.deepEqual(await visitor.violations(), []);
  await visitor.picture("switched");
  await Promise.all([page.waitForURL(`**${place}?undone=*`), page.keyboard.press("u")]);
  assert.match(await page.locator(".note").first().textContent(), /^Undone: served as customer on .* again\.$/);
  await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
  assert.equal(await mixture(page), before);
});

scenario("on a telephone, in the dark, without scripts; a list that changed is shown anew", async ({ owner }) => {
  const visitor = await owner({ width: 360, colours: "dark", javascript: false });
  const { page } = visitor;
  const place = await somebody(page);
  await page.getByRole("link", { name: "Serve as client…" }).first().click();
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("switch-narrow");
  const other = await owner();
  await other.goto(`${place}/preference`);
  await other.page.getByLabel("They want").selectOption("just_transactions");
  await other.page.getByLabel("How they told us").selectOption("letter");
  await other.page.getByRole("button", { name: "Note it" }).click();
  await other.page.waitForLoadState();

  await page.getByLabel("Reason, kept with the change").fill("They call");
  await page.getByRole("button", { name: "Serve as client" }).click();
  assert.match(await page.locator(".note.bad").textContent(), /list has changed since it was shown/);
  assert.equal(await page.getByLabel("Reason, kept with the change").inputValue(), "They call");
  await page.getByRole("button", { name: "Serve as client" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
});

/** The page of a customer's relationship; gives its address. */
async function somebody(page) {
  await page.goto("/relationships?class=customer");
  const place = await page.locator("[data-rows] a.who").first().getAttribute("href").then((href) => href.split("?")[0]);
  await page.goto(place);
  return place;
}

/** What they are, as the head of the page says it. */
async function mixture(page) {
  return (await page.locator(".head p").last().textContent()).trim();
}
