/* One file as the list of its form shows it: how much of it the server has, whether it lies on this device, what is wrong with it. */
import { change, drop, files, put } from "./files.js";
import { Parcel, alone } from "./parcel.js";
import { sizeOf } from "./sizes.js";
import { facts } from "./store.js";

export class Row {
  /* found: lay on the device or on the server when the page was opened */
  constructor(room, file, bytes, { isFound = false } = {}) {
    Object.assign(this, { room, file, isFound, isKeeping: false, why: "", ended: "" });
    this.parcel = new Parcel(file, bytes, (word) => this.show(word));
    this.item = room.box.querySelector("template").content.firstElementChild.cloneNode(true);
    this.item.querySelector(".uploads__name").textContent = file.name;
    this.words = this.item.querySelector("[role=status]");
    const stop = this.item.querySelector("button");
    stop.setAttribute("aria-label", `${stop.getAttribute("aria-label")} ${file.name}`);
    stop.onclick = () => this.giveUp();
    room.list.prepend(this.item);
  }

  show(word, { wrong = "" } = {}) {
    const bar = this.item.querySelector("progress");
    const { size } = this.file;
    const { received } = this.parcel;
    const percent = Math.floor((100 * received) / size);
    bar.value = percent;
    bar.hidden = Boolean(wrong) || ["received", "made"].includes(word);
    bar.classList.toggle("is-paused", ["waiting", "again"].includes(word));
    const amount = `${sizeOf(received)} ${this.words.dataset.of} ${sizeOf(size)} · ${percent} %`;
    this.words.textContent = wrong || [amount, this.said(word), word === "waiting" && this.place()].filter(Boolean).join(" · ");
    this.words.classList.toggle("wrong", Boolean(wrong));
    this.word = word;
  }

  said(word) {
    const key = word === "waiting" && this.file.isPressed && this.file.isHere ? "pressed" : word;
    return this.words.dataset[key].replace("{n}", this.item.querySelector("progress").value);
  }

  /* Whether it may be left alone here. */
  place() {
    if (this.file.isHere) return this.words.dataset.here;
    return this.words.dataset[this.isKeeping ? "keeping" : this.why || "unkept"];
  }

  /* Onto the device, beside its being sent. */
  async keep(bytes) {
    this.isKeeping = true;
    try {
      await put(this.file, bytes);
      navigator.storage?.persist?.();
    } catch (error) {
      this.why = error.name === "QuotaExceededError" ? "full" : "unkept";
    }
    this.isKeeping = false;
    this.room.box.dispatchEvent(new CustomEvent("pieces:here", { bubbles: true, detail: { isHere: this.file.isHere } }));
    this.room.changed();
    if (this.word === "waiting") this.show("waiting");
  }

  async run() {
    this.ended = "";
    if (this.isFound) this.show("waiting");
    const ended = await alone(this.file, true, () => this.go());
    this.ended = ended;
    this.room.ended(this, ended);
  }

  /* Another page may have gone on with it meanwhile. */
  async go() {
    if (this.isFound && this.file.isHere) {
      const now = (await files().catch(() => [])).find((it) => it.id === this.file.id);
      if (!now) return "stopped";
      const { key, isReceived, isPressed, refused } = now;
      Object.assign(this.file, { key, isReceived, isPressed, refused });
      this.isFound = false;
    }
    return this.parcel.send();
  }

  async press(said) {
    await change(this.file, { ...said, isPressed: true, unfit: "" });
    if (this.ended) this.run();
  }

  async giveUp() {
    this.leave();
    await drop(this.file);
    await this.parcel.giveUp();
  }

  leave() {
    this.parcel.stop();
    this.item.remove();
    this.room.left(this);
  }

  signIn(words) {
    const link = document.createElement("a");
    const { signIn } = document.getElementById("ui-texts").dataset;
    Object.assign(link, { href: `${facts.login}?next=${encodeURIComponent(location.pathname + location.search)}`, textContent: signIn });
    this.show("waiting", { wrong: words });
    this.words.append(" ", link);
  }
}
