/** A list of messages that keeps its end in sight while new ones come. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { reconcile, sign } from "./keyed.js";
import { localRow, messageRow } from "./message.js";
import { summary } from "./threads.js";
import { dateOf, day } from "./time.js";

const NEAR_END_PX = 80;
const FOLLOWS_WITHIN_S = 300;

/** @typedef {import("./keyed.js").Item & {at: number}} Item `at` orders it: seconds, as in its ts */

/** @param {any} before @param {any} message @returns {boolean} the same author goes on speaking */
function follows(before, message) {
  return Boolean(before) && before.user === message.user && before.bot_id === message.bot_id
    && Number(message.ts) - Number(before.ts) < FOLLOWS_WITHIN_S && before.ephemeral_for === message.ephemeral_for
    && dateOf(before.ts).getDate() === dateOf(message.ts).getDate();
}

/** @param {string} label */
const divider = (label, testid = "day") => h("div", { class: "day", role: "separator", "data-testid": testid }, h("span", null, label));

/**
 * @param {import("./store.js").Store} store @param {string} channel @param {any[]} messages @param {boolean} thread
 * @returns {Item[]} the messages, with a line at each new day (in a channel)
 */
export function itemsOf(store, channel, messages, thread) {
  return messages.flatMap((message, i) => {
    const before = messages[i - 1];
    const label = day(message.ts);
    const newDay = !thread && (!before || day(before.ts) !== label);
    const after = !newDay && follows(before, message) && !(before.reply_count && !thread);
    const shown = { store, channel, message, thread, follows: after };
    const at = Number(message.ts);
    const row = { at, key: message.ts, sign: sign(message, after, !thread && summary(store.state, channel, message)), build: () => messageRow(shown) };
    return newDay ? [{ at, key: `day-${label}`, sign: label, build: () => divider(label) }, row] : [row];
  });
}

/** @param {import("./store.js").Store} store @param {import("./store.js").Local[]} locals @returns {Item[]} */
export const localItems = (store, locals) => locals.map((local) => ({
  at: local.state === "notice" ? Number(local.ts) : Infinity, key: local.id, sign: sign(local.state, local.message), build: () => localRow(store, local),
}));

export class MessageList {
  /** @param {string} label for screen readers */
  constructor(label) {
    this.content = h("div", { class: "list", role: "list", "aria-label": label, on: { keydown: walk } });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, "data-testid": "jump", on: { click: () => this.toEnd() } }, "New messages", icon("down"));
    this.el = h("div", { class: "scroller", on: { scroll: () => this.scrolled() } }, this.content, this.jump);
    this.atEnd = true;
    this.top = 0;
    this.last = "";
    new ResizeObserver(() => this.settle()).observe(this.content);
    new ResizeObserver(() => this.settle()).observe(this.el);
  }

  nearEnd() {
    return this.el.scrollHeight - this.el.scrollTop - this.el.clientHeight < NEAR_END_PX;
  }

  /** Only a person scrolls up: a list that grows also reports a scroll, and must not count as left. */
  scrolled() {
    const up = this.el.scrollTop < this.top;
    this.top = this.el.scrollTop;
    if (this.nearEnd()) this.arrived();
    else if (up) this.atEnd = false;
  }

  /** Back to the end, unless the person has scrolled away from it. */
  settle() {
    if (this.atEnd) this.el.scrollTop = this.el.scrollHeight;
  }

  /** @param {Item[]} items @param {string} [label] */
  show(items, label) {
    if (label) this.content.setAttribute("aria-label", label);
    const sorted = [...items].sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
    reconcile(this.content, sorted);
    this.mark(sorted.at(-1)?.key ?? "");
    this.settle();
  }

  /** Says that there is something new below for who has scrolled away. @param {string} last key of the last message */
  mark(last) {
    if (!this.atEnd && last > this.last) this.jump.hidden = false;
    this.last = last;
  }

  arrived() {
    this.atEnd = true;
    this.jump.hidden = true;
  }

  toEnd() {
    this.arrived();
    this.settle();
  }
}

/** @param {KeyboardEvent} event up and down walk from message to message */
function walk(event) {
  const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  const row = /** @type {any} */ (event.target);
  if (!step || !row.classList.contains("message")) return;
  let next = row[step];
  while (next && next.tabIndex !== 0) next = next[step];
  if (next) { event.preventDefault(); next.focus(); }
}
