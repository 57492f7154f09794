/* One survey on the device: its heads, its items, its photographs; each change is kept at once. */
import { all, note, one, say, stamp } from "./page.js";
import { change, choose, shown } from "./queue.js";
import { photoName } from "./survey_bag.js";
import { placeHere, take } from "./survey_photos.js";

const WAIT = 600;
const root = one("#survey");
const HEADS = ["held_on", "people", "conclusion"];

export class SurveySheet {
  constructor(bag, changed) {
    Object.assign(this, { bag, changed, timers: new Map(), pictures: new Map() });
    for (const code of HEADS) this.wire(one(`[data-head="${code}"]`, root), code);
  }

  get sheet() {
    return this.bag.sheets.get(this.survey.id);
  }

  sum(survey = this.survey) {
    const sheet = this.bag.sheets.get(survey.id);
    return { all: survey.items.length, answered: survey.items.filter((it) => shown(sheet, it.code).value).length, photos: this.bag.photos(survey.id).length };
  }

  open(survey) {
    this.keepAll();
    this.survey = survey;
    one("[data-name]").textContent = survey.name;
    one("[data-sub]").textContent = [survey.producer, survey.address || survey.unit, survey.phone].filter(Boolean).join(" · ");
    one("[data-purpose]", root).textContent = survey.purpose;
    one("[data-items]", root).replaceChildren(...this.items());
    this.fill();
    this.draw();
  }

  items() {
    let group = null;
    return this.survey.items.flatMap((it) => {
      const made = stamp("item", { code: it.code, text: it.text });
      for (const input of all("input[type=radio]", made)) input.name = `v:${this.survey.id}:${it.code}`;
      this.wire(made, it.code);
      one("[data-shoot]", made).addEventListener("change", ({ target }) => this.shoot(it.code, target));
      const head = it.group === group ? [] : [stamp("group", { name: it.group })];
      group = it.group;
      return [...head, made];
    });
  }

  /* The place of an item: fields that keep themselves. */
  wire(place, code) {
    place.dataset.code = code;
    for (const field of all("input[type=radio], input[type=date]", place)) field.addEventListener("change", () => this.keep(place));
    const text = one("textarea", place);
    if (!text) return;
    text.addEventListener("input", () => {
      clearTimeout(this.timers.get(place));
      this.timers.set(place, setTimeout(() => this.keep(place), WAIT));
    });
    text.addEventListener("blur", () => this.timers.has(place) && this.keep(place));
  }

  places() {
    return all("[data-code]", root);
  }

  /* What a place holds now. */
  read(place) {
    const day = one("input[type=date]", place);
    const value = day ? day.value : (one("input[type=radio]:checked", place)?.value ?? "");
    return { value, note: one("textarea", place)?.value.trim() ?? "" };
  }

  /* What the server or another device wrote is taken over, but never under her hands. */
  fill() {
    for (const place of this.places()) if (!this.timers.has(place)) this.put(place, shown(this.sheet, place.dataset.code));
  }

  put(place, { value, note: words }) {
    const day = one("input[type=date]", place);
    if (day && day.value !== value) day.value = value;
    for (const radio of all("input[type=radio]", place)) radio.checked = radio.value === value;
    const text = one("textarea", place);
    if (text && text.value.trim() !== words) text.value = words;
    place.dataset.seen = this.sheet.levels[place.dataset.code]?.r ?? 0;
  }

  async keep(place) {
    clearTimeout(this.timers.get(place));
    this.timers.delete(place);
    const code = place.dataset.code;
    const now = this.read(place);
    const before = shown(this.sheet, code);
    if (now.value === before.value && now.note === before.note) return;
    const kept = this.bag.keepSheet(change(this.sheet, code, now, Number(place.dataset.seen)));
    await this.told(place, kept);
    this.draw();
    this.changed();
  }

  keepAll() {
    for (const place of [...this.timers.keys()]) this.keep(place);
  }

  async told(place, deed) {
    const saved = one("[data-saved]", place);
    try {
      await deed;
      saved.textContent = say("kept");
    } catch (error) {
      saved.textContent = "";
      one("[data-differ]", place).prepend(note("wrong", say(error.name === "QuotaExceededError" ? "full" : "not_kept", { free: "0 KB" })));
    }
  }

  draw() {
    const { answered, all: count } = this.sum();
    one("[data-sum]", root).textContent = say("answered", { n: answered, all: count });
    for (const place of this.places()) this.drawDiffer(place);
    this.drawPhotos();
  }

  drawDiffer(place) {
    const both = this.sheet.differ.find((it) => it.criterion === place.dataset.code);
    const where = one("[data-differ]", place);
    where.replaceChildren();
    if (!both) return;
    const words = ({ value, note: text }) => [value && this.label(value), text].filter(Boolean).join(". ");
    const drawn = stamp("differ", { mine: words(both.mine), theirs: words(both.theirs), words: both.words });
    for (const button of all("[data-choose]", drawn)) button.addEventListener("click", () => this.choose(place, button.dataset.choose));
    where.append(drawn);
  }

  label(value) {
    return one(`#t-item`).content.querySelector(`input[value="${value}"]`)?.nextElementSibling.textContent ?? value;
  }

  async choose(place, which) {
    await this.bag.keepSheet(choose(this.sheet, place.dataset.code, which));
    this.put(place, shown(this.sheet, place.dataset.code));
    this.draw();
    this.changed();
  }

  /* ── photographs ── */

  async shoot(item, input) {
    const files = [...input.files];
    input.value = "";
    const place = input.closest("[data-code]");
    const tell = (name) => one("[data-differ]", place).prepend(note("soon", say(name)));
    const wanted = one("[data-consent]", root).checked;
    for (const file of files) {
      const here = wanted ? await placeHere() : null;
      if (wanted && !here) tell("no_place");
      try {
        await take(this.bag, this.survey.id, item, file, here);
      } catch (error) {
        if (error.name === "QuotaExceededError") tell("not_kept");
        else tell("photo_bad");
      }
    }
    this.drawPhotos();
    this.changed();
  }

  drawPhotos() {
    const photos = this.bag.photos(this.survey.id);
    for (const place of this.places()) {
      const list = one("[data-photos]", place);
      list?.replaceChildren(...photos.filter((it) => it.item === place.dataset.code).map((it, at) => this.photo(it, at + 1)));
    }
  }

  photo(it, number) {
    const state = { waits: say("photo_waits"), sent: say("photo_sent"), refused: say("photo_refused", { words: it.words }) }[it.state];
    const where = it.place ? say("place", { lat: it.place.latitude, lon: it.place.longitude, m: it.place.accuracy }) : "";
    const made = stamp("photo", { name: say("photo_of", { n: number }), state, place: where });
    this.picture(it, one("img", made), say("photo_of", { n: number }));
    const remove = one("button", made);
    remove.hidden = it.state === "sent";
    remove.addEventListener("click", async () => {
      await this.bag.removePhoto(this.survey.id, it.key);
      this.drawPhotos();
      this.changed();
    });
    return made;
  }

  /* Decrypted once and drawn again from there; what was sent is no longer here, but may still be shown until the page closes. */
  async picture(it, image, alt) {
    if (!this.pictures.has(it.key)) {
      const bytes = await this.bag.bytes(photoName(this.survey.id, it.key));
      if (!bytes) return;
      this.pictures.set(it.key, URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })));
    }
    Object.assign(image, { src: this.pictures.get(it.key), alt, hidden: false });
  }
}
