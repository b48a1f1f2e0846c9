// Drafts: what is typed and not kept yet stays on this machine, for whoever typed it, until it is kept, left or a week old.
const DRAFT = "draft ";
const SENT = "sent";
const said = document.getElementById("words").dataset;
const WEEK = 7 * 24 * 3600 * 1000;
const me = document.querySelector("[data-me]")?.dataset.me;
const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const all = () => Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
const forget = (key) => localStorage.removeItem(key);
const carried = (name) => name === "version" || /^(was|differs)\./.test(name);

// Lines, choices and boxes; nothing secret, no file, nothing that a form alone carries.
const fields = (form) => [...form.elements].filter((one) => one.name && !form.contains(one.closest("[data-rows]")) && one.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [autocomplete])"));
const values = (list) => list.map((one) => [one.name, /radio|checkbox/.test(one.type) ? `${one.value}${one.checked ? "+" : "-"}` : one.value]);
const origin = (form) => [...form.elements].filter((one) => one.type === "hidden" && carried(one.name)).map((one) => [one.name, one.value]);

function put(form, draft) {
  const left = [...draft.typed];
  for (const one of fields(form)) {
    const at = left.findIndex(([name]) => name === one.name);
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    if (/radio|checkbox/.test(one.type)) one.checked = value.endsWith("+");
    else one.value = value;
  }
  // The version that it was typed on goes with it: what somebody else changed since is shown when it is kept.
  for (const [name, value] of draft.origin) {
    const one = form.elements.namedItem(name);
    if (one) one.value = value;
  }
}

function tell(form, words, acts) {
  const line = document.createElement("p");
  line.className = "small soft";
  line.setAttribute("role", "status");
  line.append(`${words} `);
  for (const [name, act] of acts) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: name });
    button.addEventListener("click", () => {
      line.remove();
      act();
    });
    line.append(button);
  }
  form.prepend(line);
}

function bring(form, key, before, draft, anew) {
  const discard = () => {
    forget(key);
    anew();
    put(form, before);
    fields(form)[0]?.focus();
  };
  const same = JSON.stringify(before.typed) === JSON.stringify(draft.before);
  if (JSON.stringify(before.typed) === JSON.stringify(draft.typed)) {
    forget(key);
    anew();
    return;
  }
  if (!same && draft.origin.length === 0) {
    tell(form, said.changed, [[said.typed, () => put(form, draft)], [said.discard, discard]]);
    return;
  }
  put(form, draft);
  tell(form, same ? said.restored : `${said.restored} ${said.since}`, [[said.discard, discard]]);
}

function follow(form, key, refused) {
  const before = { typed: values(fields(form)), origin: origin(form) };
  const draft = read(key);
  const fresh = { before: before.typed, origin: before.origin };
  let begun = draft ?? fresh;
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
  form.querySelector(".acts a.quiet")?.addEventListener("click", () => forget(key));
  // A form that comes back asks, where two people changed the same, for something else than what was typed.
  const names = (pairs) => pairs.map(([name]) => name).join();
  if (draft && names(draft.typed) !== names(before.typed)) return;
  if (draft && !refused) bring(form, key, before, draft, () => (begun = fresh));
  form.addEventListener("input", (event) => {
    if (!fields(form).includes(event.target)) return;
    const kept = { ...begun, typed: values(fields(form)), at: Date.now() };
    if (JSON.stringify(kept.typed) === JSON.stringify(begun.before)) forget(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  });
  form.addEventListener("reset", () => forget(key));
}

// A form that was sent is kept when the page that answers is no refusal, and is not the same page shown again.
function settle() {
  const shown = performance.getEntriesByType("navigation")[0];
  const refused = (shown?.responseStatus || (document.querySelector(".err, .note.bad") ? 422 : 200)) >= 400;
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && !refused && shown?.type === "navigate") forget(sent);
  return refused;
}

if (me) {
  const refused = settle();
  const mine = `${DRAFT}${me} `;
  for (const key of all()) if (!key.startsWith(mine) || Date.now() - (read(key)?.at ?? 0) > WEEK) forget(key);
  const seen = {};
  for (const form of document.querySelectorAll("main form.form[method=post]")) {
    const place = `${mine}${new URL(form.action).pathname} ${form.querySelector("input[name=edit]")?.value ?? ""}`;
    seen[place] = (seen[place] ?? 0) + 1;
    if (fields(form).length > 0) follow(form, `${place} ${seen[place]}`, refused);
  }
  for (const out of document.querySelectorAll(".me form")) out.addEventListener("submit", () => all().forEach(forget));
}
