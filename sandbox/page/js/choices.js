/** What the selects of Block Kit offer: options, people, channels, conversations, or what the app suggests. */
import { api } from "./api.js";
import { avatar } from "./directory.js";
import { icon } from "./icons.js";
import { fitting } from "./listbox.js";
import { plain } from "./mrkdwn-view.js";

/** @typedef {import("./listbox.js").Choice} Choice @typedef {import("./elements.js").Place} Place */

const NOUNS = { static: "option", external: "option", users: "user", channels: "channel", conversations: "conversation" };

/** @param {any} element a select @returns {{source: string, several: boolean, key: string, initial: string}} `key` and `initial` name its value and first value */
export function kindOf({ type }) {
  const several = type.startsWith("multi_");
  const source = type.replace(/^multi_/, "").replace(/_select$/, "");
  const noun = NOUNS[source] + (several ? "s" : "");
  return { source, several, key: `selected_${noun}`, initial: `initial_${noun}` };
}

/** @param {any} option @param {any} [group] */
const fromOption = (option, group) => ({
  id: option.value, label: plain(option.text?.text), hint: option.description && plain(option.description.text), value: option, group: group && plain(group.label?.text),
});

/** @param {any} given something with options or option_groups @returns {Choice[]} */
const fromOptions = ({ options, option_groups: groups }) =>
  (groups ? groups.flatMap((g) => g.options.map((o) => fromOption(o, g))) : (options ?? []).map((o) => fromOption(o)));

/** @param {any} user @param {import("./directory.js").Directory} who */
function fromUser(user, who) {
  const name = who.nameOf(user.id) ?? user.name;
  const isApp = user.id === who.bot.id;
  return { id: user.id, label: name, hint: isApp ? "App" : user.name !== name.toLowerCase() ? `@${user.name}` : "", value: user.id, picture: () => avatar({ id: user.id, name, isApp }, "tiny") };
}

/** @param {any} channel @param {import("./directory.js").Directory} who */
function fromChannel(channel, who) {
  if (channel.is_im) return { ...fromUser(who.bot, who), id: channel.id, value: channel.id, hint: "Direct message" };
  return { id: channel.id, label: channel.name, value: channel.id, picture: () => icon("hash") };
}

/** @param {any} element @param {any} channel @returns {boolean} whether its filter lets a conversation pass */
function passes({ filter = {} }, channel) {
  if (channel.is_im && filter.exclude_bot_users) return false;
  return !filter.include || filter.include.includes(channel.is_im ? "im" : "public");
}

/** @type {Record<string, (element: any, who: import("./directory.js").Directory) => Choice[]>} */
const OFFERS = {
  static: fromOptions,
  external: fromOptions,
  users: (_, who) => [...who.users.values()].map((u) => fromUser(u, who)),
  channels: (_, who) => [...who.channels.values()].filter((c) => !c.is_im).map((c) => fromChannel(c, who)),
  conversations: (element, who) => [...who.channels.values()].filter((c) => passes(element, c)).map((c) => fromChannel(c, who)),
};

/** Slack asks the app only when at least so many letters are typed. */
const LEAST_LETTERS = 3;

/** @param {any} element @param {Place} place @param {string} typed */
async function suggested(element, { block, surface }, typed) {
  if (typed.length < (element.min_query_length ?? LEAST_LETTERS)) return [];
  return fromOptions(await api.suggest(surface.container, block.block_id, element.action_id, typed));
}

/** @param {any} element @param {Place} place @returns {(typed: string) => Choice[]|Promise<Choice[]>} */
export function finder(element, place) {
  const { source } = kindOf(element);
  if (source === "external") return (typed) => suggested(element, place, typed);
  const offers = OFFERS[source](element, place.surface.who);
  return (typed) => fitting(offers, typed);
}

/** @param {any} element @param {Place} place @param {any} value an option or an id @returns {Choice} also of what is no longer offered */
function choiceOf(element, place, value) {
  if (typeof value !== "string") return fromOption(value);
  const { source } = kindOf(element);
  return OFFERS[source]({ type: element.type }, place.surface.who).find((c) => c.id === value) ?? { id: value, label: value, value };
}

/** @param {any} element @param {Place} place @returns {Choice[]} what is chosen now */
export function chosenIn(element, place) {
  const { key, initial } = kindOf(element);
  const kept = place.surface.value(place.block, element);
  const values = kept ? kept[key] : element[initial];
  return [values ?? []].flat().map((value) => choiceOf(element, place, value));
}
