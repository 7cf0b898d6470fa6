/** The frame of every dialog: a title, a body that scrolls, buttons below. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { focusable, raise } from "./layer.js";

let serial = 0;

/**
 * @param {{title: any, body: any, footer?: any, testid: string, onClose: () => void, wide?: boolean}} parts
 * @returns {{el: HTMLElement, lower: () => void}} `lower` takes it away; `onClose` is what the cross and Escape do
 */
export function openDialog({ title, body, footer, testid, onClose, wide }) {
  const id = `dialog-${(serial += 1)}`;
  const box = h("div", { class: ["dialog", wide && "dialog-wide"], role: "dialog", "aria-modal": "true", "aria-labelledby": id, "data-testid": testid },
    h("header", { class: "dialog-head" }, h("h2", { id }, title), closeButton(onClose)),
    h("div", { class: "dialog-body", on: { scroll: (e) => box.classList.toggle("scrolled", e.currentTarget.scrollTop > 0) } }, body),
    footer && h("footer", { class: "dialog-foot" }, footer));
  const cover = h("div", { class: "dialog-cover" }, box);
  const lower = raise(cover, onClose);
  const inside = focusable(box);
  (inside.find((el) => !el.classList.contains("dialog-close")) ?? inside[0])?.focus();
  return { el: box, lower };
}

/** @param {() => void} onClose */
const closeButton = (onClose) => h("button", {
  type: "button", class: "icon-button dialog-close", "aria-label": "Close", "data-testid": "dialog-close", on: { click: onClose },
}, icon("close"));

/**
 * Asks before something is done.
 * @param {{title: any, text: any, confirm: string, deny: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, confirm, deny, danger }) {
  return new Promise((resolve) => {
    const leave = (answer) => { lower(); resolve(answer); };
    const button = (words, kind, answer, testid) => h("button", {
      type: "button", class: ["button", kind], "data-testid": testid, on: { click: () => leave(answer) },
    }, words);
    const footer = [button(deny, "", false, "confirm-deny"), button(confirm, danger ? "button-danger" : "button-primary", true, "confirm-yes")];
    const { lower } = openDialog({ title, body: text, footer, testid: "confirm", onClose: () => leave(false) });
  });
}
