// A chat bubble for any site: <script src="https://.../chat/embed.js" async></script>
// It lives in a shadow root, so that neither side's styles reach the other; the chat itself is a frame of its own origin.
(() => {
  const settings = __SETTINGS__;
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const language = script.dataset.language || settings.locale;
  const { texts } = settings;

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; color-scheme: light dark; }
    button { position: fixed; right: 16px; bottom: 16px; z-index: 2147483646; width: 60px; height: 60px; border: 0; border-radius: 50%;
      background: #1f6f64; color: #fff; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / .3); }
    button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; }
    svg { width: 30px; height: 30px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    b { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 5px; box-sizing: border-box; border-radius: 11px;
      background: #a3261d; color: #fff; font: 600 13px/22px system-ui, sans-serif; }
    iframe { position: fixed; right: 16px; bottom: 88px; z-index: 2147483647; width: 400px; height: min(640px, calc(100vh - 108px)); border: 0;
      border-radius: 18px; box-shadow: 0 8px 40px rgb(0 0 0 / .35); background: Canvas; }
    @media (max-width: 480px), (max-height: 480px) { iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; } }
    [hidden] { display: none; }
  `);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  const bubble = document.createElement("button");
  bubble.type = "button";
  bubble.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 13h5"/></svg>';
  const badge = document.createElement("b");
  badge.hidden = true;
  bubble.append(badge);
  root.append(bubble);
  let frame = null;
  let isReady = false;

  const isOpen = () => Boolean(frame) && !frame.hidden;
  const tell = () => isReady && frame.contentWindow?.postMessage({ zuruf: isOpen() ? "shown" : "hidden" }, origin);

  function label() {
    const unread = badge.hidden ? "" : ` (${texts.unread.replace("{count}", badge.textContent)})`;
    bubble.setAttribute("aria-label", (isOpen() ? texts.close : texts.open) + unread);
    bubble.setAttribute("aria-expanded", String(isOpen()));
  }

  function open() {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = texts.title;
      frame.src = `${origin}/chat?embed=1&lang=${encodeURIComponent(language)}`;
      root.append(frame);
    }
    frame.hidden = false;
    frame.focus();
    tell();
    label();
  }

  function close() {
    frame.hidden = true;
    tell();
    bubble.focus();
    label();
  }

  bubble.addEventListener("click", () => (isOpen() ? close() : open()));
  addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen()) close(); });
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const { zuruf, count } = event.data ?? {};
    if (zuruf === "close" && isOpen()) close();
    if (zuruf === "ready") {
      isReady = true;
      tell();
    }
    if (zuruf === "unread") {
      badge.hidden = !count;
      badge.textContent = String(Math.min(Number(count) || 0, 99));
      label();
    }
  });
  label();
  const put = () => document.body.append(host);
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
})();
