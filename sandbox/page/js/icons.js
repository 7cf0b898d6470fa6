/** Line icons on a 20 by 20 grid, drawn for this page. */
const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  home: "M3 9.5 10 3.5l7 6V16a1 1 0 0 1-1 1h-3.5v-5h-5v5H4a1 1 0 0 1-1-1z",
  thread: "M4 4h12a1.2 1.2 0 0 1 1.2 1.2v7.6A1.2 1.2 0 0 1 16 14h-5l-4 3.2V14H4a1.2 1.2 0 0 1-1.2-1.2V5.2A1.2 1.2 0 0 1 4 4zM6.5 7.7h7M6.5 10.4h4.5",
  star: "M10 2.8l2.2 4.7 5 .6-3.7 3.5 1 5.1L10 14.2l-4.5 2.5 1-5.1L2.8 8.1l5-.6z",
  smile: "M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4zM7.4 8v.4M12.6 8v.4M6.8 11.6c1.6 2.4 4.8 2.4 6.4 0",
  more: "M10 5v.1M10 10v.1M10 15v.1",
  send: "M3.2 16.6 17.4 10 3.2 3.4l1.6 5.4 6.2 1.2-6.2 1.2z",
  plus: "M10 4v12M4 10h12",
  photos: "M5.5 3h10A1.5 1.5 0 0 1 17 4.5v8a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 12.5v-8A1.5 1.5 0 0 1 5.5 3zM4.5 12l3.7-3.8 3 3 1.7-1.7 3.6 3.3M13 6.4v.1M2.5 7v8.5A1.5 1.5 0 0 0 4 17h9.5",
  at: "M13.2 10a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zm0-3.2v4.4c0 2.6 3.9 2.2 3.9-1.3A7.1 7.1 0 1 0 14 15.8",
  slash: "M12.8 3.5 7.2 16.5",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4 6.5 10l6 6",
  next: "M7.5 4l6 6-6 6",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  down: "M5.5 8 10 12.5 14.5 8",
  check: "M4 10.5l4 4 8-9",
  trash: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5",
  edit: "M4 16l.8-3.4L13.6 3.8l2.6 2.6-8.8 8.8zM11.8 5.6l2.6 2.6",
  info: "M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4zM10 9.2v4.6M10 6.3v.2",
  bolt: "M11 2.5 4.5 11.5H9.5L8.5 17.5 15.5 8.5H10.5z",
  download: "M10 3v10M5.8 9.2 10 13.3l4.2-4.1M4 17h12",
  file: "M5 2.8h6.5L15.5 7v10.2H5zM11.3 3v4.2h4",
  eye: "M2 10c3.5-6.2 12.5-6.2 16 0-3.5 6.2-12.5 6.2-16 0zM10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
  warning: "M10 3.2 18 16.8H2zM10 8.2v4.2M10 14.4v.2",
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement} hidden from screen readers: its button carries the label
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
