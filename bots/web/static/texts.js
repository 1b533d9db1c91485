// The page's settings and its texts in the visitor's language, with {places} filled in.
export const settings = JSON.parse(document.getElementById("settings").textContent);

export function say(name, values = {}) {
  return settings.texts[name].replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));
}

const time = new Intl.DateTimeFormat(settings.locale, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(settings.locale, { weekday: "long", day: "numeric", month: "long" });

export const clockTime = (instant) => time.format(new Date(instant));
export const dayKey = (instant) => new Date(instant).toDateString();

export function dayName(instant) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  const key = dayKey(instant);
  if (key === today.toDateString()) return say("today");
  if (key === yesterday.toDateString()) return say("yesterday");
  return day.format(new Date(instant));
}

export function size(bytes) {
  const unit = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const format = new Intl.NumberFormat(settings.locale, { style: "unit", unit: unit[0], unitDisplay: "short", maximumFractionDigits: unit[1] === 1e6 ? 1 : 0 });
  return format.format(Math.max(bytes / unit[1], 0.1));
}
