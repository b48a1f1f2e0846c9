// The book as a picture: by keyboard, by dragging, on a telephone, in the dark, without scripts.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

scenario("g s leads to the spectrum, and a column chosen by keyboard lists who is in it", async ({ mainstay, owner }) => {
  await sample(mainstay);
  const visitor = await owner();
  const { page } = visitor;
  await page.goto("/relationships");
  await page.keyboard.press("g");
  await Promise.all([page.waitForURL("**/relationships/spectrum"), page.keyboard.press("s")]);
  assert.match(await page.locator(".head p").textContent(), /\d+ relationships in GBP, each by its strength/);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("spectrum");

  const column = columns(page).nth(7);
  const said = Number((await column.getAttribute("aria-label")).match(/: ([\d,]+) /)[1]);
  assert.ok(said > 0, "somebody is in the column");
  await page.locator(".legend a").focus();
  for (let n = 0; n < 8; n += 1) await page.keyboard.press("Tab");
  assert.ok(await column.evaluate((link) => link === document.activeElement), "the columns follow each other");
  await Promise.all([page.waitForURL(/strength_from=0\.7&strength_to=0\.8/), page.keyboard.press("Enter")]);
  assert.equal(await page.locator("[aria-current=true]").getAttribute("aria-label"), `0.70 to 0.80: ${said} relationships`);
  assert.match(await page.locator("#list h2").textContent(), new RegExp(`0\\.70 to 0\\.80 ${said} relationships`));
  assert.deepEqual(await visitor.violations(), []);
  await visitor.picture("spectrum-column");
});

scenario("a part is dragged out, zoomed into and left again; Escape gives up", async ({ mainstay, owner }) => {
  await sample(mainstay);
  const { page } = await owner();
  await page.goto("/relationships/spectrum");
  const box = await page.locator("svg.cloud[data-brush]").boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(0.1, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.6));
  await page.locator("rect.chosen").waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.locator("rect.chosen").waitFor({ state: "detached" });
  assert.equal(new URL(page.url()).search, "", "nothing was chosen");

  await page.mouse.move(...at(0.62, 0.05));
  await page.mouse.down();
  await page.mouse.move(...at(0.88, 0.5));
  await Promise.all([page.waitForURL(/strength_from=0\.62&strength_to=0\.88&net_from=/), page.mouse.up()]);
  const matched = Number((await page.locator("#list h2 span").textContent()).match(/[\d,]+/)[0]);
  assert.ok(matched > 0 && (await page.locator("#list tbody tr").count()) === Math.min(matched, 12));
  await Promise.all([page.waitForURL(/zoom=0\.62\.\.0\.88/), page.getByRole("link", { name: "zoom in" }).click()]);
  assert.match(await page.locator(".head p").textContent(), new RegExp(`^${matched} relationships`), "the part is all that is drawn");
  await Promise.all([page.waitForURL((url) => !url.search.includes("zoom")), page.getByRole("link", { name: "whole spectrum" }).click()]);
});

scenario("on a telephone, in the dark, by service fit", async ({ mainstay, owner }) => {
  await sample(mainstay);
  const visitor = await owner({ width: 360, colours: "dark" });
  const { page } = visitor;
  await page.goto("/relationships/spectrum");
  await Promise.all([page.waitForURL(/colour=fit/), page.getByRole("link", { name: "Colour by service fit" }).click()]);
  assert.match(await page.locator(".legend").textContent(), /Gets less than owed \d+/);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("spectrum-narrow");
});

scenario("without scripts filters go along from the list to the spectrum, into a cell and back", async ({ mainstay, owner }) => {
  await sample(mainstay);
  const visitor = await owner({ javascript: false });
  const { page } = visitor;
  await page.goto("/relationships?class=client");
  await page.getByRole("link", { name: "As a spectrum" }).click();
  assert.equal(new URL(page.url()).searchParams.get("class"), "client");
  assert.match(await page.locator(".legend").textContent(), /Customer 0/);
  await columns(page).nth(9).click({ position: { x: 4, y: 4 } });
  const cell = page.locator("svg[role=group] > a").last();
  const said = Number((await cell.getAttribute("aria-label")).match(/: ([\d,]+) /)[1]);
  await page.goto(await cell.getAttribute("href"));
  assert.match(await page.locator("#list h2").textContent(), new RegExp(` ${said} relationship`));
  await page.getByRole("link", { name: "As a list" }).click();
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get("class"), searchParams.get("strength_from")], ["client", "0.9"]);
  assert.equal(await page.locator("[data-rows] a.who").count(), Math.min(said, 50));
});

let loaded;

/** A business with enough on both sides. */
async function sample(mainstay) {
  await (loaded ??= mainstay.run("demo", "saas"));
}

/** The columns, from the left. */
function columns(page) {
  return page.locator("svg[role=group] > a");
}
