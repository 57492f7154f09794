/* How something is taken along: the device is asked, a PIN chosen, one page alone fills the drawer. */
import { look } from "./device.js";
import { sizeOf } from "../device/sizes.js";
import { isWeak, keyBytes, lock, readKey } from "./keys.js";
import { note, one, say } from "./page.js";
import { forget, session, sessions, write } from "./store.js";

/* `take(pin, form)` fills the drawer; `here(own)` names the words for one that lies there already. */
export class Taker {
  constructor({ root, id, drawers, server, take, here }) {
    Object.assign(this, { root, id, drawers, server, take, here });
    this.form = one("form", root);
    this.words = one("[data-words]", root);
  }

  tell(...notes) {
    this.words.replaceChildren(...notes);
  }

  wrong(name, facts) {
    this.tell(note("wrong", say(name, facts)));
  }

  open() {
    one("[data-open]", this.root).hidden = false;
  }

  /* Whether the device has the room, in words where it has not. */
  async fits(bytes) {
    const { refusal, warnings, free } = await look(bytes);
    const facts = { free: sizeOf(free ?? 0) };
    if (refusal) this.wrong(refusal, facts);
    else this.tell(...warnings.map((it) => note("soon", say(it, facts))));
    return !refusal;
  }

  async start(bytes) {
    if (!(await this.fits(bytes))) return;
    const here = await sessions(this.drawers);
    const others = here.filter((it) => it.id !== this.id && it.waiting);
    const own = here.find((it) => it.id === this.id);
    if (others.length) this.words.append(note("soon", say("others_wait", { n: others.reduce((sum, it) => sum + it.waiting, 0) })));
    if (own) {
      this.words.append(note("", say(this.here(own), { n: own.waiting })));
      this.open();
    }
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => this.submitted(event));
  }

  async submitted(event) {
    event.preventDefault();
    const { pin, again } = this.form.elements;
    if (isWeak(pin.value)) return this.wrong("weak_pin");
    if (pin.value !== again.value) return this.wrong("pins_differ");
    const button = one("button", this.form);
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    try {
      const locks = `ocop-offline ${this.id}`;
      await navigator.locks.request(locks, { ifAvailable: true }, (free) => (free ? this.take(pin.value, this.form) : this.wrong("busy")));
      this.form.reset();
    } catch (error) {
      this.wrong(error.name === "QuotaExceededError" ? "full" : "line_down", { free: sizeOf(0) });
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  }

  /* The bundle and the open drawer that it goes into, its session kept under the PIN; undefined where it cannot be, in words. */
  async handed(pin, make, facts) {
    const greeting = await this.server.greet();
    if (greeting.status !== 200) return this.wrong(greeting.status === 401 ? "login_ended" : "line_down");
    const key = await this.server.key();
    const bundle = await this.server.bundle();
    if (key.status !== 200 || bundle.status !== 200) return this.wrong("line_down");
    const raw = keyBytes(key.body.key);
    const drawer = await this.opened(make, await readKey(raw));
    if (!drawer) return this.wrong("old_key");
    const locked = await lock(raw, pin, this.id);
    await write({ waiting: 0, ...(await session(this.id)), id: this.id, tenant: this.drawers, ...facts, lock: locked });
    return { drawer, bundle: bundle.body };
  }

  /* What lies here already; null where the server's secret was changed since and something still waits under the old one. */
  async opened(make, key) {
    try {
      return await make(key).open();
    } catch (error) {
      if (error.name !== "OperationError") throw error;
      if ((await session(this.id))?.waiting) return null;
      await forget(this.id);
      return make(key);
    }
  }
}

export async function register(script, scope) {
  await navigator.serviceWorker.register(script, { scope, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
}
