// The book as people use it all day: conditions with and, or, not; views; columns and files; one act on many.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { furnished, scenario } from "../scenario.js";

furnished();

const asked = (text) => `/relationships?where=${encodeURIComponent(text)}`;

scenario("conditions are built by buttons alone, said in words, and dropped one by one", async ({ owner }) => {
  const visitor = await owner({ javascript: false, width: 360, colours: "dark" });
  const { page } = visitor;
  await visitor.goto("/relationships");
  await page.getByRole("link", { name: "More conditions…" }).click();
  assert.match(await page.locator(".head").textContent(), /No condition yet: all relationships\./);
  await page.getByLabel("Condition to add", { exact: true }).selectOption("purchases");
  await page.getByRole("button", { name: "Add the condition", exact: true }).click();
  await page.getByLabel("Purchases, condition 1: value").fill("many");
  await page.getByRole("button", { name: "Show them" }).click();
  assert.match(await page.locator(".err").textContent(), /"many" is no count/);
  assert.deepEqual(await visitor.violations(), []);
  await page.getByLabel("Purchases, condition 1: value").fill("1");
  await page.getByRole("button", { name: "Add a group" }).click();
  for (const field of ["class", "confidence"]) {
    await page.getByLabel("Condition to add 2").selectOption(field);
    await page.getByRole("button", { name: "Add the condition 2" }).click();
  }
  await page.getByLabel("Class, condition 2.1: value").selectOption("customer");
  await page.getByLabel("Confidence, condition 2.2: value").selectOption("low");
  await page.getByRole("button", { name: "Count" }).click();
  assert.match(await page.locator(".head").textContent(), /match: purchases at least 1 and \(class is customer or confidence is low\)\./);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("book-builder-narrow");
  await page.getByRole("button", { name: "Show them" }).click();
  const words = page.locator(".worded");
  assert.match(await words.textContent(), /^Shown: purchases at least 1× and \( class is customer× or confidence is low× \)$/);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await page.getByRole("link", { name: "Without confidence is low" }).click();
  assert.equal(new URL(page.url()).searchParams.get("where"), "purchases>=1 and class:customer");
});

scenario("what is asked for is saved as a view, found by its name, deleted and brought back", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  await visitor.goto(`${asked("purchases>=1 or class:former")}&sort=net`);
  await page.getByRole("link", { name: "Save as view…" }).click();
  await page.getByLabel("Name").fill("Bought or gone");
  await page.getByLabel(/Share it/).check();
  assert.deepEqual(await visitor.violations(), []);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const tab = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Bought or gone" });
  assert.equal(await tab.getAttribute("aria-current"), "page");
  const place = new URL(page.url()).pathname;
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("bou go");
  await page.getByRole("group", { name: "Views" }).getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "All views" }).click();
  assert.deepEqual(await visitor.violations(), []);
  await page.getByRole("link", { name: "Change Bought or gone" }).click();
  await page.getByRole("button", { name: "Delete the view" }).click();
  assert.match(await page.locator(".note").textContent(), /The view “Bought or gone” is deleted\./);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(new URL(page.url()).pathname, place);
});

scenario("a filter takes any of several answers, a list is sorted by since, and paper says what was asked for", async ({ owner }) => {
  for (const [width, colours] of [[1440, "light"], [360, "dark"]]) {
    const visitor = await owner({ width, colours });
    const { page } = visitor;
    const all = async () => Number((await page.locator(".pager").textContent()).match(/of ([\d,]+) that match/)[1].replace(",", ""));
    await visitor.goto("/relationships?class=customer");
    const customers = await all();
    await page.locator("summary", { hasText: "Class: Customer" }).click();
    await page.getByRole("checkbox", { name: /^Former/ }).check();
    await visitor.picture(`book-several-${width}`);
    assert.deepEqual(await visitor.violations(), []);
    await page.locator("details[open] button").click();
    await page.waitForURL(/class=customer%2Cformer/);
    assert.ok(customers <= await all());
    await visitor.goto(`${new URL(page.url()).pathname}?class=customer%2Cformer&columns=name,class,since,purchases&sort=since`);
    const days = await page.locator("[data-rows] td time").evaluateAll((all) => all.map((one) => one.dateTime));
    assert.deepEqual(days, [...days].sort().reverse());
    assert.equal(await visitor.overhang(), 0);
    const asked = page.getByText("Listed: class customer or former; newest class first.");
    assert.equal(await asked.isVisible(), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await asked.isVisible(), true);
    await page.emulateMedia({ media: "screen" });
  }
});

