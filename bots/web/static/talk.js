// The list of messages: the server's in order of their ids, then what is not confirmed yet. Scrolls along while the
// reader is at the bottom, else says that there is something new.
import { element } from "./elements.js";
import { messageElement, outgoingElement } from "./message.js";
import { dayKey, dayName } from "./texts.js";

const NEAR_BOTTOM = 80;
const list = document.getElementById("messages");
const frame = document.getElementById("talk");
const newer = document.getElementById("newer");

export class Talk {
  constructor(actions) {
    this.actions = actions;
    this.messages = new Map();
    this.pending = [];
    this.csat = null;
    this.drawn = new Map();
    newer.addEventListener("click", () => this.toBottom());
    frame.addEventListener("scroll", () => { if (this.isAtBottom()) newer.hidden = true; }, { passive: true });
    new ResizeObserver(() => this.wasAtBottom && this.toBottom()).observe(frame);
    list.addEventListener("load", () => this.wasAtBottom && this.toBottom(), true);
  }

  clear() {
    this.messages.clear();
    this.pending = [];
    this.drawn.clear();
    list.replaceChildren();
    this.draw();
  }

  put(message) {
    const isNew = !this.messages.has(message.id);
    this.messages.set(message.id, message);
    this.draw();
    if (isNew && message.from !== "contact" && !this.wasAtBottom) newer.hidden = false;
    return isNew;
  }

  setPending(items) {
    const grows = items.length > this.pending.length;
    this.pending = items;
    this.draw();
    if (grows) this.toBottom();
  }

  setRating(csat) {
    if (csat === this.csat) return;
    this.csat = csat;
    this.draw();
  }

  isAtBottom() {
    return frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    frame.scrollTop = frame.scrollHeight;
    newer.hidden = true;
  }

  // Draws once a frame, however much came; keeps elements that look the same.
  draw() {
    if (this.drawing) return;
    this.wasAtBottom = this.isAtBottom();
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.drawNow();
      if (this.wasAtBottom) this.toBottom();
    });
  }

  drawNow() {
    const all = [...this.messages.values()].sort((one, other) => one.id - other.id);
    const newest = all.filter((message) => message.buttons.length && !message.deleted).at(-1);
    const wanted = [];
    let day = "";
    for (const message of all) {
      if (dayKey(message.at) !== day) {
        day = dayKey(message.at);
        wanted.push(this.kept(`day ${day}`, dayName(message.at), () => element("li", { class: "day" }, dayName(message.at))));
      }
      const options = { isNewest: message === newest, csat: message === newest ? this.csat : null };
      const look = JSON.stringify([message, options]);
      wanted.push(this.kept(message.id, look, () => messageElement(message, this.actions, options)));
    }
    const confirmed = new Set(all.map((message) => message.client_id));
    for (const item of this.pending.filter((one) => !confirmed.has(one.id))) {
      const look = JSON.stringify([item.state, item.progress, item.detail]);
      wanted.push(this.kept(item.id, look, () => outgoingElement(item, this.actions)));
    }
    this.arrange(wanted);
    document.getElementById("welcome").hidden = wanted.length > 0;
  }

  kept(key, look, make) {
    const before = this.drawn.get(key);
    if (before?.look === look) return before.element;
    const made = make();
    if (before?.element.contains(document.activeElement)) queueMicrotask(() => made.querySelector("button")?.focus());
    this.drawn.set(key, { look, element: made });
    return made;
  }

  arrange(wanted) {
    const staying = new Set(wanted);
    for (const child of [...list.children]) if (!staying.has(child)) child.remove();
    wanted.forEach((child, index) => {
      if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
    });
    for (const [key, one] of this.drawn) if (!staying.has(one.element)) this.drawn.delete(key);
  }
}
