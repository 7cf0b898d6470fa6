/** Block Kit's fields: what a person types or ticks. */
import { h } from "./dom.js";
import { plain, textObject } from "./mrkdwn-view.js";
import { optionsOf } from "./options.js";

/** @typedef {import("./elements.js").Place} Place */

/** Numbers the marks of one group; two groups on a page must not share a name. */
let groups = 0;

/** @param {any} element @returns {Record<string, any>} hooks shared by all fields */
const hooks = (element) => ({ testid: "field", actionId: element.action_id, focus: element.action_id });

/** @param {any} element @param {Place} place @returns {string} */
const textOf = (element, place) => place.surface.value(place.block, element)?.value ?? element.initial_value ?? "";

/** @param {any} element @param {Place} place @returns {Record<string, (e: any) => void>} what happens while a person types */
function typing(element, place) {
  const value = (e) => ({ value: e.currentTarget.value });
  const enter = (e) => {
    if (e.key !== "Enter" || e.isComposing || (element.multiline && !(e.ctrlKey || e.metaKey))) return;
    if (place.surface.entered(place.block, element, value(e))) e.preventDefault();
  };
  return { input: (e) => place.report(element, value(e), e.currentTarget), keydown: enter };
}

/** @param {any} element @param {Place} place */
export function plainTextInput(element, place) {
  const field = h(element.multiline ? "textarea" : "input", {
    class: "field", placeholder: plain(element.placeholder?.text ?? ""), maxlength: element.max_length,
    rows: element.multiline ? 3 : null, data: hooks(element), on: typing(element, place),
  });
  field.value = textOf(element, place);
  return field;
}

/** @param {any} element @param {Place} place */
export function numberInput(element, place) {
  const field = h("input", {
    class: "field", inputmode: element.is_decimal_allowed ? "decimal" : "numeric", autocomplete: "off",
    placeholder: plain(element.placeholder?.text ?? ""), data: hooks(element), on: typing(element, place),
  });
  field.value = textOf(element, place);
  return field;
}

/** @param {"date"|"time"} type @returns {(element: any, place: Place) => HTMLInputElement} the browser's own picker */
const picker = (type) => (element, place) => {
  const key = `selected_${type}`;
  const change = (e) => place.report(element, { [key]: e.currentTarget.value || null }, e.currentTarget);
  const field = h("input", { class: "field field-short", type, data: hooks(element), on: { change } });
  const kept = place.surface.value(place.block, element);
  field.value = (kept ? kept[key] : element[`initial_${type}`]) ?? "";
  return field;
};

export const datePicker = picker("date");
export const timePicker = picker("time");

/** @param {any} option @param {Place} place @param {Record<string, any>} props of the mark */
function mark(option, place, props) {
  const { who } = place.surface;
  return h("label", { class: "mark" }, h("input", props), h("span", { class: "mark-words" },
    h("span", null, textObject(option.text, who)),
    option.description && h("small", null, textObject(option.description, who))));
}

/** @param {any} element @param {Place} place @param {"checkbox"|"radio"} type @param {Set<string>} chosen values */
function marks(element, place, type, chosen) {
  const name = `group-${(groups += 1)}`;
  const options = optionsOf(element);
  const box = h("div", { class: "marks", role: type === "radio" ? "radiogroup" : "group", data: { ...hooks(element), focus: "" } });
  const report = () => {
    const on = options.filter((_, i) => box.querySelectorAll("input")[i].checked);
    place.report(element, type === "radio" ? { selected_option: on[0] ?? null } : { selected_options: on }, box);
  };
  box.append(...options.map((o) => mark(o, place, {
    type, name, value: o.value, checked: chosen.has(o.value), on: { change: report }, data: { focus: `${element.action_id}/${o.value}` },
  })));
  return box;
}

/** @param {any} element @param {Place} place */
export function checkboxes(element, place) {
  const kept = place.surface.value(place.block, element);
  const chosen = kept ? kept.selected_options ?? [] : element.initial_options ?? [];
  return marks(element, place, "checkbox", new Set(chosen.map((o) => o.value)));
}

/** @param {any} element @param {Place} place */
export function radioButtons(element, place) {
  const kept = place.surface.value(place.block, element);
  const chosen = kept ? kept.selected_option : element.initial_option;
  return marks(element, place, "radio", new Set(chosen ? [chosen.value] : []));
}
