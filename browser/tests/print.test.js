// On paper: what is read stays, what is pressed goes, black on white, and nothing of a wide table is cut off.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

/** The width of a sheet of A4 between its margins, in pixels. */
const sheet = 703;

const pages = [
  ["relationship", async ({ page }) => page.locator("[data-rows] a.who").first().getAttribute("href")],
  ["book", async () => "/relationships"],
  ["figures", async () => "/figures"],
  ["import report", async ({ page }) => {
    await page.goto("/imports");
    return page.locator("main a[href^='/imports/imp_']").first().getAttribute("href");
  }],
  ["today", async () => "/today"],
];

scenario("every page prints black on white without what is pressed, also from a dark screen", async ({ owner }) => {
  const visitor = await owner({ colours: "dark" });
  const { page } = visitor;
  for (const [name, path] of pages) {
    await visitor.goto("/relationships");
    await visitor.goto(await path(visitor));
    await page.setViewportSize({ width: sheet, height: 1000 });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.deepEqual(await onPaper(page), [], name);
    assert.equal(await visitor.overhang(), 0, `${name} is wider than the paper`);
    assert.deepEqual(await cutOff(page), [], name);
    await visitor.picture(`print-${name.replace(" ", "-")}`);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  }
});

scenario("what folds is open on paper, and only there", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  await visitor.goto("/relationships");
  await visitor.goto(await page.locator("[data-rows] a.who").first().getAttribute("href"));
  const facts = page.locator(".contribs details:not([open]) .factlist").first();
  assert.equal(await facts.isVisible(), false);
  await page.emulateMedia({ media: "print" });
  assert.equal(await facts.isVisible(), true);
});

scenario("a long list goes over several sheets, its head on each of them and its totals at the end", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  await visitor.goto("/relationships");
  await page.evaluate(() => {
    const body = document.querySelector("[data-rows]");
    const rows = [...body.rows];
    while (body.rows.length < 120) body.append(rows[body.rows.length % rows.length].cloneNode(true));
  });
  const count = sheets(await page.pdf({ format: "A4" }));
  assert.ok(2 <= count && count <= 6, `${count} sheets for 120 rows of one line`);
  await page.emulateMedia({ media: "print" });
  const shown = (part) => page.locator(part).first().evaluate((element) => getComputedStyle(element).display);
  assert.deepEqual([await shown("table thead"), await shown("table tfoot")], ["table-header-group", "table-row-group"]);
});

/** What is on the page and should not be: something to press, a colour of the dark. */
function onPaper(page) {
  return page.evaluate(() => {
    const pressed = [...document.querySelectorAll(".rail, .btn, button, input, select, textarea, .tabs, .filters, .bulk")];
    const left = pressed.filter((element) => element.checkVisibility()).map((element) => `to press: ${element.outerHTML.slice(0, 80)}`);
    const links = [...document.querySelectorAll("main a")].filter((a) => a.checkVisibility() && getComputedStyle(a).textDecorationLine !== "none");
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const seen = (colour) => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)].join(" ");
    };
    const paper = seen(getComputedStyle(document.documentElement).backgroundColor);
    const ink = seen(getComputedStyle(document.querySelector("h1")).color);
    if (paper !== "255 255 255" || ink !== "0 0 0") left.push(`${ink} on ${paper}`);
    return [...left, ...links.map((a) => `underlined: ${a.outerHTML.slice(0, 80)}`)];
  });
}

/** What has to be scrolled to be read, which nobody can on paper. */
function cutOff(page) {
  return page.locator("main").evaluate((main) => {
    const hides = (element) => element.checkVisibility() && !element.closest(".sr") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible";
    return [...main.querySelectorAll("*")].filter(hides).map((element) => element.outerHTML.slice(0, 120));
  });
}

/** How many sheets a document has. */
function sheets(pdf) {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}
