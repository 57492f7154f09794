/* A sheet on the device and the changes that wait: pure functions, each answers a new sheet.
   sheet = {id, attempt, state, levels, queue, differ, receipt}; entry = {key, criterion, value, note, revision, sent}. */
const TAKEN = ["saved", "again", "same"];
export const OPINION = "opinion"; // the foot of the sheet goes as one criterion more: a note, no points

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
export const newSheet = (id, { attempt, state, levels }) => ({ id, attempt, state, levels, queue: [], differ: [], receipt: null });
export const waiting = (sheet) => sheet.queue.length + sheet.differ.length;
export const written = (level) => (level?.p === undefined ? "" : level.case ? `${level.case}:${level.p}` : String(level.p));

const chain = (sheet, criterion) => sheet.queue.filter((it) => it.criterion === criterion);

/* What the person sees: her last change, else what the server holds. */
export function shown(sheet, criterion) {
  const last = chain(sheet, criterion).at(-1) || sheet.differ.find((it) => it.criterion === criterion)?.mine;
  const level = sheet.levels[criterion];
  return last ? { value: last.value, note: last.note } : { value: written(level), note: level?.note ?? "" };
}

/* A change not yet sent is replaced; one that may have arrived keeps its place, and the next names the revision it makes.
   `seen` is what the person had before her, where that may be older than what the device holds by now. */
export function change(sheet, criterion, { value, note }, seen = sheet.levels[criterion]?.r ?? 0) {
  const last = chain(sheet, criterion).at(-1);
  const differ = sheet.differ.filter((it) => it.criterion !== criterion);
  if (last && !last.sent) {
    return { ...sheet, differ, queue: sheet.queue.map((it) => (it === last ? { ...it, value, note } : it)) };
  }
  const revision = last ? last.revision + 1 : seen;
  return { ...sheet, differ, queue: [...sheet.queue, { key: newKey(), criterion, value, note, revision, sent: false }] };
}

export const sending = (sheet, keys) => ({ ...sheet, queue: sheet.queue.map((it) => (keys.has(it.key) ? { ...it, sent: true } : it)) });

/* Where both sides changed the same criterion, or the server refused: both values, until the person chooses. */
function part(sheet, criterion, answer) {
  const { value, note } = chain(sheet, criterion).at(-1);
  const theirs = answer.theirs ?? sheet.levels[criterion] ?? {};
  return { criterion, mine: { value, note }, theirs: { value: written(theirs), note: theirs.note ?? "" }, words: answer.words ?? "" };
}

/* Drops only what was answered; `standing` is how the server has the sheet now. */
export function settle(sheet, answers, receipt, standing) {
  const told = sheet.queue.filter((it) => answers[it.key]);
  const of = (statuses) => told.filter((it) => statuses.includes(answers[it.key].status));
  const parted = new Map(of(["conflict", "refused"]).map((it) => [it.criterion, answers[it.key]]));
  const done = new Set([...of([...TAKEN, "late", "gone"])].map((it) => it.key));
  const revisions = new Map(of(TAKEN).map((it) => [it.criterion, answers[it.key].revision]));
  const left = sheet.queue.filter((it) => !done.has(it.key) && !parted.has(it.criterion));
  const queue = left.map((it) => (it.sent || !revisions.has(it.criterion) ? it : { ...it, revision: revisions.get(it.criterion) }));
  const differ = [...sheet.differ.filter((it) => !parted.has(it.criterion)), ...[...parted].map(([criterion, answer]) => part(sheet, criterion, answer))];
  return merge({ ...sheet, queue, differ, receipt: receipt ?? sheet.receipt }, standing);
}

/* What the server holds, taken over; a new round of scoring begins on an empty sheet once nothing of the old waits. */
export function merge(sheet, standing) {
  if (!standing) return sheet;
  const isNew = standing.attempt !== sheet.attempt;
  if (isNew && waiting(sheet)) return sheet;
  return { ...(isNew ? newSheet(sheet.id, standing) : sheet), ...standing };
}

/* She chose: hers goes on the newest revision, theirs is simply what the server holds; of two texts both may stay. */
export function choose(sheet, criterion, which) {
  const both = sheet.differ.find((it) => it.criterion === criterion);
  const settled = { ...sheet, differ: sheet.differ.filter((it) => it !== both) };
  if (which === "theirs") return settled;
  const note = which === "both" ? `${both.theirs.note}\n${both.mine.note}` : both.mine.note;
  return change(settled, criterion, { value: both.mine.value, note });
}
