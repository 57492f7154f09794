/* What a member's device says to the server of one meeting, and the evidence that it fetches. */
import { Line } from "./line.js";

export class Server extends Line {
  constructor(base, meeting) {
    const place = `${base}meetings/${meeting}/`;
    super(place, `${place}offline/`);
    this.base = base;
    this.keys = new Map();
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
