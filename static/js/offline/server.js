/* Everything said to the server: each answer is {status, body}; status 0 where the line is down. */

async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" }, ...options });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

export class Server {
  constructor(base, meeting) {
    this.place = `${base}meetings/${meeting}/`;
    this.base = base;
    this.keys = new Map();
  }

  /* Who is signed in, how her sheets stand, and a fresh token for what follows. */
  async greet() {
    const answer = await ask(`${this.place}sync/`);
    this.token = answer.body.csrf ?? this.token;
    return answer;
  }

  post(address, body) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.token };
    return ask(address, { method: "POST", headers, body: JSON.stringify(body) });
  }

  key() {
    return this.post(`${this.place}offline/key/`, {});
  }

  bundle() {
    return ask(`${this.place}offline/bundle/`);
  }

  send(user, entries) {
    return this.post(`${this.place}sync/`, { v: 1, user, entries });
  }

  /* The address leads on to one with a key, which opens every page of the paper until it ends. */
  async page(paper, number) {
    const address = `${this.base}evidence/${paper}/pages/${number}.jpg`;
    const get = (key) => fetch(address + key, { credentials: "same-origin" });
    let answer = await get(this.keys.get(paper) ?? "");
    if (answer.status === 410) answer = await get("");
    const isPicture = answer.ok && answer.headers.get("Content-Type")?.startsWith("image/");
    if (!isPicture) return null;
    this.keys.set(paper, new URL(answer.url).search);
    return answer.arrayBuffer();
  }

  async clip(paper) {
    const answer = await fetch(`${this.base}evidence/${paper}/clip/`, { credentials: "same-origin" });
    return answer.ok && answer.headers.get("Content-Type")?.startsWith("video/") ? answer.arrayBuffer() : null;
  }
}
