/** Where a person writes: text, photos, slash commands (in a channel only), mentions. */
import { Attachments } from "./attachments.js";
import { Completion, commandOffers, mentionOffers } from "./completion.js";
import { slashCommand } from "./composer-text.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { runCommand, sendMessage } from "./outbox.js";
import { openSamples } from "./samples.js";
import { shortcutItems } from "./shortcuts.js";

const TALLEST_PX = 240;

export class Composer {
  /** @param {import("./store.js").Store} store @param {{thread: boolean, onSent: () => void}} options */
  constructor(store, { thread, onSent }) {
    this.store = store;
    this.inThread = thread;
    this.onSent = onSent;
    this.place = { channel: "", thread: /** @type {string|null} */ (null) };
    /** @type {Map<string, string>} unsent text by place */
    this.drafts = new Map();
    this.attachments = new Attachments(() => this.ready());
    this.field = this.makeField();
    this.completion = new Completion(this.field, (offer) => this.complete(offer));
    this.send = h("button", { type: "button", class: "send", "aria-label": "Send", title: "Send (Enter)", "data-testid": "send", disabled: true, on: { click: () => this.submit() } }, icon("send"));
    this.el = this.frame();
    this.ready();
  }

  makeField() {
    return h("textarea", {
      class: "composer-field", rows: 1, "data-testid": "composer", "aria-label": "Message", spellcheck: "true",
      on: { input: () => this.typed(), keydown: (e) => this.key(e), paste: (e) => this.pasted(e), blur: () => this.completion.close(), click: () => this.offer() },
    });
  }

  frame() {
    this.files = h("input", { type: "file", multiple: true, accept: "image/*", class: "hidden", "data-testid": "file-input", tabindex: -1, "aria-hidden": "true", on: { change: () => this.picked() } });
    return h("div", { class: "composer", "data-testid": "composer-box" }, this.completion.el,
      h("div", { class: "composer-box" }, this.attachments.el, this.field,
        h("div", { class: "composer-tools" },
          this.tool("plus", "Attach photos", "attach", () => this.files.click()), this.files,
          h("button", { type: "button", class: "tool-words", "data-testid": "sample-photos", title: "Attach a ready set of photos", on: { click: () => this.samples() } }, icon("photos"), "Sample photos"),
          this.tool("at", "Mention someone", "mention", () => this.insert("@")),
          !this.inThread && this.tool("slash", "Run a command", "commands", () => this.insert("/", true)),
          !this.inThread && this.shortcuts(),
          h("span", { class: "stretch" }), this.send)),
      h("div", { class: "composer-note" }, h("b", null, "Enter"), " sends, ", h("b", null, "Shift + Enter"), " begins a new line"));
  }

  /** @param {any} name @param {string} label @param {string} testid @param {() => void} click */
  tool(name, label, testid, click) {
    return h("button", { type: "button", class: "icon-button", title: label, "aria-label": label, "data-testid": testid, on: { click } }, icon(name));
  }

  /** The way to the app's shortcuts, where it has any that need no message. */
  shortcuts() {
    const button = this.tool("bolt", "Shortcuts", "shortcuts", async () => {
      const picked = await openMenu(button, shortcutItems(this.store), { label: "Shortcuts" });
      picked?.value();
    });
    this.store.on(["state"], () => { button.hidden = !shortcutItems(this.store).length; });
    return button;
  }

  /** @param {string} channel @param {string|null} thread @param {string} placeholder */
  moveTo(channel, thread, placeholder) {
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
    if (channel === this.place.channel && thread === this.place.thread) return;
    this.drafts.set(this.draftKey(), this.field.value);
    this.place = { channel, thread };
    this.field.value = this.drafts.get(this.draftKey()) ?? "";
    this.typed();
  }

  draftKey() {
    return `${this.place.channel}/${this.place.thread}`;
  }

  typed() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`);
    this.ready();
    this.offer();
  }

  offer() {
    if (document.activeElement !== this.field) return;
    const before = this.field.value.slice(0, this.field.selectionStart);
    const commands = this.inThread ? [] : commandOffers(this.store.state, this.field.value);
    this.completion.show(commands.length ? commands : mentionOffers(this.store.directory, before));
  }

  /** @param {import("./completion.js").Offer} offer */
  complete(offer) {
    const { value, selectionStart: at } = this.field;
    const before = value.slice(0, at).replace(/(?:^\/[\w-]*|@[\w-]*)$/, "");
    this.field.value = before + offer.insert + value.slice(at);
    const caret = before.length + offer.insert.length;
    this.field.setSelectionRange(caret, caret);
    this.completion.close();
    this.typed();
  }

  /** @param {string} sign @param {boolean} [atStart] */
  insert(sign, atStart = false) {
    const { value, selectionStart: at } = this.field;
    const gap = at && !/\s$/.test(value.slice(0, at)) ? " " : "";
    this.field.value = atStart ? sign : `${value.slice(0, at)}${gap}${sign}${value.slice(at)}`;
    this.field.focus();
    const caret = atStart ? 1 : at + gap.length + 1;
    this.field.setSelectionRange(caret, caret);
    this.typed();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
  }

  /** @param {ClipboardEvent} event */
  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attachments.add(files);
  }

  /** @param {Iterable<File>} files nothing where nobody may write */
  attach(files) {
    if (this.el.hidden) return;
    this.attachments.add(files);
    this.field.focus();
  }

  picked() {
    this.attach(this.files.files ?? []);
    this.files.value = "";
  }

  async samples() {
    this.attach(await openSamples() ?? []);
  }

  ready() {
    if (this.send) this.send.disabled = !this.field.value.trim() && !this.attachments.items.length;
  }

  submit() {
    const text = this.field.value;
    if (!text.trim() && !this.attachments.items.length) return;
    const command = slashCommand(text);
    if (command) runCommand(this.store, this.place, command);
    else sendMessage(this.store, this.place, text.trim(), this.attachments.take());
    if (!command || !this.inThread) this.field.value = "";
    this.typed();
    this.onSent();
  }
}
