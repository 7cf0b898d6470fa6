/** One message, as it stands in a channel or a thread. */
import { api } from "./api.js";
import { avatar } from "./directory.js";
import { block } from "./blocks.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn, plain } from "./mrkdwn-view.js";
import { gallery } from "./pictures.js";
import { reactionBar } from "./reactions.js";
import { Surface } from "./surface.js";
import { summary } from "./threads.js";
import { ago, clock, count, moment, shortClock } from "./time.js";
import { toolbar } from "./toolbar.js";

/**
 * @typedef {{store: import("./store.js").Store, channel: string, message: any, thread: boolean, follows: boolean}} Shown
 * `follows`: the same author spoke just before, so the name is not said again
 */

/** @param {Shown} shown */
function words({ store, channel, message }) {
  const who = store.directory;
  if (message.subtype === "tombstone") return h("i", { class: "quiet" }, "This message was deleted.");
  if (!message.blocks?.length) return message.mrkdwn === false ? plain(message.text) : mrkdwn(message.text ?? "", who);
  const surface = new Surface(store, { type: "message", channel, ts: message.ts }, { files: message.files, initial: message.state?.values });
  return h("div", { class: "blocks" }, message.blocks.map((b) => block(b, surface)));
}

/** @param {any} message @param {{name: string, isApp: boolean}} author */
function heading(message, author) {
  return h("div", { class: "heading" },
    h("b", { class: "author" }, author.name), author.isApp && h("span", { class: "badge" }, "APP"),
    h("time", { title: moment(message.ts) }, clock(message.ts)));
}

/** @param {Shown} shown the line under a root that opens its thread */
function threadLink({ store, channel, message, thread }) {
  if (thread) return null;
  const { count: n, last, users } = summary(store.state, channel, message);
  if (!n) return null;
  return h("a", { class: "thread-link", href: `#/${channel}/${message.ts}`, "data-testid": "thread-link", "data-focus": "thread" },
    users.map((m) => avatar(store.directory.author(m), "tiny")),
    h("b", null, count(n, "reply", "replies")), h("span", null, `Last reply ${ago(last)}`));
}

/** @param {Shown} shown */
function body(shown) {
  const { message, store } = shown;
  return h("div", { class: "body" },
    message.ephemeral_for && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
    !shown.follows && heading(message, store.directory.author(message)),
    h("div", { class: "words" }, words(shown), message.edited && !message.bot_id && h("span", { class: "edited" }, " (edited)")),
    gallery(message.files), reactionBar(shown), threadLink(shown), message.ephemeral_for && dismiss(shown));
}

/** @param {Shown} shown */
const dismiss = ({ channel, message }) => h("button", {
  type: "button", class: "link dismiss", "data-testid": "dismiss", on: { click: () => api.remove(channel, message.ts) },
}, "Dismiss message");

/** @param {Shown} shown @returns {HTMLElement} */
export function messageRow(shown) {
  const { message, follows, store } = shown;
  const author = store.directory.author(message);
  return h("div", {
    class: ["message", follows && "follows", message.ephemeral_for && "ephemeral"], role: "listitem", tabindex: "0",
    "aria-label": `${author.name}, ${clock(message.ts)}`, "data-testid": "message", data: { ts: message.ts },
  },
  h("div", { class: "margin" }, follows ? h("time", { title: moment(message.ts) }, shortClock(message.ts)) : avatar(author)),
  body(shown), toolbar(shown));
}

/** @param {import("./store.js").Store} store @param {import("./store.js").Local} local a line only this page knows */
export function localRow(store, local) {
  const { message, state } = local;
  const author = store.directory.author(message);
  const drop = () => store.dropLocal(local);
  return h("div", { class: ["message", `local-${state}`, state === "notice" && "ephemeral"], role: "listitem", "data-testid": `message-${state}` },
    h("div", { class: "margin" }, avatar(author)),
    h("div", { class: "body" },
      state === "notice" && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      heading(message, author),
      h("div", { class: "words" }, mrkdwn(message.text ?? "", store.directory)),
      message.pictures?.length > 0 && h("div", { class: "grid grid-4" }, message.pictures.map((url) =>
        h("span", { class: "thumb thumb-square" }, h("img", { src: url, alt: "" })))),
      state === "sending" && h("div", { class: "sending", role: "status" }, h("span", { class: "spinner" }), message.busy ?? "Sending…"),
      state === "failed" && h("div", { class: "failed", role: "alert" }, icon("warning"), message.fault ?? "Not sent.",
        local.retry && h("button", { type: "button", class: "link", on: { click: local.retry } }, "Try again"),
        h("button", { type: "button", class: "link", on: { click: drop } }, "Discard")),
      state === "notice" && h("button", { type: "button", class: "link dismiss", on: { click: drop } }, "Dismiss message")));
}
