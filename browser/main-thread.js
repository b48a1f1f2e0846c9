// What a page costs the browser (performance.md P15): seconds of its main thread from the request until the page stands,
// as the browser itself counts them; a page with nothing on it beside it, which is what the browser asks for by itself.
//
//   node browser/main-thread.js [PATH…]     pages of a house with a sample business in it; 9 times each, the middle
import { launch } from "./chromium.js";
import { Mainstay, mustBeBuilt } from "./mainstay.js";
import { Visitor } from "./visitor.js";

const pages = process.argv.slice(2);
const times = 9;
const parts = ["TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"];

/** The parts in milliseconds, of one visit with warm caches. */
async function visit(page, address) {
  await page.goto("about:blank");
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const counted = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, 1000 * value]));
  };
  const before = await counted();
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const after = await counted();
  await session.detach();
  return parts.map((part) => after.get(part) - before.get(part));
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

await mustBeBuilt();
const mainstay = await Mainstay.start();
const browser = await launch();
try {
  await mainstay.run("demo", "shop");
  const owner = await Visitor.open({ mainstay, browser });
  await owner.signIn();
  console.log(`| page | ${parts.map((part) => part.replace("Duration", "")).join(", ms | ")}, ms |`);
  console.log(`|---|${"---:|".repeat(parts.length)}`);
  for (const path of ["data:text/html,<p>nothing", ...(pages.length > 0 ? pages : ["/relationships", "/today"])]) {
    const visits = [];
    for (let n = 0; n < times; n += 1) visits.push(await visit(owner.page, path));
    const row = parts.map((_, at) => middle(visits.map((visit) => visit[at])).toFixed(1));
    console.log(`| ${path.startsWith("data:") ? "nothing" : path} | ${row.join(" | ")} |`);
  }
} finally {
  await browser.close();
  await mainstay.stop();
}
