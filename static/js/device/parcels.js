/* Files that wait on this device, of whichever form: told on the pages that have the room for it, and sent from whichever page is open.
   Those of this page's own form are that form's (pieces.js). */
import { content, drop, files, shots } from "./files.js";
import { ask } from "./line.js";
import { Parcel, alone } from "./parcel.js";
import { sizeOf } from "./sizes.js";
import { facts } from "./store.js";

const AGAIN = 20_000; // a browser does not always say that the line is back
const OURS = document.querySelector("[data-pieces]")?.dataset.pieces;
const note = document.querySelector("[data-files-waiting]");
const list = note?.querySelector("ul");
const items = new Map();
const ended = new Map(); // by number, how it ended on this page: not sent again from here

const waiting = async () => (await files().catch(() => [])).filter((it) => it.begun !== OURS);

/* ── telling ── */

function itemOf(file) {
  const known = items.get(file.id);
  if (known) return known;
  const item = note.querySelector("template").content.firstElementChild.cloneNode(true);
  Object.assign(item.querySelector("a"), { href: file.page, textContent: file.name });
  item.querySelector("[data-title]").textContent = file.title;
  item.querySelector("[data-size]").textContent = sizeOf(file.size);
  const button = item.querySelector("button");
  button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
  button.onclick = () => gone(file);
  list.append(item);
  items.set(file.id, item);
  note.hidden = false;
  return item;
}

function tell(file, word, { words = "", received = 0 } = {}) {
  if (!note) return;
  const item = itemOf(file);
  const state = item.querySelector("[data-state]");
  const said = words || state.dataset[word];
  if (state.textContent !== said) state.textContent = said;
  state.classList.toggle("wrong", Boolean(words));
  item.querySelector("[data-percent]").textContent = word === "sending" ? `${Math.floor((100 * received) / file.size)} %` : "";
  item.querySelector("button").hidden = word !== "refused";
  if (!["login", "other"].includes(word)) return;
  const { dataset } = document.getElementById("ui-texts");
  state.textContent = dataset[word];
  if (word !== "login") return;
  const link = document.createElement("a");
  Object.assign(link, { href: `${facts.login}?next=${encodeURIComponent(location.pathname)}`, textContent: dataset.signIn });
  state.append(" ", link);
}

async function gone(file) {
  await drop(file);
  if (file.key) await ask("DELETE", `${file.uploads}${file.key}/`).catch(() => null);
  items.get(file.id)?.remove();
  items.delete(file.id);
  if (note) note.hidden = !items.size;
}

/* ── sending ── */

/* Whole on the server; whether a paper was made of it meanwhile. */
async function isOver(file) {
  const { status, body } = await ask("GET", file.begun).catch(() => ({}));
  return status === 200 && !body.some((upload) => upload.key === file.key);
}

async function send(file) {
  const now = (await waiting()).find((it) => it.id === file.id);
  if (!now) return "stopped"; // another page ended it
  Object.assign(file, now);
  if (file.isReceived && !file.isPressed) return (await isOver(file)) ? "stopped" : "received";
  const parcel = new Parcel(file, file.isReceived ? null : content(file), (word) => tell(file, word, parcel));
  const how = await parcel.send();
  if (how === "made") await drop(file);
  tell(file, how, { words: parcel.wrong });
  return how;
}

/* Pages before they are a file: told, one line for each form, and left alone. */
async function tellShots() {
  const pages = new Map();
  for (const it of (await shots().catch(() => [])).filter((each) => each.begun !== OURS)) pages.set(it.page, [...(pages.get(it.page) ?? []), it]);
  for (const [page, all] of pages) {
    const size = all.reduce((sum, it) => sum + it.size, 0);
    tell({ id: page, page, name: all[0].title, title: `${all.length} ${note?.dataset.shots}`, size }, "shot");
  }
}

async function run() {
  if (!items.size) await tellShots();
  const all = await waiting();
  for (const file of all) if (!items.has(file.id)) tell(file, file.isReceived && !file.isPressed ? "received" : "waiting", { words: file.refused || file.unfit });
  for (const file of all.filter((it) => !ended.has(it.id))) {
    const how = await alone(file, false, () => send(file));
    if (how) ended.set(file.id, how); // null: another page sends it
    if (how === "stopped" || (how === "again" && file.isReceived)) await gone({ ...file, key: "" });
    if (["login", "other"].includes(how)) return;
  }
  if (all.some((it) => !ended.has(it.id))) setTimeout(start, AGAIN);
}

let running;
function start() {
  running ??= run().finally(() => (running = undefined));
}
addEventListener("online", start);
start();
