/** "About this sandbox": what it cannot do, and the AWS bill so far. */
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { inline } from "./mrkdwn.js";
import { spans } from "./mrkdwn-view.js";

/** @param {number} n dollars @returns {string} with as many places as a small bill needs */
export const dollars = (n) => `$${n.toFixed(n !== 0 && Math.abs(n) < 1 ? 3 : 2)}`;

/** @param {any} meter @returns {any[]} what costs money at this moment */
export const billing = (meter) => meter?.billing ?? meter?.running ?? [];

/** @param {any} line @param {boolean} running */
const row = (line, running) => h("tr", { class: running ? "" : "quiet" },
  h("td", null, running && h("span", { class: "pulse" }), line.name), h("td", null, [line.kind, line.instance ?? line.instance_type].filter(Boolean).join(" · ")),
  h("td", { class: "number" }, `${dollars(line.dollars_per_hour ?? 0)}/h`), h("td", { class: "number" }, dollars(line.dollars ?? 0)));

/** @param {any[]} running @param {any[]} ended */
const table = (running, ended) => h("table", { class: "bill", "data-testid": "bill" },
  h("thead", null, h("tr", null, ["Name", "What", "Rate", "So far"].map((t) => h("th", { scope: "col" }, t)))),
  h("tbody", null, running.map((line) => row(line, true)), ended.map((line) => row(line, false))));

/** @param {any} meter */
function bill(meter) {
  if (!meter) return "";
  const running = billing(meter);
  const ended = meter.ended ?? [];
  return h("section", null, h("h3", null, "The AWS bill so far"),
    h("p", { class: "bill-total", "data-testid": "bill-total" }, dollars(meter.dollars ?? 0)),
    !running.length && h("p", { class: "quiet" }, "Nothing is billing at this moment."),
    running.length + ended.length > 0 && table(running, ended));
}

/** @param {import("./store.js").Store} store */
function notes(store) {
  const { state } = store;
  const speed = state.speed && state.speed !== 1 ? [`The clock of its AWS runs ${state.speed} times as fast as yours.`] : [];
  return h("section", null,
    h("h3", null, "What it is, and what it cannot do"),
    h("ul", { "data-testid": "notes" }, [...(state.notes ?? []), ...speed].map((n) => h("li", null, spans(inline(n), store.directory)))));
}

/** @param {import("./store.js").Store} store */
export function openAbout(store) {
  const meter = h("div");
  let open = true;
  const draw = () => open && fill(meter, bill(store.meter));
  store.on(["meter-read"], draw);
  draw();
  store.changed("meter");
  const close = () => { open = false; lower(); };
  const { lower } = openDialog({ title: "About this sandbox", body: h("div", { class: "about" }, notes(store), meter), testid: "about", onClose: close });
}
