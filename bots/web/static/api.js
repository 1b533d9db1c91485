// The web chat's HTTP API and its event stream.
import { token } from "./memory.js";

export class Refused extends Error {
  // The server answered with a problem document. `retryAfter` in seconds, null when trying again cannot help.
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export const locale = document.documentElement.lang;
let opening = null;

function headers(extra = {}) {
  return { "Accept-Language": locale, Authorization: `Bearer ${token.get()}`, ...extra };
}

async function refusal(response) {
  let detail = "";
  try {
    detail = (await response.json()).detail ?? "";
  } catch {
    // A proxy's own page.
  }
  const isPassing = response.status === 429 || response.status === 408 || response.status >= 500;
  const retryAfter = isPassing ? Number(response.headers.get("Retry-After")) || 3 : null;
  return new Refused(response.status, detail, retryAfter);
}

async function openSession() {
  const response = await fetch("/chat/api/sessions", { method: "POST", headers: { "Accept-Language": locale } });
  if (!response.ok) throw await refusal(response);
  token.set((await response.json()).token);
}

// Makes the session at the first word; calls at the same time share one.
export async function ensureSession() {
  if (token.get()) return;
  opening ??= openSession().finally(() => { opening = null; });
  await opening;
}

export async function call(method, path, body) {
  await ensureSession();
  const options = { method, headers: headers(body === undefined ? {} : { "Content-Type": "application/json" }) };
  if (body !== undefined) options.body = JSON.stringify(body);
  const response = await fetch(`/chat/api/${path}`, options);
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? null : response.json();
}

export async function file(url) {
  const response = await fetch(url, { headers: headers() });
  if (!response.ok) throw await refusal(response);
  return response.blob();
}

// Uploads with progress, which fetch cannot tell.
export async function upload(form, onProgress) {
  await ensureSession();
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/api/files");
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => failed(new TypeError("network"));
    request.onload = () => {
      if (request.status < 300) return done(request.response);
      const isPassing = request.status === 429 || request.status >= 500;
      const after = isPassing ? Number(request.getResponseHeader("Retry-After")) || 3 : null;
      return failed(new Refused(request.status, request.response?.detail ?? "", after));
    };
    request.send(form);
  });
}

// Reads server-sent events over fetch, since EventSource cannot carry the token in a header.
export async function readEvents(lastId, signal, onEvent) {
  const response = await fetch("/chat/api/events", { headers: headers(lastId ? { "Last-Event-ID": String(lastId) } : {}), signal });
  if (!response.ok) throw await refusal(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\r\n\r\n");
    rest = blocks.pop();
    for (const block of blocks) onEvent(parseEvent(block));
  }
}

function parseEvent(block) {
  const event = { kind: "beat", data: null };
  const data = [];
  for (const line of block.split("\r\n")) {
    const [, name, value] = /^(\w*): ?(.*)$/s.exec(line) ?? [];
    if (name === "event") event.kind = value;
    if (name === "data") data.push(value);
  }
  if (data.length) event.data = JSON.parse(data.join("\n"));
  return event;
}
