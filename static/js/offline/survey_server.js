/* What a surveyor's device says to the server, photographs too. */
import { Line } from "./line.js";

export class SurveyServer extends Line {
  /* `known`: the surveys that lie here, whose end the server is to tell. */
  constructor(base, known = () => []) {
    const place = `${base}surveys/`;
    super(place, `${place}take/`);
    this.known = known;
  }

  greet() {
    return super.greet(`?known=${this.known().join(",")}`);
  }

  photo(survey, facts, bytes) {
    const body = new FormData();
    for (const [name, value] of Object.entries(facts)) if (value !== null && value !== undefined) body.append(name, value);
    body.append("file", new Blob([bytes], { type: "image/jpeg" }), `${facts.key}.jpg`);
    return this.post(`${this.place}${survey}/device-photos/`, body);
  }
}
