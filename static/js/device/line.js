/* One draft goes to the server. What came of it: {state, body}; states: saved, clash (somebody was faster), refused (the value cannot be
   taken), down (no line), login (it has ended), other (somebody else is signed in by now: nothing is sent in her name). */
import { greet, isHolder } from "./store.js";

const PATIENCE = 30_000; // a line that says nothing for so long is none
const box = () => document.querySelector("input[name=csrfmiddlewaretoken]");
let token = box()?.value;

/* As the browser itself would send the form: lines end with CR LF. */
function entries({ kind, unit, values, seen }) {
  const sent = values.map(([name, value]) => [name, value.replace(/\r?\n/g, "\r\n")]);
  return kind === "form" ? [...sent, ["r", seen]] : [["field", unit], ...sent, [`r:${unit}`, seen]];
}

async function once(draft) {
  const answer = await fetch(draft.address, {
    method: "POST",
    body: new URLSearchParams(entries(draft)),
    headers: { Accept: "application/json", "X-CSRFToken": token ?? "" },
    signal: AbortSignal.timeout?.(PATIENCE), // older phones wait as long as the browser does
  });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, left: answer.redirected, body: isJson ? await answer.json() : null };
}

/* Any other request of hers: {status, body}, or {trouble: "login" | "other"}; throws where no answer came, or one that says: later. */
export async function ask(method, address, { headers, ...rest } = {}, isAgain = false) {
  const said = { Accept: "application/json", "X-CSRFToken": token ?? "", ...headers };
  const answer = await fetch(address, { method, headers: said, signal: AbortSignal.timeout?.(3 * PATIENCE), ...rest });
  const { status, redirected } = answer;
  if (status >= 500 || status === 429) throw new Error(status);
  if (redirected) return { trouble: "login" };
  if ([401, 403].includes(status) && !isAgain) {
    const trouble = await renewed();
    if (trouble === "down") throw new Error(trouble);
    return trouble ? { trouble } : ask(method, address, { headers, ...rest }, true);
  }
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status, body: isJson ? await answer.json() : null };
}

/* A page out of the device's drawer carries an old token: a fresh one is asked for, and whether she is still who is signed in. */
async function renewed() {
  const { status, body } = await greet();
  if (status === 0 || status >= 500) return "down";
  if (status !== 200) return "login";
  if (!(await isHolder(body.user))) return "other";
  token = body.csrf;
  for (const each of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) each.value = token;
  return "";
}

function told({ status, left, body }) {
  if (status >= 500 || status === 429) return "down";
  if (left || !body) return left ? "login" : "refused";
  if (status === 409) return "clash";
  return status < 300 ? "saved" : "refused";
}

export async function post(draft) {
  try {
    let answer = token ? await once(draft) : { status: 403 };
    if (answer.status === 403) {
      const trouble = await renewed();
      if (trouble) return { state: trouble, body: {} };
      answer = await once(draft);
    }
    return { state: told(answer), body: answer.body ?? {} };
  } catch {
    return { state: "down", body: {} };
  }
}
