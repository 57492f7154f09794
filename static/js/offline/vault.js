/* One person's part of one meeting, opened: reads and writes plain values, keeps them encrypted. */
import { decrypt, encrypt } from "./keys.js";
import { forget, names, record, session, write } from "./store.js";
import { waiting } from "./queue.js";

const text = new TextDecoder();
const SHEET = "sheet:";

export const sheetName = (id) => `${SHEET}${id}`;
export const pageName = (paper, page) => `page:${paper}:${page}`;
export const clipName = (paper) => pageName(paper, "clip");

export class Vault {
  constructor(id, key) {
    Object.assign(this, { id, key, sheets: new Map(), line: Promise.resolve() });
  }

  async bytes(name) {
    const found = await record(this.id, name);
    return found && decrypt(this.key, found);
  }

  async read(name) {
    const data = await this.bytes(name);
    return data && JSON.parse(text.decode(data));
  }

  names() {
    return names(this.id);
  }

  async open() {
    this.bundle = await this.read("bundle");
    for (const name of (await names(this.id)).filter((it) => it.startsWith(SHEET))) {
      const sheet = await this.read(name);
      this.sheets.set(sheet.id, sheet);
    }
    return this;
  }

  /* How much of one sheet the server does not have yet. */
  waits(sheet) {
    return waiting(sheet);
  }

  get waiting() {
    return [...this.sheets.values()].reduce((sum, sheet) => sum + this.waits(sheet), 0);
  }

  /* Changes that go by themselves; what she has to choose first does not. */
  get unsent() {
    return [...this.sheets.values()].some((sheet) => sheet.queue.length);
  }

  async #write(changes) {
    await write({ ...(await session(this.id)), waiting: this.waiting }, changes);
  }

  async keepBytes(name, data) {
    await this.#write({ put: [await encrypt(this.key, this.id, name, data)] });
  }

  async dropBytes(names) {
    await this.#write({ remove: names });
  }

  keep(name, value) {
    return this.keepBytes(name, new TextEncoder().encode(JSON.stringify(value)));
  }

  /* One write after the other, each of the newest state: encrypting takes time, and the last word must lie on top. */
  #inLine(deed) {
    this.line = this.line.catch(() => null).then(deed);
    return this.line;
  }

  keepSheet(sheet) {
    this.sheets.set(sheet.id, sheet);
    return this.#inLine(() => this.sheets.has(sheet.id) && this.keep(sheetName(sheet.id), this.sheets.get(sheet.id)));
  }

  /* What offices say of the papers now; written down where that is something else than before. */
  hear(said) {
    return this.#inLine(async () => {
      const before = JSON.stringify(this.bundle.said?.papers);
      this.bundle = { ...this.bundle, said };
      if (before !== JSON.stringify(said.papers)) await this.keep("bundle", this.bundle);
    });
  }

  /* A sheet that is sealed, concluded or no longer hers leaves no trace: its levels, its evidence, its line in the bundle. */
  drop(ids) {
    for (const id of ids) this.sheets.delete(id);
    return this.#inLine(() => this.#erase(ids));
  }

  async #erase(ids) {
    const products = this.bundle.products.filter((it) => !ids.includes(it.id));
    const used = new Set(products.flatMap((it) => Object.values(it.evidence).flat().map(([paper]) => String(paper))));
    const gone = (await names(this.id)).filter((it) => it.startsWith("page:") && !used.has(it.split(":")[1]));
    this.bundle = { ...this.bundle, products, papers: Object.fromEntries(Object.entries(this.bundle.papers).filter(([paper]) => used.has(paper))) };
    const kept = await encrypt(this.key, this.id, "bundle", new TextEncoder().encode(JSON.stringify(this.bundle)));
    await this.#write({ put: [kept], remove: [...gone, ...ids.map(sheetName)] });
  }

  forget() {
    return forget(this.id);
  }
}
