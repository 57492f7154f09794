/* A form that is sent by its button and lies on this device from the first letter until the server has taken it: <form data-kept>.
   data-kept="answer": the page is the server's answer to what was sent, and already shows it. data-unkept: names that are never kept.
   Passwords, files and hidden boxes never lie here. Each filling-in has a mark, so that the server takes it once (ocop/device/sent.py);
   what has arrived the next page forgets (js/offline/forget.js). Who is nobody yet has no key: hers lies in this tab alone.
   The form of a paper has its keeper from pieces.js: once a file lies on the device her words lie with it, and here no more. */
import { drafts, drop, facts, greet, isHolder, keep as lay, same } from "./store.js";

const AGAIN = 10_000; // a browser does not always say that the line is back
const UNIT = "kept";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
const parts = document.getElementById("kept-parts");
const icons = document.getElementById("ui-texts").content;
const arrived = new Set((/(?:^|; )form-sent=([^;]*)/.exec(document.cookie)?.[1] ?? "").split("."));
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
const digit = (it) => (it ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (it / 4)))).toString(16);
const fresh = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (it) => digit(Number(it))); // older phones make none themselves
const when = (at) => (new Date(at).toDateString() === new Date().toDateString() ? clock : moment).format(at);

/* ── where it lies: under her key, or for who is not signed in within this tab ── */

const tab = (address) => `ocop-kept ${address}`;
const drawer = {
  find: async (address) => (await drafts()).find((it) => it.address === address && it.unit === UNIT),
  keep: (draft) => lay(draft),
  drop: (draft) => drop(draft),
};
const nobodys = {
  find: async (address) => JSON.parse(sessionStorage.getItem(tab(address)) ?? "null"),
  async keep(draft) {
    try {
      sessionStorage.setItem(tab(draft.address), JSON.stringify({ ...draft, at: Date.now() }));
      return true;
    } catch {
      return false; // no room, or not allowed
    }
  },
  drop: async ({ address }) => sessionStorage.removeItem(tab(address)),
};
const room = facts.user ? drawer : nobodys;

/* What she began to type before she signed in, in this tab, is hers. */
async function brought(address) {
  const draft = facts.user ? await nobodys.find(address) : null;
  if (draft) {
    await drawer.keep(draft);
    await nobodys.drop(draft);
  }
  return draft;
}

export class Kept {
  /* elsewhere: a promise of whether her words lie with a file already */
  constructor(form, elsewhere) {
    Object.assign(this, { form, address: location.pathname + location.search, touched: new Set(), mark: fresh() });
    this.skipped = new Set((form.dataset.unkept ?? "").split(" "));
    this.begun = this.read();
    this.line = document.createElement("p");
    Object.assign(this.line, { className: "saved", role: "status" });
    form.append(this.line);
    this.ready = Promise.resolve(elsewhere).then((it) => (it ? this.hush() : this.open()));
    this.ready = this.ready.catch((error) => console.info("nothing put back", error));
    form.addEventListener("input", ({ target }) => this.typed(target));
    form.addEventListener("submit", (event) => this.pressed(event));
    addEventListener("online", () => this.again());
    addEventListener("pageshow", (event) => event.persisted && this.shownAgain());
    addEventListener("beforeunload", (event) => this.unkept && !this.isSent && event.preventDefault());
  }

  /* ── the boxes ── */

  boxes() {
    return [...this.form.elements].filter((it) => it.name && !it.disabled && !SKIPPED.has(it.type) && !this.skipped.has(it.name));
  }

  read() {
    const isOn = (it) => !["checkbox", "radio"].includes(it.type) || it.checked;
    return this.boxes().filter(isOn).map((it) => [it.name, it.value]);
  }

  /* Which version she saw: as a whole, and box by box where the form says it so. */
  versions() {
    return [...this.form.elements].filter((it) => it.type === "hidden" && /^(seen|revision)$|(^|-)initial-/.test(it.name));
  }

  draft() {
    const seen = this.versions().map((it) => [it.name, it.value]);
    const title = document.title.split(" · OCOP ")[0];
    const { address, mark, begun, pressedAt } = this;
    return { address, unit: UNIT, kind: UNIT, title, values: this.read(), begun, seen, mark, pressedAt, waiting: true };
  }

  /* ── what lies here from before ── */

