// Drop: a file let fall anywhere on the page goes into its form, and the form is sent.
const form = document.querySelector("form[data-drop]");
const input = form?.querySelector("input[type=file]");

if (input) {
  for (const hint of form.querySelectorAll("[data-script]")) hint.hidden = false;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
