/** The rich_text block: turned into the same spans that mrkdwn is read into. */
import { h } from "./dom.js";
import { spans } from "./mrkdwn-view.js";

/** @type {Record<string, (e: any) => any>} */
const SPANS = {
  text: (e) => ({ t: "text", v: e.text }),
  link: (e) => ({ t: "link", url: e.url, label: e.text }),
  user: (e) => ({ t: "user", id: e.user_id }),
  channel: (e) => ({ t: "channel", id: e.channel_id }),
  emoji: (e) => ({ t: "emoji", name: e.name }),
  broadcast: (e) => ({ t: "broadcast", name: e.range }),
};

/** @param {any} e a rich text leaf @returns {any} its span, within its styles */
function span(e) {
  const bare = SPANS[e.type]?.(e) ?? { t: "text", v: `[${e.type}]` };
  if (e.style?.code && bare.t === "text") return { t: "code", v: e.text };
  return ["bold", "italic", "strike"].reduce((inner, t) => (e.style?.[t] ? { t, kids: [inner] } : inner), bare);
}

/** @param {any[]} elements @param {any} who */
const line = (elements, who) => spans((elements ?? []).map(span), who);

/** @param {any} e @param {any} who */
const list = (e, who) => h(e.style === "ordered" ? "ol" : "ul", { vars: { "--indent": e.indent ?? 0 } },
  e.elements.map((one) => h("li", null, line(one.elements, who))));

/** @type {Record<string, (e: any, who: any) => Node>} */
const PARTS = {
  rich_text_section: (e, who) => h("div", { class: "para" }, line(e.elements, who)),
  rich_text_list: list,
  rich_text_quote: (e, who) => h("blockquote", null, line(e.elements, who)),
  rich_text_preformatted: (e, who) => h("pre", null, line(e.elements, who)),
};

/** @param {any} block @param {import("./directory.js").Directory} who @returns {Node[]} */
export const richText = (block, who) => block.elements.map((e) => PARTS[e.type]?.(e, who) ?? h("div", { class: "unknown" }, `[${e.type}]`));
