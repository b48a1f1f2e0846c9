// Spectrum: dragging over the cloud chooses a part of it. Every part that can be chosen so is also behind a link or a field.
const WHOLE = 1e6;
const HUNDREDTH = 1e4;
const SHORT = 6;

const near = (list, at) => list.reduce((best, one) => (Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best));

function brush(cloud) {
  const [from, to] = cloud.dataset.across.split(" ").map((text) => Math.round(Number(text) * WHOLE));
  const bounds = cloud.dataset.bounds.split(" ").filter(Boolean).map((text) => ({ text: text.split(":")[0], at: Number(text.split(":")[1]) }));
  const names = cloud.dataset.names.split(" ");
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  frame.setAttribute("class", "chosen");
  let start;

  const place = (event) => {
    const box = cloud.getBoundingClientRect();
    const part = (value) => Math.min(Math.max(value, 0), 1) * 100;
    return { x: part((event.clientX - box.left) / box.width), y: part((event.clientY - box.top) / box.height), event };
  };
  const far = (at) => start && Math.hypot(at.event.clientX - start.event.clientX, at.event.clientY - start.event.clientY) > SHORT;

  cloud.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") start = place(event);
  });
  cloud.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    const at = start && place(event);
    if (!far(at)) return;
    if (!frame.isConnected) cloud.append(frame);
    const sides = { x: Math.min(at.x, start.x), y: Math.min(at.y, start.y), width: Math.abs(at.x - start.x), height: Math.abs(at.y - start.y) };
    for (const [name, value] of Object.entries(sides)) frame.setAttribute(name, `${value}%`);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop();
  });
  addEventListener("pointercancel", drop);
  addEventListener("pointerup", (event) => {
    const at = start && place(event);
    if (!far(at)) return drop();
    // The click that ends a drag would follow the link below it.
    addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    setTimeout(() => go(at), 0);
  });

  function drop() {
    start = undefined;
    frame.remove();
  }

  function go(at) {
    const steps = [at.x, start.x].map((x) => Math.round((from + ((to - from) * x) / 100) / HUNDREDTH) * HUNDREDTH).sort((a, b) => a - b);
    const [low, high] = [Math.max(steps[0], from), Math.min(Math.max(steps[1], steps[0] + HUNDREDTH), to)];
    const [top, foot] = [at.y, start.y].sort((a, b) => a - b).map((y) => near([{ at: 0 }, ...bounds, { at: 100 }], y));
    // What reaches over nearly all of it asks nothing of the value.
    const values = foot.at - top.at > 90 || top === foot ? [] : [foot.text, top.text];
    const url = new URL(cloud.dataset.brush, location.href);
    const said = [low > 0 && low / WHOLE, high < WHOLE && high / WHOLE, ...values];
    names.forEach((name, n) => said[n] && url.searchParams.set(name, said[n]));
    location.assign(url);
  }
}

for (const cloud of document.querySelectorAll("[data-brush]")) brush(cloud);
