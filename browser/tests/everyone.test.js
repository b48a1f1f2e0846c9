// Every page is for everyone: readable by a screen reader, on a telephone, in the dark, without scripts.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";
import { walk } from "../walk.js";

furnished();

// In the dark the same pages have other colours, and nothing else.
for (const [colours, rules] of [["light"], ["dark", ["color-contrast", "link-in-text-block"]]]) {
  scenario(`axe finds nothing on any page, ${colours}`, async ({ owner, visitor }) => {
    const inside = await owner({ colours });
    const found = await onEvery(inside, (page) => page.violations(rules));
    const outside = await visitor({ colours });
    await outside.goto("/sign-in");
    assert.deepEqual([...found, ...(await outside.violations(rules))], []);
  });
}

scenario("nobody scrolls sideways on a telephone", async ({ owner }) => {
  const narrow = await owner({ width: 360 });
  const found = await onEvery(narrow, async (page) => {
    const overhang = await page.overhang();
    return overhang > 0 ? [`${page.page.url()}: ${overhang} px too wide`] : [];
  });
  assert.deepEqual(found, []);
});

scenario("every page says what it is, also without scripts", async ({ owner }) => {
  const plain = await owner({ javascript: false });
  const found = await onEvery(plain, async (page) => {
    const headings = await page.page.locator("h1").count();
    const title = await page.page.title();
    return headings === 1 && title ? [] : [`${page.page.url()}: ${headings} h1, title "${title}"`];
  });
  assert.deepEqual(found, []);
});

let paths;

/** What a look at each reachable page finds, all in one list; the way is walked once, by whoever comes first. */
async function onEvery(visitor, look) {
  const found = [];
  paths ??= await walk(visitor);
  for (const path of paths) {
    await visitor.goto(path);
    found.push(...(await look(visitor)));
  }
  return found;
}
