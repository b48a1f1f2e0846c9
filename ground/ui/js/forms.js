// Forms: a sent form is busy until the page changes; an open filter closes when one turns away.
const sent = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => rest(form, event.submitter), 8000);
});

// An answer that is a download leaves the page as it is.
function rest(form, button) {
  sent.delete(form);
  button?.removeAttribute("aria-busy");
}

addEventListener("pageshow", () => {
  sent.clear();
  for (const button of document.querySelectorAll(".btn[aria-busy]")) button.removeAttribute("aria-busy");
});

const open = () => document.querySelector("details:is(.pick, .menu)[open]");

document.addEventListener("click", (event) => {
  const disclosure = open();
  if (disclosure && !disclosure.contains(event.target)) disclosure.open = false;
});

document.addEventListener("keydown", (event) => {
  const disclosure = open();
  if (event.key !== "Escape" || !disclosure) return;
  disclosure.open = false;
  disclosure.querySelector("summary").focus();
});

// A form in its place: Escape leaves it as its link does; who writes anew has picked that.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" && !event.isComposing && event.target.closest?.("form[data-edit]");
  if (form) form.querySelector(".acts a").click();
});

document.addEventListener("input", (event) => {
  if (!event.target.name?.startsWith("anew.")) return;
  event.target.closest("fieldset").querySelector("input[value=anew]").checked = true;
});

// A text to pass on: entering its field marks it whole, and a button takes it along.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-handout]")) event.target.select();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    // Browsers keep the clipboard from pages without HTTPS; what is marked may be copied there too.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.textContent = button.dataset.copied;
  });
}
