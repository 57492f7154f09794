/* What waits on this device for a line: said on the pages that have the room for it, and sent from whichever page is open.
   What the server cannot take as it is stays, with its reason and its words, until the person mends it or throws it away; a form that
   goes by its own button alone (kept.js) as well. */
import { post } from "./line.js";
import { drafts, drop, keep, same } from "./store.js";

const note = document.querySelector("div[data-waiting]"); // a file that waits has words of that name
const AGAIN = 20_000; // a browser does not always say that the line is back
const shown = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => form.getAttribute("action") || location.pathname));
if (document.querySelector("form[data-kept]")) shown.add(location.pathname + location.search);
const stuck = new Map(); // sent, and not taken, with the reason: not sent again from here

const of = (draft) => `${draft.address} ${draft.unit}`;
const isSentFromHere = (draft) => draft.kind !== "kept" && !stuck.has(of(draft)); // a kept form goes by its own button alone
const typed = ({ values, begun = [] }) => values.filter((it) => it[1] && !begun.some((one) => same(one, it))).map(([, value]) => value);
const waiting = async () => (await drafts().catch(() => [])).filter((it) => it.waiting);

function line(address, all) {
  const item = note.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  link.href = address;
  link.textContent = all[0].title || address;
  item.querySelector("[data-count]").textContent = `(${all.length})`;
  const refused = all.filter((it) => !isSentFromHere(it));
  if (!refused.length) return item;
  item.querySelector("[data-why]").textContent = [...new Set(refused.map((it) => stuck.get(of(it)) ?? ""))].join(" ");
  item.querySelector("q").textContent = refused.flatMap(typed).join("; ");
  item.querySelector("[data-refused]").hidden = false;
  item.querySelector("button").addEventListener("click", async () => {
    for (const draft of refused) await drop(draft);
    tell((await waiting()).filter((it) => !shown.has(it.address)));
  });
  return item;
}

function tell(all) {
  if (!note) return;
  const pages = new Map();
  for (const it of all) pages.set(it.address, [...(pages.get(it.address) ?? []), it]);
  note.querySelector("ul").replaceChildren(...[...pages].map(([address, here]) => line(address, here)));
  note.hidden = !all.length;
}

async function send() {
  const all = (await waiting()).filter((it) => !shown.has(it.address));
  tell(all);
  for (const draft of all.filter(isSentFromHere)) {
    const { state, body } = await post(draft);
    if (state === "saved") await received(draft, body.revision);
    else if (["down", "login", "other"].includes(state)) break;
    else stuck.set(of(draft), body.error ?? "");
  }
  const left = (await waiting()).filter((it) => !shown.has(it.address));
  tell(left);
  if (left.some(isSentFromHere)) setTimeout(run, AGAIN);
}

/* What was typed over it meanwhile, in another tab, still waits. */
async function received(sent, revision) {
  const now = (await waiting()).find((it) => of(it) === of(sent));
  if (now && same(now.values, sent.values)) await keep({ ...sent, waiting: false, revision });
}

const run = () => (navigator.locks ? navigator.locks.request("ocop-drafts", { ifAvailable: true }, (free) => free && send()) : send());
addEventListener("online", run);
run();
