/** The bar that stands over a message under the mouse or the focus; it stays in sight where the message's top is not. */
import { changes } from "./changing.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { pick, toggle } from "./reactions.js";
import { shortcutItems } from "./shortcuts.js";

/** @param {string} name @param {string} label @param {string} testid @param {(e: any) => void} click */
const tool = (name, label, testid, click) => h("button", {
  type: "button", class: "icon-button", title: label, "aria-label": label, "data-testid": testid, "data-focus": testid, on: { click },
}, icon(/** @type {any} */ (name)));

/** @param {import("./message.js").Shown} shown */
export function toolbar(shown) {
  const { channel, message, thread } = shown;
  if (message.ephemeral_for || message.subtype === "tombstone") return null;
  const root = message.thread_ts ?? message.ts;
  return h("div", { class: "toolbar-place" }, h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    tool("star", "Star", "star", () => toggle(shown, "star")),
    tool("smile", "Add a reaction", "react", (e) => pick(e.currentTarget, channel, message.ts)),
    !thread && tool("thread", "Reply in thread", "reply-in-thread", () => { location.hash = `#/${channel}/${root}`; }),
    tool("more", "More actions", "more", (e) => more(e.currentTarget, shown))));
}

/** @param {HTMLElement} anchor @param {import("./message.js").Shown} shown */
async function more(anchor, shown) {
  const { store, channel, message } = shown;
  const shortcuts = shortcutItems(store, { channel, ts: message.ts });
  const copy = { label: "Copy text", icon: "file", testid: "copy-text", value: () => navigator.clipboard?.writeText(message.text ?? "") };
  const picked = await openMenu(anchor, [...shortcuts, copy, ...changes(shown, anchor)], { label: "More actions" });
  picked?.value();
}
