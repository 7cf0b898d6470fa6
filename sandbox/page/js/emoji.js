/**
 * Emoji by their short names. The characters (emoji.json) and the drawings of the commonest (emoji.svg, for machines without
 * an emoji font) serve the transcript as well.
 */
import { h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
let table = {};

/** @type {Set<string>} short names that have a drawing */
const drawn = new Set();

/** Names of drawings differ from short names where an id cannot be a short name. */
const DRAWINGS = { "+1": "plus1", thumbsup: "plus1" };

/** Reads the characters and the drawings once, before the first message is drawn. */
export async function loadEmoji() {
  const [characters, drawings] = await Promise.all(["emoji.json", "emoji.svg"].map((name) => fetch(`/static/${name}`)));
  table = await characters.json();
  const sprite = new DOMParser().parseFromString(await drawings.text(), "image/svg+xml").documentElement;
  sprite.querySelectorAll("symbol").forEach((symbol) => drawn.add(symbol.id));
  document.body.append(document.importNode(sprite, true));
}

/** @param {string} name @returns {string|undefined} the character, without the skin tone in the name */
const characterOf = (name) => table[name.split("::")[0]];

/** @param {string} id @returns {SVGSVGElement} */
function drawing(id) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

/** @param {string} name a short name @returns {Node|string} the drawing or the character; the name between colons when unknown */
export function emojiNode(name) {
  const bare = name.split("::")[0];
  const id = `emoji-${DRAWINGS[bare] ?? bare}`;
  const character = characterOf(name);
  if (!character && !drawn.has(id)) return `:${name}:`;
  return h("span", { class: "emoji", role: "img", "aria-label": bare, title: `:${bare}:` }, drawn.has(id) ? drawing(id) : character);
}

const SHORT_NAME = /:([a-z0-9_+'-]+):/g;

/** @param {string} text @returns {string} text with known short names as characters */
export const withEmoji = (text) => text.replace(SHORT_NAME, (whole, name) => characterOf(name) ?? whole);

/** @param {string} text @returns {(Node|string)[]} the same with drawings */
export const emojiNodes = (text) => text.split(SHORT_NAME).map((piece, i) => (i % 2 ? emojiNode(piece) : piece));

/** Offered in the reaction picker. */
export const QUICK = ["star", "+1", "heart", "tada", "joy", "eyes", "fire", "smile", "sob", "white_check_mark", "x",
  "art", "camera", "cat", "dog", "thinking_face", "sparkles", "rocket"];
