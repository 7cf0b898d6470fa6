/** The app's modals: a stack of views, of which the topmost is shown. */
import { api, reason } from "./api.js";
import { block } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { reconcile, sign } from "./keyed.js";
import { plain } from "./mrkdwn-view.js";
import { flushInputs, Surface } from "./surface.js";

export class Modal {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {any} */
    this.view = null;
    /** @type {Record<string, string>} */
    this.errors = {};
    this.busy = false;
    store.on(["views", "state"], () => this.follow());
  }

  /** Shows the topmost view, or none. */
  follow() {
    const top = this.store.state.views.at(-1) ?? null;
    if (!top) return this.vanish();
    if (this.view?.id !== top.id) {
      this.vanish();
      this.open(top);
    }
    this.view = top;
    this.forget(top);
    return this.draw();
  }

  /** A field that an update took away begins anew if it comes back. @param {any} view */
  forget(view) {
    if (!view.state?.values) return;
    const there = new Set(Object.entries(view.state.values).flatMap(([block, fields]) => Object.keys(fields).map((action) => [view.id, block, action].join("|"))));
    for (const key of this.store.fields.keys()) {
      if (key.startsWith(`${view.id}|`) && !there.has(key)) this.store.fields.delete(key);
    }
  }

  vanish() {
    this.frame?.lower();
    Object.assign(this, { frame: undefined, view: null, errors: {}, busy: false });
  }

  /** @param {any} view */
  open(view) {
    this.view = view;
    this.title = h("span", { "data-testid": "modal-title" });
    this.trouble = h("div", { class: "modal-trouble", role: "alert", hidden: true, "data-testid": "modal-trouble" });
    this.content = h("div", { class: "blocks" });
    this.closer = h("button", { type: "button", class: "button", "data-testid": "modal-close", on: { click: () => this.close() } });
    this.submitter = h("button", { type: "submit", class: "button button-primary", "data-testid": "modal-submit", form: "modal-form" });
    this.draw();
    const body = h("form", { id: "modal-form", novalidate: true, on: { submit: (e) => { e.preventDefault(); this.submit(); } } }, this.trouble, this.content);
    this.frame = openDialog({ title: this.title, body, footer: [this.closer, this.submitter], testid: "modal", onClose: () => this.close() });
  }

  surface() {
    const container = /** @type {const} */ ({ type: "view", view_id: this.view.id });
    return new Surface(this.store, container, { initial: this.view.state?.values, errors: this.errors });
  }

  draw() {
    const { view } = this;
    const surface = this.surface();
    fill(this.title, plain(view.title?.text));
    fill(this.closer, plain(view.close?.text ?? "Cancel"));
    fill(this.submitter, this.busy && h("span", { class: "spinner" }), plain(view.submit?.text ?? "Submit"));
    this.submitter.hidden = !view.submit;
    this.submitter.disabled = this.busy;
    reconcile(this.content, view.blocks.map((b, i) => ({
      key: b.block_id ?? String(i), sign: sign(b, this.errors[b.block_id]), build: () => block(b, surface),
    })));
  }

  /** @param {Record<string, string>} errors by block_id */
  showErrors(errors) {
    this.errors = errors;
    this.draw();
    const first = this.content.querySelector(".has-error");
    first?.scrollIntoView({ block: "center" });
    first?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  }

  /** @param {string} text nothing when empty */
  say(text) {
    this.trouble.hidden = !text;
    this.trouble.textContent = text;
  }

  async submit() {
    if (this.busy) return;
    this.busy = true;
    this.say("");
    this.showErrors({});
    const { id } = this.view;
    await flushInputs();
    const reply = await api.viewSubmit(id);
    if (this.view?.id === id) this.answered(reply);
  }

  /** @param {any} reply */
  answered(reply) {
    this.busy = false;
    if (!reply.ok && !reply.errors) this.say(`We had some trouble connecting: ${reason(reply)}. Try again?`);
    this.showErrors(reply.ok ? {} : reply.errors ?? {});
  }

  async close() {
    const { id } = this.view;
    this.store.apply({ type: "view_close", view_id: id });
    await api.viewClose(id);
  }
}
