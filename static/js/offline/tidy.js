/* On the meeting's page: what this device still holds of the reader's sheets is sent, what is sealed is forgotten. */
import { keyBytes, readKey } from "./keys.js";
import { Server } from "./server.js";
import { names, session, sessionId } from "./store.js";
import { synchronise } from "./sync.js";
import { Vault } from "./vault.js";

const root = document.querySelector("[data-device]");
const { base, tenant, user, meeting } = root.dataset;
const id = sessionId(tenant, user, meeting);
const tell = (name, count) => (root.querySelector("[data-device-words]").textContent = root.dataset[name].replace("{n}", count));

/* Whether a sheet that lies here is sealed, concluded or no longer hers: their names are in clear, nothing else is. */
async function isOver(standing) {
  const sheets = (await names(id)).filter((name) => name.startsWith("sheet:")).map((name) => standing[name.slice("sheet:".length)]);
  return sheets.some((sheet) => !sheet || ["sealed", "closed"].includes(sheet.state));
}

async function tidy(lock) {
  const here = await session(id);
  if (!here || !lock) return;
  const server = new Server(base, meeting);
  const greeting = await server.greet();
  if (greeting.status !== 200 || greeting.body.user !== here.user) return;
  if (!here.waiting && !(await isOver(greeting.body.sheets))) return tell("here", 0);
  const handed = await server.key();
  if (handed.status !== 200) return;
  const vault = await new Vault(id, await readKey(keyBytes(handed.body.key))).open();
  if (!vault.bundle) return;
  const answer = await synchronise(vault, server);
  if (vault.waiting) tell("waits", vault.waiting);
  else if (!vault.bundle.products.length) await vault.forget();
  else if (answer.state === "sent") tell("here", 0);
}

if (globalThis.indexedDB && navigator.locks) navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, tidy);
