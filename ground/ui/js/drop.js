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
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) {
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
      return;
    }
    Promise.all(entries.map(within)).then((found) => {
      const files = new DataTransfer();
      for (const file of found.flat()) files.items.add(file);
      if (files.files.length === 0) return;
      input.files = files.files;
      form.requestSubmit();
    });
  });
}

// The files of a folder and of the folders in it; hidden ones stay out.
async function within(entry) {
  if (entry.isFile) {
    if (entry.name.startsWith(".")) return [];
    return [await new Promise((take, refuse) => entry.file(take, refuse))];
  }
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((take, refuse) => reader.readEntries(take, refuse));
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(within))).flat();
}
