/** Ready sets of photos, for who has none at hand: choose a set, all of it or some. */
import { api } from "./api.js";
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { count } from "./time.js";
import { toast } from "./toast.js";

/** @typedef {{set: string, title: string, noun: string, files: {name: string, url: string}[]}} SampleSet */

/** What is chosen, and who wants to hear when that changes. */
class Choice {
  constructor() {
    /** @type {Set<any>} */
    this.files = new Set();
    /** @type {(() => void)[]} */
    this.listeners = [];
  }

  /** @param {any[]} files @param {boolean} on */
  set(files, on) {
    files.forEach((f) => (on ? this.files.add(f) : this.files.delete(f)));
    this.listeners.forEach((listener) => listener());
  }

  /** @param {() => void} listener called now and at every change */
  watch(listener) {
    this.listeners.push(listener);
    listener();
  }
}

/** @param {{name: string, url: string}} sample @returns {Promise<File>} */
async function fetchFile({ name, url }) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  const bytes = await reply.blob();
  return new File([bytes], name, { type: bytes.type });
}

/** @param {Choice} choice @param {any} file */
function photo(choice, file) {
  const el = h("button", {
    type: "button", class: "sample", role: "checkbox", "aria-label": file.name, title: file.name, "data-testid": "sample",
    on: { click: () => choice.set([file], !choice.files.has(file)) },
  }, h("img", { src: file.url, alt: "", loading: "lazy" }));
  choice.watch(() => el.setAttribute("aria-checked", String(choice.files.has(file))));
  return el;
}

/** @param {SampleSet} set @param {Choice} choice */
function shelf(set, choice) {
  const all = () => set.files.every((f) => choice.files.has(f));
  const flip = h("button", { type: "button", class: "button", "data-testid": "sample-all", on: { click: () => choice.set(set.files, !all()) } });
  choice.watch(() => fill(flip, all() ? "Choose none" : "Choose all"));
  return h("section", { class: "sample-set", "data-testid": "sample-set", data: { set: set.set } },
    h("header", null, h("div", null, h("b", null, set.title), h("small", null, count(set.files.length, "photo") + (set.noun ? ` · ${set.noun}` : ""))), flip),
    h("div", { class: "samples" }, set.files.map((f) => photo(choice, f))));
}

/** @param {SampleSet[]} sets @returns {Promise<any[]|null>} the chosen samples; null when the dialog was left */
function choose(sets) {
  return new Promise((resolve) => {
    const choice = new Choice();
    const leave = (answer) => { lower(); resolve(answer); };
    const go = h("button", { type: "button", class: "button button-primary", "data-testid": "attach-samples", on: { click: () => leave([...choice.files]) } });
    choice.watch(() => {
      go.disabled = choice.files.size === 0;
      fill(go, choice.files.size ? `Attach ${count(choice.files.size, "photo")}` : "Choose photos");
    });
    const body = h("div", { class: "sample-sets" }, sets.map((set) => shelf(set, choice)));
    const { lower } = openDialog({ title: "Sample photos", body, footer: [go], testid: "samples", wide: true, onClose: () => leave(null) });
  });
}

/** @returns {Promise<File[]|null>} */
export async function openSamples() {
  try {
    const sets = await api.samples();
    if (!sets.length) { toast("This sandbox has no sample photos."); return null; }
    const chosen = await choose(sets);
    return chosen && await Promise.all(chosen.map(fetchFile));
  } catch (error) {
    toast(`The sample photos could not be read (${/** @type {any} */ (error).message}).`);
    return null;
  }
}
