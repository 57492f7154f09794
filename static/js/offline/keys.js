/* Keys: what lies on the device is AES-GCM under a key of the server; that key lies here only wrapped by the PIN. */
const ROUNDS = 600_000;
const coded = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export const readKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
export const keyBytes = bytes;

async function pinKey(pin, salt, iterations) {
  const base = await crypto.subtle.importKey("raw", coded(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function lock(raw, pin, id) {
  const [salt, iv] = [random(16), random(12)];
  const how = { name: "AES-GCM", iv, additionalData: coded(id) };
  return { salt, iv, iterations: ROUNDS, key: await crypto.subtle.encrypt(how, await pinKey(pin, salt, ROUNDS), raw) };
}

/* The key, or null for a wrong PIN. */
export async function unlock(locked, pin, id) {
  const how = { name: "AES-GCM", iv: locked.iv, additionalData: coded(id) };
  try {
    return await readKey(await crypto.subtle.decrypt(how, await pinKey(pin, locked.salt, locked.iterations), locked.key));
  } catch (error) {
    if (error.name === "OperationError") return null;
    throw error;
  }
}

/* The name is bound to the bytes: no record can be put in another's place. */
export async function encrypt(key, id, name, data) {
  const iv = random(12);
  return { name, iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: coded(`${id} ${name}`) }, key, data) };
}

export const decrypt = (key, { session, name, iv, data }) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: coded(`${session} ${name}`) }, key, data);

/* What a finger types without thinking is no PIN. */
export function isWeak(pin) {
  const steps = new Set(Array.from(pin).slice(1).map((digit, at) => digit - pin[at]));
  return !/^\d{6,}$/.test(pin) || (steps.size === 1 && [-1, 0, 1].includes([...steps][0]));
}
