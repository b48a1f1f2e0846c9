// What people do by hand: something recorded and taken back, the now of a line, a calendar, a product, an order.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("a conversation is recorded on the page of an account and taken back, with the keyboard alone", async ({ owner }) => {
  const visitor = await owner({ width: 360, javascript: false });
  const { page } = visitor;
  await page.goto("/relationships");
  await page.locator("table.rels tbody tr a").first().click();
  await page.getByRole("link", { name: "Record something" }).click();
  assert.deepEqual(await visitor.overhang(), 0);
  await page.getByLabel("About what").selectOption("advice");
  await page.getByLabel("Who of us").fill("Ines Marchetti");
  await page.getByLabel("Who of us").press("Enter");
  const told = page.locator("#timeline li").filter({ hasText: "Take it back" }).first();
  await told.getByRole("link", { name: "Take it back" }).click();
  assert.equal(await visitor.overhang(), 0);
  await page.getByLabel("Why it was wrong").fill("it was about somebody else");
  await page.getByRole("button", { name: "Take it back" }).click();
  assert.match(await page.locator("#timeline").textContent(), /It was taken back and counts no more/);
  assert.equal(await visitor.overhang(), 0);
});

scenario("every form by hand is whole for a screen reader, and none is wider than a phone", async ({ owner }) => {
  const visitor = await owner({ width: 360, colours: "dark" });
  const { page } = visitor;
  await page.goto("/relationships");
  await page.locator("table.rels tbody tr a").first().click();
  const account = new URL(page.url()).pathname;
  const home = account.startsWith("/accounts/") ? account : await page.getByRole("link", { name: "Correct" }).getAttribute("href");
  const of = home.replace("/change", "");
  const forms = ["facts/new", "facts/new?kind=basis", "wall", "merges/new", "orders/new", "invoices/new", "payments/new"];
  const places = ["/lines", "/calendars", "/products/new", "/decisions", "/service-models/overrides", "/figures/bills"];
  for (const path of [...forms.map((form) => `${of}/${form}`), ...places]) {
    await page.goto(path);
    assert.deepEqual(await visitor.violations(), [], path);
    assert.equal(await visitor.overhang(), 0, path);
  }
});

scenario("the now of a line is turned after a look at who would change, and turned back", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  await page.goto("/lines");
  await page.locator("main table a").first().click();
  for (const words of [/^Let the (clock|end of the data) count$/, /^Let the (clock|end of the data) count$/]) {
    await page.getByRole("button", { name: "See who would change" }).click();
    assert.match(await page.locator("main").textContent(), /would change/);
    assert.deepEqual(await visitor.violations(), []);
    await page.getByLabel("Why").fill("the till reports every night");
    await page.getByRole("button", { name: words }).click();
    assert.equal(await page.getByRole("button", { name: "See who would change" }).count(), 1);
  }
});
