// Every page is for everyone: readable by a screen reader, on a telephone, in the dark, without scripts.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";
import { walk } from "../walk.js";

furnished();

/** In the dark the same pages have other colours, and nothing else. */
const colours = ["color-contrast", "link-in-text-block"];

scenario("axe finds nothing on any page, light or dark, and nobody scrolls sideways on a telephone", async ({ owner, visitor }) => {
  const found = await onEvery(owner, {}, everybodys);
  const outside = await visitor();
  await outside.goto("/sign-in");
  assert.deepEqual([...found, ...(await everybodys(outside))], []);
});

scenario("every page says what it is, also without scripts", async ({ owner }) => {
  const found = await onEvery(owner, { javascript: false }, async ({ page }) => {
    const headings = await page.locator("h1").count();
    const title = await page.title();
    return headings === 1 && title ? [] : [`${page.url()}: ${headings} h1, title "${title}"`];
  });
  assert.deepEqual(found, []);
});

/** What keeps somebody from a page as it lies there: it is looked at again and again, and loaded once. */
async function everybodys(visitor) {
  const { page } = visitor;
  const wide = page.viewportSize();
  const light = await visitor.violations();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = (await visitor.violations(colours)).map((line) => `in the dark: ${line}`);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 360, height: 780 });
  const overhang = await visitor.overhang();
  await page.setViewportSize(wide);
  return [...light, ...dark, ...(overhang > 0 ? [`${page.url()}: ${overhang} px too wide`] : [])];
}

let paths;

/** What a look at each reachable page finds, all in one list; the way is walked once, and two visitors share the pages. */
async function onEvery(owner, choices, look) {
  const visitors = [await owner(choices), await owner(choices)];
  paths ??= await walk(visitors[0]);
  const [waiting, found] = [[...paths], []];
  await Promise.all(visitors.map(async (visitor) => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await visitor.goto(path);
      found.push(...(await look(visitor)));
    }
  }));
  return found;
}
