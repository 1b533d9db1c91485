// What the browser keeps over a reload: the session's token and what is not sent yet. Without localStorage (a
// browser that forbids it in frames) both live as long as the page.
const TOKEN = "zuruf.token";
const QUEUE = "zuruf.queue";
const fallback = new Map();

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return fallback.get(name) ?? null;
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    if (value === null) fallback.delete(name);
    else fallback.set(name, value);
  }
}

export const token = {
  get: () => read(TOKEN),
  set: (value) => write(TOKEN, value),
};

export const queue = {
  get() {
    try {
      const kept = JSON.parse(read(QUEUE) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.text === "string" && typeof one?.id === "string") : [];
    } catch {
      return [];
    }
  },
  set: (items) => write(QUEUE, items.length ? JSON.stringify(items) : null),
};

// Another tab started anew, or opened the conversation.
export function onTokenChange(changed) {
  addEventListener("storage", (event) => {
    if (event.key === TOKEN || event.key === null) changed();
  });
}
