// With a keyboard and nothing else: no pointer, no scripts, a narrow window in the dark; whatever has the focus is seen.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { scenario } from "../scenario.js";

const file = fileURLToPath(new URL("../files/orders.csv", import.meta.url));
const look = { width: 360, colours: "dark", javascript: false };
/** So many stops on the way to a control, and no more. */
const most = 120;

scenario("a file is chosen, looked at, brought in", async ({ owner }) => {
  const { page } = await owner(look);
  await page.goto("/imports");
  const chosen = page.waitForEvent("filechooser").then((chooser) => chooser.setFiles(file));
  await reach(page, page.locator(".skip"));
  await reach(page, page.locator("input[type=file]").first());
  await page.keyboard.press("Space");
  await chosen;
  await press(page, page.getByRole("button", { name: "Bring in" }), /\/imports\/imp_/);
  await press(page, page.getByRole("button", { name: "Save and make the dry run" }));
  await press(page, await comes(page, page.getByRole("button", { name: /^Import \d+ rows$/ })));
  await comes(page, page.getByRole("link", { name: "Take back" }));
});

scenario("the book is filtered, somebody opened, a conversation written down", async ({ mainstay, owner }) => {
  await decided(mainstay);
  const { page } = await owner(look);
  await page.goto("/relationships");
  const filter = page.locator("details.pick").filter({ has: page.locator("summary", { hasText: /^Class/ }) });
  await reach(page, filter.locator("summary"));
  await page.keyboard.press("Enter");
  await reach(page, filter.getByRole("checkbox", { name: /^Not enough evidence/ }));
  await page.keyboard.press("Space");
  await press(page, filter.getByRole("button", { name: "Apply" }), /class=not\+enough\+evidence/);
  await press(page, page.locator("[data-rows] a.who").first(), /\/relationships\/rel_|\/accounts\/acc_/);
  await press(page, page.getByRole("link", { name: "Record something" }), /\/facts\/new/);
  await reach(page, page.getByLabel("About what"));
  await page.keyboard.type("Advice");
  await reach(page, page.getByLabel("Who of us"));
  await page.keyboard.type("Ines Marchetti");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.match(await page.locator("#timeline").textContent(), /Talked: advice, with Ines Marchetti/);
});

scenario("a relationship is served as client, and the way back is one key", async ({ mainstay, owner }) => {
  await decided(mainstay);
  const { page } = await owner(look);
  await page.goto("/relationships");
  await press(page, page.locator("[data-rows] a.who").first(), /\/relationships\/rel_|\/accounts\/acc_/);
  await press(page, page.getByRole("link", { name: "Serve as client…" }).first(), /\/switch\?to=client&from=/);
  await reach(page, page.getByLabel("Reason, kept with the change"));
  await page.keyboard.type("They call before they decide");
  await press(page, page.getByRole("button", { name: "Serve as client" }), /\/relationships\/rel_\w+\?of=book.*&switched=swi_/);
  await press(page, page.getByRole("button", { name: "Undo" }).first());
  assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
});

/** Goes on from stop to stop until the control has the focus, which has to be seen. */
async function reach(page, control) {
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return seen(control);
  }
  assert.fail(`${control} is not among the next ${most} stops`);
}

/** What has the focus has an outline, stands in the window, and nothing lies over it. */
async function seen(control) {
  const lacks = await control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + Math.min(width, 8) / 2, top + Math.min(height, 8) / 2];
    const { outlineStyle } = getComputedStyle(element);
    if (outlineStyle === "none") return "an outline";
    if (x < 0 || innerWidth < x || y < 0 || innerHeight < y) return "a place in the window";
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    return above && (element.contains(above) || above.contains(element)) ? "" : `room: ${above?.outerHTML.slice(0, 80)} lies over it`;
  });
  assert.equal(lacks, "", `${control} lacks ${lacks}`);
}

/** Reaches a control and presses it; the next page is there. */
async function press(page, control, place = /./) {
  await reach(page, control);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.match(page.url(), place);
}

/** The control, once the page has it: without scripts somebody looks again. */
async function comes(page, control) {
  for (let looks = 0; looks < 100 && (await control.count()) === 0; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await page.reload();
  }
  return control;
}

/** Comes back when no decision waits to be made. */
async function decided(mainstay) {
  for (let waits = true; waits; ) ({ waits } = JSON.parse(await mainstay.run("decisions", "progress", "-o", "json")));
}
