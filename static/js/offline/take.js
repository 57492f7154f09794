/* The page "Mang phiên họp theo": asks the device first, then fetches the bundle and every page of evidence, clips where she wants them; what is there is not fetched again. */
import { look } from "./device.js";
import { isWeak, keyBytes, lock, readKey } from "./keys.js";
import { note, one, say } from "./page.js";
import { merge, newSheet } from "./queue.js";
import { Server } from "./server.js";
import { forget, session, sessionId, sessions, write } from "./store.js";
import { Vault, clipName, pageName } from "./vault.js";

const root = one("[data-take]");
const { base, meeting, user, tenant, bytes, clipBytes } = root.dataset;
const id = sessionId(tenant, user, meeting);
const form = one("form", root);
const words = one("[data-words]", root);
const bar = one("progress", root);
const server = new Server(base, meeting);
const megabytes = (count) => (count / 1024 / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

const tell = (...notes) => words.replaceChildren(...notes);

async function register() {
  await navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
}

/* [name on the device, how to fetch it] of every page, and of every clip where they are wanted. */
function wanted({ papers }, clips) {
  return Object.entries(papers).flatMap(([paper, { pages, seconds }]) => {
    if (seconds !== undefined) return clips ? [[clipName(paper), () => server.clip(paper)]] : [];
    return Array.from({ length: pages }, (_, at) => [pageName(paper, at + 1), () => server.page(paper, at + 1)]);
  });
}

async function fetchEvidence(vault, clips) {
  const there = new Set(await vault.names());
  const everything = wanted(vault.bundle, clips);
  let [got, size, missing] = [0, 0, 0];
  bar.max = Math.max(everything.length, 1);
  bar.hidden = false;
  for (const [name, bring] of everything) {
    if (!there.has(name)) {
      const content = await bring();
      if (content) await vault.keepBytes(name, content);
      else missing += 1;
      size += content?.byteLength ?? 0;
    }
    got += 1;
    bar.value = got;
    one("[data-progress]", root).textContent = say("progress", { n: got, all: everything.length, size: megabytes(size) });
  }
  return missing;
}

/* Sheets that are there keep what waits; the others come as the server has them. */
async function keepSheets(vault) {
  for (const product of vault.bundle.products) {
    const standing = vault.bundle.sheets[product.id];
    const there = vault.sheets.get(product.id);
    await vault.keepSheet(there ? merge(there, standing) : newSheet(product.id, standing));
  }
}

/* What lies here already; null where the server's secret was changed since and something still waits under the old one. */
async function opened(key) {
  try {
    return await new Vault(id, key).open();
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    if ((await session(id))?.waiting) return null;
    await forget(id);
    return new Vault(id, key);
  }
}

async function take(pin, clips) {
  if (clips) {
    const { refusal, free } = await look(Number(bytes) + Number(clipBytes));
    if (refusal) return tell(note("wrong", say(refusal, { free: megabytes(free ?? 0) })));
  }
  await register();
  const greeting = await server.greet();
  if (greeting.status !== 200) return tell(note("wrong", say(greeting.status === 401 ? "login_ended" : "line_down")));
  const handed = await server.key();
  const bundle = await server.bundle();
  if (handed.status !== 200 || bundle.status !== 200) return tell(note("wrong", say("line_down")));
  const raw = keyBytes(handed.body.key);
  const vault = await opened(await readKey(raw));
  if (!vault) return tell(note("wrong", say("old_key")));
  const locked = await lock(raw, pin, id);
  await write({ waiting: 0, ...(await session(id)), id, tenant, user: Number(user), meeting: Number(meeting), lock: locked, whole: false });
  vault.bundle = bundle.body;
  await vault.keep("bundle", bundle.body);
  await keepSheets(vault);
  const missing = await fetchEvidence(vault, clips);
  await write({ ...(await session(id)), whole: missing === 0 });
  tell(note("", say(missing ? "taken_but" : "taken", { n: missing })));
  form.hidden = missing === 0;
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
    await navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, (free) => (free ? take(pin, form.elements.clips?.checked) : tell(note("wrong", say("busy")))));
    form.reset();
  } catch (error) {
    tell(note("wrong", say(error.name === "QuotaExceededError" ? "full" : "line_down")));
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

async function start() {
  const { refusal, warnings, free } = await look(Number(bytes));
  if (refusal) return tell(note("wrong", say(refusal, { free: megabytes(free ?? 0) })));
  tell(...warnings.map((it) => note("soon", say(it, { free: megabytes(free) }))));
  const here = await sessions(tenant);
  const others = here.filter((it) => it.id !== id && it.waiting);
  const own = here.find((it) => it.id === id);
  if (others.length) words.append(note("soon", say("others_wait", { n: others.reduce((sum, it) => sum + it.waiting, 0) })));
  if (own) {
    words.append(note("", say(own.whole ? "is_here" : "is_half", { n: own.waiting })));
    open();
  }
  form.hidden = false;
  form.addEventListener("submit", submitted);
}

start();
