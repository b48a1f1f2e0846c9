// Somebody in front of a page: wide or narrow, light or dark, with or without scripts, signed in or not.
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = fileURLToPath(new URL("screenshots/", import.meta.url));
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export class Visitor {
  static async open(house, { width = 1440, colours = "light", javascript = true, signedIn } = {}) {
    const visitor = new Visitor();
    visitor.house = house;
    visitor.complaints = [];
    visitor.look = {
      baseURL: house.mainstay.url,
      viewport: { width, height: width < 600 ? 780 : 900 },
      colorScheme: colours,
      // Fields for days are drawn as the browser's country writes them.
      locale: "en-GB",
      // While a page fades into the next one it takes no clicks, and a click that waits for that can wait for ever.
      reducedMotion: "reduce",
      javaScriptEnabled: javascript,
      storageState: signedIn,
    };
    visitor.context = await house.browser.newContext(visitor.look);
    visitor.page = await visitor.context.newPage();
    visitor.#listen();
    return visitor;
  }

  /** Notes script errors and refusals of the content security policy; a status such as 404 is no error of ours. */
  #listen() {
    this.page.on("pageerror", (error) => this.complaints.push(`${this.page.url()}: ${error.message}`));
    this.page.on("console", (message) => {
      if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
      this.complaints.push(`${this.page.url()}: ${message.text()}`);
    });
  }

  /** Opens a path and resolves to the answer. */
  goto(path) {
    return this.page.goto(path, { waitUntil: "load" });
  }

  /** Uses the one-time link of this Mainstay; presses the button where the link asks before it signs in. */
  async signIn() {
    const answer = await this.goto(this.house.mainstay.signInLink);
    if (new URL(this.page.url()).pathname.startsWith("/sign-in")) {
      const button = this.page.locator("main form [type=submit], main form button").first();
      await Promise.all([this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), button.click()]);
    }
    return answer;
  }

  /** What axe finds on the page, a line each; empty when all is well. By all rules, or by those that are named. */
  async violations(named) {
    // After a click the next page may have its words and not yet its stylesheet.
    await this.page.waitForLoadState();
    const runOnly = named ? { type: "rule", values: named } : rules;
    const twin = this.look.javaScriptEnabled ? undefined : await this.#twin();
    const found = await (twin ?? this.page).evaluate(`${axe}; axe.run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] })`);
    await twin?.context().close();
    return found.violations.map(({ id, help, nodes }) => {
      return `${this.page.url()}: ${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`;
    });
  }

  /** What stands on the page, where scripts run: axe is one, and would wait for ever without. */
  async #twin() {
    const body = await this.page.content();
    const place = this.page.url();
    const context = await this.house.browser.newContext({ ...this.look, javaScriptEnabled: true });
    const twin = await context.newPage();
    await twin.route((url) => url.href === place, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
    await twin.goto(place);
    return twin;
  }

  /** By how many pixels the page is wider than the window; 0 when nobody must scroll sideways. */
  overhang() {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.scrollingElement;
      return Math.max(0, scrollWidth - clientWidth);
    });
  }

  /** Opens a path and counts what came over the wire: `{ requests, bytes, kinds }`, compressed bytes with headers. */
  async weigh(path) {
    const wire = await this.context.newCDPSession(this.page);
    const weight = { requests: 0, bytes: 0, kinds: {} };
    const cached = new Set();
    await wire.send("Network.enable");
    wire.on("Network.requestServedFromCache", ({ requestId }) => cached.add(requestId));
    wire.on("Network.responseReceived", ({ requestId, type }) => {
      if (cached.has(requestId)) return;
      weight.requests += 1;
      weight.kinds[type] = (weight.kinds[type] ?? 0) + 1;
    });
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => (weight.bytes += encodedDataLength));
    await this.page.goto(path, { waitUntil: "networkidle" });
    await wire.detach();
    return weight;
  }

  /** A picture of the whole page in screenshots/. */
  async picture(name) {
    await mkdir(pictures, { recursive: true });
    await this.page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
  }

  /** A picture of the whole page, as tall as it is: what sticks to the window stands where it belongs. */
  async whole() {
    const { width, height } = this.look.viewport;
    const tall = await this.page.evaluate(() => document.scrollingElement.scrollHeight);
    await this.page.setViewportSize({ width, height: Math.max(tall, height) });
    await this.page.evaluate(() => scrollTo(0, 0));
    const png = await this.page.screenshot({ animations: "disabled" });
    await this.page.setViewportSize({ width, height });
    return png;
  }

  /** The paths that this page links to inside Mainstay, files left out. */
  async links() {
    const here = new URL(this.page.url());
    const hrefs = await this.page.locator("a[href]").evaluateAll((anchors) => anchors.map((a) => a.getAttribute("href")));
    const inside = hrefs.map((href) => new URL(href, here)).filter((url) => url.origin === here.origin);
    return [...new Set(inside.map((url) => url.pathname + url.search))];
  }

  leave() {
    return this.context.close();
  }
}
