/* The whole sheet at once: each choice is saved by the criterion's own address, one after the other in its row.
   What cannot be sent stays on this device, where the sheet by criterion keeps it too, and goes when the line is back;
   its key makes a doubled send harmless. */
const form = document.querySelector("form[data-grid]");
const texts = document.getElementById("ui-texts");
const rows = [...form.querySelectorAll("[data-row]")];
const lines = new WeakMap();
const LATER = 10_000; // a server that starts anew is back by then

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const place = (row) => `ballot:${form.dataset.ballot}:${row.dataset.row}`;
const radiosOf = (row) => [...row.querySelectorAll("input[type=radio]")];
const noteOf = (row) => row.querySelector("[data-note]");
const revisionOf = (row) => row.querySelector("[data-revision]");
const now = (row) => ({ level: radiosOf(row).find((it) => it.checked)?.value ?? "", note: noteOf(row).value, key: newKey() });

function fill(row, { level, note }) {
  for (const radio of radiosOf(row)) radio.checked = radio.value === level;
  noteOf(row).value = note;
}

function say(row, icon, words, local) {
  const saved = row.querySelector("[data-saved]");
  saved.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), words);
  saved.classList.toggle("saved--local", local);
}

/* Both values are said; the person chooses again, knowing. */
function differ(row, { mine, theirs, revision }) {
  revisionOf(row).value = revision;
  localStorage.removeItem(place(row));
  fill(row, { level: theirs.case ? `${theirs.case}:${theirs.p}` : String(theirs.p ?? ""), note: theirs.note ?? "" });
  say(row, "off", form.dataset.conflict.replace("{theirs}", theirs.p ?? "–").replace("{mine}", mine.p ?? "–"), true);
}

function done(row, answer, mark) {
  revisionOf(row).value = answer.revision;
  if (now(row).level === mark.level) localStorage.removeItem(place(row));
  document.querySelector("[data-tally]").innerHTML = answer.tally;
  row.querySelector("[data-wants]").hidden = !answer.note_wanted;
  say(row, "check", `${texts.dataset.saved} ${answer.saved_at}`, false);
}

/* It may have arrived, it may not: it is sent once more, as it was. */
function later(row) {
  setTimeout(() => resend(row), LATER);
  say(row, "off", texts.dataset.local, true);
}

async function send(row, mark) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("revision", revisionOf(row).value);
  body.set("key", mark.key);
  body.set("note", mark.note);
  body.set(radiosOf(row)[0].name, mark.level);
  let answer;
  try {
    answer = await fetch(row.dataset.address, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return later(row);
  }
  if (answer.status >= 500) return later(row);
  if (answer.status === 409) return differ(row, await answer.json());
  if (answer.status === 422) return say(row, "off", (await answer.json()).error, true);
  if (!answer.ok || answer.redirected) return say(row, "off", texts.dataset.local, true);
  return done(row, await answer.json(), mark);
}

/* One after the other: the next names the revision that the last one made. */
function save(row, mark) {
  localStorage.setItem(place(row), JSON.stringify(mark));
  lines.set(row, (lines.get(row) ?? Promise.resolve()).then(() => send(row, mark)));
}

function resend(row) {
  const kept = JSON.parse(localStorage.getItem(place(row)) || "null");
  if (!kept || radiosOf(row)[0].disabled) return;
  fill(row, kept);
  save(row, kept);
}

form.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-row]");
  if (row && target.type === "radio") save(row, now(row));
});

/* The plain form takes every row that was changed. */
form.addEventListener("submit", () => rows.forEach((row) => localStorage.removeItem(place(row))));

addEventListener("online", () => rows.forEach(resend));
rows.forEach(resend);
