/** What each live event does to the state. Pure but for the state it is given. */

/** @param {any} state @param {string} channel @returns {any[]} */
const listOf = (state, channel) => (state.messages[channel] ??= []);

/** @param {any} state @param {string} channel @param {any} message put in its place by ts, or in that of its older self */
export function putMessage(state, channel, message) {
  const list = listOf(state, channel);
  const at = list.findIndex((m) => m.ts === message.ts);
  if (at >= 0) list[at] = message;
  else {
    list.push(message);
    list.sort((a, b) => Number(a.ts) - Number(b.ts));
  }
}

/** @param {any[]} views @param {any} view put on top, or in the place of its older self */
function putView(views, view) {
  const at = views.findIndex((v) => v.id === view.id);
  if (at >= 0) views[at] = view;
  else views.push(view);
}

const message = (state, e) => { putMessage(state, e.channel, e.message); return "messages"; };

/** @type {Record<string, (state: any, event: any) => string>} each says what has changed */
const EFFECTS = {
  message,
  message_changed: message,
  ephemeral: message,
  message_deleted: (state, e) => {
    const ts = e.ts ?? e.deleted_ts ?? e.message?.ts;
    state.messages[e.channel] = listOf(state, e.channel).filter((m) => m.ts !== ts);
    return "messages";
  },
  view_open: (state, e) => { putView(state.views, e.view); return "views"; },
  view_update: (state, e) => {
    if (state.home && state.home.id === e.view.id) { state.home = e.view; return "home"; }
    if (state.views.some((v) => v.id === e.view.id)) putView(state.views, e.view);
    return "views";
  },
  view_close: (state, e) => {
    const id = e.view_id ?? e.view?.id;
    state.views = id ? state.views.filter((v) => v.id !== id) : [];
    return "views";
  },
  home: (state, e) => { state.home = e.view; return "home"; },
  meter: (_, e) => (e.meter ? "" : "meter"),
};

/** @param {any} state @param {any} event @returns {string} what has changed: messages, views, home, meter or nothing ("") */
export const apply = (state, event) => EFFECTS[event.type]?.(state, event) ?? "";
