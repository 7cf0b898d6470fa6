/** Block Kit's selects: of one, drawn as a button that says what is chosen, and of several, drawn as a row of tokens. */
import { chosenIn, finder, kindOf } from "./choices.js";
import { fill, h } from "./dom.js";
import { agreed } from "./elements.js";
import { icon } from "./icons.js";
import { choose } from "./listbox.js";
import { plain } from "./mrkdwn-view.js";

/** @typedef {import("./listbox.js").Choice} Choice @typedef {import("./elements.js").Place} Place */

/** @param {any} element */
const hooks = (element) => ({ testid: "select", actionId: element.action_id, focus: element.action_id });

/** @param {any} element @param {string} instead */
const placeholder = (element, instead) => plain(element.placeholder?.text ?? instead);

/** @param {Choice[]} a @param {Choice[]} b */
const same = (a, b) => a.length === b.length && a.every((c, i) => c.id === b[i].id);

/**
 * Asks, and tells the app what is chosen when that has changed and the person means it.
 * @param {any} element @param {Place} place @param {HTMLElement} source @param {Choice[]} before @param {Choice[]|null} after
 * @returns {Promise<boolean>} whether it is so now
 */
async function settle(element, place, source, before, after) {
  const { key, several } = kindOf(element);
  if (!after || (several && same(before, after)) || !(await agreed(element.confirm, place))) return false;
  place.report(element, { [key]: several ? after.map((c) => c.value) : after[0].value }, source);
  return true;
}

/** @param {any} element @param {Place} place */
export function select(element, place) {
  let chosen = chosenIn(element, place);
  const words = h("span", { class: "select-words" });
  const show = () => {
    words.textContent = chosen[0]?.label ?? placeholder(element, "Choose an option");
    words.classList.toggle("placeholder", !chosen.length);
  };
  const open = async (e) => {
    const source = e.currentTarget;
    const picked = await choose(source, { label: words.textContent ?? "", find: finder(element, place), chosen });
    const before = chosen;
    chosen = picked ?? chosen;
    show();
    if (await settle(element, place, source, before, picked)) return;
    chosen = before;
    show();
  };
  show();
  return h("button", { type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false", on: { click: open }, data: hooks(element) }, words, icon("down"));
}

/** @param {Choice} choice @param {() => void} remove */
const token = (choice, remove) => h("span", { class: "token", "data-testid": "token" }, choice.picture?.(), h("span", { class: "token-words" }, choice.label),
  h("button", { type: "button", "aria-label": `Remove ${choice.label}`, on: { click: remove } }, icon("close")));

/** @param {any} element @param {Place} place */
export function multiSelect(element, place) {
  let chosen = chosenIn(element, place);
  const words = placeholder(element, "Choose options");
  const tokens = h("span", { class: "tokens" });
  const opener = h("button", { type: "button", class: "select-opener", "aria-haspopup": "listbox", "aria-expanded": "false", on: { click: () => open() }, data: hooks(element) });
  const box = h("div", { class: "select select-several" }, opener, tokens, icon("down"));
  /** @param {Choice[]} now */
  const show = (now) => {
    opener.title = now.map((c) => c.label).join(", ");
    fill(tokens, now.length ? now.map((c) => token(c, () => change(chosen.filter((each) => each.id !== c.id)))) : h("span", { class: "placeholder" }, words));
  };
  const change = async (after) => {
    show(after);
    if (await settle(element, place, box, chosen, after)) chosen = after;
    show(chosen);
  };
  const open = async () => {
    const most = element.max_selected_items;
    change(await choose(opener, { label: words, find: finder(element, place), several: true, most, chosen, changed: show }) ?? chosen);
  };
  show(chosen);
  return box;
}
