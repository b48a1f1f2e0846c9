// A series of needs: a car, then a home, then a boat. The book proposes client, what would follow is told line by line, and
// exactly that is done by one act and undone by one.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

const looks = [{ width: 1440, colours: "light" }, { width: 360, colours: "dark", javascript: false }];

scenario("the Bakers: all that follows from serving them as client is told, done and undone as one", async ({ mainstay, owner, visitor }) => {
  const { account, id } = await theBakers(mainstay);
  const [wide, narrow] = [await owner(looks[0]), await owner(looks[1])];
  assert.equal((await row(mainstay)).class, "customer");
  assert.ok(between(0.4, (await row(mainstay)).strength, 0.7), "in the band, where the past decides");

  await record(mainstay, account, boat);
  await proposed(wide);
  await agreedAndBack(wide, id);
  await declined(wide);
  for (const ours of [wide, narrow]) await onTheirRelationship(ours, id);
  const before = await mainstay.run("dump", "--canonical", "--hash");
  const told = await previewed(wide, id);
  assert.deepEqual(await previewed(narrow, id), told, "the same list, wide or narrow");
  assert.equal(await mainstay.run("dump", "--canonical", "--hash"), before, "looking writes nothing");

  await done(wide, id, told);
  assert.equal((await row(mainstay)).class, "client");
  await undone(narrow, id, told);
  assert.equal((await row(mainstay)).class, "customer");
  assert.equal(await mainstay.run("dump", "--canonical", "--hash"), before, "as if it had not been done");

  await done(narrow, id, told);
  for (const look of looks) await theySee(await visitor(look), await answer(mainstay, "preference", id, "link"));
});

/** A policy of a year: what they paid, for which need. */
const premium = (need, amount) => (on) => ({
  kind: "invoice", on, amount, currency: "GBP", offer: "cover", need, period_start: on, period_end: later(on, 364),
});

/** A note that they bought a boat; then they asked, Tomas came, and they said what they want. */
const boat = [
  { kind: "conversation", on: ago(19), started_by: "them", topic: "bought a boat" },
  { kind: "conversation", on: ago(18), started_by: "them", topic: "advice", person: "Tomas" },
  { kind: "meeting", on: ago(10), started_by: "us", topic: "review", person: "Tomas" },
  { kind: "goal", on: ago(10) },
];

/** Their car since 2021, their home since 2023, and Tomas, who answers for them. */
async function theBakers(mainstay) {
  const account = (await answer(mainstay, "account", "add", "The Bakers")).id;
  const auto = yearly("2021-04-02").map(premium("auto", "620.00"));
  const home = yearly("2023-05-02").map(premium("home", "410.00"));
  await record(mainstay, account, [{ kind: "assignment", on: "2021-04-01", person: "Tomas" }, ...auto, ...home]);
  return { account, id: (await row(mainstay)).id };
}

/** Today asks whether they are a client now, and says what came to be known. */
async function proposed(ours) {
  const { page } = ours;
  await ours.goto("/today");
  const line = page.locator("main").getByRole("listitem").filter({ hasText: "The Bakers" }).first();
  assert.match(await line.innerText(), /makes this a client, no longer a customer\.\s+4 facts came to be known: Met: review, begun by us, with Tomas\./);
  await looksWell(ours);
}

