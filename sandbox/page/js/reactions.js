/** Reactions below a message, and the picker that adds one. */
import { api, reason } from "./api.js";
import { h } from "./dom.js";
import { emojiNode, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { raise } from "./layer.js";
import { place } from "./menu.js";
import { toast } from "./toast.js";

/** @param {string} channel @param {string} ts @param {string} name @param {boolean} remove */
async function react(channel, ts, name, remove) {
  const reply = await api.reaction(channel, ts, name, remove);
  if (!reply.ok) toast(`The reaction was not kept: ${reason(reply)}.`);
}

/** @param {any} reaction @param {import("./store.js").Store} store @returns {boolean} whether this person has reacted so */
const isMine = (reaction, store) => Boolean(reaction?.users?.includes(store.state.me.id));

/** Reacts, or takes the reaction back. @param {import("./message.js").Shown} shown @param {string} name */
export const toggle = ({ store, channel, message }, name) =>
  react(channel, message.ts, name, isMine(message.reactions?.find((r) => r.name === name), store));

/** @param {import("./message.js").Shown} shown */
export function reactionBar({ store, channel, message }) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((r) => {
    const mine = isMine(r, store);
    const names = (r.users ?? []).map((id) => store.directory.nameOf(id) ?? id).join(", ");
    return h("button", {
      type: "button", class: ["reaction", mine && "mine"], title: `${names} reacted with :${r.name}:`, "aria-pressed": String(mine),
      data: { testid: "reaction", name: r.name, focus: `reaction/${r.name}` }, on: { click: () => react(channel, message.ts, r.name, mine) },
    }, emojiNode(r.name), h("span", null, r.count ?? r.users?.length ?? 1));
  }), addButton(channel, message.ts));
}

/** @param {string} channel @param {string} ts */
const addButton = (channel, ts) => h("button", {
  type: "button", class: "reaction reaction-add", "aria-label": "Add a reaction", on: { click: (e) => pick(e.currentTarget, channel, ts) },
}, icon("smile"));

/** @param {HTMLElement} anchor @param {string} channel @param {string} ts */
export function pick(anchor, channel, ts) {
  const choose = (name) => { lower(); react(channel, ts, name, false); };
  const box = h("div", { class: "menu picker", role: "menu", "aria-label": "Reactions", "data-testid": "picker" }, QUICK.map((name) =>
    h("button", { type: "button", role: "menuitem", "aria-label": name, title: `:${name}:`, on: { click: () => choose(name) } }, emojiNode(name))));
  const cover = h("div", { class: "menu-cover", on: { mousedown: (e) => e.target === cover && lower() } }, box);
  const lower = raise(cover, () => lower());
  place(box, anchor);
  box.querySelector("button")?.focus();
}
