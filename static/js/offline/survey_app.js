/* The surveys' page on the device: opened by the PIN or by a login, then the surveys, one of them, and what waits to be sent. */
import { keyBytes, readKey, unlock } from "./keys.js";
import { askLogin } from "./login.js";
import { note, one, say, show, stamp } from "./page.js";
import { sessions } from "./store.js";
import { Bag, sessionsOf } from "./survey_bag.js";
import { sendPhotos } from "./survey_photos.js";
import { SurveyServer } from "./survey_server.js";
import { SurveySheet } from "./survey_sheet.js";
import { synchronise } from "./sync.js";

const SOON = 2500;
const AGAIN = 20_000; // a browser does not always say that the line is back
const { base, tenant, back } = one("[data-offline]").dataset;
const status = one("[data-status]");
let [bag, server, view, timer, running, wanted] = [null, null, null, null, false, false];

/* ── opening ── */

const held = (id) =>
  new Promise((resolve) => {
    navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });

async function unlocked(session, key) {
  const opened = await new Bag(session.id, key).open();
  if (!opened.bundle) return trouble("unreadable");
  if (!(await held(session.id))) return trouble("busy");
  bag = await opened.open(); // anew, now that no other page writes
  server = new SurveyServer(base, () => [...bag.sheets.keys()]);
  view = new SurveySheet(bag, later);
  one("[data-who]").textContent = bag.bundle.name;
  route();
  return send();
}

function trouble(name) {
  one("[data-troubles]").replaceChildren(note("wrong", say(name)));
}

/* Whoever is logged in as the holder needs no PIN. */
async function byLogin(session) {
  const door = new SurveyServer(base);
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
    one("[data-troubles]").replaceChildren();
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
  const here = globalThis.indexedDB ? await sessions(sessionsOf(tenant)) : [];
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
  if (!bag) return;
  const survey = bag.bundle.products.find((it) => String(it.id) === location.hash.slice(1));
  if (survey) {
    show("sheet");
    view.open(survey);
    scrollTo(0, 0);
  } else {
    show("list");
    list();
  }
}

function list() {
  one("[data-surveys]").replaceChildren(...bag.bundle.products.map(line));
  one("[data-none]").hidden = bag.bundle.products.length > 0;
}

function line(survey) {
  const sheet = bag.sheets.get(survey.id);
  const sum = view.sum(survey);
  const parts = [say("answered", { n: sum.answered, all: sum.all }), say("photos", { n: sum.photos })];
  const count = bag.waits(sheet);
  parts.push(count ? say("waits", { n: count }) : say("waits_none"));
  const made = stamp("survey", { name: survey.name, producer: survey.producer, facts: [survey.planned, ...parts].filter(Boolean).join(" · ") });
  one("a", made).href = `#${survey.id}`;
  if (sheet.differ.length) one("div", made).append(note("wrong", say("differs", { codes: sheet.differ.map((it) => it.criterion).join(", ") })));
  return made;
}

/* ── sending ── */

function later() {
  told();
  clearTimeout(timer);
  timer = setTimeout(send, SOON);
}

function told(text = "") {
  const count = bag.waiting;
  status.textContent = text || say(count ? "waits" : "waits_none", { n: count });
  one("[data-send]").hidden = !count;
}

async function send() {
  if (!bag) return;
  clearTimeout(timer);
  if (running) {
    wanted = true;
    return;
  }
  [running, wanted] = [true, false];
  try {
    await answered(await exchange());
  } finally {
    running = false;
  }
  if (wanted) await send();
  else if (bag?.unsent) timer = setTimeout(send, AGAIN);
}

/* Photographs first, by a fresh token: a survey that the server has ended is forgotten only once nothing of it waits. */
async function exchange() {
  const greeting = await server.greet();
  const isHers = greeting.status === 200 && greeting.body.user === bag.bundle.user;
  const photos = isHers ? await sendPhotos(bag, server) : { wait: "", gone: 0 };
  const answer = await synchronise(bag, server);
  return { ...answer, wait: answer.wait || photos.wait, gone: (answer.gone ?? 0) + photos.gone };
}

async function answered(answer) {
  const words = { offline: "still_here", other: "other_account", trouble: "trouble" }[answer.state];
  if (answer.state === "login") return relogin(answer.login);
  const notes = [];
  if (answer.gone) notes.push(note("soon", say("gone", { n: answer.gone })));
  if (answer.wait) notes.push(note("soon", say("wait", { words: answer.wait })));
  if (answer.state === "sent") one("[data-troubles]").replaceChildren(...notes);
  if (!bag.bundle.products.length) return over();
  const isAll = answer.state === "sent" && !bag.waiting;
  const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  told(words ? say(words, { n: bag.waiting }) : isAll ? say("received", { at }) : "");
  return refresh();
}

function refresh() {
  if (one("#survey").hidden || !bag.bundle.products.includes(view.survey)) return route();
  view.fill();
  return view.draw();
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

/* Every survey is signed or cancelled: the key and all it kept are forgotten. */
async function over() {
  await bag.forget();
  bag = null;
  show("over");
}

one("[data-send]").addEventListener("click", () => {
  view?.keepAll();
  send();
});
addEventListener("hashchange", route);
addEventListener("online", send);
addEventListener("beforeunload", (event) => bag?.waiting && event.preventDefault());
navigator.serviceWorker?.register(`${base}surveys/sw.js`, { scope: `${base}surveys/`, updateViaCache: "none" });
start();
