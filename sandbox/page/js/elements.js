/** Block Kit's buttons and overflow menus: elements that tell the app at once. */
import { h } from "./dom.js";
import { ask } from "./dialog.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { plain, plainNodes, safeUrl, textObject } from "./mrkdwn-view.js";

/**
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {{block: any, surface: Surface, report: (element: any, value: any, source: HTMLElement) => void}} Place
 */

/** @param {any} confirm @param {Place} place @returns {Promise<boolean>} true when there is nothing to ask */
export async function agreed(confirm, { surface }) {
  if (!confirm) return true;
  return ask({
    title: textObject(confirm.title, surface.who), text: textObject(confirm.text, surface.who),
    confirm: plain(confirm.confirm?.text ?? "Yes"), deny: plain(confirm.deny?.text ?? "Cancel"), danger: confirm.style === "danger",
  });
}

/** @param {any} element @param {Place} place @param {any} value @param {HTMLElement} source */
async function confirmed(element, place, value, source) {
  if (await agreed(element.confirm, place)) place.report(element, value, source);
}

/** @param {any} element @param {Place} place */
export function button(element, place) {
  const props = {
    class: ["button", element.style && `button-${element.style}`], "aria-label": element.accessibility_label,
    data: { testid: "action", actionId: element.action_id ?? "", focus: element.action_id ?? "" },
  };
  const words = h("span", { class: "button-words" }, plainNodes(element.text?.text));
  const press = (e) => confirmed(element, place, element.value === undefined ? undefined : { value: element.value }, e.currentTarget);
  const href = element.url && safeUrl(element.url);
  if (href) return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer", on: { click: press } }, words);
  return h("button", { ...props, type: "button", on: { click: press } }, words);
}

/** @param {any} option @returns {any} a menu item for a Block Kit option */
const item = (option) =>
  ({ label: plain(option.text?.text), hint: option.description && plain(option.description.text), value: option });

/** @param {any} element @param {Place} place */
export function overflow(element, place) {
  const open = async (e) => {
    const source = e.currentTarget;
    const picked = await openMenu(source, element.options.map(item), { label: "More actions" });
    if (!picked) return;
    const href = picked.value.url && safeUrl(picked.value.url);
    if (href) window.open(href, "_blank", "noopener");
    confirmed(element, place, { selected_option: picked.value }, source);
  };
  return h("button", {
    type: "button", class: "button button-icon", "aria-label": "More actions", "aria-haspopup": "menu", on: { click: open },
    data: { testid: "overflow", actionId: element.action_id, focus: element.action_id },
  }, icon("more"));
}
