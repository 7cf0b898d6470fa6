/** Pictures at full size, one at a time. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { raise } from "./layer.js";

/** @param {string} name @param {string} label @param {() => void} click */
const control = (name, label, click) =>
  h("button", { type: "button", class: `lightbox-button lightbox-${name}`, "aria-label": label, on: { click } }, icon(name));

/** @param {{url: string, name: string}[]} pictures @param {number} at */
export function openLightbox(pictures, at) {
  let shown = at;
  const img = h("img", { alt: "", on: { click: () => stage.classList.toggle("zoomed") } });
  const stage = h("div", { class: "lightbox-stage", on: { click: (e) => e.target === stage && close() } }, img);
  const name = h("span", { class: "lightbox-name" });
  const save = h("a", { class: "lightbox-button", "aria-label": "Download" }, icon("download"));
  const show = () => {
    const { url, name: words } = pictures[shown];
    stage.classList.remove("zoomed");
    Object.assign(img, { src: url, alt: words });
    Object.assign(save, { href: url, download: words });
    name.textContent = pictures.length > 1 ? `${words} (${shown + 1} of ${pictures.length})` : words;
  };
  const step = (by) => { shown = (shown + by + pictures.length) % pictures.length; show(); };
  const close = () => lower();
  const cover = h("div", {
    class: "lightbox", role: "dialog", "aria-modal": "true", "aria-label": "Picture", "data-testid": "lightbox",
    on: { click: (e) => e.target === cover && close(), keydown: (e) => ({ ArrowLeft: () => step(-1), ArrowRight: () => step(1) })[e.key]?.() },
  },
  h("header", null, name, save, control("close", "Close", close)),
  pictures.length > 1 && control("back", "Previous picture", () => step(-1)), stage,
  pictures.length > 1 && control("next", "Next picture", () => step(1)));
  const lower = raise(cover, close);
  show();
  cover.querySelector(".lightbox-close")?.focus();
}
