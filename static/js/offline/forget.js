/* Logging out forgets the keys that lie on this device, and everything that waits for nobody; what is unsent stays, encrypted. */
const NAME = "ocop-offline";
const { user } = document.querySelector("script[data-forget]").dataset;

/* null where nothing was ever taken along: the drawer is not made here. */
const open = () =>
  new Promise((resolve) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(null);
    request.onsuccess = () => resolve(request.result);
  });

async function forget() {
  const store = await open();
  if (!store) return;
  await new Promise((resolve) => {
    const transaction = store.transaction(["sessions", "records"], "readwrite");
    transaction.oncomplete = transaction.onabort = resolve;
    const sessions = transaction.objectStore("sessions");
    sessions.getAll().onsuccess = ({ target }) => {
      for (const it of target.result.filter(({ user: whose }) => String(whose) === user)) {
        if (it.waiting) sessions.put({ ...it, lock: null });
        else {
          sessions.delete(it.id);
          transaction.objectStore("records").delete(IDBKeyRange.bound([it.id, ""], [it.id, "\uffff"]));
        }
      }
    };
  });
  store.close();
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !new URL(form.action).pathname.endsWith("/accounts/logout/")) return;
  event.preventDefault();
  forget().finally(() => form.submit());
});
