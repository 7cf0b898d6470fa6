/**
 * Builds elements. Text is only ever set as text: nothing in this page parses HTML.
 * @typedef {Node|string|number|null|undefined|false} Child
 * @typedef {Child|Child[]} Children
 */

/** Properties that are not plain attributes. */
const SPECIAL = {
  class: (el, value) => { el.className = [value].flat().filter(Boolean).join(" "); },
  data: (el, value) => Object.assign(el.dataset, value),
  on: (el, value) => Object.entries(value).forEach(([name, fn]) => el.addEventListener(name, fn)),
  vars: (el, value) => Object.entries(value).forEach(([name, v]) => el.style.setProperty(name, String(v))),
  value: (el, value) => { el.value = value ?? ""; },
  checked: (el, value) => { el.checked = Boolean(value); },
};

/** @param {HTMLElement} el @param {string} key @param {any} value */
function setProp(el, key, value) {
  if (SPECIAL[key]) SPECIAL[key](el, value);
  else if (value === true) el.setAttribute(key, "");
  else if (value !== false && value != null) el.setAttribute(key, String(value));
}

/**
 * One element with its properties and children; false, null and undefined children are left out.
 * @param {string} tag @param {Record<string, any>|null} [props] @param {...Children} children
 * @returns {any} the element, typed loosely so that callers may use its own members
 */
export function h(tag, props, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) setProp(el, key, value);
  el.append(...solid(children));
  return el;
}

/** @param {Children[]} children @returns {(Node|string)[]} */
function solid(children) {
  return children.flat(3).filter((c) => c !== null && c !== undefined && c !== false)
    .map((c) => (c instanceof Node ? c : String(c)));
}

/** Puts children in the place of all that `el` holds. @param {Element} el @param {...Children} children */
export function fill(el, ...children) {
  el.replaceChildren(...solid(children));
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);