  async open() {
    const draft = (await brought(this.address)) ?? (await room.find(this.address));
    if (this.form.dataset.kept === "answer") return this.answered(draft);
    if (!draft) return;
    if (arrived.has(draft.mark)) return room.drop(draft);
    this.mark = draft.mark;
    const changed = this.putBack(draft);
    if (!changed.size && !this.touched.size) return room.drop(draft);
    this.tell(draft, this.takeVersions(draft.seen, changed));
    if (this.touched.size) return this.keep(this.draft());
    if (!this.isResting) this.say("here");
  }

  /* It was not taken, and the page shows both what she sent and why: that lies here on until it is. */
  async answered(draft) {
    this.begun = draft?.begun ?? [];
    await this.keep(this.draft());
    this.say(this.unkept ? "unkept" : "here");
  }

  /* What lay with a file stands in the form again; the page that answers it shows it already. */
  restore(draft) {
    this.mark = draft.mark;
    if (this.form.dataset.kept === "answer") this.begun = draft.begun;
    else this.takeVersions(draft.seen, this.putBack(draft));
    this.ready = this.ready.then(() => this.forgetTwin(draft)).catch(() => null);
  }

  /* The tab was closed after the file had them and before they were forgotten here. */
  async forgetTwin({ mark }) {
    const own = await room.find(this.address);
    if (own?.mark === mark) await room.drop(own);
  }

  /* The boxes that she changed then and has not touched since; answers their names. */
  putBack(draft) {
    const of = (values, name) => values.filter(([key]) => key === name).map(([, value]) => value);
    const names = [...new Set([...draft.values, ...draft.begun].map(([name]) => name))];
    const meant = names.filter((name) => !same(of(draft.values, name), of(draft.begun, name)));
    this.addRows(meant);
    const changed = meant.filter((name) => !this.touched.has(name) && !same(of(this.read(), name), of(draft.values, name)));
    for (const name of changed) this.fill(name, of(draft.values, name));
    return new Set(changed);
  }

  fill(name, values) {
    for (const box of this.boxes().filter((it) => it.name === name)) {
      if (["checkbox", "radio"].includes(box.type)) box.checked = values.includes(box.value);
      else box.value = values[0] ?? "";
      if (values.length) box.closest("details")?.setAttribute("open", "");
    }
  }

  /* Rows that she had added: by the button that adds them, as often as it helps. */
  addRows(names) {
    const focused = document.activeElement;
    for (const button of this.form.querySelectorAll("[data-rows-add]")) {
      const own = names.filter((name) => name.startsWith(`${button.dataset.rowsAdd}-`));
      const lacks = () => own.some((name) => !this.form.elements.namedItem(name));
      for (let tries = 30; tries && lacks(); tries--) button.click();
    }
    focused?.focus?.();
  }

  /* The version under her words stays the one that she typed them over; true where it is not the server's any more. */
  takeVersions(seen, changed) {
    let isOld = false;
    for (const box of this.versions()) {
      const [, before] = seen.find(([name]) => name === box.name) ?? [];
      const isHers = /^(seen|revision)$/.test(box.name) || changed.has(box.name.replace(/(^|-)initial-/, "$1"));
      if (before === undefined || before === box.value || !isHers) continue;
      isOld = true;
      box.value = before;
    }
    return isOld;
  }

  tell(draft, isOld) {
    const note = parts.content.querySelector("[data-back]").cloneNode(true);
    for (const time of note.querySelectorAll("time")) time.textContent = when(time.dataset.at === "pressed" ? draft.pressedAt ?? 0 : draft.at);
    note.querySelector("[data-typed]").hidden = Boolean(draft.pressedAt);
    note.querySelector("[data-pressed]").hidden = !draft.pressedAt;
    note.querySelector("[data-old]").hidden = !isOld;
    note.querySelector("[data-files]").hidden = !this.form.querySelector("input[type=file]") || Boolean(this.form.querySelector("[data-pieces]"));
    note.querySelector("button").addEventListener("click", () => this.letGo(draft));
    this.form.prepend(note);
    this.note = note;
  }

  async letGo(draft) {
    await room.drop(draft);
    this.form.reset();
    location.replace(this.address);
  }

  /* ── typing ── */

  async typed({ name, type }) {
    if (!name || SKIPPED.has(type) || this.skipped.has(name)) return;
    this.touched.add(name);
    await this.ready;
    await this.keepOn();
  }

  async keepOn() {
    if (this.isResting) return;
    await this.keep(this.draft());
    if (!this.isResting) this.say(this.unkept ? "unkept" : "here");
  }

