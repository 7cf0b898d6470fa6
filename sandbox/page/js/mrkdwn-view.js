/** Draws mrkdwn trees, mentions by the people and channels the page knows. */
import { h } from "./dom.js";
import { emojiNode, emojiNodes, withEmoji } from "./emoji.js";
import { decode, parse } from "./mrkdwn.js";
import { formatted, moment } from "./time.js";

/** @typedef {import("./directory.js").Directory} Directory */

/** @param {string} url @returns {string|null} the address when a click on it is harmless */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** @param {any} span */
function link({ url, label }) {
  const href = safeUrl(url);
  const text = withEmoji(label ?? url.replace(/^mailto:/, ""));
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

/** @param {any} span @param {Directory} who */
function userMention({ id, label }, who) {
  return h("span", { class: ["mention", id === who.me.id && "mention-me"] }, `@${who.nameOf(id) ?? label ?? id}`);
}

/** @param {any} span @param {Directory} who */
function channelMention({ id, label }, who) {
  return h("a", { class: "mention", href: `#/${id}` }, `#${who.channelName(id) ?? label ?? id}`);
}

/** @param {any} span a moment, in the person's own time */
function date({ seconds, format, url, label }) {
  const words = Number.isFinite(seconds) ? formatted(seconds, format) : label ?? "";
  const href = url && safeUrl(url);
  const shown = href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words) : words;
  return h("time", { title: Number.isFinite(seconds) ? moment(String(seconds)) : null }, shown);
}

/** @type {Record<string, (span: any, who: Directory) => any>} */
const SPANS = {
  text: (s) => s.v,
  bold: (s, who) => h("b", null, spans(s.kids, who)),
  italic: (s, who) => h("i", null, spans(s.kids, who)),
  strike: (s, who) => h("s", null, spans(s.kids, who)),
  code: (s) => h("code", null, s.v),
  link,
  user: userMention,
  channel: channelMention,
  broadcast: (s) => h("span", { class: "mention" }, `@${s.label ?? s.name}`),
  date,
  emoji: (s) => emojiNode(s.name),
};

/** @param {any[]} list @param {Directory} who */
export const spans = (list, who) => (list ?? []).map((s) => SPANS[s.t](s, who));

/** @type {Record<string, (part: any, who: Directory) => Node>} */
const PARTS = {
  pre: (p) => h("pre", null, p.v),
  quote: (p, who) => h("blockquote", null, spans(p.kids, who)),
  list: (p, who) => h(p.ordered ? "ol" : "ul", null, p.items.map((item) => h("li", null, spans(item, who)))),
  para: (p, who) => h("div", { class: "para" }, spans(p.kids, who)),
};

/** @param {string} text mrkdwn @param {Directory} who @returns {Node[]} */
export const mrkdwn = (text, who) => parse(text).map((p) => PARTS[p.t](p, who));

/** @param {string} text @returns {string} plain_text as it is shown */
export const plain = (text) => withEmoji(decode(String(text ?? "")));

/** @param {string} text @returns {(Node|string)[]} plain_text with its emoji drawn */
export const plainNodes = (text) => emojiNodes(decode(String(text ?? "")));

/** @param {{type?: string, text?: string}|string|undefined} object a Block Kit text object @param {Directory} who */
export function textObject(object, who) {
  if (typeof object === "string") return plainNodes(object);
  return object?.type === "mrkdwn" ? mrkdwn(object.text ?? "", who) : plainNodes(object?.text ?? "");
}
