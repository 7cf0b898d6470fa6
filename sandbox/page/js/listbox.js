/**
 * The list that opens below a select. The focus is in a field above the list, so that typing narrows it; arrows move along it,
 * Enter chooses, Escape leaves. A short list shows the field only once something is typed.
 */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { raise } from "./layer.js";
import { place } from "./menu.js";

/**
 * @typedef {{id: string, label: string, hint?: string, group?: string, picture?: () => Node, value: any}} Choice
 * @typedef {{label: string, find: (typed: string) => Choice[]|Promise<Choice[]>, several?: boolean, most?: number, chosen: Choice[],
 *   changed?: (chosen: Choice[]) => void}} Question
 * `find` gives what fits; `most` is how many of several may be chosen; `changed` hears of each that comes or goes
 */

/** So many can be seen at once: a longer list shows its field from the start. */
const SHORT = 8;

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: SHORT, PageUp: -SHORT };

let serial = 0;

/** @param {Choice[]} choices @param {string} typed @returns {Choice[]} those in which all typed words occur */
export function fitting(choices, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter((c) => words.every((w) => `${c.label} ${c.hint ?? ""} ${c.group ?? ""}`.toLowerCase().includes(w)));
}

/** @param {HTMLElement} anchor @param {Question} question @returns {Promise<Choice[]|null>} all that is chosen; null when one was to be chosen and none was */
export const choose = (anchor, question) => new Promise((resolve) => { new Listbox(anchor, question, resolve); });

class Listbox {
  /** @param {HTMLElement} anchor @param {Question} question @param {(chosen: Choice[]|null) => void} resolve */
  constructor(anchor, question, resolve) {
    Object.assign(this, { anchor, question, resolve, shown: /** @type {Choice[]} */ ([]), at: 0, chosen: [...question.chosen], asked: 0 });
    const id = `listbox-${(serial += 1)}`;
    this.list = h("div", { class: "listbox-list", role: "listbox", id, "aria-label": question.label, "aria-multiselectable": question.several ? "true" : null });
    this.field = h("input", {
      class: "listbox-field", role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list", "aria-label": `Find in ${question.label}`,
      placeholder: "Type to find", autocomplete: "off", spellcheck: "false", "data-testid": "select-filter", on: { input: () => this.look(), keydown: (e) => this.key(e) },
    });
    this.note = h("div", { class: "listbox-note", role: "status", hidden: true });
    this.box = h("div", { class: "menu listbox", "data-testid": "menu" }, this.field, this.list, this.note);
    this.cover = h("div", { class: "menu-cover", on: { mousedown: (e) => e.target === this.cover && this.leave() } }, this.box);
    this.lower = raise(this.cover, () => this.leave());
    anchor.setAttribute("aria-expanded", "true");
    this.look(true);
    this.field.focus();
  }

  /** Goes away; of several, what is chosen is kept. @param {Choice[]|null} [chosen] */
  leave(chosen = this.question.several ? this.chosen : null) {
    this.lower();
    this.anchor.setAttribute("aria-expanded", "false");
    this.resolve(chosen);
  }

  /** Finds what fits the typed words; an answer that a later one has overtaken is dropped. @param {boolean} [first] */
  async look(first = false) {
    const turn = (this.asked += 1);
    const found = this.question.find(this.field.value.trim());
    const shown = found instanceof Promise ? await found : found;
    if (turn !== this.asked) return;
    this.shown = shown;
    const chosen = this.chosen[0] && shown.findIndex((c) => c.id === this.chosen[0].id);
    this.at = first && chosen > 0 ? chosen : 0;
    if (first) this.box.classList.toggle("listbox-short", shown.length <= SHORT && !this.question.several);
    this.draw();
  }

  draw() {
    const { most = Infinity } = this.question;
    const full = Boolean(this.question.several) && this.chosen.length >= most;
    fill(this.list, this.shown.map((choice, i) => [this.heading(i), this.row(choice, i, full)]));
    this.note.hidden = this.shown.length > 0 && !full;
    this.note.textContent = this.shown.length ? `No more than ${most} can be chosen.` : "Nothing fits.";
    const active = this.list.querySelector(".at");
    this.field.setAttribute("aria-activedescendant", active?.id ?? "");
    place(this.box, this.anchor, true);
    active?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} i @returns {HTMLElement|false} the name of the group that begins here */
  heading(i) {
    const { group } = this.shown[i];
    return Boolean(group) && group !== this.shown[i - 1]?.group && h("div", { class: "menu-heading", role: "presentation" }, group);
  }

  /** @param {Choice} choice @param {number} i @param {boolean} full no more can be chosen */
  row(choice, i, full) {
    const chosen = this.isChosen(choice);
    return h("div", {
      class: ["menu-item", i === this.at && "at", full && !chosen && "menu-off"], role: "option", id: `${this.list.id}-${i}`, "data-testid": "menu-item",
      "aria-selected": String(chosen), "aria-disabled": full && !chosen ? "true" : null,
      on: { mousedown: (e) => e.preventDefault(), click: () => this.pick(choice) },
    }, choice.picture?.(), h("span", { class: "menu-words" }, h("span", null, choice.label), choice.hint && h("small", null, choice.hint)), chosen && icon("check"));
  }

  /** @param {Choice} choice */
  isChosen(choice) {
    return this.chosen.some((c) => c.id === choice.id);
  }

  /** @param {Choice} choice */
  pick(choice) {
    if (!this.question.several) { this.leave([choice]); return; }
    if (this.isChosen(choice)) this.chosen = this.chosen.filter((c) => c.id !== choice.id);
    else if (this.chosen.length < (this.question.most ?? Infinity)) this.chosen.push(choice);
    this.at = Math.max(0, this.shown.findIndex((c) => c.id === choice.id));
    this.changed();
  }

  changed() {
    this.question.changed?.(this.chosen);
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = STEPS[event.key];
    if (step && this.shown.length) this.move(step);
    else if (event.key === "Enter" && this.shown[this.at]) this.pick(this.shown[this.at]);
    else if (event.key === "Tab") this.leave();
    else if (event.key === "Backspace" && !this.field.value && this.question.several) { this.chosen.pop(); this.changed(); }
    else if (event.key !== "Enter") return;
    event.preventDefault();
  }

  /** @param {number} step one goes round at the ends, a page stops there */
  move(step) {
    const last = this.shown.length - 1;
    const to = this.at + step;
    this.at = Math.abs(step) === 1 ? (to + last + 1) % (last + 1) : Math.min(Math.max(to, 0), last);
    this.draw();
  }
}
