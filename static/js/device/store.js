/* What one person typed, on this device: encrypted under a key that the server makes for her, and that lies here only as long as she is
   logged in (as a key that cannot be read out). In clear: whose it is, of which form and field, whether it waits to be sent. */
import { decrypt, encrypt, keyBytes, readKey } from "../offline/keys.js";

const NAME = "ocop-drafts";
const KEPT_DAYS = 30; // what the server has received already
export const facts = document.querySelector("[data-device]")?.dataset ?? {};
const coded = (value) => new TextEncoder().encode(JSON.stringify(value));
const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys", { keyPath: "owner" });
      request.result.createObjectStore("drafts", { keyPath: ["owner", "name"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

const ask = async (room, mode, deed) => answered(deed((await open()).transaction(room, mode, { durability: "strict" }).objectStore(room)));
const ownerOf = (user) => `${facts.tenant}-${user}`;

/* Who is signed in, a fresh token, the key; {status: 0} where there is no line. */
export async function greet() {
  try {
    const answer = await fetch(facts.key, { headers: { Accept: "application/json" }, cache: "no-store" });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

/* ── the key ── */

let finding;
async function find() {
  const kept = await ask("keys", "readonly", (room) => room.getAll());
  const here = kept.find((it) => (facts.user ? it.owner === ownerOf(facts.user) : it.owner.startsWith(`${facts.tenant}-`)));
  if (here) return here;
  const { status, body } = await greet();
  if (status !== 200 || (facts.user && String(body.user) !== facts.user)) throw new Error("no key");
  const made = { owner: ownerOf(body.user), base: facts.base, key: await readKey(keyBytes(body.key)) };
  await ask("keys", "readwrite", (room) => room.put(made));
  return made;
}

/* Whether this is who the drafts of this page belong to. */
export async function isHolder(user) {
  return ownerOf(user) === (facts.user ? ownerOf(facts.user) : (await holder()).owner);
}

export function holder() {
  finding ??= find().catch((error) => {
    finding = undefined;
    throw error;
  });
  return finding;
}

/* ── the drafts: {address, kind, unit, title, values, seen, waiting, revision, at}; mark: of a form that is sent as a whole (kept.js) ── */

const nameOf = ({ address, unit }) => `${address} ${unit}`;

async function write(draft) {
  const { owner, key } = await holder();
  const sealed = await encrypt(key, owner, nameOf(draft), coded(draft));
  await ask("drafts", "readwrite", (room) => room.put({ owner, ...sealed, waiting: draft.waiting, at: draft.at, mark: draft.mark }));
}

/* One write after the other; of what was typed meanwhile only the last lies on top. */
const pending = new Map();
let draining;
async function drain() {
  try {
    for (let next; (next = pending.entries().next().value); ) {
      const [name, draft] = next;
      await write(draft);
      if (pending.get(name) === draft) pending.delete(name);
    }
  } finally {
    draining = undefined;
  }
}

/* false where the device does not keep it: no key yet, no room. */
export function keep(draft) {
  pending.set(nameOf(draft), { ...draft, at: Date.now() });
  draining ??= drain();
  return draining.then(() => true, () => false);
}

export async function drop(draft) {
  pending.delete(nameOf(draft));
  await draining?.catch(() => null); // one that is half written would come after
  const { owner } = await holder();
  await ask("drafts", "readwrite", (room) => room.delete([owner, nameOf(draft)]));
}

async function unsealed({ owner, key }, row) {
  try {
    return read(await decrypt(key, { session: owner, ...row }));
  } catch (error) {
    if (error.name === "OperationError") return null; // the server's secret was changed since
    throw error;
  }
}

export async function drafts() {
  const mine = await holder();
  const rows = await ask("drafts", "readonly", (room) => room.getAll(IDBKeyRange.bound([mine.owner, ""], [mine.owner, "\uffff"])));
  const old = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const row of rows) if (!row.waiting && row.at < old) await ask("drafts", "readwrite", (room) => room.delete([row.owner, row.name]));
  return (await Promise.all(rows.map((row) => unsealed(mine, row)))).filter(Boolean);
}
