/** Files dragged over a pane become attachments of its composer. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @param {DragEvent} e */
const carriesFiles = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");

/** @param {HTMLElement} pane @param {() => string} words what the veil says @param {(files: File[]) => void} drop */
export function dropzone(pane, words, drop) {
  const text = h("b");
  const veil = h("div", { class: "veil", hidden: true, "aria-hidden": "true" }, icon("photos"), text);
  let depth = 0;
  const show = (d) => { depth = d; veil.hidden = d <= 0; if (d === 1) text.textContent = words(); };
  const on = (name, fn) => pane.addEventListener(name, (e) => { if (carriesFiles(e)) { e.preventDefault(); fn(e); } });
  on("dragenter", () => show(depth + 1));
  on("dragleave", () => show(depth - 1));
  on("dragover", () => {});
  on("drop", (e) => { show(0); drop([...e.dataTransfer.files]); });
  pane.append(veil);
}
