/* The pages of a dossier are there without a line: this one, and those it names in #take-along, in the drawer of the worker.
   Which pages may lie here the server says, page by page (X-Keep-On-Device: for whom). */
import { facts } from "./store.js";

const PAGES = `ocop-pages ${facts.base}`;
const FILES = `ocop-files ${facts.base}`;
const OWNER = "X-Keep-On-Device";
const OLD = 6 * 3600 * 1000; // milliseconds after which a page tells too little of what was done since
const root = document.documentElement;
const path = (address) => new URL(address, location.href).pathname;

/* The page and the files that it names; one that is here already was drawn by the same release, and is good for some hours. */
async function page(cache, address) {
  const here = await cache.match(address);
  if (here && Date.now() - Date.parse(here.headers.get("Date")) < OLD) return;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected || answer.headers.get(OWNER) !== facts.user) return;
  const text = await answer.clone().text();
  await files([...text.matchAll(/(?:src|href)="([^"#]+)/g)].map(([, named]) => named));
  await cache.put(address, answer);
}

async function files(addresses) {
  const cache = await caches.open(FILES);
  const own = addresses.filter((it) => it.startsWith(facts.static));
  for (const address of new Set(own)) if (!(await cache.match(address))) await cache.add(address);
}

async function fill() {
  const along = JSON.parse(document.getElementById("take-along")?.textContent ?? "[]");
  const cache = await caches.open(PAGES);
  const used = performance.getEntriesByType("resource").map((it) => path(it.name));
  const senders = `${facts.senders} ${facts.senderParts}`.split(" ");
  const later = [...document.querySelectorAll("[data-src]")].map((it) => it.dataset.src);
  await files([...used, ...senders, ...later, facts.icons]);
  await page(cache, location.pathname);
  if (navigator.connection?.saveData) return;
  for (const address of along) await page(cache, path(address));
}

async function start() {
  await navigator.serviceWorker.register(`${facts.base}sw.js`, { scope: facts.base, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("controllerchange", quietly);
  await quietly();
  navigator.storage?.persist?.();
}

/* A line that breaks meanwhile changes nothing: the next page goes on. */
const quietly = () => fill().catch((error) => console.info("not all pages are on the device", error));

/* A page out of the drawer says so, and when it was drawn. */
function tell() {
  const note = document.querySelector("[data-kept-note]");
  if (!note || !root.dataset.kept) return;
  const moment = new Date(root.dataset.kept);
  const words = { dateStyle: "short", timeStyle: "short" };
  note.querySelector("time").textContent = moment.toLocaleString(root.lang, words);
  note.hidden = false;
  addEventListener("online", () => (note.querySelector("a").hidden = false));
}

const isAble = navigator.serviceWorker && globalThis.caches && facts.user;
tell();
const begin = () => setTimeout(() => start().catch((error) => console.info("no worker", error)), 0);
if (isAble && !root.dataset.kept && document.readyState === "complete") begin();
else if (isAble && !root.dataset.kept) addEventListener("load", begin);
