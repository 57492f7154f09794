/* The page on the device: opened by the PIN or by a login, then the products, a sheet, and what waits to be sent. */
import { Door } from "./door.js";
import { note, one, say, show, stamp } from "./page.js";
import { OPINION, waiting } from "./queue.js";
import { Sender, unsent } from "./sender.js";
import { Server } from "./server.js";
import { Sheet } from "./sheet.js";
import { synchronise } from "./sync.js";
import { Vault } from "./vault.js";

const { base, tenant, back } = one("[data-offline]").dataset;
let [vault, view, sender] = [null, null, null];

/* ── opening ── */

function opened(drawer, session) {
  vault = drawer;
  const server = new Server(base, session.meeting);
  sender = new Sender({ drawer, back, exchange: () => synchronise(vault, server), answered });
  view = new Sheet(vault, () => sender.later());
  one("[data-who]").textContent = vault.bundle.name;
  one("[data-council]").textContent = vault.bundle.meeting.council;
  one("[data-held]").textContent = `${vault.bundle.meeting.held} · ${vault.bundle.meeting.place}`;
  route();
  return sender.send();
}

/* ── moving about ── */

function route() {
  if (!vault) return;
  const [id, code] = location.hash.slice(1).split("/");
  const product = vault.bundle.products.find((it) => String(it.id) === id);
  if (product) {
    show("sheet");
    view.open(product, code);
    scrollTo(0, 0);
    one("[data-following]").href = following(product);
  } else {
    show("list");
    list();
  }
}

function following(product) {
  const { products } = vault.bundle;
  const at = products.indexOf(product);
  const turned = [...products.slice(at + 1), ...products.slice(0, at)];
  const next = turned.find((it) => view.sum(it).unanswered.length);
  return next ? `#${next.id}` : "#";
}

function list() {
  one("[data-products]").replaceChildren(...vault.bundle.products.map(line));
  one("[data-none]").hidden = vault.bundle.products.length > 0;
}

function line(product) {
  const sheet = vault.sheets.get(product.id);
  const sum = view.sum(product);
  const parts = [say("answered", { n: sum.answered, all: sum.count }), say("points", { n: sum.total })];
  if (waiting(sheet)) parts.push(say("waits", { n: waiting(sheet) }));
  else if (sheet.receipt) parts.push(say("received", { at: sheet.receipt.at, code: sheet.receipt.code }));
  const made = stamp("product", { name: product.name, producer: product.producer, facts: parts.join(" · ") });
  one("a", made).href = `#${product.id}`;
  const codes = sheet.differ.map((it) => it.criterion).filter((code) => code !== OPINION);
  if (codes.length) made.append(note("wrong", say("differs", { codes: codes.join(", ") })));
  if (codes.length < sheet.differ.length) made.append(note("wrong", say("opinions_differ")));
  return made;
}

/* ── sending ── */

async function answered(answer) {
  const words = unsent(answer);
  const notes = [];
  if (answer.late) notes.push(note("soon", say("late", { n: answer.late })));
  if (answer.gone) notes.push(note("soon", say("gone", { n: answer.gone })));
  if (answer.wait) notes.push(note("soon", say("wait", { words: answer.wait })));
  if (notes.length) one("[data-troubles]").replaceChildren(...notes);
  if (!vault.bundle.products.length) return over();
  sender.told(words && say(words, { n: vault.waiting }));
  return refresh();
}

/* Nothing under the person's hands moves: an open card is drawn anew only where somebody else changed it. */
function refresh() {
  if (one("#sheet").hidden || !vault.bundle.products.includes(view.product)) return route();
  return view.sheet.differ.length || !one("#sheet").contains(document.activeElement) ? view.open(view.product, view.code) : view.draw();
}

/* Every sheet is sealed or concluded. */
async function over() {
  vault = null;
  await sender.forget();
  show("over");
}

one("[data-send]").addEventListener("click", () => sender?.send());
one("[data-jump-link]").addEventListener("click", (event) => {
  event.preventDefault();
  one("#muc-luc").scrollIntoView();
  one("#muc-luc").focus();
});
addEventListener("hashchange", route);
addEventListener("online", () => sender?.send());
addEventListener("beforeunload", (event) => vault?.waiting && event.preventDefault());
navigator.serviceWorker?.register(`${base}sw.js`, { scope: base, updateViaCache: "none" });
new Door({
  drawers: tenant,
  back,
  drawer: (session, key) => new Vault(session.id, key),
  server: (session) => new Server(base, session.meeting),
  opened,
}).start();
