/** A short line at the foot of the page, for what went wrong. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;

/** @param {string} text */
export function toast(text) {
  const el = h("div", { class: "toast", role: "alert", "data-testid": "toast" }, icon("warning"), h("span", null, text));
  document.body.append(el);
  setTimeout(() => el.remove(), SHOWN_MS);
}
