// The main screens look as they did: wide and narrow, light and dark, on a business whose days do not move.
import assert from "node:assert/strict";
import { otherwise, sameLetters } from "../pictures.js";
import { scenario } from "../scenario.js";

/** The day that counts as today in it; of another year than any clock that reads this, so that dates are always written with it. */
const day = "2024-06-30";
const screens = [
  ["sign-in", () => "/sign-in"],
  ["today", () => "/today"],
  ["book", () => "/relationships?sort=name"],
  ["spectrum", () => "/relationships/spectrum"],
  ["relationship", (id) => `/relationships/${id}`],
  ["switch", (id) => `/relationships/${id}/switch`],
  ["bring-in", () => "/imports"],
  ["service-models", () => "/service-models"],
];

for (const width of [1440, 360]) {
  for (const colours of ["light", "dark"]) {
    scenario(`the main screens at ${width} pixels, ${colours}`, async ({ mainstay, owner, visitor }) => {
      const id = await sample(mainstay);
      const inside = await owner({ width, colours });
      const outside = await visitor({ width, colours });
      const found = [];
      for (const [name, path] of screens) {
        const somebody = name === "sign-in" ? outside : inside;
        assert.ok((await somebody.goto(path(id))).ok(), path(id));
        await still(somebody.page);
        found.push(...(await otherwise(`${name}-${width}-${colours}`, () => somebody.whole())));
      }
      if (await sameLetters(inside.page)) assert.deepEqual(found, []);
    });
  }
}

/** What the clock writes is written over, and what the clock chooses is left out: when contracts have to be acted on. */
function still(page) {
  return page.evaluate(() => {
    for (const time of document.querySelectorAll("time")) time.textContent = "1 January";
    for (const field of document.querySelectorAll("input[type=date]")) field.value = "2024-01-01";
    for (const heading of document.querySelectorAll(".group > h2")) {
      if (/^(Today|This week|Later|Contracts)/.test(heading.textContent)) heading.parentElement.remove();
    }
    for (const row of document.querySelectorAll("tbody tr")) if (/^(Contract|Subscription) /.test(row.textContent)) row.remove();
    if (location.pathname !== "/today") return;
    document.querySelector("h1").textContent = "Today";
    document.querySelector(".head p").textContent = "So many things wait for a person.";
  });
}

let loaded;

/** The practice; gives the relationship whose page is looked at. */
function sample(mainstay) {
  return (loaded ??= (async () => {
    await mainstay.run("demo", "practice", "--today", day);
    for (let waits = true; waits; ) ({ waits } = await answer(mainstay, "decisions", "progress"));
    return (await answer(mainstay, "relationships", "--name", "Winslow household", "--line", "Insurance")).rows[0].id;
  })());
}

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}
