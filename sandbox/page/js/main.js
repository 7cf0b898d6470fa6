/** Puts the page together and keeps it in step with the server. */
import { api } from "./api.js";
import { Channel } from "./channel.js";
import { byId, h } from "./dom.js";
import { loadEmoji } from "./emoji.js";
import { Home } from "./home.js";
import { icon } from "./icons.js";
import { anyLayer } from "./layer.js";
import { connect } from "./live.js";
import { Modal } from "./modal.js";
import { parseRoute } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { Thread } from "./thread.js";

const METER_EVERY_MS = 10_000;

const store = new Store();
const app = byId("app");

/** Which pane a narrow window shows: "side" or "main"; an open thread covers both. @param {string} pane */
const showPane = (pane) => { app.dataset.pane = pane; };

/** @param {() => void} click @returns {HTMLElement} leads back to the list of channels in a narrow window */
const menuButton = (click) => h("button", {
  type: "button", class: "icon-button to-side", "aria-label": "Channels", "data-testid": "to-sidebar", on: { click },
}, icon("menu"));

const home = new Home(store, () => showPane("side"), menuButton);
const thread = new Thread(store, closeThread);
const channel = new Channel(store, () => showPane("side"), menuButton);
new Modal(store);

function closeThread() {
  location.hash = `#/${store.route.place}`;
}

function follow() {
  const before = store.route;
  const route = parseRoute(location.hash, store.state.channels);
  store.go(route);
  app.classList.toggle("with-thread", Boolean(route.thread));
  if (route.place === "home" && before.place !== "home") home.enter();
  if (route.place === store.directory.direct?.id && before.place !== route.place) api.direct();
  if (matchMedia("(hover: none)").matches) return;
  if (route.thread && route.thread !== before.thread) queueMicrotask(() => thread.composer.field.focus());
  else if (!route.thread && route.place !== before.place) queueMicrotask(() => channel.composer.field.focus());
}

/** Only the panes that are shown stand in the page. @param {HTMLElement} main */
function mount(main) {
  const shown = [home.el, channel.el, thread.el].filter((pane) => !pane.hidden);
  if (shown.length !== main.children.length || shown.some((pane, i) => main.children[i] !== pane)) main.replaceChildren(...shown);
}

async function readMeter() {
  store.setMeter(await api.meter());
}

/** Reads all there is to know; a server that is just starting is asked again when the socket comes back. */
async function reload() {
  try {
    store.load(await api.state());
    follow();
    store.setOnline(true);
    app.classList.remove("starting");
  } catch {
    store.setOnline(false);
  }
}

/** @param {KeyboardEvent} event */
function escape(event) {
  if (event.key === "Escape" && !anyLayer() && store.route.thread && !event.defaultPrevented) closeThread();
}

async function start() {
  const side = new Sidebar(store, () => showPane("main"));
  await loadEmoji();
  const main = h("main", { class: "main" });
  store.on(["route", "state", "messages"], () => mount(main));
  app.replaceChildren(side.el, main);
  showPane("main");
  store.on(["meter"], readMeter);
  store.on(["stale"], reload);
  window.addEventListener("hashchange", follow);
  document.addEventListener("keydown", escape);
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (e) => e.preventDefault());
  connect({ onEvent: (event) => store.hear(event), onUp: () => { store.news = []; reload(); }, onDown: () => store.setOnline(false) });
  readMeter();
  setInterval(() => { if (store.meter) readMeter(); }, METER_EVERY_MS);
}

start();
