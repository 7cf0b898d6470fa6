/** Where blocks stand (a message, a modal, the Home tab), and how what a person does there reaches the app. */
import { api, reason } from "./api.js";
import { optionsOf } from "./options.js";
import { toast } from "./toast.js";

const TYPING_PAUSE_MS = 250;

export class Surface {
  /**
   * @param {import("./store.js").Store} store
   * @param {{type: "message", channel: string, ts: string}|{type: "view", view_id: string}} container
   * @param {{files?: any[], initial?: any, errors?: Record<string, string>}} [given] `initial` is a view's state.values
   */
  constructor(store, container, { files = [], initial = {}, errors = {} } = {}) {
    this.store = store;
    this.container = container;
    this.files = files;
    this.initial = initial;
    this.errors = errors;
    this.isView = container.type === "view";
  }

  get who() {
    return this.store.directory;
  }

  /** @param {string} blockId @param {string} actionId */
  key(blockId, actionId) {
    const c = /** @type {any} */ (this.container);
    return [c.view_id ?? `${c.channel}/${c.ts}`, blockId, actionId].join("|");
  }

  /** @param {any} block @param {any} element @returns {any} what was chosen or typed here; undefined when nothing was */
  value(block, element) {
    const kept = this.store.fields.get(this.key(block.block_id, element.action_id));
    return kept && offered(element, kept) ? kept : this.initial?.[block.block_id]?.[element.action_id];
  }

  /** Keeps a field's value and lets the server know. @param {any} block @param {any} element @param {any} value */
  keep(block, element, value) {
    this.store.fields.set(this.key(block.block_id, element.action_id), value);
    if (this.isView) track(/** @type {any} */ (this.container).view_id, block.block_id, element.action_id, value);
  }

  /**
   * A person has acted on an element that tells the app at once.
   * @param {any} block @param {any} element @param {any} value @param {HTMLElement} source shows that it is busy
   */
  async act(block, element, value, source) {
    source.classList.add("busy");
    source.setAttribute("aria-busy", "true");
    if (value && element.type !== "button" && element.type !== "overflow") this.keep(block, element, value);
    await flushInputs();
    const reply = await api.action(this.container, block.block_id, element.action_id, value);
    source.classList.remove("busy");
    source.removeAttribute("aria-busy");
    if (!reply.ok) toast(`${this.who.appName} did not get this: ${reason(reply)}.`);
  }

  /** @param {any} block @param {any} element @param {any} value from a field of an input block */
  async input(block, element, value) {
    this.keep(block, element, value);
    if (block.dispatch_action && told(element, "on_character_entered")) await this.tell(block, element, value);
  }

  /** Enter in a text field. @param {any} block @param {any} element @param {any} value @returns {boolean} whether the app hears of it */
  entered(block, element, value) {
    if (!block.dispatch_action || !told(element, "on_enter_pressed")) return false;
    this.tell(block, element, value);
    return true;
  }

  /** @param {any} block @param {any} element @param {any} value */
  async tell(block, element, value) {
    await flushInputs();
    const reply = await api.action(this.container, block.block_id, element.action_id, value);
    if (!reply.ok) toast(`${this.who.appName} did not get this: ${reason(reply)}.`);
  }
}

/** @param {any} element @param {string} when @returns {boolean} text is told of at Enter unless it says otherwise, a choice always */
function told(element, when) {
  if (!element.type.endsWith("_input")) return when === "on_character_entered";
  return (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(when);
}

/** @param {any} element @param {any} value @returns {boolean} false for a choice that the app has taken from the list */
function offered(element, value) {
  const chosen = [value.selected_option ?? [], value.selected_options ?? []].flat();
  const values = new Set(optionsOf(element).map((o) => o.value));
  return values.size === 0 || chosen.every((o) => values.has(o.value));
}

/** Inputs on their way to the server: typing is gathered, and a submit waits for the last of it. */
const waiting = /** @type {Map<string, {timer: number, send: () => Promise<any>}>} */ (new Map());
const sending = /** @type {Set<Promise<any>>} */ (new Set());

/** @param {string} viewId @param {string} blockId @param {string} actionId @param {any} value */
function track(viewId, blockId, actionId, value) {
  const key = [viewId, blockId, actionId].join("|");
  clearTimeout(waiting.get(key)?.timer);
  const send = () => {
    waiting.delete(key);
    const reply = api.viewInput(viewId, blockId, actionId, value);
    sending.add(reply);
    return reply.finally(() => sending.delete(reply));
  };
  waiting.set(key, { timer: setTimeout(send, TYPING_PAUSE_MS), send });
}

/** Sends what is still waiting. @returns {Promise<void>} when the server has all of it */
export async function flushInputs() {
  for (const { timer, send } of [...waiting.values()]) {
    clearTimeout(timer);
    send();
  }
  await Promise.all(sending);
}
