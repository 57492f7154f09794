/* The form of a paper: its file goes to the server in pieces (parcel.js) and lies on this device until it is there (files.js), chosen with a
   line or without. What is filled in before lies there as of any form (kept.js), then with the file. What is shown is what the server has.
   Where the device keeps nothing the same file is chosen again, known by its fingerprint. Without scripts the form posts it with itself. */
import { change, content, drop, files } from "./files.js";
import { ask } from "./line.js";
import { Kept } from "./kept.js";
import { fingerprint } from "./parcel.js";
import { Row } from "./row.js";

const NOT_HERS = ["csrfmiddlewaretoken", "form_mark", "received"]; // by its number an upload is one paper, no mark is needed
const here = () => location.pathname + location.search;

const isAsked = ({ isPressed, refused, draft }) => !isPressed && !refused && Boolean(draft); // the form speaks of it

class Room {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.input = this.form.querySelector("input[type=file]");
    this.isWanted = this.input.required;
    this.hidden = this.form.elements.received;
    this.list = box.querySelector("ul");
    this.hint = box.querySelector("[data-pieces-wait]");
    this.rows = new Set();
    this.input.addEventListener("change", () => this.chosen(this.input.files[0]));
    this.form.addEventListener("submit", (event) => this.pressed(event), true);
    this.form.addEventListener("input", ({ target }) => target !== this.input && this.typed());
    if (document.documentElement.dataset.kept) this.preset();
    const lying = files().then((all) => all.filter((it) => it.begun === box.dataset.pieces)).catch(() => []);
    this.words = new Kept(this.form, lying.then((all) => all.some(isAsked)));
    if (this.input.files.length) this.chosen(this.input.files[0]); // on a slow line before this script was there
    this.open(lying);
  }

  /* A page out of the drawer does not know what its address asks for. */
  preset() {
    const asked = new URLSearchParams(location.search);
    if (asked.get("kind")) this.form.elements.kind.value = asked.get("kind");
    const box = this.form.querySelector(`[name=criteria][value="${CSS.escape(asked.get("criterion") ?? "")}"]`);
    if (!box) return;
    box.checked = true;
    box.closest("details").open = true;
  }

  /* ── what is on its way since before ── */

  async open(lying) {
    const found = await lying;
    for (const file of found) this.found(file, file.isReceived ? null : content(file));
    const [last] = [...this.rows].filter(({ file }) => found.includes(file) && isAsked(file)).reverse();
    if (last && !this.current) this.show(last);
    const { status, body } = await ask("GET", this.box.dataset.pieces).catch(() => ({}));
    if (status !== 200) return;
    const isOf = (upload) => (it) => it.file.key === upload.key || it.file.digest === upload.digest;
    for (const upload of body) if (![...this.rows].some(isOf(upload))) this.found({ ...this.told(upload), id: upload.key, key: upload.key }, null);
    const isOver = ({ file, ended }) => ended === "received" && !body.some((upload) => upload.key === file.key);
    for (const row of [...this.rows].filter((it) => found.includes(it.file) && isOver(it))) row.file.isPosted ? this.spent(row) : this.over(row);
  }

  found(file, bytes) {
    const row = new Row(this, file, bytes, { isFound: true });
    this.rows.add(row);
    row.run();
  }

  /* The facts of a paper that was not sent off yet stand in the form again. */
  show(row) {
    this.current = row;
    this.input.required = false;
    this.words.restore(row.file.draft);
  }

  /* It is not on its way any more; what she said about it stays in the form. */
  over(row) {
    row.leave();
    drop(row.file);
  }

  /* A paper was made of it already: what the form says about it is said. */
  spent(row) {
    if (this.current === row) this.free();
    this.over(row);
  }

  /* Who keeps her words: the file they are about once it lies on this device, the form's own keeper before. */
  async hand() {
    const file = this.current?.file;
    if (!file?.isHere) return this.words.wake();
    const isThere = await change(file, this.said());
    if (isThere && this.current?.file === file) this.words.rest();
  }

  /* ── chosen, filled in, pressed ── */

  told({ name, size, digest }) {
    const { pieces, uploads } = this.box.dataset;
    return { begun: pieces, uploads, form: here(), page: here(), title: document.title.split(" · OCOP ")[0], name, size, digest };
  }

  values() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !NOT_HERS.includes(name));
  }

  /* To be sent, and to be put back. */
  said() {
    return { values: this.values(), draft: this.words.draft() };
  }

  async chosen(file) {
    if (!file) return;
    this.input.setCustomValidity("");
    if (this.refused) this.over(this.refused);
    const digest = await fingerprint(file);
    const told = { ...this.told({ name: file.name, size: file.size, digest }), id: crypto.randomUUID(), ...this.said() };
    const same = [...this.rows].find((it) => it.file.digest === digest);
    if (same) Object.assign(told, { key: same.file.key });
    if (same) this.over(same);
    const row = new Row(this, told, file);
    this.rows.add(row);
    this.current = row;
    Object.assign(this.input, { value: "", required: false });
    this.hidden.value = "";
    row.keep(file);
    row.show("sending");
    row.run();
  }

  typed() {
    if (this.current) change(this.current.file, this.said());
  }

  /* Pressed before the file is there: the form waits for it and is sent with it, from whichever page is open then; without a line the form
     is free for the next paper. Pressed where the file was refused, it stays with the words that say why; pressed without a file it is the
     server that asks for one, as for all that lacks. */
  pressed(event) {
    const row = this.current;
    const isBare = !row && !this.input.files.length;
    if (this.isNative || (!row && !(isBare && (this.refused || (this.isWanted && !navigator.onLine))))) return;
    event.preventDefault();
    event.stopPropagation();
    if (isBare && !this.refused) return this.form.reportValidity();
    if (!row) return this.input.focus();
    const isFree = row.word === "waiting" && row.file.isHere;
    if (isFree && !this.form.reportValidity()) return;
    this.held = { row, submitter: event.submitter };
    row.press(this.said());
    if (isFree) this.letGo(row);
    this.changed();
  }

  free() {
    this.current = this.held = null;
    this.form.reset();
    this.blank = JSON.stringify(this.values());
    this.empty();
    this.words.anew();
  }

  letGo(row) {
    this.free();
    row.show("waiting");
    row.item.scrollIntoView({ block: "nearest" });
  }

  empty() {
    this.hidden.value = "";
    this.input.required = this.isWanted;
  }

  /* ── how it ended ── */

  ended(row, ended) {
    const { file, parcel } = row;
    const act = {
      made: () => this.made(row),
      received: () => (file.isPressed ? row.run() : this.take(row)),
      unfit: () => this.unfit(row),
      refused: () => this.refuse(row),
      again: () => (file.isReceived ? this.over(row) : this.askAgain(row)),
      login: () => row.signIn(row.words.dataset.signedout),
      other: () => row.show("waiting", { wrong: document.getElementById("ui-texts").dataset.other }),
      stopped: () => row.item.isConnected && !parcel.isStopped && this.spent(row),
    };
    act[ended]();
    this.changed();
  }

  async made(row) {
    await drop(row.file);
    if (this.held?.row === row) await this.words.rest();
    if (this.held?.row === row || this.isIdle) return location.assign(row.parcel.next);
    row.show("made");
    row.item.querySelector("button").onclick = () => row.leave();
    this.rows.delete(row);
  }

  /* Nothing stands in the form or before the camera that another page would lose. */
  get isIdle() {
    const isShot = this.form.querySelector("[data-capture] li, [data-desk]:not([hidden])");
    return !this.current && !this.held && !isShot && JSON.stringify(this.values()) === this.blank;
  }

  take(row) {
    this.current ??= row;
    row.show("received");
    if (row.file.unfit) row.show("received", { wrong: row.file.unfit });
    if (this.current !== row) return;
    this.hidden.value = row.file.key;
    this.input.required = false;
  }

  /* What she filled in will not do: the page that comes back says so at its place. */
  async unfit(row) {
    if (this.held?.row === row) {
      await change(row.file, { isPosted: true });
      this.hidden.value = row.file.key;
      this.isNative = true;
      return this.form.requestSubmit(this.held.submitter ?? undefined);
    }
    if (!this.current && !this.words.isBlank) return row.show("received", { wrong: row.file.unfit }); // the form speaks of another
    if (!this.current) this.show(row);
    return this.take(row);
  }

  refuse(row) {
    if (this.held?.row === row) this.held = null;
    row.show("waiting", { wrong: row.parcel.wrong });
    row.item.querySelector("button").onclick = () => this.over(row);
    this.refused = row;
    this.leaveCurrent(row);
  }

  /* The bytes are on another device, or were not kept on this one. */
  askAgain(row) {
    row.show("again");
    change(row.file, { draft: null }); // what the form says is kept as before it was chosen
    if (this.held?.row === row) this.held = null;
    this.leaveCurrent(row);
  }

  left(row) {
    this.rows.delete(row);
    if (this.refused === row) this.refused = null;
    if (this.held?.row === row) this.held = null;
    this.leaveCurrent(row);
    this.changed();
  }

  /* The form is for the next that waits for its facts. */
  leaveCurrent(row) {
    if (this.current !== row) return;
    this.current = null;
    this.empty();
    const next = [...this.rows].find((it) => it.ended === "received");
    if (next) this.take(next);
  }

  changed() {
    this.hint.hidden = !this.held || Boolean(this.held.row.ended);
    if (this.held) this.hint.textContent = this.hint.dataset[this.held.row.file.isHere ? "here" : "open"];
    this.hand();
  }
}

/* What nobody needs at once: the camera's heavy desk, and what fills the drawer with pages. */
const later = [...document.querySelectorAll("[data-capture], [data-later]")].map((it) => it.dataset.src);
const bring = () => later.forEach((it) => import(it).catch((error) => console.info("not brought", it, error)));
if (document.readyState === "complete") bring();
else addEventListener("load", bring, { once: true });

const box = document.querySelector("[data-pieces]");
if (box && globalThis.crypto?.subtle && globalThis.indexedDB) new Room(box);
