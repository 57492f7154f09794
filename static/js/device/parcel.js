/* One file on its way, from where it stands: begun, sent in pieces, checked, and made into a paper once she pressed the button.
   Whatever is cut off goes on there: what the server has is asked for, a lost answer is asked for again, and nothing is made twice
   (a file is begun once by its fingerprint, a paper is made once of one upload). */
import { change, dropContent } from "./files.js";
import { ask } from "./line.js";

const ENDS = 256 * 1024; // as in ocop/files/uploads.py
const FIRST = 128 * 1024;
const SMALLEST = 32 * 1024;
const QUICK = 1500; // milliseconds: a piece that took less is followed by a longer one
const SLOW = 8000;
const PATIENCE = 90_000; // for one piece
const LONGEST_REST = 30_000;

async function hex(bytes) {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function fingerprint(file) {
  const parts = [new TextEncoder().encode(`${file.size}\n`), file.slice(0, ENDS), file.slice(Math.max(0, file.size - ENDS))];
  return hex(await new Blob(parts).arrayBuffer());
}

const JSON_BODY = { "Content-Type": "application/json" };
const nameless = () => document.getElementById("ui-texts").dataset.gone; // an answer without words: a page for eyes, of what is gone
const wordsOf = ({ body }) => body?.error || Object.values(body?.errors ?? {}).flat().join(" ") || nameless();

/* One page at a time sends a file: `patient` waits for the other, else nothing is done. */
export function alone(file, patient, deed) {
  if (!navigator.locks) return deed();
  return navigator.locks.request(`ocop-file ${file.id}`, patient ? {} : { ifAvailable: true }, (free) => (free ? deed() : null));
}

export class Parcel {
  /* file: {id, begun, uploads, form, page, name, size, digest, key, values, isPressed, isReceived, refused}; content: null where it has to
     be chosen again; tell(word) hears each change: sending, waiting, checking. */
  constructor(file, content, tell) {
    Object.assign(this, { file, content, tell, received: file.isReceived ? file.size : 0, length: FIRST, failures: 0, isStopped: false });
  }

  get address() {
    return `${this.file.uploads}${this.file.key}/`;
  }

  /* How it ended: made (with `next`), received (her words are wanted), unfit (they will not do: `wrong` says why), refused (the file will
     not), again (to be chosen anew), login, other, stopped. */
  async send() {
    this.wrong = this.file.refused ?? "";
    this.isKnown = this.isChecked = false;
    while (!this.isStopped) {
      try {
        const ended = await this.step();
        if (ended) return ended;
      } catch {
        await this.rest();
      }
    }
    return "stopped";
  }

  step() {
    const { file } = this;
    if (this.wrong) return "refused";
    if (!file.key) return this.begin();
    if (!this.isKnown) return this.standing();
    if (this.received < file.size) return this.content ? this.piece() : "again";
    if (!this.isChecked) return this.finish();
    return file.isPressed ? this.paper() : "received";
  }

  refuse(answer) {
    this.wrong = wordsOf(answer);
    return "refused";
  }

  async begin() {
    const { name, size, digest } = this.file;
    const { trouble, ...answer } = await ask("POST", this.file.begun, { body: JSON.stringify({ name, size, digest }), headers: JSON_BODY });
    if (trouble) return trouble;
    if (answer.status !== 201) return this.refuse(answer);
    await change(this.file, { key: answer.body.key });
    return this.follow(answer.body);
  }

  async standing() {
    const { trouble, status, body } = await ask("GET", this.address);
    if (trouble) return trouble;
    if (status === 200) return this.follow(body);
    return this.content ? this.begin() : "again"; // nobody went on with it for days
  }

  async follow({ received, chunk, state, refused }) {
    Object.assign(this, { received, longest: chunk, isKnown: true, isChecked: state === "kept" });
    if (refused) return this.condemn(refused);
    if (received < this.file.size) this.tell("sending");
    return "";
  }

  async piece() {
    const began = performance.now();
    const bytes = await this.bytes();
    if (!bytes) return "again"; // moved or changed on the device
    this.cutting = new AbortController();
    const late = setTimeout(() => this.cutting.abort(), PATIENCE);
    try {
      const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": this.received, "Upload-Digest": await hex(bytes) };
      const { trouble, status, body } = await ask("PATCH", this.address, { body: bytes, headers, signal: this.cutting.signal });
      if (trouble) return trouble;
      if (![200, 409].includes(status)) throw new Error(status); // damaged on the way, or gone: the server is asked
      this.went(body.received, performance.now() - began);
      return "";
    } finally {
      clearTimeout(late);
    }
  }

  bytes() {
    return this.content.slice(this.received, this.received + Math.min(this.length, this.longest)).arrayBuffer().catch(() => null);
  }

  went(received, took) {
    this.received = received;
    this.failures = 0;
    if (took < QUICK) this.length = Math.min(2 * this.length, this.longest);
    else if (took > SLOW) this.length = Math.max(this.length / 2, SMALLEST);
    this.tell("sending");
  }

  /* Longer after each failure, shorter when the device says that the line is back; then what the server has is asked. */
  async rest() {
    if (this.isStopped) return;
    this.failures += 1;
    this.length = Math.max(this.length / 2, SMALLEST);
    this.isKnown = this.isChecked = false;
    this.tell("waiting");
    const pause = Math.min(LONGEST_REST, 1000 * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 2);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }

  async finish() {
    this.tell("checking");
    const { trouble, status, body } = await ask("POST", `${this.address}finish/`);
    if (trouble) return trouble;
    if (status !== 200) throw new Error(status);
    if (body.state !== "kept") return this.condemn(body.refused);
    this.isChecked = true;
    await change(this.file, { isReceived: true });
    await dropContent(this.file);
    return "";
  }

  /* No file as this one is taken: sent again it would be refused again. */
  async condemn(words) {
    this.wrong = words;
    await change(this.file, { refused: words });
    await dropContent(this.file);
    return "refused";
  }

  /* The form as she filled it in, with the upload in the place of its file. */
  async paper() {
    const { form, values, key } = this.file;
    const { trouble, ...answer } = await ask("POST", form, { body: new URLSearchParams([...values, ["received", key]]) });
    if (trouble) return trouble;
    if (answer.status === 200 && answer.body?.next) {
      this.next = answer.body.next;
      return "made";
    }
    this.refuse(answer);
    await change(this.file, { isPressed: false, unfit: this.wrong });
    return "unfit";
  }

  stop() {
    this.isStopped = true;
    this.cutting?.abort();
  }

  /* She does not want it any more, here and on the server. */
  async giveUp() {
    this.stop();
    if (this.file.key) await ask("DELETE", this.address).catch(() => null);
  }
}
