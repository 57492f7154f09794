/* Logging out forgets the keys and pages that lie on this device, and everything that waits for nobody; what is unsent stays, encrypted,
   and is said first. Whoever comes next without logging out (the session ended, another logged in) finds as little. */
const { user, tenant, base, senders } = document.querySelector("script[data-forget]").dataset;
const PAGES = `ocop-pages ${base}`;
const mine = `${tenant}-${user}`;
const all = (from) => IDBKeyRange.bound([from, ""], [from, "\uffff"]);

/* null where nothing was ever kept: no drawer is made here. */
const open = (name) =>
  new Promise((resolve) => {
    if (!globalThis.indexedDB) return resolve(null);
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(null);
    request.onsuccess = () => resolve(request.result);
  });

/* What `deed` answers, once the transaction is through; undefined where there is no such drawer. */
async function within(name, rooms, mode, deed) {
  const store = await open(name);
  if (!store) return undefined;
  try {
    return await new Promise((resolve) => {
      const transaction = store.transaction(rooms, mode);
      const said = deed(...rooms.map((room) => transaction.objectStore(room)));
      transaction.oncomplete = () => resolve(said?.result ?? said);
      transaction.onabort = () => resolve(undefined);
    });
  } finally {
    store.close();
  }
}

/* ── what a council member took along ── */

function forgetSessions() {
  return within("ocop-offline", ["sessions", "records"], "readwrite", (sessions, records) => {
    sessions.getAll().onsuccess = ({ target }) => {
      for (const it of target.result.filter(({ user: whose }) => String(whose) === user)) {
        if (it.waiting) sessions.put({ ...it, lock: null });
        else {
          sessions.delete(it.id);
          records.delete(all(it.id));
        }
      }
    };
  });
}

/* ── drafts, files and pages ── */

async function unsent() {
  await arriving;
  const rows = (await within("ocop-drafts", ["drafts"], "readonly", (drafts) => drafts.getAll(all(mine)))) ?? [];
  const files = (await within("ocop-files", ["files"], "readonly", (kept) => kept.count(all(mine)))) ?? 0;
  return rows.filter((it) => it.waiting).length + files;
}

/* Forms that have arrived, as the answer before this page said (ocop/device/sent.py). */
async function dropSent() {
  const marks = new Set((/(?:^|; )form-sent=([^;]*)/.exec(document.cookie)?.[1] ?? "").split(".").filter(Boolean));
  if (!marks.size) return;
  for (const name of inThisTab()) if (marks.has(JSON.parse(sessionStorage.getItem(name)).mark)) sessionStorage.removeItem(name);
  await within("ocop-drafts", ["drafts"], "readwrite", (drafts) => {
    drafts.getAll(all(mine)).onsuccess = ({ target }) => {
      for (const it of target.result.filter(({ mark }) => marks.has(mark))) drafts.delete([it.owner, it.name]);
    };
  });
  document.cookie = `form-sent=; path=${base}; max-age=0; samesite=lax`;
}

/* What somebody who was not signed in typed here. */
const inThisTab = () => Object.keys(sessionStorage).filter((name) => name.startsWith("ocop-kept "));
const dropTab = () => inThisTab().forEach((name) => sessionStorage.removeItem(name));

const dropPages = () => globalThis.caches?.delete(PAGES);

/* Keys of this tenant that are not hers who is logged in; with `hers` her own too. */
function dropKeys({ hers = false } = {}) {
  return within("ocop-drafts", ["keys"], "readwrite", (keys) => {
    keys.getAll().onsuccess = ({ target }) => {
      for (const it of target.result.filter((key) => key.base === base && (hers || key.owner !== mine))) keys.delete(it.owner);
    };
  });
}

async function forgetOthers() {
  await dropKeys();
  if (!(await globalThis.caches?.has(PAGES))) return;
  const cache = await caches.open(PAGES);
  const [first] = await cache.keys();
  const owner = first && (await cache.match(first)).headers.get("X-Keep-On-Device");
  if (owner && owner !== user) await dropPages();
}

const forget = () => Promise.allSettled([dropTab(), forgetSessions(), dropKeys({ hers: true }), dropPages()]);

/* What waits is sent from whichever page of hers is open. */
async function sendOn() {
  if (user && (await unsent())) await Promise.all(senders.split(" ").map((address) => import(address)));
}

/* ── logging out ── */

const dialog = document.getElementById("d-unsent");

function confirmed(count) {
  if (!count || !dialog) return true;
  const words = dialog.querySelector("[data-says]");
  words.textContent = words.dataset.says.replace("{n}", count);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true }));
}

async function leave(form) {
  if (!(await confirmed(await unsent()))) {
    delete form.dataset.sending; // as ui.js marked it
    return form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
  await forget();
  return form.submit();
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !new URL(form.action).pathname.endsWith("/accounts/logout/")) return;
  event.preventDefault();
  leave(form);
});
dialog?.querySelector("[data-leave]").addEventListener("click", () => dialog.close("leave"));
const arriving = dropSent();
forgetOthers().then(sendOn);
