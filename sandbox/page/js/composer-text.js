/** What a person types, as Slack's client sends it. Pure. */
import { encode } from "./mrkdwn.js";

/** @param {string} text @returns {string} */
const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param {string} text already encoded @param {string} sign "@" or "#" @param {[string, string][]} names name and what it becomes */
function linkNames(text, sign, names) {
  const longestFirst = [...names].sort((a, b) => b[0].length - a[0].length);
  return longestFirst.reduce((sent, [name, link]) => {
    const pattern = new RegExp(`(^|[^\\w<|])${sign}${escapeRegExp(encode(name))}(?![\\w-])`, "gi");
    return sent.replace(pattern, (_, before) => `${before}${link}`);
  }, text);
}

/** @param {string} text @returns {string} addresses between angle brackets */
const linkAddresses = (text) => text.replace(/(^|[\s(])(https?:\/\/[^\s<>|)]+[^\s<>|).,;:!?])/g, (_, before, url) => `${before}<${url}>`);

/** @param {string} text as typed @param {import("./directory.js").Directory} who @returns {string} with mentions, channels and links */
export function outgoing(text, who) {
  const people = [...who.users.values()].flatMap((u) => [[who.nameOf(u.id), `<@${u.id}>`], [u.name, `<@${u.id}>`]]);
  const channels = [...who.channels.values()].filter((c) => c.name).map((c) => [c.name, `<#${c.id}|${c.name}>`]);
  const rooms = ["here", "channel", "everyone"].map((name) => [name, `<!${name}>`]);
  const encoded = linkAddresses(encode(text));
  return linkNames(linkNames(encoded, "@", /** @type {any} */ ([...people, ...rooms])), "#", /** @type {any} */ (channels));
}

/** @param {string} text @returns {{command: string, rest: string}|null} a slash command; a space before the slash makes it a message */
export function slashCommand(text) {
  const match = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text.trimEnd());
  return match ? { command: match[1].toLowerCase(), rest: match[2] ?? "" } : null;
}

/** Slack's own words. */
export const REFUSALS = {
  inThread: (command) => `\`${command}\` is not supported in threads. Sorry!`,
  unknown: (command) => `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.\n`
    + 'If you are trying to send a message that starts with "/", try putting a space before it.',
  failed: (command, error) => `${command} failed with the error "${error}"`,
};
