// How it came to this: decisions with their causes, and any day as it was known then, with and without scripts.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}

/** So many days ago, as a date. */
function ago(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

scenario("a day is picked and shown as it was known then", async ({ mainstay, owner }) => {
  const account = (await answer(mainstay, "account", "add", "Osterlund Marine")).id;
  const bill = (days) => ({ kind: "invoice", on: ago(days), amount: "566.00", currency: "EUR", offer: "advice" });
  for (const facts of [[bill(90), bill(60)], [{ kind: "meeting", on: ago(30), started_by: "us", topic: "review" }, bill(30)]]) {
    const words = ["--line", "Advisory", "--industry", "law", "--facts", JSON.stringify(facts)];
    await mainstay.run("account", account, "record", ...words);
  }
  const relationship = (await answer(mainstay, "relationships")).rows[0].id;
  const wide = await owner({ width: 1440, colours: "dark" });
  await wide.goto(`/relationships/${relationship}`);
  const link = wide.page.getByRole("link", { name: "How it came to this" }).first();
  await Promise.all([wide.page.waitForURL(/\/history$/), link.press("Enter")]);
  assert.deepEqual(await wide.violations(), []);
  const narrow = await owner({ width: 360, javascript: false });
  await narrow.goto(`/relationships/${relationship}/history`);
  assert.match(await narrow.page.locator("main").innerText(), /First decided, from 2 facts/);
  assert.equal(await narrow.overhang(), 0);
  await narrow.page.getByLabel("Day").fill(ago(45));
  await narrow.page.getByLabel("Knowledge").selectOption("now");
  const show = narrow.page.getByRole("button", { name: "Show that day" });
  await Promise.all([narrow.page.waitForURL(/as_of=/), show.press("Enter")]);
  assert.match(await narrow.page.locator("main").innerText(), /What is different now, and why/);
  assert.match(await narrow.page.locator("main").innerText(), /45 days passed\. 2 facts happened since\./);
  assert.equal(await narrow.overhang(), 0);
  await wide.goto(new URL(narrow.page.url()).pathname + new URL(narrow.page.url()).search);
  assert.deepEqual(await wide.violations(), []);
});
