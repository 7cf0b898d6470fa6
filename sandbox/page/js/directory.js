/** Who is who: names of people and channels, for mentions and avatars. */
import { h } from "./dom.js";

/** @typedef {{id: string, name: string, real_name?: string, is_bot?: boolean, profile?: any}} User */

export class Directory {
  /** @param {any} state what GET /person/state answers */
  constructor(state) {
    this.me = state.me;
    /** @type {Map<string, User>} */
    this.users = new Map(state.users.map((u) => [u.id, u]));
    this.channels = new Map(state.channels.map((c) => [c.id, c]));
    /** @type {{home: boolean, messages: boolean, read_only: boolean}} what the app's own place has, by its manifest */
    this.tabs = { home: true, messages: true, read_only: false, ...state.app?.tabs };
    this.bot = state.users.find((u) => u.is_bot || u.id === "U0BOT") ?? { id: "U0BOT", name: "darkroom" };
  }

  /** @returns {any} the conversation with the app, where it takes messages or sends any */
  get direct() {
    return this.tabs.messages ? [...this.channels.values()].find((c) => c.is_im) : undefined;
  }

  /** @param {User|undefined} user @returns {string|undefined} */
  static shown(user) {
    return user && (user.profile?.display_name || user.real_name || user.name);
  }

  /** @returns {string} the app's name as a person writes it */
  get appName() {
    const name = Directory.shown(this.bot) ?? "Darkroom";
    return name.charAt(0).toUpperCase() + name.slice(1);
  }

  /** @param {string} id @returns {string|undefined} */
  nameOf(id) {
    return id === this.bot.id ? this.appName : Directory.shown(this.users.get(id));
  }

  /** @param {string} id @returns {string|undefined} */
  channelName(id) {
    return this.channels.get(id)?.name;
  }

  /** @param {string} id of a channel @returns {boolean} whether people may only read there */
  isReadOnly(id) {
    return this.tabs.read_only && Boolean(this.channels.get(id)?.is_im);
  }

  /** @param {any} message @returns {{id: string, name: string, isApp: boolean}} who wrote it */
  author(message) {
    const isApp = Boolean(message.bot_id) || message.user === this.bot.id;
    if (message.system) return { id: "system", name: message.system, isApp: true };
    const id = isApp ? this.bot.id : message.user;
    return { id, name: this.nameOf(id) ?? message.username ?? id ?? "someone", isApp };
  }
}

/** @param {string} id @returns {number} degrees on the colour wheel, the same for the same person every time */
const hue = (id) => ([...id].reduce((sum, c) => sum + c.charCodeAt(0), 0) * 97) % 360;

/** @param {{id: string, name: string, isApp?: boolean}} author @param {string} [size] "small" in lists */
export function avatar(author, size = "") {
  const kind = author.id === "system" ? "avatar-system" : author.isApp ? "avatar-app" : "";
  return h("span", { class: ["avatar", kind, size && `avatar-${size}`], "aria-hidden": "true", vars: { "--hue": hue(author.id) } },
    author.isApp ? "" : author.name.slice(0, 1).toUpperCase());
}
