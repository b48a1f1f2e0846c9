// Why: under a policy that can be added up in the head, the page, the command line and REST give one answer and its sum.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { scenario } from "../scenario.js";

const policy = fileURLToPath(new URL("../../docs/scenarios/test-policy.toml", import.meta.url));

const order = (on) => ({ kind: "order", on, amount: "1200.00", currency: "EUR", offer: "advice" });
const orders = [order("2024-01-15"), order("2024-02-15"), order("2024-03-15")];
const contract = { kind: "contract", on: "2024-01-02", form: "individual", fees: true, scope: true, withdrawal: true, term: true };
const fault = { kind: "conversation", on: "2024-03-20", started_by: "them", topic: "billing" };
/** On the day of the third order, so that not even a day made it a client. */
const early = { ...fault, on: "2024-03-15" };

/** What speaks, in thousandths. */
const withoutContract = { "Starting point": -400, "Service bought": 800, Continuity: 600, "Support relation": -200 };
const withContract = { ...withoutContract, Contract: 900 };

scenario("a client, fact by fact: 1.70 is a strength of 0.85", async ({ mainstay, owner }) => {
  const house = await underThePolicy(mainstay, owner);
  const account = await house.account("Northgate Payroll");
  for (const fact of [...orders, contract, fault]) await house.record(account, fact);
  await sameEverywhere(house, account, {
    score: 1700, strength: "0.85", is: "client", sum: withContract,
    since: "A client since 15 January 2024", why: "Evidence of different kinds adds up to a client.",
  });
});

scenario("without the contract 0.80 is a strength of 0.69, and who was never a client is none", async ({ mainstay, owner }) => {
  const house = await underThePolicy(mainstay, owner);
  const account = await house.account("Osterlund Marine");
  for (const fact of [...orders, early]) await house.record(account, fact);
  await sameEverywhere(house, account, {
    score: 800, strength: "0.69", is: "customer", sum: withoutContract,
    since: "A customer since 15 January 2024",
    why: "A customer stays one until the evidence reaches the upper threshold, and it has not.",
  });
});

scenario("who was a client before is one still at 0.69, and it says so", async ({ mainstay, owner }) => {
  const house = await underThePolicy(mainstay, owner);
  const account = await house.account("The Bakers");
  for (const fact of [...orders, order("2025-01-15"), fault]) await house.record(account, fact);
  const signed = await house.record(account, contract);
  await house.record(account, { kind: "contract_end", on: "2024-12-31", contract: signed, reason: "completed" });
  await sameEverywhere(house, account, {
    score: 800, strength: "0.69", is: "client", sum: withoutContract,
    since: "A client since 15 January 2024",
    why: "A client stays one until the evidence falls to the lower threshold, and it has not.",
  });
});

/** One answer, whoever is asked. */
async function sameEverywhere({ mainstay, owner, rest }, account, expected) {
  await decided(mainstay);
  const { id, strength, class: is } = (await rest("/relationships")).rows.find((row) => row.account === account);
  assert.deepEqual([strength, is], [expected.strength, expected.is], "the book");

  const sentences = [expected.since, expected.why];
  const why = await rest(`/relationships/${id}`);
  const heard = why.contributions.filter((one) => one.micro !== 0).map((one) => [one.word, one.micro / 1000]);
  assert.deepEqual([why.score / 1000, why.strength_shown, why.class], [expected.score, expected.strength, expected.is], "REST");
  assert.deepEqual(Object.fromEntries(heard), expected.sum, "REST");
  assert.equal(why.reason, expected.why, "REST");

  const told = await mainstay.run("relationship", id);
  const spoken = [...told.matchAll(/^(\S.*?) +([+−]\d\.\d{6})  /gm)].map(([, word, number]) => [word, thousandths(number)]);
  const { Score: score, ...sum } = Object.fromEntries(spoken.filter(([, number]) => number !== 0));
  assert.deepEqual([score, sum], [expected.score, expected.sum], "the command line");
  for (const words of [...sentences, `the strength of evidence is ${expected.strength}`]) assert.ok(told.includes(words), told);

  for (const look of [{}, { width: 360, colours: "dark", javascript: false }]) {
    const visitor = await owner(look);
    await visitor.goto(`/relationships/${id}`);
    assert.deepEqual(await onThePage(visitor.page), [expected.score, expected.strength, expected.sum], "the page");
    const verdict = await visitor.page.locator(".verdict p").first().innerText();
    for (const words of sentences) assert.ok(verdict.includes(words), verdict);
    assert.equal(await visitor.overhang(), 0);
    assert.deepEqual(await visitor.violations(), []);
  }
}

/** The score, the strength and what speaks, read off the page. */
async function onThePage(page) {
  const lines = await page.locator(".contribs .line:not(.ends)").evaluateAll((lines) => {
    return lines.map((line) => [line.firstElementChild.textContent, line.querySelector(".num").textContent]);
  });
  const spoken = lines.map(([word, number]) => [word, thousandths(number)]).filter(([, number]) => number !== 0);
  const { Score, ...sum } = Object.fromEntries(spoken);
  return [Score, await page.locator(".rel .prob").first().innerText(), sum];
}

/** A number as it is written, with a true minus. */
function thousandths(written) {
  return Math.round(Number(written.replace("−", "-")) * 1000);
}

let asking;

/** The house under the policy of the story; facts are put down over REST. */
async function underThePolicy(mainstay, owner) {
  await owner();
  const rest = await (asking ??= prepare(mainstay));
  const account = async (name) => (await rest("/accounts", { name })).id;
  const record = async (account, fact) => (await rest(`/accounts/${account}/facts`, { line: "Advisory", facts: [fact] })).ids[0];
  return { mainstay, owner, rest, account, record };
}

/** Adopts the policy; gives the way to ask over REST, with a token of the owner. */
async function prepare(mainstay) {
  await mainstay.run("policy", "adopt", "--text", `@${policy}`, "--reason", "a story to add up in the head");
  const [{ id }] = JSON.parse(await mainstay.run("people", "-o", "json"));
  const { token } = JSON.parse(await mainstay.run("token", "add", "story", "--person", id, "-o", "json"));
  return async (path, input) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = input ? { method: "POST", body: JSON.stringify(input) } : {};
    const answer = await fetch(`${mainstay.url}/api/v1${path}`, { headers, ...sent });
    const text = await answer.text();
    assert.ok(answer.ok, `${path}: ${text}`);
    return JSON.parse(text);
  };
}

/** Comes back when no decision waits to be made. */
async function decided(mainstay) {
  for (let waits = true; waits; ) ({ waits } = JSON.parse(await mainstay.run("decisions", "progress", "-o", "json")));
}
