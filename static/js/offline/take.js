/* The page "Mang phiên họp theo": asks the device first, then fetches the bundle and every page of evidence, clips where she wants them; what is there is not fetched again. */
import { note, one, say } from "./page.js";
import { sizeOf } from "../device/sizes.js";
import { merge, newSheet } from "./queue.js";
import { Server } from "./server.js";
import { session, sessionId, write } from "./store.js";
import { Taker, register } from "./taker.js";
import { Vault, clipName, pageName } from "./vault.js";

const root = one("[data-take]");
const { base, meeting, user, tenant, bytes, clipBytes } = root.dataset;
const id = sessionId(tenant, user, meeting);
const bar = one("progress", root);
const server = new Server(base, meeting);

/* [name on the device, how to fetch it] of every page, and of every clip where they are wanted. */
function wanted({ papers }, clips) {
  return Object.entries(papers).flatMap(([paper, { pages, seconds }]) => {
    if (seconds !== undefined) return clips ? [[clipName(paper), () => server.clip(paper)]] : [];
    return Array.from({ length: pages }, (_, at) => [pageName(paper, at + 1), () => server.page(paper, at + 1)]);
  });
}

async function fetchEvidence(vault, clips) {
  const there = new Set(await vault.names());
  const everything = wanted(vault.bundle, clips);
  let [got, size, missing] = [0, 0, 0];
  bar.max = Math.max(everything.length, 1);
  bar.hidden = false;
  for (const [name, bring] of everything) {
    if (!there.has(name)) {
      const content = await bring();
      if (content) await vault.keepBytes(name, content);
      else missing += 1;
      size += content?.byteLength ?? 0;
    }
    got += 1;
    bar.value = got;
    one("[data-progress]", root).textContent = say("progress", { n: got, all: everything.length, size: sizeOf(size) });
  }
  return missing;
}

/* Sheets that are there keep what waits; the others come as the server has them. */
async function keepSheets(vault) {
  for (const product of vault.bundle.products) {
    const standing = vault.bundle.sheets[product.id];
    const there = vault.sheets.get(product.id);
    await vault.keepSheet(there ? merge(there, standing) : newSheet(product.id, standing));
  }
}

async function take(pin, form) {
  const clips = form.elements.clips?.checked;
  if (clips && !(await taker.fits(Number(bytes) + Number(clipBytes)))) return;
  await register(`${base}sw.js`, base);
  const facts = { user: Number(user), meeting: Number(meeting), whole: false };
  const handed = await taker.handed(pin, (key) => new Vault(id, key), facts);
  if (!handed) return;
  const { drawer: vault, bundle } = handed;
  vault.bundle = bundle;
  await vault.keep("bundle", bundle);
  await keepSheets(vault);
  const missing = await fetchEvidence(vault, clips);
  await write({ ...(await session(id)), whole: missing === 0 });
  taker.tell(note("", say(missing ? "taken_but" : "taken", { n: missing })));
  form.hidden = missing === 0;
  taker.open();
}

const taker = new Taker({ root, id, drawers: tenant, server, take, here: (own) => (own.whole ? "is_here" : "is_half") });
taker.start(Number(bytes));
