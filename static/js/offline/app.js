/* The page on the device: opened by the PIN or by a login, then the products, a sheet, and what waits to be sent. */
import { keyBytes, readKey, unlock } from "./keys.js";
import { askLogin } from "./login.js";
import { note, one, say, show, stamp } from "./page.js";
import { OPINION, waiting } from "./queue.js";
import { Server } from "./server.js";
import { Sheet } from "./sheet.js";
import { sessions } from "./store.js";
import { synchronise } from "./sync.js";
import { Vault } from "./vault.js";

const SOON = 2500;
const AGAIN = 20_000; // a browser does not always say that the line is back
const { base, tenant, back } = one("[data-offline]").dataset;
const status = one("[data-status]");
let [vault, server, view, timer, running, wanted] = [null, null, null, null, false, false];

/* ── opening ── */

const held = (id) =>
  new Promise((resolve) => {
    navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });

async function unlocked(session, key) {
  const opened = await new Vault(session.id, key).open();
  if (!opened.bundle) return trouble("unreadable");
  if (!(await held(session.id))) return trouble("busy");
  vault = await opened.open(); // anew, now that no other page writes
  server = new Server(base, session.meeting);
  view = new Sheet(vault, () => later());
  one("[data-who]").textContent = vault.bundle.name;
  one("[data-council]").textContent = vault.bundle.meeting.council;
  one("[data-held]").textContent = `${vault.bundle.meeting.held} · ${vault.bundle.meeting.place}`;
  route();
  return send();
}

function trouble(name) {
  one("[data-troubles]").replaceChildren(note("wrong", say(name)));
}

/* Whoever is logged in as the holder needs no PIN. */
async function byLogin(session) {
  const door = new Server(base, session.meeting);
  const greeting = await door.greet();
  if (greeting.status === 401) return greeting.body.login;
  if (greeting.status !== 200 || greeting.body.user !== session.user) return "";
  const { status: code, body } = await door.key();
  if (code !== 200) return "";
  try {
    await unlocked(session, await readKey(keyBytes(body.key)));
  } catch (error) {
    if (error.name === "OperationError") return ""; // the server's secret was changed since: the PIN still opens it
    throw error;
  }
  return null;
}

async function ask(session) {
  show("locked");
  one("[data-waits]").textContent = say(session.waiting ? "waits" : "waits_none", { n: session.waiting });
  const form = one("#pin");
  form.hidden = !session.lock;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const key = await unlock(session.lock, form.elements.pin.value, session.id);
    if (!key) return trouble("wrong_pin");
    form.reset();
    return unlocked(session, key);
  };
  const login = await byLogin(session);
  if (login === null) return;
  if (!session.lock && !login) trouble("needs_login");
  const button = one("[data-login]");
  button.hidden = !login;
  button.onclick = async () => (await askLogin(login, back)) && byLogin(session);
}

async function start() {
  const here = globalThis.indexedDB ? await sessions(tenant) : [];
  if (!here.length) return show("empty");
  if (here.length === 1) return ask(here[0]);
  one("[data-sessions]").replaceChildren(...here.map((it, at) => choice(it, at)));
  return show("choose");
}

function choice(session, at) {
  const line = stamp("session", { n: at + 1, waits: say(session.waiting ? "waits" : "waits_none", { n: session.waiting }) });
  one("button", line).addEventListener("click", () => ask(session));
  return line;
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

function later() {
  told();
  clearTimeout(timer);
  timer = setTimeout(send, SOON);
}

function told(text = "") {
  const count = vault.waiting;
  status.textContent = text || say(count ? "waits" : "waits_none", { n: count });
  one("[data-send]").hidden = !count;
}

async function send() {
  if (!vault) return;
  clearTimeout(timer);
  if (running) {
    wanted = true;
    return;
  }
  [running, wanted] = [true, false];
  try {
    await answered(await synchronise(vault, server));
  } finally {
    running = false;
  }
  if (wanted) await send();
  else if (vault?.unsent) timer = setTimeout(send, AGAIN);
}

async function answered(answer) {
  const words = { offline: "still_here", other: "other_account", trouble: "trouble" }[answer.state];
  if (answer.state === "login") return relogin(answer.login);
  const notes = [];
  if (answer.late) notes.push(note("soon", say("late", { n: answer.late })));
  if (answer.gone) notes.push(note("soon", say("gone", { n: answer.gone })));
  if (answer.wait) notes.push(note("soon", say("wait", { words: answer.wait })));
  if (notes.length) one("[data-troubles]").replaceChildren(...notes);
  if (!vault.bundle.products.length) return over();
  told(words && say(words, { n: vault.waiting }));
  return refresh();
}

/* Nothing under the person's hands moves: an open card is drawn anew only where somebody else changed it. */
function refresh() {
  if (one("#sheet").hidden || !vault.bundle.products.includes(view.product)) return route();
  return view.sheet.differ.length || !one("#sheet").contains(document.activeElement) ? view.open(view.product, view.code) : view.draw();
}

async function relogin(login) {
  told(say("login_ended"));
  const button = one("[data-again]");
  button.hidden = false;
  button.onclick = async () => {
    if (!(await askLogin(login, back))) return;
    button.hidden = true;
    await send();
  };
}

/* Every sheet is sealed or concluded: the key and all it kept are forgotten. */
async function over() {
  await vault.forget();
  vault = null;
  show("over");
}

one("[data-send]").addEventListener("click", send);
one("[data-jump-link]").addEventListener("click", (event) => {
  event.preventDefault();
  one("#muc-luc").scrollIntoView();
  one("#muc-luc").focus();
});
addEventListener("hashchange", route);
addEventListener("online", send);
addEventListener("beforeunload", (event) => vault?.waiting && event.preventDefault());
navigator.serviceWorker?.register(`${base}sw.js`, { scope: base, updateViaCache: "none" });
start();
