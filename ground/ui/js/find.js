// Find: a dialog over the page. It offers what is on this page and asks the page of finding for all the rest.
const door = document.querySelector("[data-find]");
const said = document.getElementById("words").dataset;
const SEEN = "seen";
const me = document.querySelector("[data-me]")?.dataset.me;
// What somebody else saw in this tab is nobody's business.
const seen = () => {
  const [whose, all] = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");
  return me && whose === me ? all : [];
};
const made = (tag, name, text) => Object.assign(document.createElement(tag), { className: name ?? "", textContent: text ?? "" });
const words = (node) => node.textContent.replace(node.querySelector("kbd")?.textContent ?? "\n", "").replace(/\s+/g, " ").trim();

// Pages that say what they are about are kept for this tab, until somebody signs out.
const about = document.querySelector("[data-seen]");
if (about) {
  const here = { href: location.pathname, title: words(about) };
  sessionStorage.setItem(SEEN, JSON.stringify([me, [here, ...seen().filter((one) => one.href !== here.href)].slice(0, 8)]));
}
document.querySelector(".me form")?.addEventListener("submit", () => sessionStorage.removeItem(SEEN));

// The page of finding, which knows from the door what this page is about.
const asked = (typed) => `${door.href}${door.search ? "&" : "?"}q=${encodeURIComponent(typed)}`;

// What the page of finding offers: a link is gone to; a form is sent, or the one of this page that does the same.
function offered(row) {
  const own = document.importNode(row, true);
  const send = () => (document.querySelector(`.me [action="${own.getAttribute("action")}"]`) ?? document.body.appendChild(own)).requestSubmit();
  return { href: own.href, nodes: [...(own.querySelector("button") ?? own).childNodes], send };
}

// Controls with a key, whose words begin with what is typed.
function own(typed) {
  const begins = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title }) => title && begins.every((word) => ` ${title.toLowerCase()}`.includes(` ${word}`));
  const controls = [...document.querySelectorAll("main [aria-keyshortcuts]")].filter((one) => one.checkVisibility() && !one.closest("[data-rows], dialog"));
  return [
    [said.lately, begins.length ? [] : seen().filter((one) => one.href !== location.pathname)],
    [said.here, controls.map((act) => ({ title: words(act), key: act.getAttribute("aria-keyshortcuts"), act })).filter(fits)],
  ];
}

function open() {
  const dialog = made("dialog", "palette");
  const name = words(door);
  const input = Object.assign(made("input"), { type: "text", autocomplete: "off", spellcheck: false, placeholder: name });
  const list = made("div");
  const foot = made("footer", "", said.foot);
  list.id = "palette";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", said.listed);
  const traits = { role: "combobox", "aria-label": name, "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [trait, value] of Object.entries(traits)) input.setAttribute(trait, value);
  dialog.setAttribute("aria-label", name);
  dialog.append(input, list, foot);
  const options = () => [...list.querySelectorAll("[role=option]")];
  let asking, pause, waits, opens;

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function add(title, rows) {
    if (!rows.length) return;
    const group = made("div");
    const head = made("p", "", title);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", title);
    head.setAttribute("role", "presentation");
    group.append(head);
    for (const row of rows) {
      const option = made("div");
      option.setAttribute("role", "option");
      option.append(...(row.nodes ?? [made("span", "", row.title)]));
      if (row.key) option.append(made("kbd", "", row.key));
      option.addEventListener("click", () => {
        dialog.close();
        row.act ? row.act.click() : row.href ? location.assign(row.href) : row.send();
      });
      group.append(option);
    }
    list.append(group);
  }

  function show(found, notes = []) {
    const typed = input.value.trim();
    waits = false;
    list.replaceChildren(...notes.map((note) => made("p", "soft", note.textContent)));
    const mine = own(typed);
    // What this page does itself stands once: where it was found best, as the control of the page does it.
    const same = ({ href }) => href && mine.flatMap(([, rows]) => rows).find(({ act }) => act?.href?.split(/[?&]from=/)[0] === href);
    const others = found.map(([title, rows]) => [title, typed ? rows.map((row) => same(row) ?? row) : rows.filter((row) => !same(row))]);
    const shown = others.flatMap(([, rows]) => rows);
    const rest = mine.map(([title, rows]) => [title, rows.filter((row) => !shown.includes(row))]);
    // Before anything is typed, what is nearest stands first.
    for (const [title, rows] of typed ? [...others, ...rest] : [...rest, ...others]) add(title, rows);
    if (typed) add(said.more, [{ title: said.all.replace("{}", () => typed), href: asked(typed) }]);
    options().forEach((option, n) => (option.id = `palette-${n}`));
    choose(options()[0]);
    if (opens && typed) options()[0]?.click();
    opens = false;
  }

  // Until the answer comes, what stands there answers an earlier text: Enter waits for it.
  function ask() {
    asking?.abort();
    clearTimeout(pause);
    waits = true;
    choose();
    pause = setTimeout(send, 100);
  }

  function send() {
    const typed = input.value.trim();
    asking = new XMLHttpRequest();
    asking.responseType = "document";
    asking.addEventListener("load", ({ target }) => {
      const groups = [...(target.response?.querySelectorAll("[data-found] section") ?? [])];
      const notes = [...(target.response?.querySelectorAll("[data-note]") ?? [])];
      show(groups.map((group) => [group.getAttribute("aria-label"), [...group.querySelectorAll("li > *")].map(offered)]), notes);
    });
    asking.addEventListener("error", () => show([]));
    asking.open("GET", asked(typed));
    asking.send();
  }

  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(all[(at + step + all.length) % all.length]);
    else if (event.key === "Enter" && !event.isComposing) waits ? (opens = true) : all[at]?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => (clearTimeout(pause), asking?.abort(), dialog.remove()));
  document.body.append(dialog);
  dialog.showModal();
  show([]);
  send();
}

if (door) {
  door.addEventListener("click", (event) => (event.ctrlKey || event.metaKey || (event.preventDefault(), open())));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });
}
