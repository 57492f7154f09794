/* What this browser can hold, asked before anything is taken: words as keys of the page's sentences. */
const SMALL = 1024 ** 3; // a browser that offers less than this in all is in private mode, or on a nearly full device

export const isAble = () => Boolean(globalThis.indexedDB && globalThis.crypto?.subtle && navigator.serviceWorker && navigator.locks);

/* {refusal} where it cannot be done, {warnings} where it can be lost. */
export async function look(bytes) {
  if (!isAble()) return { refusal: "unable", warnings: [] };
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const free = quota - usage;
  const persisted = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  if (quota && free < bytes * 1.3 + 5_000_000) return { refusal: "full", warnings: [], free };
  const warnings = [];
  if (quota && quota < SMALL) warnings.push("fleeting");
  else if (quota && free < bytes * 3) warnings.push("nearly_full");
  if (!persisted) warnings.push("evictable");
  return { refusal: "", warnings, free };
}
