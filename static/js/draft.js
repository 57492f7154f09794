/* A form that saves itself with revisions: <form data-draft="field"> sends each changed field by itself with the revision it saw
   (hidden input "r:<name>"), <form data-draft="form"> sends the whole (hidden input "r"). The server answers
   200 {"saved_at", "revision", "tally"?}, 422 {"error"}, 409 {"clashes": [{"field", "mine", "theirs", "revision"}]}: then both are shown.
   What cannot be sent stays on this device under the form's address and is sent when the line is back. */
const WAIT = 800;
const LATER = 10_000; // a server that starts anew is back by then
const texts = document.getElementById("ui-texts");
const busy = new WeakMap();

const address = (form) => form.getAttribute("action") || location.pathname;
const keep = (form) => `draft:${address(form)}`;
const whole = (form) => form.dataset.draft === "form";
const unit = (form, field) => (whole(form) ? "" : field.name);
const revision = (form, name) => form.querySelector(`input[name="${name ? `r:${CSS.escape(name)}` : "r"}"]`);

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

function say(form, field, icon, words, local) {
  const line = field.closest(".field:has(> .saved)")?.querySelector(":scope > .saved") || form.querySelector(".saved");
  if (!line) return;
  line.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), words);
  line.classList.toggle("saved--local", local);
}

const values = (form, name) => new FormData(form).getAll(name).filter((value) => typeof value === "string");

function body(form, field) {
  if (whole(form)) return new FormData(form);
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("field", field.name);
  for (const value of values(form, field.name)) data.append(field.name, value);
  data.append(`r:${field.name}`, revision(form, field.name)?.value || "0");
  return data;
}

function fill(form, name, all) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = all.includes(field.value);
    else field.value = all[0] ?? "";
  }
}

const words = (value) => (value === null || value === undefined ? "–" : typeof value === "object" ? (value.p ?? value.why ?? JSON.stringify(value)) : String(value));

function ask(form, field, clash) {
  const note = document.getElementById("draft-clash").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-theirs]").textContent = words(clash.theirs);
  note.querySelector("[data-mine]").textContent = words(clash.mine);
  const seen = revision(form, unit(form, field));
  note.querySelector("[data-keep]").addEventListener("click", () => {
    seen.value = clash.revision;
    note.remove();
    send(form, field);
  });
  note.querySelector("[data-take]").addEventListener("click", () => {
    remember(form, field.name, null);
    if (whole(form)) return location.reload();
    seen.value = clash.revision;
    fill(form, field.name, [clash.theirs ?? ""].flat().map(String));
    note.remove();
  });
  form.querySelector(".note--wrong[data-clash]")?.remove();
  note.dataset.clash = "";
  (field.closest(".field") || form).before(note);
}

function later(form, field) {
  setTimeout(() => field.name in kept(form) && send(form, field), LATER);
  say(form, field, "off", texts.dataset.local, true);
}

async function post(form, field) {
  const sent = values(form, field.name);
  remember(form, field.name, sent);
  let answer;
  try {
    answer = await fetch(address(form), { method: "POST", body: body(form, field), headers: { Accept: "application/json" } });
  } catch {
    return later(form, field);
  }
  if (answer.status >= 500) return later(form, field);
  if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) return say(form, field, "off", texts.dataset.local, true);
  const said = await answer.json();
  if (answer.status === 409) {
    say(form, field, "off", said.error, true);
    return ask(form, field, said.clashes[0]);
  }
  if (!answer.ok) return say(form, field, "off", said.error || texts.dataset.local, true);
  if (JSON.stringify(kept(form)[field.name]) === JSON.stringify(sent)) remember(form, field.name, null);
  const seen = revision(form, unit(form, field));
  if (seen) seen.value = said.revision;
  const tally = document.querySelector("[data-tally]");
  if (said.tally && tally) tally.innerHTML = said.tally;
  say(form, field, "check", `${texts.dataset.saved} ${said.saved_at}`, false);
}

/* One request of a form at a time: each carries the revision that the one before brought back. */
function send(form, field) {
  const before = busy.get(form) || Promise.resolve();
  const now = before.then(() => post(form, field));
  busy.set(form, now);
  return now;
}

function start(form) {
  const timers = new Map();
  form.addEventListener("input", ({ target }) => {
    if (!target.name || target.type === "file" || target.type === "hidden") return;
    clearTimeout(timers.get(target.name));
    timers.set(target.name, setTimeout(() => send(form, target), WAIT));
  });
  const resend = () => {
    for (const name of Object.keys(kept(form))) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
      if (field) send(form, field);
    }
  };
  for (const [name, all] of Object.entries(kept(form))) fill(form, name, all);
  addEventListener("online", resend);
  form.addEventListener("submit", () => {
    for (const timer of timers.values()) clearTimeout(timer);
    localStorage.removeItem(keep(form));
  });
  resend();
}

for (const form of document.querySelectorAll("form[data-draft]")) start(form);
