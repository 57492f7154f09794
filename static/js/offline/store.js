/* The device's own drawer. `sessions`: one a person and meeting, in clear only how many changes wait; `records`: everything else, encrypted. */
const NAME = "ocop-offline";
const ALL = "\uffff";

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("sessions", { keyPath: "id" });
      request.result.createObjectStore("records", { keyPath: ["session", "name"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

const of = (id) => IDBKeyRange.bound([id, ""], [id, ALL]);

export const sessionId = (tenant, user, meeting) => `${tenant}-${user}-${meeting}`;

export async function sessions(tenant) {
  const all = await answered((await open()).transaction("sessions").objectStore("sessions").getAll());
  return all.filter((it) => it.tenant === tenant);
}

export async function session(id) {
  return answered((await open()).transaction("sessions").objectStore("sessions").get(id));
}

export async function record(id, name) {
  return answered((await open()).transaction("records").objectStore("records").get([id, name]));
}

export async function names(id) {
  const keys = await answered((await open()).transaction("records").objectStore("records").getAllKeys(of(id)));
  return keys.map(([, name]) => name);
}

/* All or nothing: the session's clear facts and its records change together. */
export async function write(session, { put = [], remove = [] } = {}) {
  const transaction = (await open()).transaction(["sessions", "records"], "readwrite", { durability: "strict" });
  transaction.objectStore("sessions").put(session);
  for (const it of put) transaction.objectStore("records").put({ session: session.id, ...it });
  for (const name of remove) transaction.objectStore("records").delete([session.id, name]);
  return finished(transaction);
}

export async function forget(id) {
  const transaction = (await open()).transaction(["sessions", "records"], "readwrite");
  transaction.objectStore("sessions").delete(id);
  transaction.objectStore("records").delete(of(id));
  return finished(transaction);
}
