/* What changes by itself: <div data-live="address" data-every="3"> is asked for every few seconds, and replaced only
   where it changed (the server answers 304 while it did not). A broken line is said, in data-lost's words, until it is back.
   Inside, <… data-clock data-gone="125" data-limit="600"> is a clock that ticks on from the server's seconds. */
const starts = new WeakMap();

function face(clock) {
  const gone = Number(clock.dataset.gone) + Math.floor((performance.now() - starts.get(clock)) / 1000);
  const limit = Number(clock.dataset.limit);
  const left = limit - gone;
  const shown = limit ? Math.abs(left) : gone;
  clock.classList.toggle("is-over", Boolean(limit) && left < 0);
  return `${limit && left < 0 ? "+" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (!starts.has(clock)) starts.set(clock, performance.now());
    clock.textContent = face(clock);
  }
}

function say(place, words) {
  const line = document.getElementById(place.dataset.says);
  if (!line) return;
  line.textContent = words;
  line.hidden = !words;
}

async function ask(place) {
  if (document.hidden) return;
  const headers = place.dataset.tag ? { "If-None-Match": place.dataset.tag } : {};
  let answer;
  try {
    answer = await fetch(place.dataset.live, { headers, redirect: "error" });
  } catch {
    return say(place, place.dataset.lost);
  }
  if (answer.status !== 200 && answer.status !== 304) return say(place, place.dataset.lost);
  say(place, "");
  if (answer.status === 304) return;
  place.dataset.tag = answer.headers.get("ETag");
  const held = document.activeElement?.getAttribute("href");
  place.innerHTML = await answer.text();
  if (held && !place.contains(document.activeElement)) place.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  tick();
}

async function follow(place) {
  await ask(place);
  setTimeout(follow, Number(place.dataset.every) * 1000, place);
}

for (const place of document.querySelectorAll("[data-live]")) {
  setTimeout(follow, Number(place.dataset.every) * 1000, place);
}
tick();
setInterval(tick, 1000);
