/** Photos that go with the next message: thumbnails with how far each upload is. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { reconcile, sign } from "./keyed.js";
import { drop, enqueue } from "./uploads.js";

/** @param {File} file @returns {boolean} whether a browser can show it; HEIC it cannot */
export const isShown = (file) => file.type.startsWith("image/") && !/\.hei[cf]$/i.test(file.name);

/** @typedef {import("./uploads.js").Attachment} Attachment */

export class Attachments {
  /** @param {() => void} onChange */
  constructor(onChange) {
    /** @type {Attachment[]} */
    this.items = [];
    this.onChange = onChange;
    this.el = h("div", { class: "attachments", role: "list", "aria-label": "Photos to send", hidden: true });
  }

  /** @param {Iterable<File>} files */
  add(files) {
    for (const file of files) this.items.push(enqueue(file, () => this.draw()));
    this.draw();
  }

  /** @param {Attachment} item */
  remove(item) {
    drop(item);
    this.items = this.items.filter((a) => a !== item);
    this.draw();
  }

  /** Hands the attachments over to a message and begins anew. @returns {Attachment[]} */
  take() {
    const { items } = this;
    this.items = [];
    this.draw();
    return items;
  }

  draw() {
    this.el.hidden = this.items.length === 0;
    reconcile(this.el, this.items.map((item) => ({
      key: item.url, sign: sign(item.state, Math.round(item.share * 50)), build: () => tile(item, () => this.remove(item)),
    })));
    this.onChange();
  }
}

/** @param {Attachment} item */
const progress = (item) => h("span", {
  class: "bar", role: "progressbar", "aria-label": `Uploading ${item.file.name}`, "aria-valuenow": Math.round(item.share * 100),
  "aria-valuemin": 0, "aria-valuemax": 100, vars: { "--share": item.share },
});

/** @param {Attachment} item @param {() => void} remove */
function tile(item, remove) {
  const { file, state } = item;
  return h("div", { class: ["tile", `tile-${state}`], role: "listitem", title: item.fault ?? file.name, data: { testid: "attachment", state } },
    isShown(file) ? h("img", { src: item.url, alt: file.name }) : h("span", { class: "tile-file" }, icon("file"), file.name),
    (state === "waiting" || state === "going") && progress(item),
    state === "failed" && h("span", { class: "tile-fault" }, "Failed"),
    h("button", { type: "button", class: "tile-remove", "aria-label": `Remove ${file.name}`, on: { click: remove } }, icon("close")));
}
