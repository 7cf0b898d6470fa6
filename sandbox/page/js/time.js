/** Slack timestamps ("1700000000.000100") as people read them. */

/** @param {string} ts @returns {Date} */
export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** @param {string} ts @returns {string} hours and minutes */
export const clock = (ts) => dateOf(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

/** @param {string} ts @returns {string} the same without AM or PM, for a narrow margin */
export const shortClock = (ts) => clock(ts).replace(/\s?[AP]M$/i, "");

/** @param {string} ts @returns {string} the moment in full, for a tooltip */
export const moment = (ts) => dateOf(ts).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });

/** @param {string} ts @param {Date} [now] @returns {string} "Today", "Yesterday" or the date */
export function day(ts, now = new Date()) {
  const date = dateOf(ts);
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

/** @param {Date} date @returns {number} */
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** @param {string} ts @param {number} [now] milliseconds @returns {string} */
export function ago(ts, now = Date.now()) {
  const seconds = Math.max(0, Math.round(now / 1000 - Number(ts)));
  if (seconds < 60) return "just now";
  if (seconds < 3600) return count(Math.floor(seconds / 60), "minute") + " ago";
  if (seconds < 86_400) return count(Math.floor(seconds / 3600), "hour") + " ago";
  return `${day(ts)} at ${clock(ts)}`;
}

/** @param {number} n @param {string} noun @param {string} [plural] @returns {string} "1 reply", "2 replies" */
export const count = (n, noun, plural = `${noun}s`) => `${n} ${n === 1 ? noun : plural}`;

/** Slack's tokens for dates. @type {Record<string, (at: Date, ts: string) => string>} */
const TOKENS = {
  date_num: (at) => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, "0")).join("-"),
  date: (at) => at.toLocaleDateString([], { dateStyle: "long" }),
  date_short: (at) => at.toLocaleDateString([], { dateStyle: "medium" }),
  date_long: (at) => at.toLocaleDateString([], { dateStyle: "full" }),
  time: (_, ts) => clock(ts),
  time_secs: (at) => at.toLocaleTimeString([], { timeStyle: "medium" }),
  ago: (_, ts) => ago(ts),
};

/** @param {string} token such as "date_short_pretty" @param {string} ts @returns {string|undefined} pretty ones say today and yesterday */
function token(token, ts) {
  const plain = token.replace(/_pretty$/, "");
  const near = day(ts).toLowerCase();
  if (plain !== token && ["today", "yesterday"].includes(near)) return near;
  return TOKENS[plain]?.(dateOf(ts), ts);
}

/** @param {number} seconds since 1970 @param {string} format text with tokens in braces @returns {string} */
export const formatted = (seconds, format) => format.replace(/\{(\w+)\}/g, (whole, name) => token(name, String(seconds)) ?? whole);
