// A tour: ten screens of the built program with a sample business in it, as pictures and as docs/tour.md.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.js";
import { Mainstay, mustBeBuilt } from "./mainstay.js";
import { reduced } from "./palette.js";
import { furnish, stops, told } from "./stops.js";
import { Visitor } from "./visitor.js";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));

await mustBeBuilt();
const mainstay = await Mainstay.start();
const browser = await launch();
try {
  const house = { mainstay, browser };
  const owner = await Visitor.open(house);
  await owner.signIn();
  const town = { mainstay, owner, stranger: () => Visitor.open(house) };
  await furnish(town);
  const pictures = [];
  for (const stop of stops) {
    const { page } = (await stop.visit(town)) ?? owner;
    // Where the pointer rests, something would be marked as if it were chosen.
    await page.mouse.move(0, 0);
    const picture = reduced(await page.screenshot({ animations: "disabled", caret: "hide" }));
    pictures.push([`${docs}tour/${stop.name}.png`, picture]);
    console.log(`${stop.name}: ${Math.round(picture.length / 1024)} KiB`);
  }
  await rm(`${docs}tour`, { recursive: true, force: true });
  await mkdir(`${docs}tour`, { recursive: true });
  for (const [path, picture] of pictures) await writeFile(path, picture);
  await writeFile(`${docs}tour.md`, told());
} finally {
  await browser.close();
  await mainstay.stop();
}
