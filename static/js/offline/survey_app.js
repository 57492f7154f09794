/* The surveys' page on the device: opened by the PIN or by a login, then the surveys, one of them, and what waits to be sent. */
import { Door } from "./door.js";
import { note, one, say, show, stamp } from "./page.js";
import { Sender, unsent } from "./sender.js";
import { Bag, sessionsOf } from "./survey_bag.js";
import { sendPhotos } from "./survey_photos.js";
import { SurveyServer } from "./survey_server.js";
import { SurveySheet } from "./survey_sheet.js";
import { synchronise } from "./sync.js";

const { base, tenant, back } = one("[data-offline]").dataset;
let [bag, view, sender] = [null, null, null];

/* ── opening ── */

function opened(drawer) {
  bag = drawer;
  const server = new SurveyServer(base, () => [...bag.sheets.keys()]);
  sender = new Sender({ drawer, back, exchange: () => exchange(server), answered });
  view = new SurveySheet(bag, () => sender.later());
  one("[data-who]").textContent = bag.bundle.name;
  route();
  return sender.send();
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

/* Photographs first, by a fresh token: a survey that the server has ended is forgotten only once nothing of it waits. */
async function exchange(server) {
  const greeting = await server.greet();
  const isHers = greeting.status === 200 && greeting.body.user === bag.bundle.user;
  const photos = isHers ? await sendPhotos(bag, server) : { wait: "", gone: 0 };
  const answer = await synchronise(bag, server);
  return { ...answer, wait: answer.wait || photos.wait, gone: (answer.gone ?? 0) + photos.gone };
}

async function answered(answer) {
  const words = unsent(answer);
  const notes = [];
  if (answer.gone) notes.push(note("soon", say("gone", { n: answer.gone })));
  if (answer.wait) notes.push(note("soon", say("wait", { words: answer.wait })));
  if (answer.state === "sent") one("[data-troubles]").replaceChildren(...notes);
  if (!bag.bundle.products.length) return over();
  const isAll = answer.state === "sent" && !bag.waiting;
  const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  sender.told(words ? say(words, { n: bag.waiting }) : isAll ? say("received", { at }) : "");
  return refresh();
}

function refresh() {
  if (one("#survey").hidden || !bag.bundle.products.includes(view.survey)) return route();
  view.fill();
  return view.draw();
}

/* Every survey is signed or cancelled. */
async function over() {
  bag = null;
  await sender.forget();
  show("over");
}

one("[data-send]").addEventListener("click", () => {
  view?.keepAll();
  sender?.send();
});
addEventListener("hashchange", route);
addEventListener("online", () => sender?.send());
addEventListener("beforeunload", (event) => bag?.waiting && event.preventDefault());
navigator.serviceWorker?.register(`${base}surveys/sw.js`, { scope: `${base}surveys/`, updateViaCache: "none" });
new Door({
  drawers: sessionsOf(tenant),
  back,
  drawer: (session, key) => new Bag(session.id, key),
  server: () => new SurveyServer(base),
  opened,
}).start();
