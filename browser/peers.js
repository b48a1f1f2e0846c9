// What a list page costs the browser, of several systems that run already, one after the other and again, so that what else
// the machine does falls on all alike: bytes and requests, first paint, the moment at which rows can be seen, main thread.
//
//   node browser/peers.js PAGES [VISITS]     benches/peers/beside.py calls it; PAGES is JSON, described there
import { launch } from "./chromium.js";
import { Visitor } from "./visitor.js";

const pages = JSON.parse(process.argv[2]);
const visits = Number(process.argv[3] ?? 5);
const patience = 60_000;
// A list stands when so many rows do, and the page when it asked for nothing during so many milliseconds.
const enough = 20;
const quiet = 700;

/** Runs in the page before its own scripts: notes when enough rows are there and the first of them has a place and words. */
function watch({ rows, enough }) {
  const look = () => {
    const found = document.querySelectorAll(rows);
    const first = found[0];
    if (found.length >= enough && first.innerText.trim() && first.getBoundingClientRect().height > 0) {
      // What is drawn now is seen with the next frame.
      requestAnimationFrame(() => (window.rowsSeen = performance.now()));
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

/** Signs in as people do, by the steps of the page: pairs of a selector and what is typed, or a selector that is pressed. */
async function signedIn(browser, told) {
  const visitor = await Visitor.open({ mainstay: { url: new URL(told.list).origin }, browser });
  await visitor.goto(told.entry);
  for (const [selector, typed] of told.steps) {
    const field = visitor.page.locator(selector).filter({ visible: true }).first();
    await (typed === undefined ? field.click() : field.fill(typed));
  }
  await visitor.page.waitForTimeout(3_000);
  await visitor.goto("about:blank");
  return { visitor, told };
}

/** Counts what comes over the wire from now on. */
async function counting(wire) {
  const weight = { requests: 0, bytes: 0, decoded: 0, last: Date.now() };
  const cached = new Set();
  await wire.send("Network.enable");
  wire.on("Network.requestWillBeSent", () => (weight.last = Date.now()));
  wire.on("Network.requestServedFromCache", ({ requestId }) => cached.add(requestId));
  wire.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache || response.url.startsWith("data:")) cached.add(requestId);
    if (!cached.has(requestId)) weight.requests += 1;
  });
  wire.on("Network.dataReceived", ({ requestId, dataLength }) => {
    if (!cached.has(requestId)) weight.decoded += dataLength;
  });
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    weight.bytes += encodedDataLength;
    weight.last = Date.now();
  });
  return weight;
}

async function ticks(wire) {
  const { metrics } = await wire.send("Performance.getMetrics");
  const value = (wanted) => metrics.find(({ name }) => name === wanted).value;
  return { task: value("TaskDuration"), script: value("ScriptDuration"), heap: value("JSHeapUsedSize") / 2 ** 20 };
}

/** One visit: with nothing kept, or with what the visit before left. */
async function visit({ visitor, told }, cold) {
  const page = await visitor.context.newPage();
  const wire = await visitor.context.newCDPSession(page);
  await page.addInitScript(watch, { rows: told.rows, enough });
  const weight = await counting(wire);
  if (cold) await wire.send("Network.clearBrowserCache");
  await wire.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await ticks(wire);
  await page.goto(told.list, { waitUntil: "load", timeout: patience });
  await page.waitForFunction(() => window.rowsSeen, undefined, { timeout: patience, polling: 200 });
  while (Date.now() - weight.last < quiet) await page.waitForTimeout(50);
  const after = await ticks(wire);
  const seen = await page.evaluate((rows) => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    return { rows: Math.max(window.rowsSeen, paint ?? 0), paint, count: document.querySelectorAll(rows).length };
  }, told.rows);
  await page.close();
  // A navigation may have got a process of its own, whose clock began with it.
  const since = (part) => after[part] - (after[part] >= before[part] ? before[part] : 0);
  return { ...weight, ...seen, task: 1_000 * since("task"), script: 1_000 * since("script"), heap: after.heap };
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function row(name, measured) {
  const of = (part) => middle(measured.map((visit) => visit[part] ?? 0));
  const bytes = `${(of("bytes") / 1_000).toFixed(1)} KB (${(of("decoded") / 1_000).toFixed(0)})`;
  const times = [of("paint"), of("rows"), of("task"), of("script")].map((time) => time.toFixed(0));
  const rest = [of("heap").toFixed(0), of("count")];
  return `| ${[name, bytes, of("requests"), ...times, ...rest].join(" | ")} |`;
}

const browser = await launch();
try {
  const all = [];
  for (const told of pages) all.push({ ...(await signedIn(browser, told)), cold: [], warm: [] });
  for (const house of all) await visit(house, true);
  for (let n = 0; n < visits; n += 1) {
    for (const house of all) {
      house.cold.push(await visit(house, true));
      house.warm.push(await visit(house, false));
    }
  }
  console.log(`\n## The list of accounts in a browser, medians of ${visits}\n`);
  const head = ["", "bytes on the wire (unpacked)", "requests", "first paint, ms", `${enough} rows seen, ms`];
  head.push("main thread, ms", "of it scripts, ms", "heap, MiB", "rows");
  console.log(`| ${head.join(" | ")} |\n|---|${"---:|".repeat(head.length - 1)}`);
  for (const kind of ["cold", "warm"]) {
    for (const house of all) console.log(row(`${house.told.name}, ${kind}`, house[kind]));
  }
} finally {
  await browser.close();
}
