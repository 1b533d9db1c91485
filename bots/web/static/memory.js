// What the browser keeps over a reload: the session's token and what is not sent yet. Without localStorage (a
// browser that forbids it in frames) both live as long as the page.
const TOKEN = "zuruf.token";
const QUEUED = "zuruf.queued.";
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

function queuedNames() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(QUEUED));
  } catch {
    return [...fallback.keys()].filter((name) => name.startsWith(QUEUED));
  }
}

function parsed(text) {
  try {
    const item = JSON.parse(text);
    return typeof item?.text === "string" && typeof item?.id === "string" && typeof item?.at === "string" ? [item] : [];
  } catch {
    return [];
  }
}

// What is not sent yet, one entry each, so that two tabs cannot overwrite each other's.
export const queue = {
  all: () => queuedNames().flatMap((name) => parsed(read(name))).sort((one, other) => one.at.localeCompare(other.at)),
  keep: (item) => write(QUEUED + item.id, JSON.stringify(item)),
  drop: (id) => write(QUEUED + id, null),
};

// Another tab started anew, or opened the conversation.
export function onTokenChange(changed) {
  addEventListener("storage", (event) => {
    if (event.key === TOKEN || event.key === null) changed();
  });
}
