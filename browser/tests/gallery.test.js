// The gallery: every component in every state, wide and narrow, light and dark, whole for a screen reader and as it looked.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch } from "../chromium.js";
import { differences, otherwise, sameLetters } from "../pictures.js";
import { Visitor } from "../visitor.js";

/** Writes the sample pages and what they ask for to a folder. */
const writer = process.env.MAINSTAY_GALLERY ?? fileURLToPath(new URL("../../target/debug/examples/gallery", import.meta.url));
const looks = [1440, 360].flatMap((width) => ["light", "dark"].map((colours) => ({ width, colours })));
/** In the dark the same pages have other colours, and nothing else. */
const colours = ["color-contrast", "link-in-text-block"];
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

let house, folder, server;

before(async () => {
  await access(writer).catch(() => {
    throw new Error("the gallery is not built: run `cargo build -p ui --example gallery` first");
  });
  folder = await mkdtemp(path.join(os.tmpdir(), "mainstay-gallery-"));
  await promisify(execFile)(writer, [folder]);
  server = http.createServer(serve).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  house = { mainstay: { url: `http://127.0.0.1:${server.address().port}` }, browser: await launch() };
});

after(async () => {
  await house?.browser.close();
  server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

for (const look of looks) {
  test(`every sample page at ${look.width} pixels, ${look.colours}`, async (context) => {
    const visitor = await Visitor.open(house, look);
    const found = [];
    const looksOtherwise = [];
    for (const name of await pages()) {
      await visitor.goto(`/${name}.html`);
      found.push(...(await visitor.violations(look.colours === "dark" ? colours : undefined)));
      if ((await visitor.overhang()) > 0) found.push(`${name}: ${await visitor.overhang()} px too wide`);
      looksOtherwise.push(...(await otherwise(`gallery-${name}-${look.width}-${look.colours}`, () => visitor.whole())));
    }
    const isComparable = await sameLetters(visitor.page);
    await visitor.leave();
    assert.deepEqual(visitor.complaints, []);
    assert.deepEqual(found, []);
    if (isComparable) assert.deepEqual(looksOtherwise, []);
    else context.diagnostic("letters are drawn otherwise here than where the pictures were made: they are not compared");
  });
}

test("a block of eight by eight pixels of another colour is found, and nothing where nothing changed", async () => {
  const visitor = await Visitor.open(house, {});
  await visitor.goto("/lost.html");
  const png = await visitor.whole();
  assert.deepEqual(differences(png, await visitor.whole()), []);
  const planted = await visitor.page.addScriptTag({ url: "/planted.js" });
  assert.match(differences(png, await visitor.whole()).join("\n"), /^[1-4] blocks? .* the first at 40\d, 30\d$/);
  await planted.dispose();
  await visitor.leave();
});

/** The names of the sample pages. */
async function pages() {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -".html".length)).sort();
}

/** A fault of the size of a block, for the test of the comparison. */
const fault = `
  const block = document.body.appendChild(document.createElement("div"));
  Object.assign(block.style, { position: "absolute", left: "400px", top: "304px", width: "8px", height: "8px", background: "currentcolor", opacity: 0.2 });
`;

async function serve(request, response) {
  const asked = new URL(request.url, "http://gallery").pathname;
  const kind = kinds[path.extname(asked)];
  const body = asked === "/planted.js" ? fault : await readFile(path.join(folder, path.normalize(asked))).catch(() => undefined);
  response.writeHead(body && kind ? 200 : 404, { "content-type": kind ?? "text/plain" });
  response.end(body);
}
