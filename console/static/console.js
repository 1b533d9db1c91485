// The console's script. Pages work without it; with it they are live, keep drafts and do not reload.
//
// A page with data-live-url shows containers with data-live; their children carry data-key and data-version. When the
// server says that something changed, the fragment is fetched and only children of another version are replaced, so that
// what somebody is typing in, or has focused, stays.
"use strict";

const LOOK_SECONDS = 15;
const BLIND_LOOK_SECONDS = 4;
const PENDING_LOOK_SECONDS = 2;

const main = document.getElementById("main");
const texts = document.body.dataset;

function say(id, text) {
  const place = document.getElementById(id);
  place.textContent = "";
  place.textContent = text;
  if (id === "toast") {
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { place.textContent = ""; }, 4000);
  }
}

// ---- live parts

function isBusy(element) {
  const typing = element.contains(document.activeElement) && /^(TEXTAREA|SELECT|INPUT)$/.test(document.activeElement.tagName);
  return typing || [...element.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
}

function mergeInto(container, fresh) {
  const known = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let news = 0;
  let before = container.firstElementChild;
  for (const child of [...fresh.children]) {
    const old = known.get(child.dataset.key);
    known.delete(child.dataset.key);
    let stays = child;
    if (old && (old.dataset.version === child.dataset.version || isBusy(old))) {
      stays = old;
      news += mergeAll(old, child);
    } else if (old) {
      child.querySelectorAll("details").forEach((details, index) => {
        details.open = old.querySelectorAll("details")[index]?.open ?? details.open;
      });
      if (old === before) before = old.nextElementSibling;
      old.remove();
    } else {
      news += 1;
    }
    if (stays === before) before = before.nextElementSibling;
    else container.insertBefore(stays, before);
  }
  for (const gone of known.values()) {
    if (!isBusy(gone)) gone.remove();
  }
  return news;
}

function mergeAll(place, fresh) {
  let news = 0;
  for (const part of fresh.querySelectorAll("[data-live]")) {
    if (part.parentElement.closest("[data-live]") && fresh.contains(part.parentElement.closest("[data-live]"))) continue;
    const container = place.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (container) news += mergeInto(container, part);
  }
  return news;
}

let tag = null;
let looking = null;

async function look() {
  const headers = tag ? { "If-None-Match": tag } : {};
  const answer = await fetch(main.dataset.liveUrl, { headers, credentials: "same-origin", cache: "no-store" });
  if (answer.redirected || !(answer.ok || answer.status === 304)) throw new Error("no fresh page");
  if (answer.status === 304) return;
  tag = answer.headers.get("ETag");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const focused = document.activeElement?.dataset.focus;
  const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 120;
  const news = mergeAll(main, fresh);
  if (focused && document.activeElement === document.body) {
    main.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
  if (news) {
    say("announce", texts.textNew);
    if (atEnd && main.querySelector(".composer")) scrollTo(0, document.body.scrollHeight);
  }
}

function refresh() {
  if (!main.dataset.liveUrl) return;
  const stale = document.getElementById("stale");
  looking ??= look().then(() => { stale.hidden = true; }, () => { stale.hidden = false; }).finally(() => { looking = null; });
}

function goLive() {
  let live = false;
  const source = new EventSource("/console/events");
  source.addEventListener("changed", () => { live = true; refresh(); });
  source.addEventListener("error", () => { live = false; });
  addEventListener("online", refresh);
  addEventListener("offline", () => { live = false; refresh(); });
  let last = Date.now();
  setInterval(() => {
    live &&= document.getElementById("stale").hidden;
    const pending = main.querySelector("[data-pending]");
    const pause = pending ? PENDING_LOOK_SECONDS : live ? LOOK_SECONDS : BLIND_LOOK_SECONDS;
    if (document.hidden && !pending) return;
    if (Date.now() - last >= pause * 1000) { last = Date.now(); refresh(); }
  }, 500);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  addEventListener("pagehide", () => source.close());
}

// ---- forms

function newToken() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(15)))).replaceAll("+", "-").replaceAll("/", "_");
}

function refuse(form, text) {
  const place = form.querySelector(".refusal");
  if (!place) { say("toast", text); return; }
  place.hidden = false;
  place.textContent = text;
}

function settle(form) {
  const place = form.querySelector(".refusal");
  if (place) place.hidden = true;
  form.querySelectorAll("[data-when-taken]").forEach((button) => { button.hidden = true; });
  form.closest("details.own")?.removeAttribute("open");
  form.querySelectorAll("textarea").forEach((area) => {
    if (form.matches("[data-clear]")) { area.value = ""; forget(area); } else { area.defaultValue = area.value; }
  });
  const token = form.querySelector("input[name=form]");
  if (token) token.value = newToken();
  document.activeElement?.closest("details.own, .question .row")?.querySelector("button")?.blur();
}

async function send(form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.set(button.name, button.value);
  const buttons = form.querySelectorAll("button");
  buttons.forEach((one) => { one.disabled = true; });
  try {
    const answer = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), {
      method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" },
    });
    const said = await answer.json();
    if (answer.ok) {
      settle(form);
      say("toast", said.notice);
    } else {
      refuse(form, said.title);
      const taken = said.type === "urn:zuruf:problem:ticket-taken";
      form.querySelectorAll("[data-when-taken]").forEach((one) => { one.hidden = !taken; });
    }
  } catch {
    refuse(form, texts.textOffline);
  } finally {
    buttons.forEach((one) => { one.disabled = false; });
    tag = null;
    refresh();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-enhance]")) return;
  event.preventDefault();
  if (!form.querySelector("button:disabled")) send(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.tagName === "TEXTAREA") {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button[data-default]"));
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

// ---- drafts: kept in this tab until they are sent

function forget(area) {
  sessionStorage.removeItem(`draft ${area.dataset.draft}`);
}

document.addEventListener("input", (event) => {
  const area = event.target;
  if (!area.dataset?.draft) return;
  if (area.value) sessionStorage.setItem(`draft ${area.dataset.draft}`, area.value);
  else forget(area);
});

for (const area of document.querySelectorAll("textarea[data-draft]")) {
  area.value ||= sessionStorage.getItem(`draft ${area.dataset.draft}`) ?? "";
}

if (main.dataset.liveUrl) goLive();
if (main.querySelector(".composer")) scrollTo(0, document.body.scrollHeight);
