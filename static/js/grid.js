/* The whole sheet at once: each choice is saved by the criterion's own address, one after the other in its row.
   What cannot be sent stays chosen and is said; the button below keeps it by a plain form. */
const form = document.querySelector("form[data-grid]");
const texts = document.getElementById("ui-texts");
const lines = new WeakMap();

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function say(row, icon, words, local) {
  const saved = row.querySelector("[data-saved]");
  saved.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), words);
  saved.classList.toggle("saved--local", local);
}

function differ(row, name, { mine, theirs, revision }) {
  row.querySelector(`[name="r-${name}"]`).value = revision;
  const level = theirs.case ? `${theirs.case}:${theirs.p}` : String(theirs.p ?? "");
  for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = radio.value === level;
  row.querySelector("[data-note]").value = theirs.note ?? "";
  say(row, "off", form.dataset.conflict.replace("{theirs}", theirs.p ?? "–").replace("{mine}", mine.p ?? "–"), true);
}

async function send(row, name, value, key) {
  const revision = row.querySelector(`[name="r-${name}"]`);
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("revision", revision.value);
  body.set("key", key);
  body.set("note", row.querySelector("[data-note]").value);
  body.set(name, value);
  let answer;
  try {
    answer = await fetch(row.dataset.address, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return say(row, "off", form.dataset.unsent, true);
  }
  if (answer.status === 409) return differ(row, name, await answer.json());
  if (answer.status === 422) return say(row, "off", (await answer.json()).error, true);
  if (!answer.ok || answer.redirected) return say(row, "off", form.dataset.unsent, true);
  const saved = await answer.json();
  revision.value = saved.revision;
  document.querySelector("[data-tally]").innerHTML = saved.tally;
  row.querySelector("[data-wants]").hidden = !saved.note_wanted;
  return say(row, "check", `${texts.dataset.saved} ${saved.saved_at}`, false);
}

form.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-row]");
  if (!row || target.type !== "radio") return;
  const key = newKey();
  lines.set(row, (lines.get(row) ?? Promise.resolve()).then(() => send(row, target.name, target.value, key)));
});
