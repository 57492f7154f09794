/* The public calculator adds up while the sheet is filled: each change asks the server, which alone knows the law. */
const form = document.querySelector("form[data-calculator]");
const tally = document.querySelector("[data-tally]");
const texts = document.getElementById("tally-texts").dataset;
const WAIT = 250;
let timer;
let asked = 0;

function value(text) {
  const [points, one] = text.split(":").reverse();
  return one === undefined ? Number(points) : { case: one, points: Number(points) };
}

function sheet() {
  const chosen = form.querySelectorAll("[data-criterion] input:checked");
  return Object.fromEntries([...chosen].map((radio) => [radio.closest("[data-criterion]").dataset.criterion, value(radio.value)]));
}

function why(answer) {
  const gates = [...new Set(answer.missed.map((gate) => gate.criterion))];
  const parts = [];
  if (gates.length) parts.push(`${gates.join(", ")} ${texts.missed}`);
  if (answer.unanswered.length) parts.push(`${answer.unanswered.length} ${texts.left}`);
  return parts.join(" · ");
}

function show(answer) {
  tally.hidden = false;
  tally.querySelector("[data-total]").textContent = answer.total;
  for (const [code, points] of Object.entries(answer.parts)) tally.querySelector(`[data-part="${code}"]`).textContent = points;
  tally.querySelector("[data-stars]").textContent = `${answer.stars} ${texts.stars}`;
  tally.querySelector("[data-why]").textContent = why(answer);
}

async function ask() {
  const turn = ++asked;
  const body = JSON.stringify({ set: form.dataset.set, sheet: sheet() });
  try {
    const answer = await fetch(form.dataset.calculator, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (answer.ok && turn === asked) show(await answer.json());
  } catch {
    /* Without a line the button below still asks, and nothing chosen is lost. */
  }
}

form.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
if (form.querySelector("input:checked")) ask();
