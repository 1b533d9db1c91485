// Keeps the event stream open: comes back with growing pauses, at once when the browser is online again, and when
// nothing was heard for longer than the server's heartbeat allows.
import { readEvents } from "./api.js";

const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export class Stream {
  constructor({ onEvent, onUp, onDown, onForgotten }) {
    Object.assign(this, { onEvent, onUp, onDown, onForgotten });
    this.lastId = 0;
    this.running = false;
    addEventListener("online", () => this.again?.());
    document.addEventListener("visibilitychange", () => document.hidden || this.again?.());
  }

  async start() {
    if (this.running) return;
    this.running = true;
    let pause = FIRST_PAUSE_MS;
    while (this.running) {
      const wasUp = await this.once();
      if (!this.running) return;
      if (!wasUp) this.onDown();
      pause = wasUp ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await new Promise((done) => {
        this.again = done;
        setTimeout(done, pause * (0.5 + Math.random())); // Not all pages at once after a restart.
      });
      this.again = null;
    }
  }

  stop() {
    this.running = false;
    this.again?.();
    this.abort?.abort();
  }

  // One connection, as long as it lasts. True when it was up.
  async once() {
    this.abort = new AbortController();
    let isUp = false;
    let watch = setTimeout(() => this.abort.abort(), SILENCE_MS);
    try {
      await readEvents(this.lastId, this.abort.signal, (event) => {
        clearTimeout(watch);
        watch = setTimeout(() => this.abort.abort(), SILENCE_MS);
        if (!isUp) this.onUp();
        isUp = true;
        if (event.kind === "message") this.lastId = Math.max(this.lastId, event.data.id);
        if (event.kind !== "beat") this.onEvent(event);
      });
    } catch (error) {
      if (error.status === 401) {
        this.running = false;
        this.onForgotten();
      }
    } finally {
      clearTimeout(watch);
    }
    return isUp;
  }
}
