/** What a person types, as it is sent: names become references; the server escapes the rest, as Slack's clients do. Pure. */
import { encode } from "./mrkdwn.js";

/** @param {string} text @returns {string} */
const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param {string} text @param {string} sign "@" or "#" @param {string[][]} names pairs: a name, and the reference it becomes */
function linkNames(text, sign, names) {
  const longestFirst = [...names].sort((a, b) => b[0].length - a[0].length);
  return longestFirst.reduce((sent, [name, link]) => {
    const pattern = new RegExp(`(^|[^\\w<|])${sign}${escapeRegExp(name)}(?![\\w-])`, "gi");
    return sent.replace(pattern, (_, before) => `${before}${link}`);
  }, text);
}

/** @param {string} text as typed @param {import("./directory.js").Directory} who @returns {string} with mentions and channels */
export function outgoing(text, who) {
  const people = [...who.users.values()].flatMap((u) => [who.nameOf(u.id) ?? u.name, u.name].map((name) => [name, `<@${u.id}>`]));
  const channels = [...who.channels.values()].filter((c) => !c.is_im).map((c) => [c.name, `<#${c.id}|${c.name}>`]);
  const rooms = ["here", "channel", "everyone"].map((name) => [name, `<!${name}>`]);
  return linkNames(linkNames(text, "@", [...people, ...rooms]), "#", channels);
}

const REFERENCE = /(<[@#!][A-Z0-9a-z^|_.\- ]+>)/;

/** @param {string} sent @returns {string} the same as mrkdwn, for the grey line that stands until the server's own has come */
export const asMrkdwn = (sent) => sent.split(REFERENCE).map((piece, i) => (i % 2 ? piece : encode(piece))).join("");

/** @param {string} text @returns {{command: string, rest: string}|null} a slash command; a space before the slash makes it a message */
export function slashCommand(text) {
  const match = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text.trimEnd());
  return match ? { command: match[1].toLowerCase(), rest: match[2] ?? "" } : null;
}

const UNKNOWN = (command) => `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.\n`
  + 'If you are trying to send a message that starts with "/", try putting a space before it.';

/** Slack's own words, by error. */
const REFUSALS = {
  in_thread: (command) => `\`${command}\` is not supported in threads. Sorry!`,
  unknown_command: UNKNOWN,
};

/** @param {string} command @param {string} error @returns {string} what Slack says when a command does not run */
export const refusal = (command, error) =>
  REFUSALS[error]?.(command) ?? `\`${command}\` failed with the error "${error}"`;
