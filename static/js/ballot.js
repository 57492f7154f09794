/* The score sheet keeps each choice at once. What cannot be sent stays on this device and goes when the line is back;
   its key makes a doubled send harmless, its revision keeps a stale tab from overwriting another. */
const form = document.querySelector("form[data-ballot]");
const texts = document.getElementById("ui-texts");
const saved = form.querySelector("[data-saved]");
const locked = form.querySelector("fieldset:disabled") !== null;
const WAIT = 800;
const LATER = 10_000; // a server that starts anew is back by then
const place = `ballot:${form.dataset.ballot}:${form.dataset.criterion}`;
const levelName = form.querySelector("input[type=radio]").name;
const noteWords = JSON.parse(form.dataset.noteWords);
let timer;
let waiting = 0;
let line = Promise.resolve();
let unsure = null; // what was sent without an answer: it may have arrived

function say(icon, words, local) {
  saved.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), words);
  saved.classList.toggle("saved--local", local);
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const now = () => ({ level: form.elements[levelName].value, note: form.elements.note.value, key: newKey() });
const same = (one, other) => one.level === other.level && one.note.trim() === other.note.trim();
const keep = (mark) => localStorage.setItem(place, JSON.stringify(mark));

function isWhatWasSent(theirs) {
  const level = theirs.case ? `${theirs.case}:${theirs.p}` : String(theirs.p ?? "");
  return unsure !== null && same(unsure, { level, note: theirs.note ?? "" });
}

/* Whether these points want a word is said where it is written, before the seal refuses. */
function askForNote() {
  const words = noteWords[form.elements[levelName].value] ?? "";
  form.querySelector("[data-note-word]").textContent = words && `(${words})`;
  form.elements.note.ariaRequired = words ? "true" : null;
}

function fill(mark) {
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = radio.value === mark.level;
  form.elements.note.value = mark.note;
  askForNote();
}

/* Both values are said; the person chooses again, knowing. */
function differ({ mine, theirs, revision }) {
  form.elements.revision.value = revision;
  localStorage.removeItem(place);
  const level = theirs.case ? `${theirs.case}:${theirs.p}` : String(theirs.p ?? "");
  fill({ level, note: form.elements.note.value });
  say("off", form.dataset.conflict.replace("{theirs}", theirs.p ?? "–").replace("{mine}", mine.p ?? "–"), true);
}

function done(answer, mark) {
  unsure = null;
  form.elements.revision.value = answer.revision;
  form.elements.key.value = newKey();
  if (same(now(), mark)) localStorage.removeItem(place);
  document.querySelector("[data-tally]").innerHTML = answer.tally;
  form.querySelector("[data-gate]").innerHTML = answer.gate;
  document.querySelector("[data-answered]").textContent = answer.answered;
  say("check", `${texts.dataset.saved} ${answer.saved_at}`, false);
}

/* It may have arrived, it may not: it stays on the device and is sent once more. */
function later(mark) {
  unsure = mark;
  setTimeout(resend, LATER);
  say("off", texts.dataset.local, true);
}

async function send(mark) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("revision", form.elements.revision.value);
  body.set("key", mark.key);
  body.set("note", mark.note);
  body.set(levelName, mark.level);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return later(mark);
  }
  if (answer.status >= 500) return later(mark);
  if (answer.status === 409) {
    const both = await answer.json();
    if (!isWhatWasSent(both.theirs)) return differ(both);
    unsure = null;
    form.elements.revision.value = both.revision;
    return send(mark);
  }
  if (answer.status === 422) return say("off", (await answer.json()).error, true);
  if (!answer.ok || answer.redirected) return say("off", texts.dataset.local, true);
  return done(await answer.json(), mark);
}

/* One after the other: the next names the revision that the last one made. */
function save(mark = now()) {
  clearTimeout(timer);
  keep(mark);
  waiting += 1;
  line = line.then(() => send(mark)).finally(() => (waiting -= 1));
}

form.addEventListener("change", ({ target }) => {
  if (target.type !== "radio") return;
  askForNote();
  save();
});
form.elements.note.addEventListener("input", () => {
  clearTimeout(timer);
  keep(now());
  timer = setTimeout(save, WAIT);
});

/* A plain submit waits for what is on its way. */
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!waiting) return localStorage.removeItem(place);
  event.preventDefault();
  line.then(() => form.requestSubmit(event.submitter));
});

/* The keys: only outside of text, never with a modifier, and off for who does not want them. */
const OFF = "ballot:no-keys";
const CAME_BY_KEY = "ballot:came-by-key";
const isTyping = (target) => target.closest("textarea, input:not([type=radio]), select") !== null;
const radios = [...form.querySelectorAll("input[type=radio]")];
const start = () => radios.find((radio) => radio.checked) ?? radios[0];
const caseOf = ({ value }) => value.split(":").slice(0, -1).join();

/* With several scales the digit stays in the one that is chosen. */
function choose(digit) {
  const fits = radios.filter(({ value }) => value.split(":").at(-1) === digit);
  const level = fits.find((radio) => start().checked && caseOf(radio) === caseOf(start())) ?? fits[0];
  if (!level || locked) return;
  level.checked = true;
  level.focus();
  askForNote();
  save();
}

function showEvidence() {
  const shown = document.querySelector("#minh-chung .viewer__desk") ?? document.querySelector("#minh-chung summary");
  shown?.focus();
  shown?.scrollIntoView({ block: "nearest" });
}

function follow(key) {
  const way = document.querySelector(`[data-key="${key}"]`);
  if (!way) return;
  sessionStorage.setItem(CAME_BY_KEY, "1");
  way.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target === form.elements.note) {
    if (!locked) save();
    return start().focus();
  }
  if (event.key === "Enter" && event.target.type === "radio") {
    event.preventDefault(); // the browser would press the first button: back
    return follow("n");
  }
  if (isTyping(event.target) || localStorage.getItem(OFF)) return;
  if (/^[0-9]$/.test(event.key)) return choose(event.key);
  if (event.key === "/") {
    event.preventDefault(); // some browsers search the page with it
    return showEvidence();
  }
  const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  if (key === "s" && !locked) save();
  else if (["n", "p", "N", "P"].includes(key)) follow(key);
});

const keys = document.querySelector("[data-keys]");
function sayKeys() {
  keys.textContent = localStorage.getItem(OFF) ? keys.dataset.on : keys.dataset.off;
}
keys.addEventListener("click", () => {
  if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  sayKeys();
});
keys.hidden = false;
sayKeys();

/* Who goes on by key goes on from the levels of the next criterion: its name is read out with them. */
if (sessionStorage.getItem(CAME_BY_KEY)) {
  sessionStorage.removeItem(CAME_BY_KEY);
  start().focus({ preventScroll: true });
}

function resend() {
  const kept = JSON.parse(localStorage.getItem(place) || "null");
  if (!kept || locked || waiting) return;
  fill(kept);
  unsure = kept;
  save(kept);
}

addEventListener("online", resend);
resend();
