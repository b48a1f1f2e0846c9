// The tour that ships is the one that is described, and its pictures are small.
import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { stops, told } from "../stops.js";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));

test("the page of the tour says what its script says; `make tour` writes it", async () => {
  assert.equal(await readFile(`${docs}tour.md`, "utf8"), told());
  assert.equal(stops.length, 10);
});

test("each stop has its picture, there are no others, and together they are below a megabyte", async () => {
  const pictures = await readdir(`${docs}tour`);
  assert.deepEqual(pictures.sort(), stops.map((stop) => `${stop.name}.png`).sort());
  const sizes = await Promise.all(pictures.map(async (name) => (await stat(`${docs}tour/${name}`)).size));
  assert.ok(sizes.reduce((sum, size) => sum + size) < 1_000_000);
});