/** From the question to all that follows, and back: what the evidence has done stands there, and agreeing is undone as well. */
async function agreedAndBack(ours, id) {
  const { page } = ours;
  await Promise.all([page.waitForURL(/\/switch\?to=client$/), page.getByRole("link", { name: "What follows…" }).first().click()]);
  assert.deepEqual(await lines(page), [["Today", "customer → client, waits for a person", "agreed to"]]);
  const stays = await page.getByRole("table", { name: "What stays as it is" }).innerText();
  for (const words of [/Class that counts\s+client, by the evidence/, /List in the book\s+Clients/]) assert.match(stays, words);
  await looksWell(ours);
  await Promise.all([page.waitForURL(new RegExp(`/relationships/${id}(\\?switched=swi_\\w+)?$`)), page.getByRole("button", { name: "Serve as client" }).click()]);
  await ours.goto("/relationships/crossings");
  assert.doesNotMatch(await page.locator("main").innerText(), /The Bakers/);
  await ours.goto(`/relationships/${id}`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Undo" }).click()]);
  await ours.goto("/relationships/crossings");
  assert.match(await page.locator("main").innerText(), /The Bakers/);
}

/** Whoever knows them does not agree yet, and says why. */
async function declined(ours) {
  const { page } = ours;
  await ours.goto("/today");
  await page.getByText("Stays a customer…").click();
  await page.getByLabel("Why it stays a customer").fill("two policies, and a boat is no business of ours yet");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Keep as customer" }).click()]);
}

/** The facts stand there, the note among them, and both words: ours and that of the evidence. */
async function onTheirRelationship(ours, id) {
  await ours.goto("/relationships?override=disagreeing");
  assert.match(await ours.page.locator("[data-rows]").innerText(), /The Bakers[^]*Customer\s+set by hand; evidence: client/);
  assert.equal(await ours.overhang(), 0);
  await ours.goto(`/relationships/${id}`);
  const said = await ours.page.locator("main").innerText();
  for (const words of [
    /Set to customer by .* a boat is no business of ours yet\./,
    /Breadth of needs\s+\+\d\.\d\d\s+2 needs: auto, home/,
    /Talked: bought a boat\.\s+Insurance, recorded by hand/,
    /Met: review, begun by us, with Tomas\./,
    /A named person is .* given: Tomas since 1 April 2021, seen acting on /,
  ]) assert.match(said, words);
  await looksWell(ours);
}

/** Every line that would change, as it is told, and as many of them as the page says. */
async function previewed(ours, id) {
  const { page } = ours;
  await ours.goto(`/relationships/${id}`);
  await Promise.all([page.waitForURL(/\/switch\?to=client$/), page.getByRole("link", { name: "Serve as client…" }).first().click()]);
  const told = await lines(page);
  assert.deepEqual(told.map(([what]) => what), ["Class that counts", "List in the book", "Totals", "Set by hand before", "Label for learning"]);
  assert.match(await page.locator(".head").innerText(), new RegExp(`${told.length} things change, all at once\\.`));
  await looksWell(ours);
  return told;
}

/** One act does exactly what was told, and is one entry in the audit. */
async function done(ours, id, told) {
  const { page } = ours;
  const entries = await audited(ours);
  await ours.goto(`/relationships/${id}/switch?to=client`);
  await page.getByLabel("Reason, kept with the change").fill("a third need, and they ask for advice");
  await Promise.all([page.waitForURL(new RegExp(`/relationships/${id}(\\?switched=swi_\\w+)?$`)), page.getByRole("button", { name: "Serve as client" }).click()]);
  assert.match(await page.locator(".head").innerText(), /Client for Insurance\./);
  assert.equal(await ours.overhang(), 0);
  const since = await audited(ours);
  assert.deepEqual(since.slice(0, since.length - entries.length).map(deed), [["POST /relationships/{id}/switch", "Bakers"]]);

  await ours.goto(`/relationships/${id}/switch?to=customer`);
  const now = Object.fromEntries((await lines(page)).map(([what, now]) => [what, now]));
  for (const [what, , then] of told.filter(([what]) => what in now)) assert.ok(now[what].startsWith(then), `${what}: ${now[what]}`);
}

/** One act puts back every line of it, and is one entry more. */
async function undone(ours, id, told) {
  const { page } = ours;
  const entries = await audited(ours);
  await ours.goto(`/relationships/${id}`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Undo" }).click()]);
  assert.match(await page.locator(".head").innerText(), /Customer for Insurance\./);
  await looksWell(ours);
  const since = await audited(ours);
  assert.deepEqual(since.slice(0, since.length - entries.length).map((entry) => deed(entry)[0]), ["POST /switches/{id}/reversal"]);
  await ours.goto(`/relationships/${id}/switch?to=client`);
  assert.deepEqual(await lines(page), told);
}

/** Outside they read whom it is about and what they may choose; a class or a number is said to nobody there. */
async function theySee(them, { path }) {
  await them.goto(path);
  const said = await them.page.locator("main").innerText();
  assert.match(said, /This is for The Bakers, about Insurance\./);
  assert.match(said, /what you ask us is dealt with as before, and no slower\./);
  assert.doesNotMatch(said, /\bclient\b|\bcustomer\b|\d\.\d\d/i);
  await looksWell(them);
}

/** What is told of each line that changes: what, now, then. */
function lines(page) {
  return page.getByRole("table", { name: /^What changes/ }).locator("tbody tr").evaluateAll((rows) => {
    return rows.map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent));
  });
}

/** The entries of the audit, newest first. */
async function audited(ours) {
  await ours.goto("/audit");
  return ours.page.locator("main table tbody tr").allInnerTexts();
}

/** What was done, and to what. */
function deed(entry) {
  return [/POST \S+/.exec(entry)?.[0], /(\w+)\s+done$/.exec(entry)?.[1]];
}

async function looksWell(visitor) {
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
}

async function record(mainstay, account, facts) {
  await mainstay.run("account", account, "record", "--line", "Insurance", "--industry", "insurance", "--facts", JSON.stringify(facts));
}

/** Their relationship as the book has it. */
async function row(mainstay) {
  return (await answer(mainstay, "relationships", "--name", "The Bakers")).rows[0];
}

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}

function between(least, number, most) {
  return least <= Number(number) && Number(number) < most;
}

/** The same day of every year since, as far as it has come. */
function yearly(first) {
  const years = Array.from({ length: 100 }, (_, n) => `${Number(first.slice(0, 4)) + n}${first.slice(4)}`);
  return years.filter((day) => day <= ago(0));
}

function later(day, days) {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** So many days ago, as a date. */
function ago(days) {
  return later(new Date().toISOString().slice(0, 10), -days);
}