scenario("columns are chosen, and what is shown is taken as a file", async ({ owner }) => {
  for (const [width, colours] of [[1440, "light"], [360, "dark"]]) {
    const visitor = await owner({ width, colours });
    const { page } = visitor;
    await visitor.goto("/relationships?sort=name");
    await page.locator("summary", { hasText: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Purchases" }).check();
    await page.getByRole("checkbox", { name: "Country" }).check();
    await page.getByRole("checkbox", { name: "Service fit" }).uncheck();
    await page.locator("details[open] button").click();
    await page.waitForURL(/columns=/);
    assert.equal(new URL(page.url()).searchParams.get("columns"), "name,line,class,strength,net,last,confidence,purchases,country");
    assert.equal(await page.getByRole("columnheader", { name: "Service fit" }).count(), 0);
    assert.deepEqual(await visitor.violations(), []);
    assert.equal(await visitor.overhang(), 0);
    await visitor.picture(`book-columns-${width}`);
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "All that match as a CSV file" }).click();
    const file = await coming;
    assert.equal(file.suggestedFilename(), "relationships.csv");
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    assert.equal(lines[0], "name,line,class,strength,net,currency,last,confidence,purchases,country");
    const all = await page.locator(".pager").textContent();
    assert.equal(String(lines.length - 1), all.match(/of ([\d,]+) that match/)[1].replace(",", ""));
    await page.locator("summary", { hasText: "Columns" }).click();
    for (const name of ["Purchases", "Country"]) await page.getByRole("checkbox", { name }).uncheck();
    await page.getByRole("checkbox", { name: "Service fit" }).check();
    await page.locator("details[open] button").click();
    await page.waitForURL((url) => !url.searchParams.has("columns"));
  }
});

scenario("many get a class by keys alone, exactly as previewed, and all of it is taken back", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  await visitor.goto("/relationships?sort=name");
  const names = await page.locator("[data-rows] a.who").allTextContents();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.locator(".bulk").waitFor();
  await visitor.picture("book-bulk");
  assert.deepEqual(await visitor.violations(), []);
  await page.keyboard.press("s");
  await page.waitForURL(/\/relationships\/bulk\?/);
  assert.match(await page.locator(".head").textContent(), /2 relationships are selected\./);
  await page.getByLabel("Reason").fill("we know them");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2 }).waitFor();
  assert.deepEqual(await page.locator("[data-rows] a.who").allTextContents(), names.slice(0, 2));
  assert.deepEqual(await visitor.violations(), []);
  await visitor.picture("book-bulk-preview");
  await page.getByRole("button", { name: "Do it to 2 relationships" }).click();
  await page.waitForURL(/\/relationships\/bulks\//);
  assert.deepEqual(await visitor.violations(), []);
  await visitor.goto("/relationships?override=any&sort=name");
  assert.deepEqual(await page.locator("[data-rows] a.who").allTextContents(), names.slice(0, 2));
  await page.goBack();
  await Promise.all([page.waitForLoadState(), page.keyboard.press("u")]);
  await page.getByText(/Taken back by/).waitFor();
  await visitor.goto("/relationships?override=any");
  assert.match(await page.locator("main").textContent(), /No relationship matches set by hand any class\./);
});

scenario("all that match are noted without scripts, and what they want is noted at once", async ({ owner }) => {
  const visitor = await owner({ javascript: false, width: 360 });
  const { page } = visitor;
  await visitor.goto(asked("class:customer or class:client"));
  const all = (await page.locator(".pager").textContent()).match(/of ([\d,]+) that match/)[1];
  await page.locator("[data-rows] input[type=checkbox]").first().check();
  await page.getByLabel(/all .* that match/).check();
  await visitor.picture("book-bulk-narrow");
  assert.equal(await visitor.overhang(), 0);
  await page.getByRole("button", { name: "Note what they want…" }).click();
  await page.getByLabel("They want").selectOption("just_transactions");
  await page.getByLabel("How we were told").selectOption("letter");
  await page.getByRole("button", { name: "Preview" }).click();
  assert.match(await page.locator("main").textContent(), new RegExp(`${all} change|1 changes`));
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("book-bulk-preview-narrow");
  await page.getByRole("button", { name: /^Do it to/ }).click();
  assert.match(await page.locator("h1").textContent(), /^Note that they want just transactions, told today by letter$/);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.match(await page.locator("main").textContent(), /Taken back by/);
});

scenario("each menu of the filters stands within the window, whichever way the page is written", async ({ owner }) => {
  for (const width of [360, 1280, 1440, 1600]) {
    const visitor = await owner({ width });
    const { page } = visitor;
    for (const way of ["ltr", "rtl"]) {
      await page.goto("/relationships");
      await page.locator("html").evaluate((html, way) => (html.dir = way), way);
      const picks = page.locator(".pick");
      for (let n = 0; n < (await picks.count()); n += 1) {
        await picks.nth(n).evaluate((pick) => (pick.open = true));
        const box = await picks.nth(n).locator("> div").boundingBox();
        assert.ok(0 <= box.x && box.x + box.width <= width, `${await picks.nth(n).locator("summary").textContent()} at ${width}, ${way}`);
        assert.equal(await visitor.overhang(), 0);
        await picks.nth(n).evaluate((pick) => (pick.open = false));
      }
    }
  }
});
