/* Nothing typed is lost: each changed field of <form data-autosave="address"> goes to the server by itself.
   The server gets one field (its name and value, and csrfmiddlewaretoken) and answers {"saved_at": "14:05"} or, with 422, {"error": "…"}.
   What cannot be sent stays on this device under the form's address and is sent when the line is back. */
const WAIT = 800;
const LATER = 10_000; // a server that starts anew is back by then
const texts = document.getElementById("ui-texts");
const timers = new WeakMap();

const keep = (form) => `autosave:${form.dataset.autosave}`;

function kept(form) {
  return JSON.parse(localStorage.getItem(keep(form)) || "{}");
}

function remember(form, name, values) {
  const all = kept(form);
  if (values) all[name] = values;
  else delete all[name];
  if (Object.keys(all).length) localStorage.setItem(keep(form), JSON.stringify(all));
  else localStorage.removeItem(keep(form));
}

function say(field, icon, words, local) {
  const line = field.closest(".field:has(> .saved)")?.querySelector(":scope > .saved");
  if (!line) return;
  line.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), words);
  line.classList.toggle("saved--local", local);
}

function later(form, field) {
  setTimeout(() => field.name in kept(form) && send(form, field), LATER);
  say(field, "off", texts.dataset.local, true);
}

async function send(form, field) {
  const values = new FormData(form).getAll(field.name).filter((value) => typeof value === "string");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("field", field.name);
  for (const value of values) body.append(field.name, value);
  remember(form, field.name, values);
  let answer;
  try {
    answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return later(form, field);
  }
  if (answer.status >= 500) return later(form, field);
  if (answer.status === 422) return say(field, "off", (await answer.json()).error, true);
  if (!answer.ok || answer.redirected) return say(field, "off", texts.dataset.local, true);
  const { saved_at: at } = await answer.json();
  if (JSON.stringify(kept(form)[field.name]) === JSON.stringify(values)) remember(form, field.name, null);
  say(field, "check", `${texts.dataset.saved} ${at}`, false);
}

function fill(form, name, values) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function start(form) {
  form.addEventListener("input", ({ target }) => {
    if (!target.name || target.type === "file") return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => send(form, target), WAIT));
  });
  const resend = () => {
    for (const name of Object.keys(kept(form))) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) send(form, field);
    }
  };
  for (const [name, values] of Object.entries(kept(form))) fill(form, name, values);
  addEventListener("online", resend);
  form.addEventListener("submit", () => localStorage.removeItem(keep(form)));
  resend();
}

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);
