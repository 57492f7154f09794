/* The page that is there when another is not: which pages of hers lie on this device. */
const { base } = document.querySelector("[data-device]").dataset;
const list = document.querySelector("[data-pages]");

async function title(cache, request) {
  const text = await (await cache.match(request)).text();
  return new DOMParser().parseFromString(text, "text/html").title.split(" · OCOP ")[0];
}

async function start() {
  if (!globalThis.caches) return;
  const cache = await caches.open(`ocop-pages ${base}`);
  for (const request of await cache.keys()) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    Object.assign(link, { href: new URL(request.url).pathname, textContent: await title(cache, request) });
    item.append(link);
    list.append(item);
  }
  document.querySelector("[data-none]").hidden = list.children.length > 0;
}

start();
