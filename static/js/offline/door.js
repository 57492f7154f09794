/* How a page on the device is opened: by the PIN or by a login as the holder; then one page alone writes. */
import { keyBytes, readKey, unlock } from "./keys.js";
import { askLogin } from "./login.js";
import { note, one, say, show, stamp } from "./page.js";
import { sessions } from "./store.js";

const waits = ({ waiting }) => say(waiting ? "waits" : "waits_none", { n: waiting });

const held = (id) =>
  new Promise((resolve) => {
    navigator.locks.request(`ocop-offline ${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });

export function trouble(name) {
  one("[data-troubles]").replaceChildren(note("wrong", say(name)));
}

export class Door {
  /* `drawers`: under which name they lie; `drawer(session, key)` and `server(session)` make the room's own; `opened(drawer, session)` goes on. */
  constructor({ drawers, back, drawer, server, opened }) {
    Object.assign(this, { drawers, back, drawer, server, opened });
  }

  async start() {
    const here = globalThis.indexedDB ? await sessions(this.drawers) : [];
    if (!here.length) return show("empty");
    if (here.length === 1) return this.ask(here[0]);
    one("[data-sessions]").replaceChildren(...here.map((it, at) => this.choice(it, at)));
    return show("choose");
  }

  choice(session, at) {
    const line = stamp("session", { n: at + 1, waits: waits(session) });
    one("button", line).addEventListener("click", () => this.ask(session));
    return line;
  }

  async ask(session) {
    show("locked");
    one("[data-waits]").textContent = waits(session);
    const form = one("#pin");
    form.hidden = !session.lock;
    form.onsubmit = async (event) => {
      event.preventDefault();
      const key = await unlock(session.lock, form.elements.pin.value, session.id);
      if (!key) return trouble("wrong_pin");
      form.reset();
      return this.unlocked(session, key);
    };
    const login = await this.byLogin(session);
    if (login === null) return;
    if (!session.lock && !login) trouble("needs_login");
    const button = one("[data-login]");
    button.hidden = !login;
    button.onclick = async () => (await askLogin(login, this.back)) && this.byLogin(session);
  }

  /* Whoever is logged in as the holder needs no PIN; null once it is open, else where to log in. */
  async byLogin(session) {
    const server = this.server(session);
    const greeting = await server.greet();
    if (greeting.status === 401) return greeting.body.login;
    if (greeting.status !== 200 || greeting.body.user !== session.user) return "";
    const { status, body } = await server.key();
    if (status !== 200) return "";
    try {
      await this.unlocked(session, await readKey(keyBytes(body.key)));
    } catch (error) {
      if (error.name === "OperationError") return ""; // the server's secret was changed since: the PIN still opens it
      throw error;
    }
    return null;
  }

  async unlocked(session, key) {
    const drawer = await this.drawer(session, key).open();
    if (!drawer.bundle) return trouble("unreadable");
    if (!(await held(session.id))) return trouble("busy");
    return this.opened(await drawer.open(), session); // anew, now that no other page writes
  }
}
