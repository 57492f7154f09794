/* The page "Mang khảo sát theo": asks the device first, then keeps the open surveys; what waits there stays. */
import { look } from "./device.js";
import { isWeak, keyBytes, lock, readKey } from "./keys.js";
import { note, one, say } from "./page.js";
import { merge, newSheet } from "./queue.js";
import { forget, session, sessions, write } from "./store.js";
import { Bag, bagId, sessionsOf } from "./survey_bag.js";
import { SurveyServer } from "./survey_server.js";

const ROOM = 60_000_000; // bytes for a day's photographs
const root = one("[data-take]");
const { base, user, tenant } = root.dataset;
const id = bagId(tenant, user);
const form = one("form", root);
const words = one("[data-words]", root);
const server = new SurveyServer(base);
const megabytes = (count) => (count / 1024 / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

const tell = (...notes) => words.replaceChildren(...notes);

async function register() {
  await navigator.serviceWorker.register(`${base}surveys/sw.js`, { scope: `${base}surveys/`, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
}

/* What lies here already; null where the server's secret was changed since and something still waits under the old one. */
async function opened(key) {
  try {
    return await new Bag(id, key).open();
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    if ((await session(id))?.waiting) return null;
    await forget(id);
    return new Bag(id, key);
  }
}

/* A survey that is no longer open but has something unsent keeps its line in the bundle. */
function withWaiting(bundle, before, bag) {
  const there = new Set(bundle.products.map((it) => it.id));
  const left = (before?.products ?? []).filter((it) => !there.has(it.id) && bag.sheets.has(it.id) && bag.waits(bag.sheets.get(it.id)));
  return { ...bundle, products: [...bundle.products, ...left] };
}

async function keepSheets(bag, sheets) {
  for (const { id: survey } of bag.bundle.products) {
    const there = bag.sheets.get(survey);
    const standing = sheets[survey];
    if (there) await bag.keepSheet(merge(there, standing));
    else await bag.keepSheet({ ...newSheet(survey, standing), photos: [] });
  }
}

async function take(pin) {
  await register();
  const greeting = await server.greet();
  if (greeting.status !== 200) return tell(note("wrong", say(greeting.status === 401 ? "login_ended" : "line_down")));
  const handed = await server.key();
  const bundle = await server.bundle();
  if (handed.status !== 200 || bundle.status !== 200) return tell(note("wrong", say("line_down")));
  const raw = keyBytes(handed.body.key);
  const bag = await opened(await readKey(raw));
  if (!bag) return tell(note("wrong", say("old_key")));
  const locked = await lock(raw, pin, id);
  await write({ waiting: 0, ...(await session(id)), id, tenant: sessionsOf(tenant), user: Number(user), lock: locked });
  bag.bundle = withWaiting(bundle.body, bag.bundle, bag);
  await bag.keep("bundle", bag.bundle);
  await keepSheets(bag, bundle.body.sheets);
  tell(note("", say("taken")));
  form.hidden = true;
  return open();
}

function open() {
  one("[data-open]", root).hidden = false;
}

async function submitted(event) {
  event.preventDefault();
  const pin = form.elements.pin.value;
  if (isWeak(pin)) return tell(note("wrong", say("weak_pin")));
  if (pin !== form.elements.again.value) return tell(note("wrong", say("pins_differ")));
  const button = one("button", form);
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  try {
    await navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, (free) => (free ? take(pin) : tell(note("wrong", say("busy")))));
    form.reset();
  } catch (error) {
    tell(note("wrong", say(error.name === "QuotaExceededError" ? "full" : "line_down", { free: "0" })));
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

async function start() {
  const { refusal, warnings, free } = await look(ROOM);
  if (refusal) return tell(note("wrong", say(refusal, { free: megabytes(free ?? 0) })));
  tell(...warnings.map((it) => note("soon", say(it, { free: megabytes(free) }))));
  const here = await sessions(sessionsOf(tenant));
  const others = here.filter((it) => it.id !== id && it.waiting);
  const own = here.find((it) => it.id === id);
  if (others.length) words.append(note("soon", say("others_wait", { n: others.reduce((sum, it) => sum + it.waiting, 0) })));
  if (own) {
    words.append(note("", say("is_here", { n: own.waiting })));
    open();
  }
  form.hidden = false;
  form.addEventListener("submit", submitted);
}

start();
