/** The head of the app's own place: its name, and the tabs that Slack gives an app. */
import { avatar } from "./directory.js";
import { h } from "./dom.js";

/** @param {string} href @param {string} words @param {boolean} current @param {string} testid */
const tab = (href, words, current, testid) =>
  h("a", { class: "tab", href, "aria-current": current ? "page" : null, "data-testid": testid }, words);

/** @param {import("./store.js").Store} store @param {HTMLElement} menu leads to the sidebar in a narrow window */
export function appHead(store, menu) {
  const { directory: who, route } = store;
  const { direct } = who;
  return [
    menu, avatar({ id: who.bot.id, name: who.appName, isApp: true }, "small"), h("h1", null, who.appName), h("span", { class: "badge" }, "APP"),
    h("nav", { class: "tabs", "aria-label": "Tabs of the app" },
      who.tabs.home && tab("#/home", "Home", route.place === "home", "tab-home"),
      direct && tab(`#/${direct.id}`, "Messages", route.place === direct.id, "tab-messages")),
  ];
}
