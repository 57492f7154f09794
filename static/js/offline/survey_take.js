/* The page "Mang khảo sát theo": asks the device first, then keeps the open surveys; what waits there stays. */
import { note, one, say } from "./page.js";
import { merge, newSheet } from "./queue.js";
import { Bag, bagId, sessionsOf } from "./survey_bag.js";
import { SurveyServer } from "./survey_server.js";
import { Taker, register } from "./taker.js";

const ROOM = 60_000_000; // bytes for a day's photographs
const root = one("[data-take]");
const { base, user, tenant } = root.dataset;
const id = bagId(tenant, user);
const server = new SurveyServer(base);

/* A survey that is no longer open but has something unsent keeps its line in the bundle. */
function withWaiting(bundle, before, bag) {
  const there = new Set(bundle.products.map((it) => it.id));
  const left = (before?.products ?? []).filter((it) => !there.has(it.id) && bag.sheets.has(it.id) && bag.waits(bag.sheets.get(it.id)));
  return { ...bundle, products: [...bundle.products, ...left] };
}

async function keepSheets(bag, sheets) {
  for (const { id: survey } of bag.bundle.products) {
    const there = bag.sheets.get(survey);
    const standing = sheets[survey];
    if (there) await bag.keepSheet(merge(there, standing));
    else await bag.keepSheet({ ...newSheet(survey, standing), photos: [] });
  }
}

async function take(pin, form) {
  await register(`${base}surveys/sw.js`, `${base}surveys/`);
  const handed = await taker.handed(pin, (key) => new Bag(id, key), { user: Number(user) });
  if (!handed) return;
  const { drawer: bag, bundle } = handed;
  bag.bundle = withWaiting(bundle, bag.bundle, bag);
  await bag.keep("bundle", bag.bundle);
  await keepSheets(bag, bundle.sheets);
  taker.tell(note("", say("taken")));
  form.hidden = true;
  taker.open();
}

const taker = new Taker({ root, id, drawers: sessionsOf(tenant), server, take, here: () => "is_here" });
taker.start(ROOM);
