/** What floats above the page (menus, dialogs, pictures): one stack, so that Escape closes the topmost only. */

/** @type {{el: HTMLElement, close: () => void, back: Element|null}[]} */
const stack = [];

/** @param {HTMLElement} el @param {() => void} close what Escape does @returns {() => void} takes the layer away and gives the focus back */
export function raise(el, close) {
  const layer = { el, close, back: document.activeElement };
  stack.push(layer);
  document.body.append(el);
  return () => lower(layer);
}

/** @param {typeof stack[number]} layer */
function lower(layer) {
  const at = stack.indexOf(layer);
  if (at < 0) return;
  stack.splice(at, 1);
  layer.el.remove();
  const back = /** @type {any} */ (layer.back);
  if (back?.isConnected) back.focus({ preventScroll: true });
}

/** @returns {boolean} whether anything floats */
export const anyLayer = () => stack.length > 0;

/** @param {HTMLElement} root @returns {HTMLElement[]} what Tab can reach */
export const focusable = (root) => [...root.querySelectorAll(
  "button:not([disabled]), a[href], input:not([disabled]), textarea:not([disabled]), select, [tabindex='0']",
)].filter((el) => /** @type {HTMLElement} */ (el).offsetParent !== null).map((el) => /** @type {HTMLElement} */ (el));

/** @param {KeyboardEvent} event keeps Tab within the topmost layer */
function keepTab(event) {
  const inside = focusable(stack[stack.length - 1].el);
  if (!inside.length) return;
  const edge = event.shiftKey ? inside[0] : inside[inside.length - 1];
  if (document.activeElement !== edge && stack[stack.length - 1].el.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? inside[inside.length - 1] : inside[0]).focus();
}

document.addEventListener("keydown", (event) => {
  if (!stack.length) return;
  if (event.key === "Tab") keepTab(event);
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  stack[stack.length - 1].close();
}, true);
