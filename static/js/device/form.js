/* A form that saves itself with revisions: <form data-draft="field"> sends each changed field by itself with the revision it saw
   (hidden input "r:<name>"), <form data-draft="form"> sends the whole (hidden input "r"). The server answers
   200 {"saved_at", "revision", "tally"?}, 422 {"error"}, 409 {"clashes": [{"field", "mine", "theirs", "revision"}]}: then both are shown.
   What is typed lies on this device (store.js) from the first letter until the server has it, with the revision that it was typed over. */
import { post } from "./line.js";
import { drafts, drop, facts, keep, same } from "./store.js";

const WAIT = 800;
const LATER = 10_000; // a server that starts anew is back by then
const SOON = 4000; // who presses "on" waits no longer for a slow line
const texts = document.getElementById("ui-texts");
const pause = (time) => new Promise((resolve) => setTimeout(() => resolve("down"), time));

const words = (value) => (value === null || value === undefined ? "–" : typeof value === "object" ? (value.p ?? value.why ?? JSON.stringify(value)) : String(value));

class Form {
  constructor(form) {
    Object.assign(this, { form, kind: form.dataset.draft, address: form.getAttribute("action") || location.pathname });
    Object.assign(this, { timers: new Map(), typed: new Set(), unkept: false, line: Promise.resolve() });
    form.addEventListener("input", ({ target }) => this.input(target));
    form.addEventListener("submit", (event) => this.pressed(event));
    addEventListener("online", () => this.resend());
    addEventListener("beforeunload", (event) => this.unkept && this.typed.size && event.preventDefault());
    this.open();
  }

  /* ── reading and writing the form ── */

  unit(field) {
    return this.kind === "form" ? "" : field.name;
  }

  field(unit) {
    const name = unit ? `[name="${CSS.escape(unit)}"]` : "textarea, input, select";
    return [...this.form.querySelectorAll(name)].find((it) => it.type !== "hidden" && it.name);
  }

  revision(unit) {
    return this.form.querySelector(`input[name="${unit ? `r:${CSS.escape(unit)}` : "r"}"]`);
  }

  read(unit) {
    const isOwn = ([name, value]) => typeof value === "string" && (unit ? name === unit : !["r", "csrfmiddlewaretoken"].includes(name));
    const values = [...new FormData(this.form)].filter(isOwn);
    const seen = this.revision(unit)?.value || "0";
    return { address: this.address, kind: this.kind, unit, title: document.title.split(" · OCOP ")[0], values, seen, waiting: true };
  }

  fill(unit, values) {
    const names = unit ? [unit] : [...new Set([...this.form.elements].map((it) => it.name))].filter((name) => name && !["r", "csrfmiddlewaretoken"].includes(name));
    for (const name of names) {
      const all = values.filter(([key]) => key === name).map(([, value]) => value);
      for (const box of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (["checkbox", "radio"].includes(box.type)) box.checked = all.includes(box.value);
        else if (box.tagName !== "BUTTON" && box.type !== "hidden") box.value = all[0] ?? "";
      }
    }
  }

  say(unit, icon, words, local) {
    const field = this.field(unit);
    const line = field?.closest(".field:has(> .saved)")?.querySelector(":scope > .saved") || this.form.querySelector(".saved");
    if (!line) return;
    line.replaceChildren(texts.content.querySelector(`[data-icon="${icon}"] svg`).cloneNode(true), ...[words].flat());
    line.classList.toggle("saved--local", local);
  }

  /* ── what lies on the device from before ── */

  async open() {
    const here = await drafts().catch(() => []);
    for (const draft of here.filter((it) => it.address === this.address)) {
      const { unit, waiting } = draft;
      const field = this.field(unit);
      const revision = this.revision(unit);
      if (!field || !revision || this.typed.has(unit)) continue;
      if (field.closest(".field--wrong")) continue; // the page says already why it was not taken
      const isShown = same(this.read(unit).values, draft.values);
      if (waiting && !isShown) {
        this.fill(unit, draft.values);
        revision.value = draft.seen;
        this.typed.add(unit);
        this.local(unit, "local");
      } else if (!waiting && Number(draft.revision) > Number(revision.value)) {
        this.fill(unit, draft.values); // the page is older than what the server has received
        revision.value = draft.revision;
      } else await drop(draft);
    }
    this.resend();
  }

  resend() {
    for (const unit of this.typed) this.send(unit);
  }

  /* ── typing and sending ── */

