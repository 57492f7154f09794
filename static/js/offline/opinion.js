/* The words at the foot of the sheet, on the device: kept and sent as a criterion is, and never over another device's words. */
import { all, note, one, say, stamp } from "./page.js";
import { OPINION, change, choose, shown } from "./queue.js";

const WAIT = 600;
const root = one("[data-opinion]");
const field = one("textarea", root);
const saved = one("[data-opinion-saved]", root);
const same = (words, others) => words.trim() === others.trim();

export class Opinion {
  constructor(vault, changed) {
    Object.assign(this, { vault, changed, timer: null });
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      saved.textContent = "";
      this.timer = setTimeout(() => this.keep(), WAIT);
    });
    field.addEventListener("blur", () => this.timer && this.keep());
  }

  get sheet() {
    return this.vault.sheets.get(this.product.id);
  }

  open(product, { isLast }) {
    if (this.timer) this.keep();
    if (product !== this.product) {
      this.product = product;
      saved.textContent = "";
      this.fill();
    }
    if (isLast) root.open = true;
  }

  /* `seen`: the revision that the words before her rest on. */
  fill() {
    const words = shown(this.sheet, OPINION).note;
    if (!same(field.value, words)) field.value = words;
    this.before = field.value;
    this.seen = this.revision;
  }

  get revision() {
    return this.sheet.levels[OPINION]?.r ?? 0;
  }

  /* What another device wrote is taken over unless something else stands here by now: then she is asked once it was sent. */
  draw() {
    const words = shown(this.sheet, OPINION).note;
    if (same(field.value, this.before) || same(field.value, words)) this.fill();
    else if (same(words, this.before)) this.seen = this.revision; // she writes on at what just arrived
    this.drawDiffer();
  }

  drawDiffer() {
    const both = this.sheet.differ.find((it) => it.criterion === OPINION);
    const place = one("[data-opinions-differ]", root);
    place.replaceChildren();
    if (!both) return;
    const drawn = stamp("opinions-differ", { mine: both.mine.note, theirs: both.theirs.note, words: both.words });
    for (const button of all("[data-choose]", drawn)) button.addEventListener("click", () => this.choose(button.dataset.choose));
    place.append(drawn);
    root.open = true;
  }

  async choose(which) {
    clearTimeout(this.timer);
    this.timer = null;
    await this.vault.keepSheet(choose(this.sheet, OPINION, which));
    this.fill();
    this.drawDiffer();
    this.changed();
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = null;
    const words = field.value;
    if (same(shown(this.sheet, OPINION).note, words)) return;
    const kept = this.vault.keepSheet(change(this.sheet, OPINION, { value: "", note: words }, this.seen));
    this.before = words;
    this.drawDiffer();
    try {
      await kept;
      saved.textContent = say("kept");
    } catch (error) {
      saved.textContent = "";
      one("[data-opinions-differ]", root).prepend(note("wrong", say(error.name === "QuotaExceededError" ? "full" : "not_kept", { free: "0 KB" })));
    }
    this.changed();
  }
}
