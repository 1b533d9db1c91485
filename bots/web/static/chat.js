// The page: joins the stream, what goes out, the list of messages and the composer.
import { Refused, call, upload } from "./api.js";
import { Composer } from "./composer.js";
import { confirmed, element, toast } from "./elements.js";
import { onTokenChange, token } from "./memory.js";
import { Outgoing, newId } from "./outgoing.js";
import { Status } from "./status.js";
import { Stream } from "./stream.js";
import { Talk } from "./talk.js";
import { say, settings } from "./texts.js";

const byId = (id) => document.getElementById(id);
const uploads = [];
const status = new Status();

const outgoing = new Outgoing({ onChange: drawPending, onForgotten: () => forget() });
const talk = new Talk({
  tap,
  edit: (message) => composer.edit(message),
  remove,
  show,
  trouble,
  retry: (item) => (item.files ? startUpload(item) : outgoing.retry(item.id)),
  discard(item) {
    uploads.splice(0, uploads.length, ...uploads.filter((one) => one !== item));
    outgoing.confirm(item.id);
    drawPending();
  },
});
const composer = new Composer({ onSend: send, onSave: save });
const stream = new Stream({ onEvent, onUp, onDown: () => status.offline(true), onForgotten: () => forget() });

function drawPending() {
  talk?.setPending([...outgoing.items, ...uploads].sort((one, other) => one.at.localeCompare(other.at)));
  if (token.get()) stream?.start();
}

function onUp() {
  status.offline(false);
  outgoing.flush();
}

function onEvent({ kind, data }) {
  if (kind === "status") {
    status.show(data);
    talk.setRating(data.csat);
    byId("messages").setAttribute("aria-live", "polite"); // From here on it is news.
    byId("anew").hidden = talk.messages.size === 0;
    return;
  }
  const isNew = talk.put(data);
  byId("anew").hidden = false;
  if (data.client_id) {
    outgoing.confirm(data.client_id);
    const at = uploads.findIndex((item) => item.id === data.client_id);
    if (at >= 0) uploads.splice(at, 1);
    drawPending();
  }
  if (isNew && kind === "message" && data.from !== "contact") status.countUnread();
}

function send(text, files) {
  if (files.length) startUpload({ id: newId(), text, files, names: files.map((file) => file.name), at: new Date().toISOString() });
  else outgoing.add(text);
}

async function startUpload(item) {
  item.state = "sending";
  item.progress = 0;
  if (!uploads.includes(item)) uploads.push(item);
  drawPending();
  const form = new FormData();
  form.append("client_id", item.id);
  form.append("text", item.text);
  for (const file of item.files) form.append("file", file, file.name);
  try {
    await upload(form, (progress) => { item.progress = progress; drawPending(); });
    item.state = "sent";
  } catch (error) {
    item.state = "failed";
    item.detail = error instanceof Refused ? error.message : "";
  }
  drawPending();
}

async function attempt(doing) {
  try {
    return await doing();
  } catch (error) {
    trouble(error);
    return null;
  }
}

function trouble(error, text = "") {
  if (error.status === 401) forget();
  toast((error instanceof Refused && error.message) || text || say("trouble"));
}

async function tap(action, pressed) {
  const all = pressed.parentElement.querySelectorAll("button");
  for (const one of all) one.disabled = true;
  const answer = await attempt(() => call("POST", "taps", { action, client_id: newId() }));
  for (const one of all) one.disabled = false;
  if (answer?.notice) toast(answer.notice);
}

function save(message, text) {
  if (text !== message.text) attempt(() => call("PATCH", `messages/${message.id}`, { text }));
}

async function remove(message) {
  if (await confirmed(say("deleteAsk"), say("delete"))) await attempt(() => call("DELETE", `messages/${message.id}`));
}

function show(url, name) {
  const dialog = element("dialog", { "aria-label": name, onclick: () => dialog.close(), onclose: () => dialog.remove() }, element("img", { src: url, alt: name }));
  byId("chat").append(dialog);
  dialog.showModal();
}

// Without the token the conversation is closed to this browser; what was not sent goes into the next one.
function forget() {
  token.set(null);
  stream.stop();
  stream.lastId = 0;
  talk.clear();
  status.show(null);
  byId("messages").setAttribute("aria-live", "off");
  byId("anew").hidden = true;
  drawPending();
}

byId("human").addEventListener("click", () => outgoing.add("/human"));
byId("anew").addEventListener("click", async () => {
  const question = byId("anew-ask");
  if (!(await confirmed(question.content.textContent, question.dataset.yes))) return;
  uploads.length = 0;
  outgoing.clear();
  forget();
  byId("text").focus();
});
byId("language").addEventListener("click", async (event) => {
  if (!token.get()) return;
  event.preventDefault();
  const { href, lang } = event.currentTarget;
  await Promise.race([attempt(() => call("PUT", "language", { locale: lang })), new Promise((done) => { setTimeout(done, 2000); })]);
  location.href = href;
});
addEventListener("online", () => status.offline(false));
addEventListener("offline", () => status.offline(true));
onTokenChange(() => location.reload());

drawPending();
outgoing.flush();
if (!settings.embedded && matchMedia("(hover: hover)").matches) byId("text").focus({ preventScroll: true });