  input({ name, type }) {
    if (!name || type === "file" || type === "hidden") return;
    const unit = this.kind === "form" ? "" : name;
    this.typed.add(unit);
    this.keep(this.read(unit));
    clearTimeout(this.timers.get(unit));
    this.timers.set(unit, setTimeout(() => this.send(unit), WAIT));
  }

  async keep(draft) {
    this.unkept = !(await keep(draft));
    return !this.unkept;
  }

  /* One request of a form at a time: each carries the revision that the one before brought back. */
  send(unit) {
    clearTimeout(this.timers.get(unit));
    this.line = this.line.then(() => this.post(unit));
    return this.line;
  }

  async post(unit) {
    const draft = this.read(unit);
    const { state, body } = await post(draft);
    if (state === "saved") return this.saved(unit, draft, body);
    if (state === "clash") this.ask(unit, body);
    else if (state === "refused") this.say(unit, "off", body.error || texts.dataset.local, true);
    else {
      await this.local(unit, state === "down" ? "local" : state);
      if (state === "down") setTimeout(() => this.typed.has(unit) && this.send(unit), LATER);
    }
    return state;
  }

  async saved(unit, draft, body) {
    const revision = this.revision(unit);
    if (revision) revision.value = body.revision;
    const now = this.read(unit);
    const isWhole = same(now.values, draft.values);
    if (isWhole) this.typed.delete(unit);
    this.keep(isWhole ? { ...draft, waiting: false, revision: body.revision } : now);
    const tally = document.querySelector("[data-tally]");
    if (body.tally && tally) tally.innerHTML = body.tally;
    this.say(unit, "check", `${texts.dataset.saved} ${body.saved_at}`, false);
    return "saved";
  }

  /* Said as it is: kept here and not sent, or not even kept. */
  async local(unit, why) {
    const isKept = await this.keep(this.read(unit));
    const said = isKept ? texts.dataset[why] : texts.dataset.unkept;
    if (why !== "login") return this.say(unit, "off", said, true);
    const link = document.createElement("a");
    Object.assign(link, { href: `${facts.login}?next=${encodeURIComponent(location.pathname)}`, textContent: texts.dataset.signIn });
    return this.say(unit, "off", [said, " ", link], true);
  }

  ask(unit, body) {
    const [clash] = body.clashes;
    const note = document.getElementById("draft-clash").content.firstElementChild.cloneNode(true);
    note.querySelector("[data-theirs]").textContent = words(clash.theirs);
    note.querySelector("[data-mine]").textContent = words(clash.mine);
    note.querySelector("[data-keep]").addEventListener("click", () => {
      this.revision(unit).value = clash.revision;
      note.remove();
      this.send(unit);
    });
    note.querySelector("[data-take]").addEventListener("click", async () => {
      this.typed.delete(unit);
      await drop(this.read(unit));
      if (this.kind === "form") return location.reload();
      this.revision(unit).value = clash.revision;
      this.fill(unit, [clash.theirs ?? ""].flat().map((value) => [unit, String(value)]));
      this.say(unit, "check", "", false);
      note.remove();
    });
    this.say(unit, "off", body.error, true);
    const field = this.field(unit);
    const place = field.closest(".ask") || field.closest(".field") || this.form;
    place.parentElement.querySelector(`[data-clash="${CSS.escape(unit)}"]`)?.remove();
    note.dataset.clash = unit;
    (field.closest(".field") || this.form).before(note);
  }

  /* ── the buttons ── */

  /* A button with data-go leads on by itself, with a line or without; any other goes to the server as a form does,
     and what was typed stays here until a page shows that it has arrived. */
  async pressed(event) {
    const button = this.button(event.submitter);
    const { go } = button?.dataset ?? {};
    if (go === undefined || this.native) return;
    if (go === "#" && !this.typed.size) return;
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    const states = new Set(await Promise.all([...this.typed].map((unit) => Promise.race([this.send(unit), pause(SOON)]))));
    button.removeAttribute("aria-busy");
    if (states.has("refused")) return this.byForm(button); // the page that comes back says why, at its place
    if (states.has("clash") || states.has("other") || this.unkept) return;
    if (go.startsWith("#")) return go === "#" || this.turn(go);
    return location.assign(go);
  }

  /* Enter in a box presses the form's first button: the one that stands under the question is meant. */
  button(pressed) {
    if (!pressed?.matches("[data-go-on]")) return pressed;
    return [...this.form.querySelectorAll(".ask__go [data-go]")].find((it) => it.offsetParent) ?? this.form.querySelector('[data-go="#"]');
  }

  byForm(button) {
    this.native = true;
    this.form.requestSubmit(button);
  }

  turn(anchor) {
    location.hash = anchor;
    document.querySelector(anchor)?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) new Form(form);
