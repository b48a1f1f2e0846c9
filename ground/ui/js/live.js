// Live: a progress bar follows its job by event stream, or by asking again where that fails.
function show(place, news) {
  const bar = place.querySelector("progress");
  bar.max = Math.max(news.total, 1);
  bar.value = news.done;
  place.querySelector("[data-words]").textContent = news.words;
  place.querySelector("[data-note]").textContent = news.note;
  const ended = typeof news.finished === "string";
  // Nobody loses what they have picked or begun to write: they are told instead.
  if (ended && busy()) place.querySelector("[data-again]").hidden = false;
  else if (ended) location.replace(news.finished);
  return ended;
}

// Something on the page is picked, open or being written.
function busy() {
  return Boolean(document.querySelector("[data-rows] :checked, dialog[open], textarea:focus, input:focus"));
}

async function ask(place) {
  for (let pause = 1000; ; pause = Math.min(pause * 1.5, 10000)) {
    await new Promise((wake) => setTimeout(wake, pause));
    if (document.hidden) continue;
    try {
      const answer = await fetch(place.dataset.live, { headers: { accept: "application/json" } });
      if (answer.ok && show(place, await answer.json())) return;
      if (answer.status >= 400 && answer.status < 500) return;
    } catch {
      pause = 5000;
    }
  }
}

function listen(place) {
  let heard = false;
  const stream = new EventSource(place.dataset.live);
  stream.addEventListener("message", (event) => {
    heard = true;
    if (show(place, JSON.parse(event.data))) stream.close();
  });
  stream.addEventListener("error", () => {
    if (heard && stream.readyState !== EventSource.CLOSED) return;
    stream.close();
    ask(place);
  });
  addEventListener("pagehide", () => stream.close());
}

for (const place of document.querySelectorAll("[data-live]")) {
  place.querySelector("[data-again]").hidden = true;
  listen(place);
}
