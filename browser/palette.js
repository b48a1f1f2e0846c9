// Small pictures: a screenshot as a PNG of at most 256 colours. Pages are flat, so nobody sees the difference.
import { deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const most = 256;

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

/** The pixels, three bytes each. */
function read(png) {
  const packed = [];
  let width, height;
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      if (body.readUInt32BE(8) !== 0x08020000) throw new Error("only 8 bits of red, green and blue are read");
    }
    if (name === "IDAT") packed.push(body);
    at += length + 12;
  }
  return { width, height, pixels: unfiltered(inflateSync(Buffer.concat(packed)), width * 3, height) };
}

/** Each row says how its bytes were written: as differences from the left, from above, from both. */
function unfiltered(rows, length, height) {
  const pixels = Buffer.alloc(length * height);
  for (let y = 0; y < height; y += 1) {
    const way = rows[y * (length + 1)];
    for (let x = 0; x < length; x += 1) {
      const at = y * length + x;
      const left = x < 3 ? 0 : pixels[at - 3];
      const above = y === 0 ? 0 : pixels[at - length];
      const corner = x < 3 || y === 0 ? 0 : pixels[at - length - 3];
      const expected = [0, left, above, (left + above) >> 1, way === 4 ? paeth(left, above, corner) : 0][way];
      pixels[at] = rows[y * (length + 1) + 1 + x] + expected;
    }
  }
  return pixels;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** The colours that are used most, and for every other the one that is nearest to it. */
function palette(pixels) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const used = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const colours = used.map(([colour]) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  const known = new Map(used.map(([colour], place) => [colour, place]));
  const nearest = (red, green, blue) => {
    const colour = (red << 16) | (green << 8) | blue;
    if (!known.has(colour)) {
      const far = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
      known.set(colour, far.indexOf(Math.min(...far)));
    }
    return known.get(colour);
  };
  return { colours, nearest };
}
