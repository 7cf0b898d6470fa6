/** Which messages stand where: a channel's roots, a thread's replies, and the lines only this page knows. Pure. */

/** @param {any} m @returns {boolean} */
const isReply = (m) => Boolean(m.thread_ts) && m.thread_ts !== m.ts;

/** @param {any} m @param {string} me @returns {boolean} */
const visible = (m, me) => !m.ephemeral_for || m.ephemeral_for === me;

/** @param {any} state @param {string} channel @returns {any[]} what the channel's list shows, in order */
export function roots(state, channel) {
  return (state.messages[channel] ?? [])
    .filter((m) => visible(m, state.me.id) && (!isReply(m) || m.subtype === "thread_broadcast"));
}

/** @param {any} state @param {string} channel @param {string} rootTs @returns {any[]} a thread's replies, in order */
export function replies(state, channel, rootTs) {
  return (state.messages[channel] ?? [])
    .filter((m) => visible(m, state.me.id) && isReply(m) && m.thread_ts === rootTs);
}

/** @param {any} state @param {string} channel @param {string} ts @returns {any|undefined} */
export const find = (state, channel, ts) => (state.messages[channel] ?? []).find((m) => m.ts === ts);

/** @param {any} state @param {string} channel @param {any} root @returns {{count: number, last: string, users: any[]}} */
export function summary(state, channel, root) {
  const known = replies(state, channel, root.ts).filter((m) => !m.ephemeral_for);
  const authors = new Map(known.map((m) => [m.bot_id ?? m.user, m]));
  return {
    count: Math.max(known.length, root.reply_count ?? 0),
    last: known.at(-1)?.ts ?? root.latest_reply ?? root.ts,
    users: [...authors.values()].slice(0, 5),
  };
}

/**
 * The page's own lines of one place. A message on its way is left out as soon as the real one has come.
 * @param {import("./store.js").Local[]} locals @param {any} state @param {string} channel @param {string|null} thread
 */
export function localsOf(locals, state, channel, thread) {
  return locals.filter((l) => l.channel === channel && l.thread_ts === thread && !find(state, channel, l.ts));
}
