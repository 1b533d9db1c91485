// Who has the question, whether we are connected, and how much is unread while nobody looks (for the tab's title and
// for the bubble of the site that embeds us).
import { say, settings } from "./texts.js";

const byId = (id) => document.getElementById(id);

export class Status {
  constructor() {
    this.unread = 0;
    this.isShown = !settings.embedded;
    this.title = document.title;
    this.state = null;
    document.addEventListener("visibilitychange", () => this.look());
    if (settings.embedded) this.talkToParent();
  }

  // The frame's parent learns numbers only, never what was said.
  talkToParent() {
    addEventListener("message", (event) => {
      if (event.source !== parent || typeof event.data?.zuruf !== "string") return;
      this.isShown = event.data.zuruf === "shown";
      this.look();
      if (this.isShown) byId("text").focus({ preventScroll: true });
    });
    byId("close").addEventListener("click", () => this.tellParent("close"));
    addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && this.tellParent("close"));
    this.tellParent("ready");
  }

  tellParent(what, count = 0) {
    if (settings.embedded && parent !== window) parent.postMessage({ zuruf: what, count }, "*");
  }

  countUnread() {
    if (this.isShown && !document.hidden) return;
    this.unread += 1;
    document.title = `(${this.unread}) ${this.title}`;
    this.tellParent("unread", this.unread);
  }

  look() {
    if (!this.isShown || document.hidden || !this.unread) return;
    this.unread = 0;
    document.title = this.title;
    this.tellParent("unread", 0);
  }

  offline(isOffline) {
    document.body.classList.toggle("offline", isOffline);
    byId("banner").hidden = !isOffline;
    byId("banner").textContent = isOffline ? say("offline") : "";
  }

  show(state) {
    const text = this.text(state);
    if (byId("status-text").textContent !== text) byId("status-text").textContent = text;
    const isWorking = Boolean(state && (state.someone_is_answering || state.status === "new" || state.status === "open"));
    byId("working").hidden = !isWorking;
    byId("working-text").textContent = isWorking ? text : "";
  }

  text(state) {
    if (!state?.status) return say("ready");
    if (state.status === "pending") return say("answered");
    if (state.status === "solved") return say("solved");
    if (state.someone_is_answering) return say(state.by === "community" ? "answeringCommunity" : "answeringStaff");
    return say({ peer: "askingCommunity", staff: "withStaff" }[state.lane] ?? "reading");
  }
}
