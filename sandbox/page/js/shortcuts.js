/** The app's shortcuts: on a message, and from anywhere. */
import { api, reason } from "./api.js";
import { toast } from "./toast.js";

/** @typedef {import("./store.js").Store} Store @typedef {import("./menu.js").MenuItem} MenuItem */

/** @param {Store} store @param {any} shortcut @param {{channel: string, ts: string}} [on] a message, or nothing */
async function run(store, shortcut, on) {
  const reply = await api.shortcut(on?.channel, on?.ts, shortcut.callback_id);
  if (!reply.ok) toast(`“${shortcut.name}” failed: ${reason(reply)}.`);
}

/**
 * @param {Store} store @param {{channel: string, ts: string}} [on] a message; those from anywhere without
 * @returns {MenuItem[]} menu items whose value runs the shortcut
 */
export const shortcutItems = (store, on) => store.state.shortcuts.filter((s) => s.type === (on ? "message" : "global"))
  .map((s) => ({ label: s.name, hint: store.directory.appName, icon: "bolt", testid: "shortcut", value: () => run(store, s, on) }));
