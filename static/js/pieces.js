/* A file goes to the server in pieces and goes on where it stopped: after a cut line, a closed tab, on another device.
   What is shown is what the server has. The file itself is kept on the device (IndexedDB) until it is sent, where there is room;
   else the same file is chosen again, known by its fingerprint. Without scripts the form posts the file with itself. */
const ENDS = 256 * 1024; // as in ocop/files/uploads.py
const FIRST = 128 * 1024;
const SMALLEST = 32 * 1024;
const QUICK = 1500; // milliseconds: a piece that took less is followed by a longer one
const SLOW = 8000;
const PATIENCE = 90_000; // for one piece
const LONGEST_REST = 30_000;
const KEPT_DAYS = 7;
const megabytes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/* ── the files themselves, on the device ── */

function store(mode, use) {
  return new Promise((resolve) => {
    const opened = indexedDB.open("ocop-uploads", 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore("files", { keyPath: "key" });
    opened.onerror = () => resolve();
    opened.onsuccess = () => {
      const asked = use(opened.result.transaction("files", mode).objectStore("files"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(); // no room, or a private window: the file is chosen again
    };
  });
}
const keep = (key, file) => store("readwrite", (files) => files.put({ key, file, at: Date.now() }));
const kept = async (key) => (await store("readonly", (files) => files.get(key)))?.file;
const forget = (key) => store("readwrite", (files) => files.delete(key));

async function forgetOld() {
  const before = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const { key, at } of (await store("readonly", (files) => files.getAll())) ?? []) if (at < before) await forget(key);
}

/* ── talking ── */

async function hex(bytes) {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fingerprint(file) {
  const parts = [new TextEncoder().encode(`${file.size}\n`), file.slice(0, ENDS), file.slice(Math.max(0, file.size - ENDS))];
  return hex(await new Blob(parts).arrayBuffer());
}

class Line {
  constructor(box, token) {
    Object.assign(this, { begun: box.dataset.pieces, base: box.dataset.uploads, token });
  }

  /* Answers {status, body}; throws where no answer came, or one that says: later. */
  async ask(method, url, { body, headers = {}, signal } = {}) {
    const answer = await fetch(url, { method, body, signal, headers: { "X-CSRFToken": this.token, Accept: "application/json", ...headers } });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
  }

  begin(facts) {
    return this.ask("POST", this.begun, { body: JSON.stringify(facts), headers: { "Content-Type": "application/json" } });
  }

  waiting() {
    return this.ask("GET", this.begun);
  }

  standing(key) {
    return this.ask("GET", `${this.base}${key}/`);
  }

  async piece(key, offset, bytes, signal) {
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": offset, "Upload-Digest": await hex(bytes) };
    return this.ask("PATCH", `${this.base}${key}/`, { body: bytes, headers, signal });
  }

  finish(key) {
    return this.ask("POST", `${this.base}${key}/finish/`);
  }

  drop(key) {
    return this.ask("DELETE", `${this.base}${key}/`);
  }
}

/* ── one file on its way ── */

class Job {
  constructor(room, upload, file) {
    Object.assign(this, { room, line: room.line, key: upload.key, name: upload.name, size: upload.size, received: upload.received });
    Object.assign(this, { longest: upload.chunk, state: upload.state, file, length: FIRST, failures: 0, stopped: false });
    this.item = room.row(this);
  }

  show(word, { wrong = "" } = {}) {
    const words = this.item.querySelector("[role=status]");
    const bar = this.item.querySelector("progress");
    const percent = Math.floor((100 * this.received) / this.size);
    bar.value = percent;
    bar.hidden = Boolean(wrong) || word === "kept";
    bar.classList.toggle("is-paused", word === "waiting" || word === "again");
    const amount = `${megabytes.format(this.received / 1e6)} ${words.dataset.of} ${megabytes.format(this.size / 1e6)} MB · ${percent} %`;
    words.textContent = wrong || `${amount} · ${words.dataset[word].replace("{n}", percent)}`;
    words.classList.toggle("wrong", Boolean(wrong));
    this.word = word;
  }

  async run() {
    this.show("sending");
    while (!this.stopped && this.received < this.size) await this.step();
    if (!this.stopped) await this.finish();
  }

  async step() {
    const began = performance.now();
    let bytes;
    try {
      bytes = await this.file.slice(this.received, this.received + Math.min(this.length, this.longest)).arrayBuffer();
    } catch {
      return this.ask(); // moved or changed on the device
    }
    this.cutting = new AbortController();
    const late = setTimeout(() => this.cutting.abort(), PATIENCE);
    try {
      const { status, body } = await this.line.piece(this.key, this.received, bytes, this.cutting.signal);
      if (status === 200 || status === 409) this.follow(body.received, performance.now() - began);
      else if (status === 400) throw new Error("damaged");
      else this.fail(status === 404 ? "gone" : "signedout");
    } catch {
      await this.rest();
    } finally {
      clearTimeout(late);
    }
  }

  follow(received, took) {
    this.received = received;
    this.failures = 0;
    if (took < QUICK) this.length = Math.min(2 * this.length, this.longest);
    else if (took > SLOW) this.length = Math.max(this.length / 2, SMALLEST);
    this.show("sending");
  }

  /* Longer after each failure, shorter when the device says that the line is back; then what the server has is asked. */
  async rest() {
    if (this.stopped) return;
    this.failures += 1;
    this.length = Math.max(this.length / 2, SMALLEST);
    this.show("waiting");
    const pause = Math.min(LONGEST_REST, 1000 * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 2);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
    });
    try {
      const { status, body } = await this.line.standing(this.key);
      if (status === 200) this.received = body.received;
      else this.fail(status === 404 ? "gone" : "signedout");
    } catch {
      /* still no line: the next piece will tell */
    }
  }

  async finish() {
    this.show("checking");
    for (;;) {
      try {
        const { status, body } = await this.line.finish(this.key);
        if (status !== 200) return this.fail(status === 404 ? "gone" : "signedout");
        await forget(this.key);
        this.state = body.state;
        if (body.state === "kept") this.room.take(this);
        else this.room.refuse(this, body.refused);
        return;
      } catch {
        await this.rest();
        if (this.stopped) return;
      }
    }
  }

  fail(word) {
    this.stopped = true;
    this.show("waiting", { wrong: this.item.querySelector("[role=status]").dataset[word] });
    this.room.changed();
  }

  ask() {
    this.stopped = true;
    this.file = null;
    this.show("again");
    this.room.changed();
  }

  async drop() {
    this.stopped = true;
    this.cutting?.abort();
    this.item.remove();
    this.room.leave(this);
    await forget(this.key);
    await this.line.drop(this.key).catch(() => {});
  }
}

/* ── the form that they are for ── */

class Room {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.input = this.form.querySelector("input[type=file]");
    this.hidden = this.form.elements.received;
    this.list = box.querySelector("ul");
    this.hint = box.querySelector("[data-pieces-wait]");
    this.line = new Line(box, this.form.elements.csrfmiddlewaretoken.value);
    this.jobs = new Map();
    this.input.addEventListener("change", () => this.chosen([...this.input.files]));
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    if (this.input.files.length) this.chosen([...this.input.files]); // on a slow line before this script was there
    this.goOn();
  }

  row(job) {
    const item = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
    item.querySelector(".uploads__name").textContent = job.name;
    const stop = item.querySelector("button");
    stop.setAttribute("aria-label", `${stop.getAttribute("aria-label")} ${job.name}`);
    stop.onclick = () => job.drop();
    this.list.prepend(item);
    return item;
  }

  /* What was on its way when the page was left. */
  async goOn() {
    await forgetOld();
    const { status, body } = await this.line.waiting().catch(() => ({ status: 0 }));
    if (status !== 200) return;
    for (const upload of body) {
      if (this.jobs.has(upload.key)) continue;
      const file = await kept(upload.key);
      const job = new Job(this, upload, file);
      this.jobs.set(upload.key, job);
      if (upload.state === "kept") this.take(job);
      else if (upload.state === "whole") job.finish();
      else if (file) job.run();
      else job.show("again");
    }
  }

  async chosen(files) {
    this.input.setCustomValidity("");
    this.refused?.remove();
    for (const file of files.slice(0, 1)) {
      this.pending = true;
      this.changed();
      try {
        await this.send(file);
      } catch {
        return; // nothing is known of it yet and there is no line: the file stays in its field
      } finally {
        this.pending = false;
        this.changed();
      }
    }
  }

  async send(file) {
    const { status, body } = await this.line.begin({ name: file.name, size: file.size, digest: await fingerprint(file) });
    if (status !== 201) return this.tell(Object.values(body.errors ?? {}).flat().join(" ") || String(status));
    const known = this.jobs.get(body.key);
    known?.item.remove();
    if (known) known.stopped = true;
    const job = new Job(this, body, file);
    this.jobs.set(body.key, job);
    this.input.value = "";
    this.input.required = false;
    this.hidden.value = "";
    await keep(body.key, file);
    if (body.state === "kept") this.take(job);
    else job.run();
  }

  tell(words) {
    const job = { name: this.input.files[0]?.name ?? "", drop: () => item.remove() };
    const item = this.row(job);
    const status = item.querySelector("[role=status]");
    status.textContent = words;
    status.classList.add("wrong");
    item.querySelector("progress").hidden = true;
    this.input.value = "";
  }

  take(job) {
    job.received = job.size;
    job.show("kept");
    this.hidden.value = job.key;
    this.input.required = false;
    this.changed();
    if (this.held) this.form.requestSubmit(this.held.submitter ?? undefined);
    this.box.dispatchEvent(new CustomEvent("pieces:kept", { bubbles: true, detail: { key: job.key } }));
  }

  refuse(job, words) {
    this.held = null;
    job.stopped = true;
    job.show("waiting", { wrong: words });
    job.item.querySelector("button").onclick = () => job.item.remove();
    this.leave(job);
    this.refused = job.item;
  }

  leave(job) {
    this.jobs.delete(job.key);
    if (this.hidden.value === job.key) this.hidden.value = "";
    this.changed();
  }

  get busy() {
    return this.pending || [...this.jobs.values()].some((job) => job.state !== "kept" && !job.stopped && job.file);
  }

  changed() {
    this.hint.hidden = !this.held || !this.busy;
  }

  /* Pressed before the file is there: the form waits for it and then sends itself. Pressed where the file was refused,
     it stays with the words that say why: sent without a file it would only say that one is wanted. */
  hold(event) {
    if (this.hidden.value) return;
    const refused = this.refused?.isConnected && !this.input.files.length;
    if (!this.busy && !refused) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.busy) {
      this.input.focus();
      return;
    }
    this.held = { submitter: event.submitter };
    this.changed();
  }
}

const box = document.querySelector("[data-pieces]");
if (box && globalThis.crypto?.subtle && globalThis.indexedDB) new Room(box);
