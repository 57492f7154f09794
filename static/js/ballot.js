/* The score sheet keeps each choice at once. What cannot be sent stays on this device and goes when the line is back;
   its key makes a doubled send harmless, its revision keeps a stale tab from overwriting another. */
const form = document.querySelector("form[data-ballot]");
const texts = document.getElementById("ui-texts");
const saved = form.querySelector("[data-saved]");
const locked = form.querySelector("fieldset:disabled") !== null;
const WAIT = 800;
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
    unsure = mark;
    return say("off", texts.dataset.local, true);
  }
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

const isTyping = (target) => target.closest("textarea, input:not([type=radio]), select") !== null;

document.addEventListener("keydown", (event) => {
  if (locked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const level = /^[0-9]$/.test(event.key) && form.querySelector(`input[type=radio][value="${event.key}"]`);
  if (level) {
    level.checked = true;
    level.focus();
    askForNote();
    save();
  } else if (event.key.toLowerCase() === "n") form.querySelector('button[name="go"][value="next"]')?.click();
});

function resend() {
  const kept = JSON.parse(localStorage.getItem(place) || "null");
  if (!kept || locked || waiting) return;
  fill(kept);
  unsure = kept;
  save(kept);
}

addEventListener("online", resend);
resend();
