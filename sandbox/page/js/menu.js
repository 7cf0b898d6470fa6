/** A menu that floats beside its button. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { raise } from "./layer.js";

/**
 * @typedef {{label: any, hint?: any, value?: any, chosen?: boolean, danger?: boolean, heading?: boolean, icon?: any, testid?: string}} MenuItem
 */

/** @param {MenuItem} item @param {(item: MenuItem) => void} choose */
function row(item, choose) {
  return h("button", {
    type: "button", role: "menuitem", class: ["menu-item", item.danger && "menu-danger"], "data-testid": item.testid ?? "menu-item",
    tabindex: -1, on: { click: () => choose(item) },
  }, item.icon && icon(item.icon), h("span", { class: "menu-words" }, h("span", null, item.label), item.hint && h("small", null, item.hint)),
  item.chosen && icon("check"));
}

/**
 * @param {HTMLElement} anchor @param {MenuItem[]} items @param {{label: string}} kind
 * @returns {Promise<MenuItem|null>} what was chosen; null when the menu was left
 */
export function openMenu(anchor, items, { label }) {
  return new Promise((resolve) => {
    const leave = (item) => { lower(); anchor.setAttribute("aria-expanded", "false"); resolve(item); };
    const rows = items.map((item) => row(item, leave));
    const box = h("div", { class: "menu", role: "menu", "aria-label": label, "data-testid": "menu", on: { keydown: arrows } }, rows);
    const cover = h("div", { class: "menu-cover", on: { mousedown: (e) => e.target === cover && leave(null) } }, box);
    const lower = raise(cover, () => leave(null));
    anchor.setAttribute("aria-expanded", "true");
    place(box, anchor);
    box.querySelector("button")?.focus();
  });
}

const TYPING_MS = 800;
const typed = { text: "", at: 0 };

/** @param {string} key @returns {string} what was typed in one go, lower case */
function gathered(key) {
  const now = performance.now();
  typed.text = now - typed.at < TYPING_MS ? typed.text + key.toLowerCase() : key.toLowerCase();
  typed.at = now;
  return typed.text;
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {KeyboardEvent} event moves the focus along the menu, also by what is typed */
function arrows(event) {
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
  const step = STEPS[event.key];
  if (step) { event.preventDefault(); buttons[(at + step + buttons.length) % buttons.length]?.focus(); return; }
  if (event.key.length !== 1) return;
  const text = gathered(event.key);
  if (text.length > 1 || event.key === " ") event.preventDefault();
  const from = text.length > 1 ? at : at + 1;
  const after = [...buttons.slice(from), ...buttons.slice(0, from)];
  after.find((b) => b.textContent?.trim().toLowerCase().startsWith(text))?.focus();
}

const MARGIN = 8;

/** @param {HTMLElement} box @param {HTMLElement} anchor @param {boolean} [wide] at least as wide as the anchor */
export function place(box, anchor, wide = false) {
  const at = anchor.getBoundingClientRect();
  if (wide) box.style.setProperty("min-width", `${at.width}px`);
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + 4 + height < innerHeight - MARGIN || at.top < height + MARGIN;
  const top = below ? Math.min(at.bottom + 4, innerHeight - height - MARGIN) : at.top - height - 4;
  const left = Math.min(at.left, innerWidth - width - MARGIN);
  box.style.setProperty("top", `${Math.max(MARGIN, top)}px`);
  box.style.setProperty("left", `${Math.max(MARGIN, left)}px`);
}