  async keep(draft) {
    if (!this.isResting) this.unkept = !(await room.keep(draft));
  }

  say(word, link) {
    const isFine = word === "sending";
    const icon = icons.querySelector(`[data-icon="${isFine ? "check" : "off"}"] svg`).cloneNode(true);
    const said = parts.dataset[word === "here" && !facts.user ? "tab" : word];
    this.line.replaceChildren(icon, said, ...(link ? [" ", link] : []));
    this.line.classList.toggle("saved--local", !isFine);
  }

  /* ── a file lies beside them ── */

  hush() {
    this.isResting = true;
    this.unkept = false;
    this.line.replaceChildren();
    this.note?.remove();
  }

  /* They lie with the file by now, or were sent with it. */
  rest() {
    if (this.isResting) return this.ready;
    this.hush();
    const drop = () => room.drop({ address: this.address, unit: UNIT });
    return (this.ready = this.ready.then(drop).catch(() => null));
  }

  /* The file was given up, or refused: what she said about it is hers. */
  wake() {
    if (!this.isResting) return;
    this.isResting = false;
    this.ready = this.ready.then(() => this.woken()).catch((error) => console.info("nothing put back", error));
  }

  async woken() {
    await this.open();
    if (!this.isBlank) await this.keepOn();
  }

  /* Whether it says no more than when the page was opened. */
  get isBlank() {
    return same(this.read(), this.begun);
  }

  /* The form is empty again; what she had typed into it before that file comes back. */
  anew() {
    this.hush();
    this.isResting = false;
    this.form.dataset.kept = "";
    Object.assign(this, { begun: this.read(), touched: new Set(), mark: fresh(), pressedAt: undefined });
    this.ready = this.ready.then(() => this.open()).catch((error) => console.info("nothing put back", error));
  }

  /* ── sending ── */

  /* With a line the browser sends it as any form. Without one it stays here, and goes by itself while this page is open. */
  pressed(event) {
    if (event.defaultPrevented) return;
    this.marked().value = this.mark;
    this.pressedAt = Date.now();
    if (navigator.onLine && (!document.documentElement.dataset.kept || this.isFresh)) {
      this.isSent = true;
      return this.keep(this.draft());
    }
    event.preventDefault();
    this.held = { submitter: event.submitter };
    this.wait();
  }

  marked() {
    const known = this.form.elements.namedItem("form_mark");
    if (known) return known;
    const box = Object.assign(document.createElement("input"), { type: "hidden", name: "form_mark" });
    this.form.append(box);
    return box;
  }

  async wait() {
    await this.ready;
    await this.keep(this.draft());
    this.say(this.unkept ? "unkept" : "offline");
    await this.again();
  }

  async again() {
    if (!this.held || this.isAsking) return;
    clearTimeout(this.timer);
    this.isAsking = true;
    const trouble = await this.asked();
    this.isAsking = false;
    if (trouble === "down") this.timer = setTimeout(() => this.again(), AGAIN);
    else if (trouble === "login") this.say("login", this.wayIn());
    else if (trouble) this.say(trouble);
    else this.go();
  }

  /* Whether there is a line, and whether it is still she who is signed in; a fresh token comes along. */
  async asked() {
    if (!navigator.onLine) return "down";
    const { status, body } = await greet();
    if (status === 0 || status >= 500) return "down";
    if (!facts.user) return "";
    if (status !== 200) return "login";
    if (!(await isHolder(body.user))) return "other";
    for (const box of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) box.value = body.csrf;
    return "";
  }

  wayIn() {
    const href = `${facts.login}?next=${encodeURIComponent(this.address)}`;
    return Object.assign(document.createElement("a"), { href, textContent: parts.dataset.signIn });
  }

  go() {
    const { submitter } = this.held;
    this.held = null;
    this.isFresh = true;
    this.say("sending");
    this.form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  }

  /* Back from the page that it led to: what is typed now is another filling-in. */
  async shownAgain() {
    this.isSent = false;
    if (!this.pressedAt || (await room.find(this.address).catch(() => null))) return;
    Object.assign(this, { mark: fresh(), pressedAt: undefined });
  }
}

if (parts && globalThis.crypto?.subtle && globalThis.indexedDB) {
  for (const form of document.querySelectorAll("form[data-kept]")) if (!form.querySelector("[data-pieces]")) new Kept(form);
}
