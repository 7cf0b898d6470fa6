/** What the page knows, and who wants to hear of changes. */
import { apply } from "./events.js";
import { Directory } from "./directory.js";
import { blank } from "./pictures.js";

/**
 * Where the person looks: a channel's id or "home", and the thread that is open.
 * @typedef {{place: string, thread: string|null}} Route
 * A line that only this page knows: a message on its way, or an answer of Slack's own.
 * @typedef {{id: string, channel: string, thread_ts: string|null, ts: string, state: "sending"|"failed"|"notice", message: any, retry?: () => void}} Local
 */

/** More than happens while a state is on its way. */
const MOST_NEWS = 500;

export class Store {
  constructor() {
    /** @type {any} */
    this.state = { team: {}, me: {}, users: [], channels: [], messages: {}, commands: [], shortcuts: [], views: [], notes: [] };
    this.directory = new Directory(this.state);
    /** @type {Route} */
    this.route = { place: "", thread: null };
    /** @type {Local[]} */
    this.locals = [];
    /** @type {Map<string, any>} what a person has chosen or typed, by container, block and action */
    this.fields = new Map();
    /** @type {Set<string>} channels with something new */
    this.unread = new Set();
    this.online = false;
    /** @type {any} */
    this.meter = null;
    /** @type {any[]} what this connection has brought, for a state that was read before it happened and comes after it */
    this.news = [];
    this.listeners = /** @type {Map<string, Set<() => void>>} */ (new Map());
    this.dirty = /** @type {Set<string>} */ (new Set());
  }

  /** @param {string[]} topics @param {() => void} listener called once after any number of changes in one turn */
  on(topics, listener) {
    for (const topic of topics) {
      if (!this.listeners.has(topic)) this.listeners.set(topic, new Set());
      this.listeners.get(topic)?.add(listener);
    }
  }

  /** @param {...string} topics */
  changed(...topics) {
    if (!this.dirty.size) queueMicrotask(() => this.flush());
    topics.forEach((t) => this.dirty.add(t));
  }

  flush() {
    const listeners = new Set([...this.dirty].flatMap((topic) => [...(this.listeners.get(topic) ?? [])]));
    this.dirty.clear();
    listeners.forEach((listener) => listener());
  }

  /** @param {any} state a fresh answer of GET /person/state; what has happened since is done to it again */
  load(state) {
    this.state = { messages: {}, commands: [], shortcuts: [], views: [], notes: [], home: null, ...state };
    this.news.filter((event) => event.serial > state.serial).forEach((event) => apply(this.state, event));
    this.directory = new Directory(this.state);
    this.changed("state", "messages", "views", "home");
  }

  /** @param {any} event from the live socket */
  hear(event) {
    this.news = [...this.news.slice(-MOST_NEWS), event];
    this.apply(event);
  }

  /** @param {any} event */
  apply(event) {
    const topic = apply(this.state, event);
    if (event.type === "meter" && event.meter) this.setMeter(event.meter);
    if (event.type === "message") this.noteUnread(event);
    if (event.type === "file_gone") blank(event.file_id);
    if (topic) this.changed(topic);
  }

  /** @param {any} meter what GET /person/meter answers; null where there is none */
  setMeter(meter) {
    this.meter = meter;
    this.changed("meter-read");
  }

  /** @param {any} event */
  noteUnread({ channel, message }) {
    if (channel === this.route.place || message.user === this.state.me.id) return;
    this.unread.add(channel);
    this.changed("unread");
  }

  /** @param {Route} route */
  go(route) {
    this.route = route;
    this.unread.delete(route.place);
    this.changed("route", "messages", "unread");
  }

  /** @param {boolean} online */
  setOnline(online) {
    this.online = online;
    this.changed("online");
  }

  /** @param {Local} local */
  addLocal(local) {
    this.locals.push(local);
    this.changed("messages");
  }

  /** @param {Local} local @param {Partial<Local>} change */
  changeLocal(local, change) {
    Object.assign(local, change);
    this.changed("messages");
  }

  /** @param {Local} local */
  dropLocal(local) {
    this.locals = this.locals.filter((l) => l !== local);
    this.changed("messages");
  }
}
