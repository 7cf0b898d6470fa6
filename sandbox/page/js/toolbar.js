/** The bar that stands over a message under the mouse or the focus. */
import { api, reason } from "./api.js";
import { changes } from "./changing.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { pick } from "./reactions.js";
import { toast } from "./toast.js";

/** @param {string} name @param {string} label @param {string} testid @param {(e: any) => void} click */
const tool = (name, label, testid, click) => h("button", {
  type: "button", class: "icon-button", title: label, "aria-label": label, "data-testid": testid, "data-focus": testid, on: { click },
}, icon(/** @type {any} */ (name)));

/** @param {import("./message.js").Shown} shown */
export function toolbar(shown) {
  const { channel, message, thread } = shown;
  if (message.ephemeral_for || message.subtype === "tombstone") return null;
  const root = message.thread_ts ?? message.ts;
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    tool("smile", "Add a reaction", "react", (e) => pick(e.currentTarget, channel, message.ts)),
    !thread && tool("thread", "Reply in thread", "reply-in-thread", () => { location.hash = `#/${channel}/${root}`; }),
    tool("more", "More actions", "more", (e) => more(e.currentTarget, shown)));
}

/** @param {HTMLElement} anchor @param {import("./message.js").Shown} shown */
async function more(anchor, shown) {
  const { store, message } = shown;
  const shortcuts = store.state.shortcuts.filter((s) => s.type === "message")
    .map((s) => ({ label: s.name, hint: store.directory.appName, icon: "bolt", testid: "shortcut", value: () => run(s, shown) }));
  const copy = { label: "Copy text", icon: "file", testid: "copy-text", value: () => navigator.clipboard?.writeText(message.text ?? "") };
  const picked = await openMenu(anchor, [...shortcuts, copy, ...changes(shown, anchor)], { label: "More actions" });
  picked?.value();
}

/** @param {any} shortcut @param {import("./message.js").Shown} shown */
async function run(shortcut, { store, channel, message }) {
  const reply = await api.shortcut(channel, message.ts, shortcut.callback_id);
  if (!reply.ok) toast(`“${shortcut.name}” failed: ${reason(reply)}.`);
  else if (reply.errors) toast(`${store.directory.appName} refused.`);
}
