// Leave me alone: everything says client, and they say: just transactions. It holds from the next moment on.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}

/** What is owed or asked for, and news of what they have, reaches everybody; what else we would begin ourselves does not. */
const owed = ["reply", "transaction", "contract", "law", "service"];
const unasked = ["renewal", "check-in", "survey", "advice", "campaign"];

scenario("a client of 0.91 taps just transactions, and only what is owed may reach them", async ({ mainstay, owner, visitor }) => {
  await sample(mainstay);
  const { id, strength, class: is } = await row(mainstay, "Winslow household");
  assert.deepEqual([strength, is], ["0.91", "client"]);
  for (const purpose of unasked) assert.ok((await allows(mainstay, id, purpose)).allowed, purpose);

  await taps(mainstay, id, await visitor({ width: 360, javascript: false }), /You have not chosen yet\./);
  await onlyWhatIsOwed(mainstay, id);
  const after = await row(mainstay, "Winslow household");
  assert.deepEqual([after.strength, after.class, after.preference], ["0.91", "client", "just_transactions"]);
  const { rows } = await answer(mainstay, "relationships", "--may-contact", "false", "--limit", "200");
  assert.ok(rows.some((row) => row.id === id), "every tool that sends something is told to leave them out");
  await onOurPages(await owner(), id, "Winslow household");
});

scenario("Mr Okafor had told us; now it is his own word, and our pages say that he gets more than he asked for", async ({ mainstay, owner, visitor }) => {
  await sample(mainstay);
  const { id, strength } = await row(mainstay, "Emmanuel Okafor");
  assert.equal(strength, "0.91");
  await taps(mainstay, id, await visitor({ colours: "dark" }), /We deal with you as just transactions since .* You have not chosen yourself yet\./);
  await onlyWhatIsOwed(mainstay, id);
  const ours = await owner({ width: 360, colours: "dark" });
  await onOurPages(ours, id, "Emmanuel Okafor");
  await ours.goto(`/relationships/${id}`);
  assert.match(await ours.page.locator("main").innerText(), /Gets more than they asked for/);
});

/** Opens the link that is theirs alone and taps; how we see them is said to nobody outside. */
async function taps(mainstay, id, them, before) {
  const { path } = await answer(mainstay, "preference", id, "link");
  await them.goto(path);
  assert.match(await them.page.locator("main").innerText(), before);
  const tap = them.page.getByRole("button", { name: "Just transactions" });
  await Promise.all([them.page.waitForEvent("load"), tap.click()]);
  const told = await them.page.locator("main").innerText();
  assert.match(told, /You chose just transactions on /);
  assert.doesNotMatch(told, /\bclient\b|\bcustomer\b|0\.\d\d/i);
  assert.equal(await them.overhang(), 0);
  assert.deepEqual(await them.violations(), []);
}

/** What we would begin ourselves is refused with their words as the reason; what a law or a contract demands is marked so. */
async function onlyWhatIsOwed(mainstay, id) {
  for (const purpose of unasked) {
    const { allowed, reason } = await allows(mainstay, id, purpose);
    assert.equal(allowed, false, purpose);
    assert.match(reason, /^just transactions, /);
  }
  const marks = [];
  for (const purpose of owed) {
    const { allowed, mark } = await allows(mainstay, id, purpose);
    assert.ok(allowed, purpose);
    if (mark) marks.push(mark);
  }
  assert.deepEqual(marks, ["Required by your contract", "Required by law"]);
}

/** Whoever of us looks sees what they want, and that it moves nothing of what they are. */
async function onOurPages(ours, id, name) {
  const { page } = ours;
  for (const [place, words] of [
    [`/relationships/${id}`, [/Just transactions, stated by themselves on .* on their page\./, /A client since /, /strength 0\.91/]],
    [`/relationships/${id}/preference`, [/Just transactions, stated by themselves/, /their own word/]],
    [`/relationships?preference=just_transactions&name=${encodeURIComponent(name)}`, [new RegExp(`${name}[^]*Client[^]*0\\.91`)]],
    ["/today", [new RegExp(`${name}\\s+Stated on Insurance: just transactions\\.`)]],
  ]) {
    await ours.goto(place);
    const told = await page.locator("main").innerText();
    for (const said of words) assert.match(told, said, place);
    assert.deepEqual(await ours.violations(), []);
    assert.equal(await ours.overhang(), 0);
  }
}

let loaded;

/** The practice: insurance and advice, mostly clients. */
function sample(mainstay) {
  return (loaded ??= mainstay.run("demo", "practice").then(() => decided(mainstay)));
}

/** The relationship of an account in the sample business. */
async function row(mainstay, name) {
  return (await answer(mainstay, "relationships", "--name", name, "--line", "Insurance")).rows[0];
}

/** Whether they may be contacted for a purpose. */
function allows(mainstay, id, purpose) {
  return answer(mainstay, "preference", id, "allows", purpose);
}

/** Comes back when no decision waits to be made. */
async function decided(mainstay) {
  for (let waits = true; waits; ) ({ waits } = await answer(mainstay, "decisions", "progress"));
}
