/** The pane of one channel: its head, its messages, its composer. */
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { dropzone } from "./dropzone.js";
import { icon } from "./icons.js";
import { itemsOf, localItems, MessageList } from "./message-list.js";
import { localsOf, roots } from "./threads.js";

export class Channel {
  /** @param {import("./store.js").Store} store @param {() => void} onMenu @param {(click: () => void) => HTMLElement} menuButton */
  constructor(store, onMenu, menuButton) {
    this.store = store;
    this.list = new MessageList("Messages");
    this.composer = new Composer(store, { thread: false, onSent: () => this.list.toEnd() });
    this.menu = menuButton(onMenu);
    this.head = h("header", { class: "pane-head" });
    this.banner = h("div", { class: "banner", hidden: true, "data-testid": "not-in-channel" });
    this.start = h("div", { class: "channel-start" });
    this.list.el.prepend(this.start);
    this.el = h("section", { class: "pane pane-channel", "data-testid": "channel-pane" }, this.head, this.banner, this.list.el, this.composer.el);
    dropzone(this.el, () => `Add photos to #${this.name}`, (files) => { this.composer.attachments.add(files); this.composer.field.focus(); });
    this.shown = "";
    store.on(["messages", "route", "state"], () => this.draw());
  }

  get name() {
    return this.store.directory.channelName(this.store.route.place) ?? "";
  }

  draw() {
    const { state, route, directory: who } = this.store;
    const channel = who.channels.get(route.place);
    this.el.hidden = !channel;
    if (!channel) return;
    if (this.shown !== channel.id) this.enter(channel, who);
    const messages = roots(state, channel.id);
    fill(this.start, beginning(channel, state, who, this.composer));
    const locals = localsOf(this.store.locals, state, channel.id, null);
    this.list.show([...itemsOf(this.store, channel.id, messages, false), ...localItems(this.store, locals)], `Messages in #${this.name}`);
  }

  /** @param {any} channel @param {import("./directory.js").Directory} who */
  enter(channel, who) {
    this.shown = channel.id;
    this.el.setAttribute("aria-label", `Channel ${channel.name}`);
    const people = who.users.size - (channel.is_member_bot === false ? 1 : 0);
    fill(this.head, this.menu, h("h1", null, icon("hash"), channel.name), h("span", { class: "pane-note" }, channel.topic?.value || `${people} members`));
    this.banner.hidden = channel.is_member_bot !== false;
    this.banner.textContent = `${who.appName} is not a member of this channel: it does not hear what is said here.`;
    this.composer.moveTo(channel.id, null, `Message #${channel.name}`);
    this.list.content.replaceChildren();
    this.list.toEnd();
  }
}

/** @param {any} channel @param {any} state @param {import("./directory.js").Directory} who @param {Composer} composer */
function beginning(channel, state, who, composer) {
  const begin = (c) => {
    composer.field.value = `${c.command} `;
    composer.field.focus();
    composer.typed();
  };
  return [
    h("h2", null, `# ${channel.name}`),
    h("p", null, `This is the very beginning of the channel. ${who.appName} answers to these commands, and to `, h("span", { class: "mention" }, `@${who.appName}`), " in any thread:"),
    h("div", { class: "starters" }, state.commands.map((c) => h("button", {
      type: "button", class: "starter", "data-testid": "starter", on: { click: () => begin(c) },
    }, h("b", null, c.command), h("code", null, c.usage_hint ?? ""), h("span", null, c.description ?? "")))),
  ];
}
