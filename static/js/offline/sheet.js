/* The score sheet on the device: the list of criteria, the one in the middle, its evidence, the sum at the foot. */
import { tally } from "./law.js";
import { Opinion } from "./opinion.js";
import { all, note, one, say, stamp } from "./page.js";
import { change, choose, shown } from "./queue.js";
import { clipName, pageName } from "./vault.js";

const WAIT = 600;
const root = one("#sheet");
const sprite = root.dataset.sprite;

/* What a bundle of an earlier version draws points at icons that may be gone: they are taken from this page's sprite. */
function freshIcons(part) {
  for (const use of all("use", part)) use.setAttribute("href", `${sprite}#${use.getAttribute("href").split("#")[1]}`);
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const icon = (name) => one(`#t-icon-${name}`).content.firstElementChild.cloneNode(true);

export class Sheet {
  constructor(vault, changed) {
    Object.assign(this, { vault, changed, address: null, opinion: new Opinion(vault, changed) });
    addEventListener("keydown", (event) => this.key(event));
  }

  get sheet() {
    return this.vault.sheets.get(this.product.id);
  }

  get codes() {
    return this.set.parts.flatMap((part) => part.sections.flatMap((section) => section.criteria));
  }

  sum(product = this.product) {
    const set = this.vault.bundle.sets[product.set];
    const sheet = this.vault.sheets.get(product.id);
    const values = Object.fromEntries(Object.keys(set.criteria).map((code) => [code, shown(sheet, code).value]));
    return tally(set, this.vault.bundle.policy, values);
  }

  open(product, code) {
    if (this.timer) this.keep();
    this.product = product;
    this.set = this.vault.bundle.sets[product.set];
    const sum = this.sum();
    this.code = this.set.criteria[code] ? code : (sum.unanswered[0] ?? this.codes[0]);
    one("[data-name]").textContent = product.name;
    one("[data-sub]").textContent = `${product.producer} · ${product.code}`;
    this.drawCard();
    this.drawEvidence();
    this.opinion.open(product, { isLast: this.code === this.codes.at(-1) });
    this.draw();
  }

  /* What changes with each choice. */
  draw() {
    const sum = this.sum();
    this.drawIndex(sum);
    this.drawTally(sum);
    this.drawGate(sum.gates[this.code]);
    this.drawDiffer();
    this.drawSaid();
    this.opinion.draw();
  }

  drawIndex(sum) {
    const index = one("[data-index]", root);
    const place = index.scrollTop;
    const missed = Object.keys(sum.gates);
    one("[data-sum]", root).textContent = say("answered", { n: sum.answered, all: sum.count });
    one("[data-jump]", root).textContent = say("jump", { n: this.codes.indexOf(this.code) + 1, all: sum.count, left: sum.unanswered.length });
    index.replaceChildren(...this.set.parts.map((part) => this.part(part, sum, missed)));
    index.scrollTop = place;
  }

  part(part, sum, missed) {
    const made = stamp("part", { title: part.title, name: part.name });
    for (const section of part.sections) {
      const drawn = stamp("section", { name: section.name, have: sum.points(section.criteria), most: section.points });
      one("ol", drawn).append(...section.criteria.map((code) => this.line(code, sum, missed)));
      made.append(drawn);
    }
    return made;
  }

  line(code, sum, missed) {
    const { name, points } = this.set.criteria[code];
    const state = missed.includes(code) ? "gate" : sum.unanswered.includes(code) ? "todo" : "done";
    const have = state === "todo" ? "–" : sum.points([code]);
    const line = stamp("line", { code, name, have, most: points, state: say(state, { star: sum.aim }) });
    const link = one("a", line);
    link.href = `#${this.product.id}/${code}`;
    if (state !== "todo") link.classList.add(`is-${state}`);
    if (code === this.code) link.setAttribute("aria-current", "true");
    link.prepend(icon(state));
    return line;
  }

  drawTally(sum) {
    const drawn = stamp("tally", { total: sum.total, most: this.set.total });
    const list = one(".tally__parts", drawn);
    const model = list.firstElementChild;
    list.replaceChildren(...sum.parts.map((part) => this.tallyPart(model.cloneNode(true), part)));
    one(".stars", drawn).replaceWith(one(`#t-stars-${sum.stars}`).content.firstElementChild.cloneNode(true));
    one(".tally__why b", drawn).textContent = say("stars", { n: sum.stars });
    const gates = Object.keys(sum.gates);
    const why = gates.length ? say("below", { codes: gates.join(", "), star: sum.aim }) : "";
    const left = sum.unanswered.length ? say("left", { n: sum.unanswered.length, points: sum.left }) : "";
    one(".tally__why p", drawn).textContent = `${why} ${left}`.trim();
    one("[data-tally]").replaceChildren(drawn);
  }

  tallyPart(drawn, part) {
    for (const [selector, text] of [[".tally__label b", part.title], [".tally__name", part.name], [".num b", part.have]]) one(selector, drawn).textContent = text;
    one(".num", drawn).lastChild.data = `/${part.points}`;
    one("rect:last-of-type", drawn).setAttribute("width", `${Math.floor((100 * part.have) / part.points)}%`);
    return drawn;
  }

  drawGate(gate) {
    one("[data-gate]", root).replaceChildren(...(gate ? [stamp("gate", gate)] : []));
  }

  drawDiffer() {
    const both = this.sheet.differ.find((it) => it.criterion === this.code);
    const place = one("[data-differ]", root);
    place.replaceChildren();
    if (!both) return;
    const points = (value) => (value ? value.split(":").at(-1) : "–");
    const drawn = stamp("differ", { mine: points(both.mine.value), theirs: points(both.theirs.value), words: both.words, mine_note: both.mine.note, theirs_note: both.theirs.note });
    for (const button of all("[data-choose]", drawn)) button.addEventListener("click", () => this.choose(button.dataset.choose));
    place.append(drawn);
  }

  async choose(which) {
    await this.vault.keepSheet(choose(this.sheet, this.code, which));
    this.open(this.product, this.code);
    this.changed();
  }

  drawCard() {
    const criterion = this.set.criteria[this.code];
    const place = one("[data-card]", root);
    place.innerHTML = criterion.html;
    freshIcons(place);
    const form = one("form", place);
    const { value, note: words } = shown(this.sheet, this.code);
    const claim = this.product.claims[this.code]?.value;
    for (const radio of all("input[type=radio]", form)) {
      radio.checked = radio.value === value;
      if (radio.value === claim) this.claimed(radio.closest("label"));
    }
    form.elements.note.value = words;
    this.askForNote(form);
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "radio") return;
      this.askForNote(form);
      this.keep();
    });
    form.elements.note.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), WAIT);
    });
    form.elements.note.addEventListener("blur", () => this.timer && this.keep());
    form.addEventListener("submit", (event) => event.preventDefault());
    this.drawTurns(place);
  }

  /* Whether these points want a word, as the Quy chế says: said here, before the seal refuses. */
  askForNote(form) {
    const value = one("input[type=radio]:checked", form)?.value;
    const words = this.product.notes?.[this.code]?.[value] ?? ""; // a bundle of an earlier version has none
    one("[data-note-word]", form).textContent = words && `(${words})`;
    form.elements.note.ariaRequired = words ? "true" : null;
  }

  claimed(label) {
    const marks = one(".level__marks", label) ?? label.appendChild(Object.assign(document.createElement("span"), { className: "level__marks" }));
    marks.append(stamp("claimed"));
  }

  drawTurns(place) {
    const at = this.codes.indexOf(this.code);
    for (const [name, code] of [["before", this.codes[at - 1]], ["next", this.codes[at + 1]]]) {
      const link = one(`[data-${name}]`, place);
      link.hidden = !code;
      link.href = `#${this.product.id}/${code}`;
      one("[data-code]", link).textContent = code ?? "";
    }
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = null;
    const form = one("[data-card] form", root);
    const value = one("input[type=radio]:checked", form)?.value ?? "";
    const words = form.elements.note.value;
    const before = shown(this.sheet, this.code);
    if (before.value === value && before.note.trim() === words.trim()) return;
    const kept = this.vault.keepSheet(change(this.sheet, this.code, { value, note: words }));
    this.draw();
    try {
      await kept;
      one("[data-saved]", root).textContent = say("kept");
    } catch (error) {
      one("[data-saved]", root).textContent = "";
      one("[data-differ]", root).prepend(note("wrong", say(error.name === "QuotaExceededError" ? "full" : "not_kept", { free: "0 KB" })));
    }
    this.changed();
  }

  drawEvidence() {
    const claim = this.product.claims[this.code];
    one("[data-claim]", root).replaceChildren(claim ? stamp("claim", claim) : stamp("no-claim"));
    const { evidence } = this.product;
    const links = [...(evidence[this.code] ?? []), ...(evidence[""] ?? [])];
    one("[data-viewer]", root).hidden = !links.length;
    one("[data-no-papers]", root).hidden = links.length > 0;
    one("[data-papers]", root).replaceChildren(...links.map(([paper, page]) => this.paper(paper, page)));
    if (links.length) this.turn(...links[0]);
    this.drawPrecedents();
  }

  drawPrecedents() {
    const found = this.vault.bundle.precedents?.[this.product.set]?.[this.code]; // a bundle of an earlier version has none
    const place = one("[data-precedents]", root);
    place.replaceChildren();
    if (!found) return;
    const drawn = stamp("precedents", found);
    one("dl", drawn).append(...found.levels.map((level) => this.precedent(level)));
    place.append(drawn);
  }

  precedent(level) {
    const drawn = stamp("precedent", level);
    one("[data-case]", drawn).hidden = !level.case;
    one("progress", drawn).value = level.percent;
    return drawn;
  }

  paper(paper, page) {
    const { title, pages, seconds } = this.vault.bundle.papers[paper];
    const long = seconds === undefined ? say("pages", { n: pages }) : say("clip", { time: clock(seconds) });
    const line = stamp("paper", { title, pages: long });
    const button = one("a", line);
    button.dataset.paper = paper;
    button.href = `#${this.product.id}/${this.code}`;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.turn(paper, page);
    });
    return line;
  }

  /* What the office that owns its kind said of the open paper; a bundle of an earlier version has nothing. */
  drawSaid() {
    const { at, papers } = this.vault.bundle.said ?? { papers: {} };
    const place = one("[data-said]", root);
    const said = papers[this.opened];
    place.hidden = !said;
    place.replaceChildren(...(said ? [stamp(`said-${said.look}`, { ...said, at })] : []));
  }

  async turn(paper, page) {
    const { title, pages, seconds } = this.vault.bundle.papers[paper];
    const isClip = seconds !== undefined;
    for (const link of all("[data-papers] a", root)) link.toggleAttribute("aria-current", link.dataset.paper === String(paper));
    this.opened = paper;
    this.drawSaid();
    one("[data-page]", root).textContent = isClip ? title : say("page_of", { n: page, all: pages });
    for (const [name, to] of [["earlier", page - 1], ["later", page + 1]]) {
      const button = one(`[data-${name}]`, root);
      button.hidden = isClip || to < 1 || to > pages;
      button.onclick = () => this.turn(paper, to);
    }
    for (const tool of all("[data-zoom], [data-turn]", root)) tool.hidden = isClip;
    const wanted = (this.wanted = isClip ? clipName(paper) : pageName(paper, page));
    const data = await this.vault.bytes(wanted);
    if (this.wanted !== wanted) return;
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = data ? URL.createObjectURL(new Blob([data], { type: isClip ? "video/mp4" : "image/jpeg" })) : null;
    this.show(one(".viewer__page", root), data && !isClip ? this.address : "");
    this.show(one(".viewer__clip", root), data && isClip ? `${this.address}#t=${page}` : "");
    one("[data-no-page]", root).hidden = Boolean(data) || isClip;
    one("[data-no-clip]", root).hidden = Boolean(data) || !isClip;
    one(".viewer__page", root).alt = say("page_alt", { n: page, title });
    one(".viewer__clip", root).setAttribute("aria-label", title);
  }

  show(frame, address) {
    frame.hidden = !address;
    if (address) frame.src = address;
    else frame.removeAttribute("src");
  }

  key(event) {
    const isTyping = event.target.closest?.("textarea, input:not([type=radio]), select");
    if (root.hidden || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    const radio = /^[0-9]$/.test(event.key) && one(`[data-card] input[value="${event.key}"]`, root);
    if (radio) {
      radio.checked = true;
      radio.focus();
      this.askForNote(radio.form);
      this.keep();
    } else if (event.key.toLowerCase() === "n") one("[data-next]:not([hidden])", root)?.click();
  }
}
