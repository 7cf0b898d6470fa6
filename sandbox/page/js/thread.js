/** The pane beside the channel: one message and what was answered to it. */
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { dropzone } from "./dropzone.js";
import { icon } from "./icons.js";
import { itemsOf, localItems, MessageList } from "./message-list.js";
import { find, localsOf, replies } from "./threads.js";
import { count } from "./time.js";

export class Thread {
  /** @param {import("./store.js").Store} store @param {() => void} onClose */
  constructor(store, onClose) {
    this.store = store;
    this.onClose = onClose;
    this.list = new MessageList("Thread");
    this.composer = new Composer(store, { thread: true, onSent: () => this.list.toEnd() });
    this.head = h("header", { class: "pane-head" });
    this.el = h("section", { class: "pane pane-thread", "data-testid": "thread-pane", "aria-label": "Thread", hidden: true },
      this.head, this.list.el, this.composer.el);
    dropzone(this.el, () => "Add photos to this thread", (files) => this.composer.attach(files));
    this.shown = "";
    store.on(["messages", "route", "state"], () => this.draw());
  }

  draw() {
    const { state, route } = this.store;
    const root = route.thread && find(state, route.place, route.thread);
    this.el.hidden = !root;
    this.composer.el.hidden = this.store.directory.isReadOnly(route.place);
    if (!root) { this.shown = ""; return; }
    if (this.shown !== root.ts) this.enter(root);
    const answers = replies(state, route.place, root.ts);
    const items = itemsOf(this.store, route.place, answers, true);
    const head = itemsOf(this.store, route.place, [root], true);
    const locals = localsOf(this.store.locals, state, route.place, root.ts);
    this.list.show([...head, ...this.divider(root, answers.length), ...items, ...localItems(this.store, locals)]);
  }

  /** @param {any} root @param {number} n */
  divider(root, n) {
    if (!n) return [];
    const words = count(n, "reply", "replies");
    return [{ at: Number(root.ts), key: "replies", sign: words, build: () => h("div", { class: "replies", role: "separator" }, h("span", null, words)) }];
  }

  /** @param {any} root */
  enter(root) {
    this.shown = root.ts;
    const { route, directory: who } = this.store;
    fill(this.head,
      h("h1", null, "Thread"), h("span", { class: "pane-note" }, `#${who.channelName(route.place) ?? ""}`), h("span", { class: "stretch" }),
      h("button", { type: "button", class: "icon-button", "aria-label": "Close thread", title: "Close (Esc)", "data-testid": "close-thread", on: { click: this.onClose } }, icon("close")));
    this.composer.moveTo(route.place, root.ts, "Reply…");
    this.list.content.replaceChildren();
    this.list.toEnd();
  }
}
