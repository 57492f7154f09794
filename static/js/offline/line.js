/* Everything said to the server: each answer is {status, body}; status 0 where the line is down. */
const JSON_ONLY = { Accept: "application/json" };

export async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers: JSON_ONLY, ...options });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

/* A room's doors for a device: `place` is where it is synchronised, `taking` where it is taken along. */
export class Line {
  constructor(place, taking) {
    Object.assign(this, { place, taking });
  }

  /* Who is signed in, how her sheets stand, and a fresh token for what follows. */
  async greet(query = "") {
    const answer = await ask(`${this.place}sync/${query}`);
    this.token = answer.body.csrf ?? this.token;
    return answer;
  }

  post(address, body) {
    const isForm = body instanceof FormData;
    const headers = { ...JSON_ONLY, ...(isForm ? {} : { "Content-Type": "application/json" }), "X-CSRFToken": this.token };
    return ask(address, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
  }

  key() {
    return this.post(`${this.taking}key/`, {});
  }

  bundle() {
    return ask(`${this.taking}bundle/`);
  }

  send(user, entries) {
    return this.post(`${this.place}sync/`, { v: 1, user, entries });
  }
}
