// Small pictures: a screenshot as a PNG of at most 256 colours. Pages are flat, so nobody sees the difference.
import { deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const most = 256;
/** The squared distance within which two colours are taken for one: surfaces are told apart, edges of letters are not. */
const alike = (taken) => (taken < most / 4 ? 4 : 120);

/** The same picture with a palette; takes what Chromium writes: 8 bits, red, green and blue, not interlaced. */
export function reduced(png) {
  const { width, height, pixels } = read(png);
  const { colours, nearest } = palette(pixels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    rows[to++] = 0;
    for (let x = 0; x < width; x += 1, from += 3) rows[to++] = nearest(pixels[from], pixels[from + 1], pixels[from + 2]);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const parts = [["IHDR", head], ["PLTE", Buffer.from(colours.flat())], ["IDAT", deflateSync(rows, { level: 9 })], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([signature, ...parts.map(([name, body]) => chunk(name, body))]);
}

function chunk(name, body) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const ends = [Buffer.alloc(4), Buffer.alloc(4)];
  ends[0].writeUInt32BE(body.length);
  ends[1].writeUInt32BE(checked(named));
  return Buffer.concat([ends[0], named, ends[1]]);
}

/** The checksum of a chunk, bit by bit. */
function checked(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** The pixels, three bytes each, of a screenshot or of what was made of one here. */
export function read(png) {
  const packed = [];
  let width, height, colours;
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      if (![0x08020000, 0x08030000].includes(body.readUInt32BE(8))) throw new Error("only 8 bits of red, green and blue are read, or of a palette");
    }
    if (name === "PLTE") colours = body;
    if (name === "IDAT") packed.push(body);
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(packed));
  return { width, height, pixels: colours ? named(rows, colours, width, height) : unfiltered(rows, width * 3, height) };
}

/** Each byte names a colour; rows of ours are written as they are. */
function named(rows, colours, width, height) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    const from = y * (width + 1) + 1;
    for (let x = 0; x < width; x += 1, to += 3) colours.copy(pixels, to, rows[from + x] * 3, rows[from + x] * 3 + 3);
  }
  return pixels;
}

/** Each row says how its bytes were written: as differences from the left, from above, from both. */
function unfiltered(rows, length, height) {
  const pixels = Buffer.alloc(length * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (length + 1) + 1;
    const way = rows[from - 1];
    const start = y * length;
    for (let x = 0, at = start; x < length; x += 1, at += 1) {
      const left = x < 3 ? 0 : pixels[at - 3];
      const above = y === 0 ? 0 : pixels[at - length];
      let expected = 0;
      if (way === 1) expected = left;
      else if (way === 2) expected = above;
      else if (way === 3) expected = (left + above) >> 1;
      else if (way === 4) expected = paeth(left, above, x < 3 || y === 0 ? 0 : pixels[at - length - 3]);
      pixels[at] = rows[from + x] + expected;
    }
  }
  return pixels;
}

function paeth(left, above, corner) {
  const a = Math.abs(above - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + above - 2 * corner);
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** The colours that are used most and are not nearly alike, and for every other the one that is nearest to it. */
function palette(pixels) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = [];
  const nearestTo = (red, green, blue) => {
    let [place, least] = [-1, Infinity];
    for (let n = 0; n < colours.length; n += 1) {
      const far = (colours[n][0] - red) ** 2 + (colours[n][1] - green) ** 2 + (colours[n][2] - blue) ** 2;
      if (far < least) [place, least] = [n, far];
    }
    return [place, least];
  };
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (colours.length === most) break;
    const channels = [colour >> 16, (colour >> 8) & 255, colour & 255];
    if (nearestTo(...channels)[1] > alike(colours.length)) colours.push(channels);
  }
  const known = new Map();
  const nearest = (red, green, blue) => {
    const colour = (red << 16) | (green << 8) | blue;
    let place = known.get(colour);
    if (place === undefined) known.set(colour, (place = nearestTo(red, green, blue)[0]));
    return place;
  };
  return { colours, nearest };
}
