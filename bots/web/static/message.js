// One message as an element: who speaks, the text, files, buttons, and what became of it.
import { file as load } from "./api.js";
import { button, element } from "./elements.js";
import { clockTime, say, size } from "./texts.js";

const RATE = /^rate:\d+:([1-5])$/;
const pictures = new Map();

export function speaker(message) {
  if (message.from === "staff") return message.name ? `${message.name} · ${say("staff")}` : say("staff");
  return say({ bot: "bot", community: "community" }[message.from] ?? "you");
}

// `actions`: what the page does on a tap, an edit or a deletion. `isNewest`: its buttons are the ones to show.
export function messageElement(message, actions, { isNewest, csat }) {
  const command = message.from === "contact" && !message.deleted && /^\/[a-z]+/.exec(message.text);
  if (command) return element("li", { class: "event", "data-id": message.id }, commandText(command[0]));
  const own = message.from === "contact";
  const made = element("li", { class: `message ${message.from}${message.deleted ? " gone" : ""}`, "data-id": message.id });
  made.append(own ? element("span", { class: "hidden" }, say("you")) : element("p", { class: "name" }, speaker(message)));
  made.append(bubble(message, actions));
  const buttons = message.buttons.filter((one) => !one.action?.startsWith("human:")); // That one is always in sight.
  if (isNewest && !message.deleted && buttons.length) made.append(buttonsElement(buttons, actions, csat));
  made.append(metaElement(message, actions, own));
  return made;
}

function commandText(name) {
  return name === "/human" ? say("askedHuman") : say("command", { command: name });
}

function bubble(message, actions) {
  const made = element("div", { class: "bubble" });
  if (message.deleted) made.textContent = say("deleted");
  else if (message.text) {
    const text = element("div", { class: "text" });
    text.innerHTML = message.html; // Made and escaped by the server (bots/web_formatting.py).
    made.append(text);
  }
  if (!message.deleted && message.attachments.length) {
    made.append(element("div", { class: "files" }, ...message.attachments.map((one) => fileElement(one, actions))));
  }
  return made;
}

function metaElement(message, actions, own) {
  const made = element("p", { class: "meta" }, element("time", { datetime: message.at }, clockTime(message.at)));
  if (message.edited && !message.deleted) made.append(element("span", {}, say("edited")));
  if (own && !message.deleted) {
    const more = element("details", { class: "more" }, element("summary", { "aria-label": say("change"), title: say("change") }, "⋯"));
    if (message.text) more.append(button(say("edit"), () => { more.open = false; actions.edit(message); }));
    more.append(button(say("delete"), () => { more.open = false; actions.remove(message); }));
    made.append(more);
    made.append(element("span", { class: "tick", role: "img", "aria-label": say("sent") }, "✓✓"));
  }
  return made;
}

function buttonsElement(buttons, actions, csat) {
  const stars = buttons.filter((one) => RATE.test(one.action ?? ""));
  const others = buttons.filter((one) => !stars.includes(one));
  if (!others.length) return starsElement(stars, actions, csat);
  const made = element("div", { class: "buttons" });
  if (stars.length) made.append(starsElement(stars, actions, csat));
  for (const one of others) {
    if (one.url) made.append(element("a", { href: safeUrl(one.url), target: "_blank", rel: "noopener noreferrer" }, one.label));
    else made.append(button(one.label, (event) => actions.tap(one.action, event.currentTarget)));
  }
  return made;
}

const safeUrl = (url) => (/^https?:\/\//i.test(url) ? url : "#");

function starsElement(buttons, actions, csat) {
  const legend = csat ? say("rated", { count: csat }) : say("rateAsk");
  const made = element("fieldset", { class: "stars" }, element("legend", {}, legend));
  for (const one of buttons) {
    const count = Number(RATE.exec(one.action)[1]);
    const star = button("★", (event) => actions.tap(one.action, event.currentTarget), {
      "aria-label": say("stars", { count }),
      "aria-pressed": String(count === csat),
      class: csat && count <= csat ? "lit" : "",
    });
    made.append(star);
  }
  return made;
}

function fileElement(file, actions) {
  if (!file.url) return element("span", { class: "file" }, say("pending", { name: file.name }));
  if (file.kind !== "photo") return downloadElement(file);
  const image = element("img", { alt: file.name });
  const made = button(image, () => image.src && actions.show(image.src, file.name), { class: "picture", "aria-label": say("picture", { name: file.name }) });
  picture(file).then((url) => { image.src = url; }, () => made.replaceWith(element("span", { class: "file" }, say("gone", { name: file.name }))));
  return made;
}

// Each picture is loaded once; views that are drawn again share its address.
function picture(file) {
  if (!pictures.has(file.id)) {
    const loading = load(file.url).then((blob) => URL.createObjectURL(blob));
    loading.catch(() => pictures.delete(file.id));
    pictures.set(file.id, loading);
  }
  return pictures.get(file.id);
}

function downloadElement(file) {
  const label = file.size ? `📎 ${file.name} (${size(file.size)})` : `📎 ${file.name}`;
  return button(label, async () => {
    try {
      const url = URL.createObjectURL(await load(file.url));
      element("a", { href: url, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      actions.trouble(error, say("gone", { name: file.name }));
    }
  }, { class: "file", "aria-label": say("download", { name: file.name }) });
}

// A message that the server has not confirmed yet.
export function outgoingElement(item, { retry, discard }) {
  const made = element("li", { class: "message contact", "data-client-id": item.id });
  const content = element("div", { class: "bubble" });
  if (item.text) content.append(element("div", { class: "text" }, item.text));
  for (const name of item.names ?? []) content.append(element("div", { class: "files" }, element("span", { class: "file" }, `📎 ${name}`)));
  if (item.progress !== undefined && item.state === "sending") {
    const percent = Math.round(item.progress * 100);
    content.append(element("progress", { class: "progress", max: 100, value: percent, "aria-label": say("uploading", { name: item.names[0], percent }) }));
  }
  const meta = element("p", { class: "meta" }, element("time", { datetime: item.at }, clockTime(item.at)));
  if (item.state === "failed") {
    meta.append(element("span", { class: "failed" }, item.detail ? `${say("failed")}: ${item.detail}` : say("failed")));
    meta.append(button(say("retry"), () => retry(item)), button(say("discard"), () => discard(item)));
  } else {
    meta.append(element("span", {}, say({ waiting: "waiting", sent: "sent" }[item.state] ?? "sending")));
  }
  made.append(content, meta);
  return made;
}
