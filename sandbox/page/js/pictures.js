/** Pictures: files of a message, image blocks, small ones in contexts. A click opens the lightbox. */
import { fileUrl } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";
import { safeUrl, textObject } from "./mrkdwn-view.js";

/** @typedef {{url: string, name: string}} Picture */

/** Kinds of pictures that no browser shows: their thumbnail stands for them, once there is one. */
const HIDDEN_KINDS = new Set(["image/heic", "image/heif", "image/tiff"]);

/** @param {any} file @returns {boolean} */
export const isPicture = (file) => (file.mimetype ?? "").startsWith("image/") && (!HIDDEN_KINDS.has(file.mimetype) || Boolean(file.thumb_64));

/** @param {any} file @returns {string} */
const shownUrl = (file) => fileUrl(file.id) + (HIDDEN_KINDS.has(file.mimetype) ? "?thumb" : "");

/** @param {any} file @returns {boolean} its kind is not known until Slack has processed it */
const isProcessing = (file) => file.id && !file.mimetype && file.mode !== "tombstone";

/** @param {any} image an image block or element @param {import("./surface.js").Surface} surface @returns {string|null} */
function imageUrl(image, surface) {
  const { slack_file: slack, image_url: url } = image;
  if (slack?.id) return fileUrl(slack.id);
  const file = slack?.url && surface.files.find((f) => [f.url_private, f.permalink].includes(slack.url));
  if (file) return fileUrl(file.id);
  const id = slack?.url && /T\w+-(F\w+)/.exec(slack.url)?.[1];
  return id ? fileUrl(id) : url ? safeUrl(url) : null;
}

const GONE = "This picture is not there.";

/** @param {HTMLImageElement} img a picture that is not there (any more) */
function fall(img) {
  const box = /** @type {any} */ (img.closest(".thumb"));
  if (!box) { img.replaceWith(h("span", { class: "small-picture broken", role: "img", "aria-label": GONE, title: GONE }, icon("file"))); return; }
  if (box.disabled) return;
  box.classList.add("broken");
  box.disabled = true;
  box.replaceChildren(icon("file"), GONE);
}

/** @param {string} fileId a file that was deleted: what shows it falls blank at once */
export function blank(fileId) {
  const shown = /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll(".thumb img, img.small-picture"));
  shown.forEach((img) => new URL(img.src).pathname === fileUrl(fileId) && fall(img));
}

/** @param {Picture} picture @param {string} className @param {Picture[]} [all] what the lightbox leafs through */
function thumb(picture, className, all = [picture]) {
  const img = h("img", { src: picture.url, alt: picture.name, loading: "lazy", draggable: "false" });
  img.addEventListener("error", () => fall(img));
  return h("button", {
    type: "button", class: ["thumb", className], "aria-label": `Open ${picture.name}`, "data-testid": "picture",
    on: { click: () => openLightbox(all, all.indexOf(picture)) },
  }, img);
}

/** @param {any} b @param {import("./surface.js").Surface} surface */
export function blockPicture(b, surface) {
  const url = imageUrl(b, surface);
  if (!url) return h("div", { class: "unknown" }, "This picture has no address.");
  return h("figure", { class: "block picture" },
    b.title && h("figcaption", null, textObject(b.title, surface.who)),
    thumb({ url, name: b.alt_text ?? "picture" }, "thumb-block"));
}

/** @param {any} e @param {import("./surface.js").Surface} surface */
export function smallPicture(e, surface) {
  const url = imageUrl(e, surface);
  return url ? h("img", { class: "small-picture", src: url, alt: e.alt_text ?? "", on: { error: (event) => fall(event.currentTarget) } }) : null;
}

/** @param {any} file */
function card(file) {
  const gone = file.mode === "tombstone";
  const size = file.size ? `${(file.size / 1024).toFixed(0)} kB` : "";
  return h("div", { class: "file-card", "data-testid": "file" }, icon("file"), h("div", { class: "file-words" },
    h("b", null, gone ? "This file was deleted." : file.title || file.name),
    h("small", null, [file.filetype?.toUpperCase(), size].filter(Boolean).join(" · "))));
}

/** @param {any[]} files of a message @returns {HTMLElement|null} */
export function gallery(files) {
  if (!files?.length) return null;
  const pictures = files.filter((f) => isPicture(f) && f.mode !== "tombstone").map((f) => ({ url: shownUrl(f), name: f.title || f.name }));
  const others = files.filter((f) => !isPicture(f) || f.mode === "tombstone");
  return h("div", { class: "gallery", "data-testid": "gallery" },
    pictures.length > 0 && h("div", { class: ["grid", `grid-${Math.min(pictures.length, 4)}`] },
      pictures.map((p) => thumb(p, pictures.length > 1 ? "thumb-square" : "thumb-alone", pictures))),
    others.map((f) => (isProcessing(f) ? h("div", { class: "file-wait shimmer" }, `Processing ${f.name ?? "the file"}…`) : card(f))));
}
