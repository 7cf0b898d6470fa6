/**
 * Brings a container's children up to date by key: what has not changed stays as it is, with its focus, its scroll and its pictures.
 * @typedef {{key: string, sign: string, build: () => HTMLElement}} Item sign: anything that differs when the element must
 */

/** @param {HTMLElement} container @param {Item[]} items */
export function reconcile(container, items) {
  const old = new Map([...container.children].map((el) => [/** @type {any} */ (el).dataset.key, /** @type {HTMLElement} */ (el)]));
  const wanted = items.map((item) => refreshed(old.get(item.key), item));
  const keys = new Set(items.map((item) => item.key));
  old.forEach((el, key) => keys.has(key) || el.remove());
  wanted.forEach((el, i) => {
    if (container.children[i] !== el) container.insertBefore(el, container.children[i] ?? null);
  });
}

/** @param {HTMLElement|undefined} el @param {Item} item @returns {HTMLElement} */
function refreshed(el, item) {
  if (el && el.dataset.sign === item.sign) return el;
  const fresh = item.build();
  fresh.dataset.key = item.key;
  fresh.dataset.sign = item.sign;
  if (el) takeOver(el, fresh);
  return fresh;
}

/** @param {HTMLElement} el @param {HTMLElement} fresh takes its place, its loaded pictures and its focus */
function takeOver(el, fresh) {
  const loaded = new Map([...el.querySelectorAll("img")].map((img) => [img.getAttribute("src"), img]));
  for (const img of fresh.querySelectorAll("img")) {
    const same = loaded.get(img.getAttribute("src"));
    if (same && same.className === img.className) img.replaceWith(same);
  }
  const focus = /** @type {any} */ (document.activeElement);
  const key = el.contains(focus) ? focus.dataset.focus : undefined;
  el.replaceWith(fresh);
  const same = key && /** @type {any} */ (fresh.querySelector(`[data-focus="${CSS.escape(key)}"]`));
  if (!same) return;
  same.focus({ preventScroll: true });
  if (focus.selectionStart != null) same.setSelectionRange?.(focus.selectionStart, focus.selectionEnd);
}

/** @param {...any} parts @returns {string} a short fingerprint, so that the whole text does not sit in the page */
export function sign(...parts) {
  const text = JSON.stringify(parts);
  let hash = 5381;
  for (let i = 0; i < text.length; i += 1) hash = ((hash * 33) ^ text.charCodeAt(i)) | 0;
  return `${text.length}.${hash >>> 0}`;
}
