/** The pane of one channel: its head, its messages, its composer. */
import { appHead } from "./app-head.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { dropzone } from "./dropzone.js";
import { icon } from "./icons.js";
import { reconcile, sign } from "./keyed.js";
import { itemsOf, localItems, MessageList } from "./message-list.js";
import { runCommand } from "./outbox.js";
import { localsOf, roots } from "./threads.js";
import { count } from "./time.js";

export class Channel {
  /** @param {import("./store.js").Store} store @param {() => void} onMenu @param {(click: () => void) => HTMLElement} menuButton */
  constructor(store, onMenu, menuButton) {
    this.store = store;
    this.list = new MessageList("Messages");
    this.composer = new Composer(store, { thread: false, onSent: () => this.list.toEnd() });
    this.menu = menuButton(onMenu);
    this.head = h("header", { class: "pane-head" });
    this.banner = h("div", { class: "banner", hidden: true, "data-testid": "not-in-channel" });
    this.closed = h("div", { class: "closed", hidden: true, "data-testid": "read-only" }, "Sending messages to this app has been turned off.");
    this.start = h("div", { class: "channel-start" });
    this.list.el.prepend(this.start);
    this.el = h("section", { class: "pane pane-channel", "data-testid": "channel-pane" }, this.head, this.banner, this.list.el, this.closed, this.composer.el);
    dropzone(this.el, () => `Add photos to #${this.name}`, (files) => this.composer.attach(files));
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
    fill(this.head, channel.is_im ? appHead(this.store, this.menu) : this.title(channel));
    this.closed.hidden = !who.isReadOnly(channel.id);
    this.composer.el.hidden = who.isReadOnly(channel.id);
    this.banner.hidden = channel.is_im || channel.is_member_bot !== false;
    const messages = roots(state, channel.id);
    reconcile(this.start, [{ key: "start", sign: sign(channel.id, state.commands), build: () => beginning(channel, state, who, this.composer) }]);
    const locals = localsOf(this.store.locals, state, channel.id, null);
    this.list.show([...itemsOf(this.store, channel.id, messages, false), ...localItems(this.store, locals)], `Messages in #${this.name}`);
  }

  /** @param {any} channel */
  title(channel) {
    const people = channel.members?.length;
    return [this.menu, h("h1", null, icon("hash"), channel.name), people && h("span", { class: "pane-note" }, count(people, "member"))];
  }

  /** What stands over a channel that the app is not in. */
  invitation() {
    const bot = this.store.directory;
    const invite = () => runCommand(this.store, this.composer.place, { command: "/invite", rest: `@${bot.appName}` });
    return [h("span", null, `${bot.appName} is not in this channel: it does not hear what is said here.`),
      h("button", { type: "button", class: "button", "data-testid": "invite", on: { click: invite } }, `Add ${bot.appName}`)];
  }

  /** @param {any} channel @param {import("./directory.js").Directory} who */
  enter(channel, who) {
    this.shown = channel.id;
    this.el.setAttribute("aria-label", `Channel ${channel.name}`);
    this.composer.moveTo(channel.id, null, channel.is_im ? `Message ${who.appName}` : `Message #${channel.name}`);
    fill(this.banner, this.invitation());
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
  return h("div", null,
    h("h2", null, channel.is_im ? who.appName : `# ${channel.name}`),
    h("p", null, `This is the very beginning. ${who.appName} answers to these commands, and to `, h("span", { class: "mention" }, `@${who.appName}`), " in any thread:"),
    h("div", { class: "starters" }, state.commands.map((c) => h("button", {
      type: "button", class: "starter", "data-testid": "starter", on: { click: () => begin(c) },
    }, h("b", null, c.command), h("code", null, c.usage_hint ?? ""), h("span", null, c.description ?? "")))));
}
