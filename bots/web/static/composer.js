// Where the contact writes: text, files with a look at them before they go, changing a message.
import { button, element, toast } from "./elements.js";
import { say, settings, size } from "./texts.js";

const form = document.getElementById("composer");
const text = document.getElementById("text");
const picker = document.getElementById("files");
const tray = document.getElementById("tray");
const editing = document.getElementById("editing");

export class Composer {
  // `onSend(text, files)`, `onSave(message, text)`: false keeps what was written.
  constructor({ onSend, onSave }) {
    Object.assign(this, { onSend, onSave });
    this.files = [];
    this.edited = null;
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    text.addEventListener("keydown", (event) => this.key(event));
    text.addEventListener("input", () => this.grow());
    text.addEventListener("paste", (event) => this.take([...(event.clipboardData?.files ?? [])], event));
    document.getElementById("attach").addEventListener("click", () => picker.click());
    document.getElementById("stop-editing").addEventListener("click", () => this.stopEditing());
    picker.addEventListener("change", () => { this.add([...picker.files]); picker.value = ""; });
    this.acceptDrops();
  }

  acceptDrops() {
    addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dropping"));
    addEventListener("drop", (event) => {
      document.body.classList.remove("dropping");
      this.take([...event.dataTransfer.files], event);
    });
  }

  take(files, event) {
    if (!files.length) return;
    event.preventDefault();
    this.add(files);
  }

  key(event) {
    if (event.key === "Escape" && this.edited) this.stopEditing();
    const isTouch = matchMedia("(hover: none)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isTouch) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, 144)}px`;
  }

  submit() {
    const said = text.value.trim();
    if (!said && !this.files.length) return;
    if (said.length > settings.mostCharacters) {
      toast(say("tooLong", { count: said.length, most: settings.mostCharacters }));
      return;
    }
    if (this.edited) {
      const message = this.edited;
      this.stopEditing();
      this.onSave(message, said);
      return;
    }
    this.onSend(said, this.files);
    this.empty();
  }

  empty() {
    text.value = "";
    this.files = [];
    this.drawTray();
    this.grow();
    text.focus();
  }

  // Limits are told before anything is uploaded.
  add(files) {
    for (const file of files) {
      const name = file.name;
      if (this.files.length >= settings.mostFiles) return toast(say("tooMany", { most: settings.mostFiles }));
      if (file.size > settings.mostBytes) toast(say("tooLarge", { name, most: Math.floor(settings.mostBytes / 2 ** 20) }));
      else if (settings.refusedEndings.some((ending) => name.toLowerCase().endsWith(ending))) toast(say("wrongType", { name }));
      else this.files.push(file);
    }
    this.drawTray();
    text.focus();
    return undefined;
  }

  drawTray() {
    for (const image of tray.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    tray.replaceChildren(...this.files.map((file) => this.trayItem(file)));
    tray.hidden = this.files.length === 0;
  }

  trayItem(file) {
    const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const remove = button("✕", () => {
      this.files = this.files.filter((one) => one !== file);
      this.drawTray();
    }, { class: "icon", "aria-label": say("remove", { name: file.name }) });
    const preview = isPicture ? element("img", { src: URL.createObjectURL(file), alt: "" }) : null;
    return element("li", {}, preview, element("span", {}, `${file.name} (${size(file.size)})`), remove);
  }

  edit(message) {
    this.edited = message;
    editing.hidden = false;
    text.value = message.text;
    this.grow();
    text.focus();
  }

  stopEditing() {
    this.edited = null;
    editing.hidden = true;
    this.empty();
  }
}
