/** Emoji by their short names; the same table (emoji.json) serves the transcript. */

/** @type {Record<string, string>} */
let table = {};

/** Reads the table once, before the first message is drawn. */
export async function loadEmoji() {
  table = await (await fetch("/static/emoji.json")).json();
}

/** @param {Record<string, string>} names for places without a server */
export function useEmoji(names) {
  table = names;
}

/** @param {string} name @returns {string|undefined} the character, without the skin tone in the name */
export const emojiFor = (name) => table[name.split("::")[0]];

/** @param {string} name @returns {string} the character, or the name between colons when unknown */
export const emojiText = (name) => emojiFor(name) ?? `:${name}:`;

/** @param {string} text @returns {string} text with known short names replaced */
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => emojiFor(name) ?? whole);

/** Offered first in the reaction picker. */
export const QUICK = ["+1", "heart", "tada", "joy", "eyes", "fire", "raised_hands", "pray", "sob", "white_check_mark", "x",
  "art", "camera", "cat", "dog", "thinking_face", "sparkles", "rocket"];
