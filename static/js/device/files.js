/* Files that one person chose, on this device until they are papers on the server: encrypted under her key as what she types (store.js),
   part by part, so that a long clip needs little memory. In clear: whose a file is, its number, since when it lies here. */
import { decrypt, encrypt } from "../offline/keys.js";
import { holder } from "./store.js";

const NAME = "ocop-files";
const PART = 1024 * 1024;
const HALF = 3600 * 1000; // milliseconds after which one that never came whole onto the device is swept away
const coded = (value) => new TextEncoder().encode(JSON.stringify(value));
const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
const partName = (id, number) => `${id} ${String(number).padStart(6, "0")}`;
const all = (owner, from = "") => IDBKeyRange.bound([owner, from], [owner, `${from}\uffff`]);

let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const room of ["files", "parts"]) request.result.createObjectStore(room, { keyPath: ["owner", "name"] });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => (request.result.close(), (opened = undefined));
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/* What the deed asks for, once it lies there for good: a full device says so only at the end. */
async function within(room, mode, deed) {
  const store = await open();
  return new Promise((resolve, reject) => {
    const transaction = store.transaction(room, mode, { durability: "strict" });
    const asked = deed(transaction.objectStore(room));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error ?? asked.error);
  });
}

/* ── one file: {id, name, size, …} as whoever keeps it needs; `isHere`: all of it lies here, `isGone`: it shall not ── */

async function write(file) {
  const { owner, key } = await holder();
  const { isGone, ...told } = file;
  const sealed = await encrypt(key, owner, file.id, coded(told));
  if (!file.isGone) await within("files", "readwrite", (room) => room.put({ owner, ...sealed, isHere: told.isHere, at: told.at }));
}

/* One write after the other, each of the newest state. */
let line = Promise.resolve();
const inLine = (deed) => (line = line.catch(() => null).then(deed));

/* Onto the device; throws where it does not fit (QuotaExceededError) or where there is no key yet. */
export async function put(file, content) {
  const { owner, key } = await holder();
  try {
    Object.assign(file, { at: Date.now(), isHere: false });
    await inLine(() => write(file));
    for (let at = 0; at < content.size && !file.isGone; at += PART) {
      const name = partName(file.id, at / PART);
      const sealed = await encrypt(key, owner, name, await content.slice(at, at + PART).arrayBuffer());
      await within("parts", "readwrite", (room) => room.put({ owner, ...sealed }));
    }
    file.isHere = true;
    await inLine(() => write(file));
  } catch (error) {
    file.isHere = false;
    await erase(owner, file.id);
    throw error;
  }
  if (file.isGone) await erase(owner, file.id);
}

/* false where it does not lie there: no room for more, the state of before stays. What is changed meanwhile goes with the same write. */
const due = new Map();
export async function change(file, facts) {
  Object.assign(file, facts);
  if (!file.isHere) return false;
  if (!due.has(file)) due.set(file, inLine(() => (due.delete(file), write(file))));
  return due.get(file).then(() => true, () => false);
}

async function erase(owner, id) {
  await within("files", "readwrite", (room) => room.delete([owner, id]));
  await within("parts", "readwrite", (room) => room.delete(all(owner, id)));
}

export async function drop(file) {
  file.isGone = true;
  const { owner } = await holder().catch(() => ({}));
  if (owner) await inLine(() => erase(owner, file.id)).catch(() => null);
}

/* The server has it whole: what is left here is what she said about it. */
export async function dropContent(file) {
  const { owner } = await holder().catch(() => ({}));
  if (owner) await within("parts", "readwrite", (room) => room.delete(all(owner, file.id))).catch(() => null);
}

/* ── all of hers ── */

async function unsealed({ owner, key }, row) {
  try {
    return read(await decrypt(key, { session: owner, ...row }));
  } catch (error) {
    if (error.name === "OperationError") return null; // the server's secret was changed since
    throw error;
  }
}

/* What lies here whole, the oldest first. */
async function whole() {
  const mine = await holder();
  const rows = await within("files", "readonly", (room) => room.getAll(all(mine.owner)));
  for (const row of rows) if (!row.isHere && row.at < Date.now() - HALF) await erase(row.owner, row.name);
  const found = await Promise.all(rows.filter((it) => it.isHere).map((row) => unsealed(mine, row)));
  return found.filter(Boolean).sort((one, other) => one.at - other.at);
}

export const files = async () => (await whole()).filter((it) => !it.isShot);

/* Pages before they are a file (capture.js): they lie here, and are not sent. */
export const shots = async () => (await whole()).filter((it) => it.isShot);

/* As a File is read: slice(from, to).arrayBuffer(). */
export const content = (file) => ({ slice: (from, to) => ({ arrayBuffer: () => bytes(file, from, Math.min(to, file.size)) }) });

async function bytes(file, from, to) {
  const { owner, key } = await holder();
  const made = new Uint8Array(to - from);
  for (let number = Math.floor(from / PART); number * PART < to; number += 1) {
    const row = await within("parts", "readonly", (room) => room.get([owner, partName(file.id, number)]));
    if (!row) throw new Error("not here");
    const part = new Uint8Array(await decrypt(key, { session: owner, ...row }));
    const begin = number * PART;
    const wanted = part.subarray(Math.max(0, from - begin), to - begin);
    made.set(wanted, Math.max(0, begin - from));
  }
  return made.buffer;
}
