// Pictures that are kept in pictures/: a page looks as it did, or somebody says with WRITE_PICTURES=1 that it may look otherwise.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { read, reduced } from "./palette.js";

const kept = fileURLToPath(new URL("pictures/", import.meta.url));
const found = fileURLToPath(new URL("screenshots/", import.meta.url));
const writes = Boolean(process.env.WRITE_PICTURES);
/** Pixels along the side of a block. */
const side = 8;
/** How far the means of two blocks may lie apart, of 255: edges of letters that are smoothed otherwise, colours that fell together
 * when a picture was kept with 256 of them (a block of dark blue lay 5.6 from itself). */
const tolerance = 8;

/**
 * What differs between what `look` takes and the picture kept under that name, a line each; empty when all is well. What looks
 * otherwise is looked at twice: where the browser joins its tiles, an edge may fall between two pixels once and not again.
 */
export async function otherwise(name, look) {
  let png = await look();
  if (writes) {
    await mkdir(kept, { recursive: true });
    await writeFile(`${kept}${name}.png`, reduced(png));
    return [];
  }
  const before = await readFile(`${kept}${name}.png`).catch(() => undefined);
  let lines = before ? differences(before, png) : ["there is no such picture; WRITE_PICTURES=1 writes it"];
  if (before && lines.length > 0) {
    png = await look();
    lines = differences(before, png);
  }
  if (lines.length === 0) return [];
  await mkdir(found, { recursive: true });
  await writeFile(`${found}${name}.png`, png);
  return lines.map((line) => `${name}: ${line} (as it is now: screenshots/${name}.png)`);
}

/** What differs between two pictures: their sizes, or where. */
export function differences(before, now) {
  const [old, young] = [read(before), read(now)];
  const size = ({ width, height }) => `${width} × ${height}`;
  if (size(old) !== size(young)) return [`it was ${size(old)} pixels and is ${size(young)}`];
  const blocks = [];
  for (let y = 0; y < old.height; y += side) {
    for (let x = 0; x < old.width; x += side) if (farApart(old, young, x, y)) blocks.push([x, y]);
  }
  if (blocks.length === 0) return [];
  const [xs, ys] = [0, 1].map((axis) => blocks.map((block) => block[axis]));
  const edges = [xs, ys].map((all) => `${Math.min(...all)} to ${Math.max(...all) + side}`);
  return [`${blocks.length} blocks of ${side} × ${side} pixels differ, across ${edges[0]}, down ${edges[1]}, the first at ${blocks[0].join(", ")}`];
}

/** Whether the mean red, green or blue of a block is another one. */
function farApart({ width, height, pixels: old }, { pixels: young }, left, top) {
  let [red, green, blue, count] = [0, 0, 0, 0];
  const end = Math.min(left + side, width);
  for (let y = top; y < top + side && y < height; y += 1) {
    for (let x = left, at = (y * width + left) * 3; x < end; x += 1, at += 3, count += 1) {
      red += young[at] - old[at];
      green += young[at + 1] - old[at + 1];
      blue += young[at + 2] - old[at + 2];
    }
  }
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)) > tolerance * count;
}

/** Whether letters are drawn here as they were where the pictures were made: other fonts make other pages. */
export async function sameLetters(page) {
  const here = await page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("2d");
    const { fontFamily } = getComputedStyle(document.body);
    const wide = (font) => {
      pen.font = font;
      return Math.round(pen.measureText("Who stays, who passes by, and why? 0123456789").width * 100) / 100;
    };
    return JSON.stringify([wide(`14px ${fontFamily}`), wide(`600 14px ${fontFamily}`), wide("14px monospace")]);
  });
  if (writes) await writeFile(`${kept}letters.json`, `${here}\n`);
  return (await readFile(`${kept}letters.json`, "utf8")).trim() === here;
}
