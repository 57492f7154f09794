/* Keeps two pages that hold nothing of anybody with their files, and the pages of dossiers that the server says may lie here for who is
   logged in; no API, no queue (that lies in IndexedDB and outlives every version of this file). SHELL stands above, written by the server. */
const NAME = `ocop-offline ${SHELL.base} `;
const CACHE = NAME + SHELL.version;
const KEPT = new Set(SHELL.files);
const PAGES = `ocop-pages ${SHELL.base}`;
const FILES = `ocop-files ${SHELL.base}`;

/* A page is asked for by version and language: whatever lies between, it is the one that this worker was made for. */
async function take(cache, address) {
  const page = await fetch(`${address}?lang=${SHELL.language}&v=${SHELL.version}`, { cache: "reload" });
  if (!page.ok) throw new TypeError("The page on the device cannot be had.");
  await cache.put(address, page);
}

async function fill() {
  const cache = await caches.open(CACHE);
  await take(cache, SHELL.page);
  await take(cache, SHELL.away);
  await cache.addAll(SHELL.files.map((address) => new Request(address, { cache: "no-cache" })));
  return self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== CACHE);
  if (old.length) old.push(PAGES, FILES); // drawn for scripts of before: the pages fill them anew
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

const kept = async (address) => (await (await caches.open(CACHE)).match(address)) || fetch(address);

/* ── pages of dossiers ── */

/* One person's at a time: who comes next finds nothing of the one before. */
async function keep(address, answer, owner) {
  const cache = await caches.open(PAGES);
  const [first] = await cache.keys();
  if (first && (await cache.match(first)).headers.get(SHELL.owner) !== owner) {
    await caches.delete(PAGES);
    return keep(address, answer, owner);
  }
  return cache.put(address, answer);
}

/* The page says itself that it comes out of the drawer, and of when it is. */
async function marked(found) {
  const page = (await found.text()).replace("<html", `<html data-kept="${found.headers.get("Date")}"`);
  const headers = new Headers(found.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(page, { headers });
}

/* A page of this tenant that cannot be had: as it lies here, else the page that says what there is. */
async function instead(pathname) {
  const pages = (await caches.has(PAGES)) && (await caches.open(PAGES));
  const found = pages && (await pages.match(pathname));
  if (found) return marked(found);
  return pages && (await pages.keys()).length ? kept(SHELL.away) : Response.redirect(SHELL.page);
}

async function visit(event) {
  const { pathname, search } = new URL(event.request.url);
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return instead(pathname);
  }
  const owner = answer.headers.get(SHELL.owner);
  if (owner && answer.ok && !search) event.waitUntil(keep(pathname, answer.clone(), owner));
  return answer;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await caches.open(FILES)).match(request.url);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname } = new URL(request.url);
  if ([SHELL.page, SHELL.away].includes(pathname) && request.mode === "navigate") event.respondWith(kept(pathname));
  else if (KEPT.has(pathname)) event.respondWith(kept(pathname));
  else if (pathname.startsWith(SHELL.static)) event.respondWith(file(request));
  else if (request.mode === "navigate" && pathname.startsWith(SHELL.base)) event.respondWith(visit(event));
});
