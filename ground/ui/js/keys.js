// Keys: single keys outside fields, read from the page itself, so that each also stands on a control.
const said = document.getElementById("words").dataset;
const OFF = "keys-off";
const off = () => localStorage.getItem(OFF) === "1";
const opener = document.querySelectorAll("[data-keys]");
let going = false;

const field = (at) => at instanceof Element && at.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]");
// A line that only tells what was answered is none to go to.
const tells = (row) => row.matches(".ledger > *") && !row.querySelector("a, button, summary");
const rows = () => [...document.querySelectorAll("[data-rows] > *")].filter((row) => row.checkVisibility() && !tells(row));
const row = () => document.activeElement?.closest("[data-rows] > *");
const press = (control) => (control ? (control.click(), true) : false);

function move(step) {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.indexOf(row());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  const target = next.querySelector("a.who") ?? next.querySelector("a, button, summary");
  if (!target) {
    next.tabIndex = -1;
    next.focus();
  }
  target?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// From a line to the next one; on a record that was opened from a list, to the next record of that list, and nowhere at its ends.
const step = (key, by) => (!row() && (beside("j") || beside("k")) ? press(beside(key)) : move(by));

const acts = {
  j: () => step("j", 1),
  k: () => step("k", -1),
  x: () => press(row()?.querySelector("input[type=checkbox]")),
  "/": () => {
    const search = document.querySelector("input[type=search]");
    search?.focus();
    return Boolean(search);
  },
  "?": () => sheet(),
  g: () => (going = true),
};

// What a key does beyond that is said by the control that carries it. In a list it is the control on the line that has the
// focus; where no line has it, the first one gets it, and nothing is done yet.
const within = (place, key) => [...(place?.querySelectorAll("[aria-keyshortcuts]") ?? [])].filter((control) => control.getAttribute("aria-keyshortcuts") === key && control.checkVisibility());
const inList = (control) => control.closest("[data-rows]");
const beside = (key) => within(document, key).find((control) => !inList(control));

function marked(key) {
  const mine = within(row(), key)[0];
  if (mine) {
    remember();
    return press(mine);
  }
  const all = within(document, key);
  const free = beside(key);
  if (free) return press(free);
  return all.length > 0 && move(1);
}

// A line that is decided by key is followed, after the page comes anew, by the one that took its place.
const AT = "line";

function remember() {
  sessionStorage.setItem(AT, JSON.stringify([location.pathname, rows().indexOf(row())]));
}

addEventListener("pageshow", () => {
  const [place, at] = JSON.parse(sessionStorage.getItem(AT) ?? "[]");
  sessionStorage.removeItem(AT);
  if (place !== location.pathname) return;
  const next = rows()[Math.min(at, rows().length - 1)];
  next?.querySelector("a, button, summary")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off() || field(event.target)) return;
  if (going) {
    going = false;
    if (press(document.querySelector(`[data-go="${CSS.escape(event.key)}"]`))) event.preventDefault();
    return;
  }
  if (acts[event.key] ? acts[event.key]() : marked(event.key)) event.preventDefault();
});

function line(list, key, words) {
  const term = document.createElement("dt");
  for (const part of key.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = part.replace("Control", said.control);
    term.append(cap, " ");
  }
  const meaning = document.createElement("dd");
  meaning.textContent = words;
  list.append(term, meaning);
}

function button(words, act) {
  const made = document.createElement("button");
  made.className = "btn";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function lines() {
  const list = document.createElement("dl");
  if (rows().length > 0 && !beside("j") && !beside("k")) line(list, "j k", said.lines);
  if (document.querySelector("[data-rows] input[type=checkbox]")) line(list, "x", said.pick);
  if (document.querySelector("input[type=search]")) line(list, "/", said.within);
  const seen = new Set();
  for (const place of document.querySelectorAll("[data-go]")) {
    if (seen.has(place.dataset.go)) continue;
    seen.add(place.dataset.go);
    line(list, `g ${place.dataset.go}`, place.firstChild.textContent);
  }
  for (const control of document.querySelectorAll("[aria-keyshortcuts]")) {
    const key = control.getAttribute("aria-keyshortcuts");
    if (seen.has(`key ${key}`)) continue;
    seen.add(`key ${key}`);
    line(list, key, control.textContent);
  }
  line(list, "?", said.sheet);
  return list;
}

function sheet() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = said.keyboard;
  dialog.setAttribute("aria-labelledby", title.id);
  const foot = document.createElement("p");
  foot.className = "acts";
  const toggle = button(off() ? said.on : said.off, () => {
    localStorage.setItem(OFF, off() ? "0" : "1");
    dialog.close();
  });
  foot.append(button(said.close, () => dialog.close()), toggle);
  dialog.append(title, lines(), foot);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return true;
}

for (const control of opener) {
  control.hidden = false;
  control.addEventListener("click", sheet);
}
