// What the contact wrote and the server has not confirmed yet. Kept over a reload, sent in order, one after the
// other; each keeps its client_id, so that trying again never says it twice.
import { Refused, call } from "./api.js";
import { queue } from "./memory.js";

const LONGEST_PAUSE_MS = 20_000;

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outgoing {
  constructor({ onChange, onForgotten }) {
    this.items = queue.all().map((item) => ({ ...item, state: item.state === "failed" ? "failed" : "sending" }));
    Object.assign(this, { onChange, onForgotten });
    this.busy = false;
    addEventListener("online", () => this.flush());
  }

  add(text) {
    const item = { id: newId(), text, at: new Date().toISOString(), state: "sending", detail: "" };
    this.items.push(item);
    queue.keep(item);
    this.onChange();
    this.flush();
  }

  // The server has it.
  confirm(id) {
    const before = this.items.length;
    this.items = this.items.filter((item) => item.id !== id);
    queue.drop(id);
    if (this.items.length !== before) this.onChange();
  }

  retry(id) {
    const item = this.items.find((one) => one.id === id);
    if (item) item.state = "sending";
    this.onChange();
    this.flush();
  }

  clear() {
    for (const item of this.items) queue.drop(item.id);
    this.items = [];
    this.onChange();
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    let pause = 1000;
    for (;;) {
      const item = this.items.find((one) => one.state === "sending" || one.state === "waiting");
      if (!item) break;
      const wait = await this.send(item);
      if (wait === null) {
        pause = 1000;
        continue;
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      await new Promise((done) => {
        const timer = setTimeout(done, Math.max(pause, wait * 1000));
        addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
      });
    }
    this.busy = false;
  }

  // Null when it is settled, else after how many seconds to try again.
  async send(item) {
    item.state = "sending";
    try {
      await call("POST", "messages", { text: item.text, client_id: item.id });
    } catch (error) {
      if (error.status === 401) this.onForgotten();
      const isFinal = error instanceof Refused && error.retryAfter === null && error.status !== 401;
      item.state = isFinal ? "failed" : "waiting";
      item.detail = error instanceof Refused ? error.message : "";
      if (isFinal) queue.keep(item);
      this.onChange();
      return isFinal ? null : (error.retryAfter ?? 0);
    }
    item.state = "sent"; // Stays until the stream shows it, so that nothing flickers.
    queue.drop(item.id);
    this.onChange();
    return null;
  }
}
