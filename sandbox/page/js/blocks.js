/** Block Kit: one function a block, one table for all. */
import { h } from "./dom.js";
import { button, overflow } from "./elements.js";
import { checkboxes, datePicker, numberInput, plainTextInput, radioButtons, timePicker } from "./fields.js";
import { plain, plainNodes, textObject } from "./mrkdwn-view.js";
import { richText } from "./rich-text.js";
import { blockPicture, smallPicture } from "./pictures.js";
import { multiSelect, select } from "./selects.js";

/** @typedef {import("./surface.js").Surface} Surface */

/** @type {Record<string, (element: any, place: any) => any>} */
const ELEMENTS = {
  button, overflow, checkboxes, radio_buttons: radioButtons,
  static_select: select, external_select: select, users_select: select, channels_select: select, conversations_select: select,
  multi_static_select: multiSelect, multi_external_select: multiSelect, multi_users_select: multiSelect,
  multi_channels_select: multiSelect, multi_conversations_select: multiSelect,
  plain_text_input: plainTextInput, email_text_input: plainTextInput, url_text_input: plainTextInput, number_input: numberInput,
  datepicker: datePicker, timepicker: timePicker,
  image: (e, place) => smallPicture(e, place.surface),
};

/** @param {string} type @param {string} kind */
const unknown = (type, kind) =>
  h("div", { class: "unknown", "data-testid": "unknown-block" }, `This page does not show the ${kind} “${type}”.`);

/** @param {any} el @param {any} block @param {Surface} surface @param {boolean} [isInput] */
function element(el, block, surface, isInput = false) {
  const report = (e, value, source) => (isInput ? surface.input(block, e, value) : surface.act(block, e, value, source));
  return ELEMENTS[el.type]?.(el, { block, surface, report }) ?? unknown(el.type, "element");
}

/** Accessories that are higher than one line. */
const HIGH = new Set(["image", "checkboxes", "radio_buttons"]);

/** @param {any} block @param {Surface} surface */
function section(block, surface) {
  return h("div", { class: "block section" },
    h("div", { class: "section-words" },
      block.text && h("div", null, textObject(block.text, surface.who)),
      block.fields && h("div", { class: "section-fields" }, block.fields.map((f) => h("div", null, textObject(f, surface.who))))),
    block.accessory && h("div", { class: ["accessory", `accessory-${block.accessory.type}`, !HIGH.has(block.accessory.type) && "accessory-line"] }, element(block.accessory, block, surface)));
}

/** @param {any} block @param {Surface} surface */
function context(block, surface) {
  return h("div", { class: "block context" }, block.elements.map((e) =>
    (e.type === "image" ? smallPicture(e, surface) : h("div", null, textObject(e, surface.who)))));
}

/** @param {any} block @param {Surface} surface */
function input(block, surface) {
  const error = surface.errors[block.block_id];
  const field = element(block.element, block, surface, true);
  const label = plain(block.label?.text);
  const control = field.matches?.("input, textarea, button, [role]") ? field : field.querySelector?.("input, textarea, button");
  control?.setAttribute("aria-label", label);
  if (error) control?.setAttribute("aria-invalid", "true");
  return h("div", { class: ["block input", error && "has-error"], "data-testid": "input-block", "data-block-id": block.block_id },
    h("div", { class: "label" }, label, block.optional ? h("span", { class: "optional" }, " (optional)") : h("span", { class: "required", title: "required" }, " *")),
    field,
    error && h("div", { class: "field-error", role: "alert", "data-testid": "field-error" }, error),
    block.hint && h("div", { class: "hint" }, textObject(block.hint, surface.who)));
}

/** @type {Record<string, (block: any, surface: Surface) => HTMLElement>} */
const BLOCKS = {
  section,
  context,
  input,
  header: (b) => h("h3", { class: "block header" }, plainNodes(b.text?.text)),
  divider: () => h("hr", { class: "block divider" }),
  image: blockPicture,
  actions: (b, surface) => h("div", { class: "block actions" }, b.elements.map((e) => element(e, b, surface))),
  rich_text: (b, surface) => h("div", { class: "block rich" }, richText(b, surface.who)),
};

/** @param {any} block @param {Surface} surface @returns {HTMLElement} */
export const block = (block, surface) => BLOCKS[block.type]?.(block, surface) ?? unknown(block.type, "block");

/** @param {any[]} list @param {Surface} surface */
export const blocks = (list, surface) => h("div", { class: "blocks" }, list.map((b) => block(b, surface)));
