/* The points, the band and the star of one sheet, as the server reckons them (ocop/regulations): whole numbers only. */

export function mark(text) {
  if (!text) return null;
  const [points, kind] = text.split(":").reverse();
  return { points: Number(points), kind };
}

const band = (set, total) => set.bands.filter((it) => it.least <= total).reduce((one, other) => (other.star > one.star ? other : one)).star;

function unmet(set, marks, upTo) {
  return Object.entries(set.criteria).flatMap(([code, criterion]) => {
    const found = marks[code];
    const gates = found?.kind ? criterion.cases[found.kind] : criterion.gates;
    return Object.entries(gates)
      .map(([star, least]) => ({ code, star: Number(star), least, have: found?.points ?? 0 }))
      .filter((gate) => gate.star <= upTo && gate.have < gate.least);
  });
}

function held(set, policy, top, missed) {
  const below = set.least_recognised - 1;
  if (top <= below) return top;
  let lost = new Set(missed.map((gate) => gate.star));
  if (policy.gates_cumulative && lost.size) {
    const from = Math.min(...lost);
    lost = new Set(Array.from({ length: top - from + 1 }, (_, at) => from + at));
  }
  if (policy.fall_back === "two_stars") return lost.has(top) ? below : top;
  for (let star = top; star > below; star -= 1) if (!lost.has(star)) return star;
  return below;
}

/* `values` is criterion → "3", "a:2" or "". */
export function tally(set, policy, values) {
  const marks = Object.fromEntries(Object.entries(values).map(([code, text]) => [code, mark(text)]).filter(([, it]) => it));
  const points = (codes) => codes.reduce((sum, code) => sum + (marks[code]?.points ?? 0), 0);
  const sections = (part) => part.sections.flatMap((it) => it.criteria);
  const parts = set.parts.map((part) => ({ ...part, have: points(sections(part)) }));
  const total = parts.reduce((sum, part) => sum + part.have, 0);
  const codes = set.parts.flatMap(sections);
  const unanswered = codes.filter((code) => !marks[code]);
  const top = band(set, total);
  const missing = unmet(set, marks, top);
  const stars = held(set, policy, top, missing);
  const missed = missing.filter((gate) => gate.star > stars && marks[gate.code]);
  const aim = missed.length ? Math.min(...missed.map((gate) => gate.star)) : null;
  const gates = Object.fromEntries(missed.filter((gate) => gate.star === aim).map((gate) => [gate.code, gate]));
  const left = unanswered.reduce((sum, code) => sum + set.criteria[code].points, 0);
  return { total, stars, parts, unanswered, answered: codes.length - unanswered.length, count: codes.length, gates, aim, left, points };
}
