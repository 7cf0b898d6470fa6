/** The left column: workspace, person, channels, the app, and what the sandbox costs. */
import { billing, dollars, openAbout } from "./about.js";
import { avatar, Directory } from "./directory.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { count } from "./time.js";

/** @param {{href: string, picture: any, words: string, testid: string, current: boolean, unread?: boolean}} entry */
const link = ({ href, picture, words, testid, current, unread }) => h("a", {
  href, class: ["side-item", unread && "unread"], "data-testid": testid, "aria-current": current ? "page" : null,
}, picture, h("span", null, words));

/** @param {Directory} who */
const ofApp = (who) => ({ picture: avatar({ id: who.bot.id, name: who.appName, isApp: true }, "tiny"), words: who.appName });

export class Sidebar {
  /** @param {import("./store.js").Store} store @param {() => void} onChoose a place was chosen, also the one already shown */
  constructor(store, onChoose) {
    this.store = store;
    this.top = h("header", { class: "side-head" });
    this.nav = h("nav", { class: "side-nav", "aria-label": "Channels and apps", on: { click: (e) => e.target.closest("a") && onChoose() } });
    this.foot = h("footer", { class: "side-foot" });
    this.el = h("aside", { class: "sidebar", "data-testid": "sidebar" }, this.top, this.nav, this.foot);
    store.on(["state", "route", "unread"], () => this.draw());
    store.on(["state", "meter-read", "online"], () => this.drawFoot());
  }

  draw() {
    const { state, directory: who } = this.store;
    fill(this.top, h("h1", { "data-testid": "workspace" }, state.team?.name ?? String(state.team ?? "")), this.person(who));
    fill(this.nav, this.group("Channels", state.channels.filter((c) => !c.is_im).map((c) => this.channel(c))),
      who.direct && this.group("Direct messages", [this.direct(who)]),
      who.tabs.home && this.group("Apps", [this.app(who)]));
  }

  /** @param {Directory} who */
  person(who) {
    const me = who.me;
    const name = Directory.shown(me) ?? "…";
    return h("button", {
      type: "button", class: "person", "aria-haspopup": "menu", title: "Change the person you play", "data-testid": "person-switcher", on: { click: (e) => this.switch(e.currentTarget) },
    }, avatar({ id: me.id ?? "", name }, "small"), h("span", null, name), icon("down"));
  }

  /** @param {HTMLElement} anchor */
  async switch(anchor) {
    const { users, me } = this.store.state;
    const bot = this.store.directory.bot.id;
    const items = users.filter((u) => u.id !== bot && !u.is_bot).map((u) => ({
      label: Directory.shown(u), hint: u.is_admin ? "Workspace admin" : "Member", chosen: u.id === me.id, value: u.id, testid: `person-${u.id}`,
    }));
    const picked = await openMenu(anchor, items, { label: "Play as" });
    if (picked && picked.value !== me.id) location.href = `?user=${picked.value}${location.hash}`;
  }

  /** @param {string} title @param {any[]} entries */
  group(title, entries) {
    return h("section", { class: "side-group" }, h("h2", null, title), entries);
  }

  /** @param {any} c */
  channel(c) {
    return link({
      href: `#/${c.id}`, picture: icon("hash"), words: c.name, testid: `channel-${c.name}`,
      current: this.store.route.place === c.id, unread: this.store.unread.has(c.id),
    });
  }

  /** @param {Directory} who */
  direct(who) {
    const { id } = who.direct;
    return link({ href: `#/${id}`, ...ofApp(who), testid: "direct-messages", current: this.store.route.place === id, unread: this.store.unread.has(id) });
  }

  /** @param {Directory} who */
  app(who) {
    return link({ href: "#/home", ...ofApp(who), picture: icon("home"), testid: "app-home", current: this.store.route.place === "home" });
  }

  drawFoot() {
    const { meter, online } = this.store;
    const running = billing(meter).length;
    fill(this.foot,
      !online && h("div", { class: "offline", role: "status", "data-testid": "offline" }, h("span", { class: "spinner" }), "Connecting…"),
      h("button", { type: "button", class: "about-button", "data-testid": "about-button", on: { click: () => openAbout(this.store) } },
        icon("info"), h("span", null, "About this sandbox",
          meter && h("small", { "data-testid": "meter" }, `AWS bill so far ${dollars(meter.dollars ?? 0)}`),
          running > 0 && h("small", null, h("span", { class: "pulse" }), `${count(running, "item")} billing now`))));
  }
}
