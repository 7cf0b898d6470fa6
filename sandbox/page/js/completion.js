/** The list that rises from a composer while a person types `/` or `@`. The focus stays in the text. */
import { avatar } from "./directory.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {{insert: string, title: string, hint?: string, note?: string, picture: any}} Offer */

/** @param {any} state @param {string} text @returns {Offer[]} */
export function commandOffers(state, text) {
  if (!/^\/[\w-]*$/.test(text)) return [];
  return state.commands.filter((c) => c.command.startsWith(text.toLowerCase())).map((c) => ({
    insert: `${c.command} `, title: c.command, hint: c.usage_hint, note: c.description, picture: icon("slash"),
  }));
}

/** @param {import("./directory.js").Directory} who @param {string} before the text before the caret @returns {Offer[]} */
export function mentionOffers(who, before) {
  const typed = /(?:^|\s)@([\w-]*)$/.exec(before)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  return [...who.users.values()].map((u) => ({ u, name: who.nameOf(u.id) ?? u.name, isApp: u.id === who.bot.id }))
    .filter(({ u, name }) => u.id !== who.me.id && name.toLowerCase().startsWith(typed))
    .map(({ u, name, isApp }) => ({ insert: `@${name} `, title: name, note: isApp ? "App" : "", picture: avatar({ id: u.id, name, isApp }, "small") }))
    .sort((a, b) => Number(b.note === "App") - Number(a.note === "App"));
}

let serial = 0;

export class Completion {
  /** @param {HTMLTextAreaElement} field @param {(offer: Offer) => void} accept */
  constructor(field, accept) {
    Object.assign(this, { field, accept, offers: /** @type {Offer[]} */ ([]), at: 0 });
    this.el = h("div", { class: "completion", role: "listbox", id: `completion-${(serial += 1)}`, "data-testid": "completion", hidden: true });
    field.setAttribute("aria-controls", this.el.id);
    field.setAttribute("aria-autocomplete", "list");
  }

  get open() {
    return this.offers.length > 0;
  }

  /** @param {Offer[]} offers */
  show(offers) {
    const same = offers.length === this.offers.length && offers.every((o, i) => o.insert === this.offers[i].insert);
    this.offers = offers;
    if (!same) this.at = 0;
    this.draw();
  }

  close() {
    this.show([]);
  }

  draw() {
    this.el.hidden = !this.open;
    this.field.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.field.setAttribute("aria-activedescendant", `${this.el.id}-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
    fill(this.el, this.offers.map((offer, i) => this.row(offer, i)));
  }

  /** @param {Offer} offer @param {number} i */
  row(offer, i) {
    return h("div", {
      class: ["offer", i === this.at && "at"], role: "option", id: `${this.el.id}-${i}`, "aria-selected": String(i === this.at),
      "data-testid": "offer", on: { mousedown: (e) => { e.preventDefault(); this.accept(offer); } },
    }, offer.picture, h("b", null, offer.title), offer.hint && h("span", { class: "offer-hint" }, offer.hint), h("span", { class: "offer-note" }, offer.note ?? ""));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
  key(event) {
    if (!this.open) return false;
    if (event.key === "Enter" && this.offers[this.at].insert.trim() === this.field.value.trim()) {
      this.close();
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { this.at = (this.at + step + this.offers.length) % this.offers.length; this.draw(); }
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || event.key === "Enter") this.accept(this.offers[this.at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
