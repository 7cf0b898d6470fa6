/** The app's Home tab: the view it has published for this person. */
import { appHead } from "./app-head.js";
import { api, reason } from "./api.js";
import { block } from "./blocks.js";
import { fill, h } from "./dom.js";
import { reconcile, sign } from "./keyed.js";
import { Surface } from "./surface.js";
import { toast } from "./toast.js";

export class Home {
  /** @param {import("./store.js").Store} store @param {() => void} onMenu */
  constructor(store, onMenu, menuButton) {
    this.store = store;
    this.asked = false;
    this.content = h("div", { class: "blocks", "data-testid": "home-view" });
    this.wait = h("div", { class: "home-wait" });
    this.head = h("header", { class: "pane-head" });
    this.el = h("section", { class: "pane pane-home", "data-testid": "home-pane", "aria-label": "Home tab" }, this.head,
      h("div", { class: "scroller" }, h("div", { class: "home" }, this.wait, this.content)));
    this.menuButton = menuButton(onMenu);
    store.on(["home", "state", "route"], () => this.draw());
  }

  /** Slack tells the app each time a person opens the tab. */
  async enter() {
    this.asked = true;
    const reply = await api.home();
    this.asked = false;
    this.draw();
    if (!reply.ok) toast(`The Home tab could not be opened: ${reason(reply)}.`);
  }

  draw() {
    const { directory: who, state, route } = this.store;
    this.el.hidden = route.place !== "home";
    if (this.el.hidden) return;
    fill(this.head, appHead(this.store, this.menuButton));
    const view = state.home;
    fill(this.wait, view ? "" : this.asked ? [h("span", { class: "spinner" }), `${who.appName} is setting up this tab…`] : `${who.appName} has put nothing here yet.`);
    this.wait.hidden = Boolean(view);
    const surface = view && new Surface(this.store, { type: "view", view_id: view.id }, { initial: view.state?.values });
    reconcile(this.content, (view?.blocks ?? []).map((b, i) => ({ key: b.block_id ?? String(i), sign: sign(view.id, b), build: () => block(b, surface) })));
  }
}
