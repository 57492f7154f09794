/* When what waits on the device is sent: soon after each change, again while something is left, never twice at once. */
import { askLogin } from "./login.js";
import { one, say } from "./page.js";

const SOON = 2500;
const AGAIN = 20_000; // a browser does not always say that the line is back

export class Sender {
  timer = null;
  running = false;
  wanted = false;

  /* `exchange()` sends and answers what came of it, `answered(answer)` tells it. */
  constructor({ drawer, back, exchange, answered }) {
    Object.assign(this, { drawer, back, exchange, answered });
  }

  later() {
    this.told();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), SOON);
  }

  told(text = "") {
    const count = this.drawer.waiting;
    one("[data-status]").textContent = text || say(count ? "waits" : "waits_none", { n: count });
    one("[data-send]").hidden = !count;
  }

  async send() {
    if (!this.drawer) return;
    clearTimeout(this.timer);
    if (this.running) {
      this.wanted = true;
      return;
    }
    [this.running, this.wanted] = [true, false];
    try {
      const answer = await this.exchange();
      await (answer.state === "login" ? this.relogin(answer.login) : this.answered(answer));
    } finally {
      this.running = false;
    }
    if (this.wanted) await this.send();
    else if (this.drawer?.unsent) this.timer = setTimeout(() => this.send(), AGAIN);
  }

  relogin(login) {
    this.told(say("login_ended"));
    const button = one("[data-again]");
    button.hidden = false;
    button.onclick = async () => {
      if (!(await askLogin(login, this.back))) return;
      button.hidden = true;
      await this.send();
    };
  }

  /* Nothing is left to do here: the key and all it kept are forgotten. */
  async forget() {
    const { drawer } = this;
    this.drawer = null;
    await drawer.forget();
  }
}

/* What became of the words of an answer that was not received. */
export const unsent = (answer) => ({ offline: "still_here", other: "other_account", trouble: "trouble" })[answer.state];
