/** Sends messages and commands; shows them in grey until Slack has them. */
import { api, reason } from "./api.js";
import { isShown } from "./attachments.js";
import { asMrkdwn, outgoing, refusal } from "./composer-text.js";

/** @typedef {import("./store.js").Store} Store @typedef {import("./store.js").Local} Local @typedef {import("./uploads.js").Attachment} Attachment */

let serial = 0;

/** @param {Store} store @param {string} channel @param {string|null} thread @param {Local["state"]} state @param {any} message @returns {Local} */
function local(store, channel, thread, state, message) {
  const ts = String(Date.now() / 1000);
  const line = { id: `local-${(serial += 1)}`, channel, thread_ts: thread, ts, state, message: { ts, user: store.state.me.id, ...message } };
  store.addLocal(line);
  return line;
}

/** An answer of Slack's own, that only this person sees. @param {Store} store @param {string} channel @param {string|null} thread @param {string} text */
export function notice(store, channel, thread, text) {
  local(store, channel, thread, "notice", { text, system: "Slackbot" });
}

/**
 * @param {Store} store @param {{channel: string, thread: string|null}} place @param {string} text as typed @param {Attachment[]} photos
 */
export function sendMessage(store, { channel, thread }, text, photos) {
  const sent = outgoing(text, store.directory);
  const line = local(store, channel, thread, "sending", { text: asMrkdwn(sent), pictures: photos.filter((p) => isShown(p.file)).map((p) => p.url), busy: photos.length ? "Uploading…" : "Sending…" });
  const attempt = async () => {
    store.changeLocal(line, { state: "sending", retry: undefined });
    await Promise.all(photos.map((p) => p.done));
    const files = photos.filter((p) => p.id).map((p) => p.id);
    const lost = photos.length - files.length;
    if (lost && !files.length && !sent) return fail(store, line, "The upload failed.", undefined);
    const reply = await api.message({ channel, text: sent, ...(thread && { thread_ts: thread }), ...(files.length && { files }) });
    if (!reply.ok) return fail(store, line, `Not sent: ${reason(reply)}.`, attempt);
    if (lost) notice(store, channel, thread, `${lost} of ${photos.length} files could not be uploaded.`);
    return arrived(store, line, reply.ts);
  };
  return attempt();
}

/** @param {Store} store @param {Local} line @param {string} fault @param {(() => void)|undefined} retry */
function fail(store, line, fault, retry) {
  store.changeLocal(line, { state: "failed", retry, message: { ...line.message, fault } });
}

/** Slack's own command; no live event tells that it has made somebody a member. */
const INVITE = "/invite";

const LIVE_GRACE_MS = 5000;

/** The grey line goes as soon as the live socket has brought the real one. @param {Store} store @param {Local} line @param {string} ts */
function arrived(store, line, ts) {
  store.changeLocal(line, { ts, message: { ...line.message, busy: "" } });
  setTimeout(() => store.dropLocal(line), LIVE_GRACE_MS);
}

/**
 * @param {Store} store @param {{channel: string, thread: string|null}} place @param {{command: string, rest: string}} typed
 */
export async function runCommand(store, { channel, thread }, { command, rest }) {
  if (thread) return notice(store, channel, thread, refusal(command, "in_thread"));
  const sent = outgoing(rest, store.directory);
  const line = local(store, channel, null, "sending", { text: asMrkdwn(`${command} ${sent}`.trim()), busy: `${store.directory.appName} is answering…` });
  const reply = await api.command(channel, command, sent);
  store.dropLocal(line);
  if (!reply.ok) return notice(store, channel, null, refusal(command, reply.error ?? "dispatch_failed"));
  if (command === INVITE) store.changed("stale");
  return undefined;
}
