// The book comes in: nine months of a real shop, counted the same before and after, shown with what nobody bought apart,
// and taken back so that nothing tells that it was ever there.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { scenario } from "../scenario.js";

const name = "online_retail_2010-12-01_2011-08-31.csv.gz";
const file = fileURLToPath(new URL(`../../../shared/data/online_retail/${name}`, import.meta.url));

if (existsSync(file)) scenario("the dry run and the run count the same, and taking back restores the house", comesIn);
else test("the real shop comes in", { skip: "its lines are not here" });

/** What the dry run says, and the run again. */
const told = [
  /320,705 rows: 320,705 new\./,
  /Buyers by name\s+3,?317\s/,
  /Gross\s+£6,293,764\.00\s/,
  /of it to nobody named\s+£1,054,523\.44\s/,
];

async function comesIn({ mainstay, owner }) {
  const account = JSON.parse(await mainstay.run("account", "add", "Rook & Daughters", "-o", "json")).id;
  const facts = JSON.stringify([{ kind: "order", on: "2024-01-15", amount: "1200.00", currency: "EUR", offer: "advice" }]);
  await mainstay.run("account", account, "record", "--line", "Advisory", "--industry", "law", "--facts", facts);
  const earlier = await mainstay.run("dump", "--canonical");
  const hash = await mainstay.run("dump", "--canonical", "--hash");

  const visitor = await owner();
  const { page } = visitor;
  await visitor.goto("/imports");
  await page.locator("input[type=file]").setInputFiles(file);
  await Promise.all([page.waitForURL(/\/imports\/imp_/), page.getByRole("button", { name: "Bring in" }).click()]);
  assert.deepEqual(await visitor.violations(), []);
  await page.getByRole("button", { name: "Save and make the dry run" }).click();
  const run = page.getByRole("button", { name: "Import 320,705 rows" });
  await run.waitFor({ timeout: 60_000 });
  await says(page, told);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await mainstay.run("dump", "--canonical", "--hash"), hash, "a dry run writes nothing");

  await run.click();
  const back = page.getByRole("link", { name: "Take back" });
  await back.waitFor({ timeout: 60_000 });
  await says(page, told);
  assert.deepEqual(await visitor.violations(), []);

  const place = new URL(page.url()).pathname;
  await bookAndFigures(mainstay, visitor);
  const narrow = await owner({ width: 360, colours: "dark", javascript: false });
  await narrow.goto(place);
  await says(narrow.page, told);
  assert.equal(await narrow.overhang(), 0);

  await visitor.goto(place);
  await Promise.all([page.waitForURL(`**${place}/undo`), back.click()]);
  await says(page, [/Lines\s+320,705 go\s/, /Orders\s+16,459 go\s/, /Accounts\s+3,?360 go\s/]);
  assert.deepEqual(await visitor.violations(), []);
  await Promise.all([page.waitForURL(`**${place}`), page.getByRole("button", { name: "Take back" }).click()]);
  await page.getByText("320,705 went").waitFor({ timeout: 60_000 });
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await mainstay.run("dump", "--canonical", "--hash"), hash);
  assert.equal(await mainstay.run("dump", "--canonical"), earlier, "byte for byte");
}

/** What nobody bought stands apart: it is added up, and nobody in the book has it. */
async function bookAndFigures(mainstay, visitor) {
  const { page } = visitor;
  await visitor.goto("/figures");
  await says(page, [
    /Order lines\s+320,705\s/,
    /Buyers by name\s+3,?317\s/,
    /Gross of orders\s+£6,293,764\.00\s+to buyers by name\s+£5,239,240\.56\s+to nobody named\s+£1,054,523\.44\s/,
  ]);
  assert.deepEqual(await visitor.violations(), []);
  const { totals, rows } = JSON.parse(await mainstay.run("relationships", "--line", "Shop", "--sort", "net", "-o", "json"));
  assert.deepEqual(totals, [{ count: 3360, currency: "GBP", net: "4919107.73" }]);
  assert.deepEqual([rows[0].name, rows[0].net], ["14646", "175638.94"], "the largest is one of those with an id");
}

/** The page says all of this. */
async function says(page, all) {
  const text = await page.locator("main").innerText();
  for (const words of all) assert.match(text, words);
}
