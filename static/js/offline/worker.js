/* Keeps the page on the device and its files, nothing else: no other page, no API, no queue (that lies in IndexedDB and outlives every
   version of this file). SHELL stands above, written by the server. */
const NAME = `ocop-offline ${SHELL.base} `;
const CACHE = NAME + SHELL.version;
const KEPT = new Set(SHELL.files);

/* The page is asked for by version and language: whatever lies between, it is the one that this worker was made for. */
async function fill() {
  const cache = await caches.open(CACHE);
  const page = await fetch(`${SHELL.page}?lang=${SHELL.language}&v=${SHELL.version}`, { cache: "reload" });
  if (!page.ok) throw new TypeError("The page on the device cannot be had.");
  await cache.put(SHELL.page, page);
  await cache.addAll(SHELL.files.map((address) => new Request(address, { cache: "no-cache" })));
  return self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

const kept = async (address) => (await (await caches.open(CACHE)).match(address)) || fetch(address);

/* A page of this tenant that cannot be had leads to the one that can. */
async function visit(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(SHELL.page);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname } = new URL(request.url);
  if (pathname === SHELL.page && request.mode === "navigate") event.respondWith(kept(SHELL.page));
  else if (KEPT.has(pathname)) event.respondWith(kept(pathname));
  else if (request.mode === "navigate" && pathname.startsWith(SHELL.base)) event.respondWith(visit(request));
});
