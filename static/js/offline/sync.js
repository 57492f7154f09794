/* Sends what waits, a batch after the other: a fresh token first, an entry dropped only with its answer and its receipt in one write. */
import { merge, sending, settle } from "./queue.js";

const AT_ONCE = 100;
const TOO_LARGE = 413;

function batch(sheets, held, most) {
  const all = sheets.filter((it) => !held.has(it.id)).flatMap((sheet) => sheet.queue.map((entry) => ({ sheet, entry })));
  return all.slice(0, most).map(({ sheet, entry: { key, criterion, value, note, revision } }) => ({
    key, sheet: sheet.id, attempt: sheet.attempt, criterion, value, note, revision,
  }));
}

const groups = (entries) => Map.groupBy?.(entries, (it) => it.sheet) ?? entries.reduce((map, it) => map.set(it.sheet, [...(map.get(it.sheet) ?? []), it]), new Map());

async function mark(vault, entries) {
  for (const [id, its] of groups(entries)) await vault.keepSheet(sending(vault.sheets.get(id), new Set(its.map((it) => it.key))));
}

async function take(vault, entries, { answers, receipts, sheets }) {
  for (const id of groups(entries).keys()) {
    const receipt = receipts.find((it) => it.sheet === id);
    await vault.keepSheet(settle(vault.sheets.get(id), answers, receipt, sheets[id]));
  }
}

/* What is closed, or no longer hers, is forgotten once nothing of it waits. */
async function tidy(vault, standing) {
  const over = (sheet) => !standing[sheet.id] || ["sealed", "closed"].includes(standing[sheet.id].state);
  const gone = [...vault.sheets.values()].filter((sheet) => over(sheet) && !vault.waits(sheet));
  for (const sheet of vault.sheets.values()) {
    if (!gone.includes(sheet)) await vault.keepSheet(merge(sheet, standing[sheet.id]));
  }
  if (gone.length) await vault.drop(gone.map((sheet) => sheet.id));
  return gone.length;
}

/* Answers {state: "sent" | "offline" | "login" | "other" | "trouble", login, gone, late, wait}. */
export async function synchronise(vault, server) {
  let greeting = await server.greet();
  if (greeting.status === 401) return { state: "login", login: greeting.body.login };
  if (greeting.status !== 200) return { state: greeting.status ? "trouble" : "offline" };
  if (greeting.body.user !== vault.bundle.user) return { state: "other" };
  if (greeting.body.said) await vault.hear(greeting.body.said).catch(() => null); // a device that is full sends all the same
  let standing = greeting.body.sheets;
  let most = AT_ONCE;
  const held = new Set(); // sheets that the server does not take yet: the others go on
  const told = { late: 0, gone: 0, wait: "" };
  for (;;) {
    const entries = batch([...vault.sheets.values()], held, most);
    if (!entries.length) break;
    await mark(vault, entries);
    const answer = await server.send(vault.bundle.user, entries);
    if (answer.status === TOO_LARGE && most > 1) {
      most = Math.ceil(most / 4);
      continue;
    }
    if (answer.status === 401) return { state: "login", login: answer.body.login };
    if (answer.status !== 200) return { state: answer.status ? "trouble" : "offline" };
    await take(vault, entries, answer.body);
    standing = answer.body.sheets;
    for (const { key, sheet } of entries) {
      const it = answer.body.answers[key];
      if (!it || it.status === "wait") held.add(sheet);
      if (it?.status === "wait") told.wait = it.words;
      if (["late", "gone"].includes(it?.status)) told[it.status] += 1;
    }
  }
  return { state: "sent", ...told, forgotten: await tidy(vault, standing) };
}
