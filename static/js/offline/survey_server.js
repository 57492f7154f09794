/* Everything the surveys say to the server: each answer is {status, body}; status 0 where the line is down. */

async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" }, ...options });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

export class SurveyServer {
  /* `known`: the surveys that lie here, whose end the server is to tell. */
  constructor(base, known = () => []) {
    this.place = `${base}surveys/`;
    this.known = known;
  }

  async greet() {
    const answer = await ask(`${this.place}sync/?known=${this.known().join(",")}`);
    this.token = answer.body.csrf ?? this.token;
    return answer;
  }

  post(address, body) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.token };
    return ask(address, { method: "POST", headers, body: JSON.stringify(body) });
  }

  key() {
    return this.post(`${this.place}take/key/`, {});
  }

  bundle() {
    return ask(`${this.place}take/bundle/`);
  }

  send(user, entries) {
    return this.post(`${this.place}sync/`, { v: 1, user, entries });
  }

  photo(survey, facts, bytes) {
    const body = new FormData();
    for (const [name, value] of Object.entries(facts)) if (value !== null && value !== undefined) body.append(name, value);
    body.append("file", new Blob([bytes], { type: "image/jpeg" }), `${facts.key}.jpg`);
    return ask(`${this.place}${survey}/device-photos/`, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": this.token }, body });
  }
}
