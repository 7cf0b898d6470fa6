/**
 * Reads Slack's mrkdwn into a tree. Pure: the tree is drawn by mrkdwn-view.js.
 * @typedef {{t: string, v?: string, kids?: Span[], id?: string, url?: string, label?: string, name?: string, seconds?: number, format?: string}} Span
 * @typedef {{t: "pre"|"para"|"quote"|"list", v?: string, kids?: Span[], ordered?: boolean, items?: Span[][]}} Part
 */

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** @param {string} text @returns {string} Slack's three entities as characters */
export const decode = (text) => text.replace(/&(?:lt|gt|amp);/g, (e) => ENTITIES[e]);

/** @param {string} text @returns {string} what a client sends for typed text */
export const encode = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** What stands between angle brackets, by its first sign. */
const ANGLES = {
  "@": (id, label) => ({ t: "user", id, label }),
  "#": (id, label) => ({ t: "channel", id, label }),
  "!": (name, label) => (name.startsWith("date^") ? date(name, label) : { t: "broadcast", name: name.split("^")[0], label }),
};

/** @param {string} target "date^seconds^format", perhaps with a link at its end @param {string} [label] for who cannot format dates */
function date(target, label) {
  const [, seconds, format = "", url] = target.split("^");
  return { t: "date", seconds: Number(seconds), format: decode(format), url: url && decode(url), label };
}

/** @param {string} inner @returns {Span} */
function angle(inner) {
  const [target, ...rest] = inner.split("|");
  const label = rest.length ? decode(rest.join("|")) : undefined;
  const make = ANGLES[target[0]];
  return make ? make(target.slice(1), label) : { t: "link", url: decode(target), label };
}

/** Inline forms, tried in this order at each place; `edge` forms only begin where no word is running. */
const INLINE = [
  { re: /<([^<>\n]+)>/y, make: (m) => angle(m[1]) },
  { re: /`([^`\n]+)`/y, make: (m) => ({ t: "code", v: decode(m[1]) }) },
  { re: /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)"'*_~]/y, edge: true, make: (m) => ({ t: "link", url: decode(m[0]) }) },
  { re: /:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/y, make: (m) => ({ t: "emoji", name: m[1] }) },
  { re: /\*(?=\S)([^*\n]*[^*\s])\*(?!\w)/y, edge: true, make: (m) => ({ t: "bold", kids: inline(m[1]) }) },
  { re: /_(?=\S)([^_\n]*[^_\s])_(?!\w)/y, edge: true, make: (m) => ({ t: "italic", kids: inline(m[1]) }) },
  { re: /~(?=\S)([^~\n]*[^~\s])~(?!\w)/y, edge: true, make: (m) => ({ t: "strike", kids: inline(m[1]) }) },
];

/** @param {string} text @param {number} at @returns {{span: Span, end: number}|null} */
function formAt(text, at) {
  const running = at > 0 && /\w/.test(text[at - 1]);
  for (const form of INLINE) {
    if (form.edge && running) continue;
    form.re.lastIndex = at;
    const match = form.re.exec(text);
    if (match) return { span: form.make(match), end: at + match[0].length };
  }
  return null;
}

/** @param {string} text @returns {Span[]} */
export function inline(text) {
  /** @type {Span[]} */
  const spans = [];
  let plain = "";
  const flush = () => { if (plain) spans.push({ t: "text", v: decode(plain) }); plain = ""; };
  for (let at = 0; at < text.length;) {
    const found = "<`:*_~h".includes(text[at]) ? formAt(text, at) : null;
    if (!found) { plain += text[at]; at += 1; continue; }
    flush();
    spans.push(found.span);
    at = found.end;
  }
  flush();
  return spans;
}

/** Kinds of lines; the last one takes what the others leave. */
const LINES = [
  { t: "quote", re: /^(?:&gt;|>)(?!:) ?(.*)$/ },
  { t: "list", re: /^\s*[•◦-] +(.*)$/ },
  { t: "ordered", re: /^\s*\d{1,3}[.)] +(.*)$/ },
  { t: "para", re: /^(.*)$/ },
];

/** @param {string} line */
function kindOf(line) {
  for (const { t, re } of LINES) {
    const match = re.exec(line);
    if (match) return { t, rest: match[1] };
  }
  return { t: "para", rest: line };
}

/** @param {string} t @param {string[]} lines @returns {Part} */
function part(t, lines) {
  if (t === "list" || t === "ordered") return { t: "list", ordered: t === "ordered", items: lines.map(inline) };
  return { t: /** @type {"para"|"quote"} */ (t), kids: inline(lines.join("\n")) };
}

/** @param {string} text @returns {Part[]} */
function paragraphs(text) {
  /** @type {Part[]} */
  const parts = [];
  let held = { t: "", lines: /** @type {string[]} */ ([]) };
  const flush = () => { if (held.lines.length) parts.push(part(held.t, held.lines)); };
  for (const line of text.split("\n")) {
    const { t, rest } = kindOf(line);
    if (t !== held.t) { flush(); held = { t, lines: [] }; }
    held.lines.push(rest);
  }
  flush();
  return parts;
}

/** @param {string} text @returns {Part[]} */
export function parse(text) {
  const pieces = String(text ?? "").split(/```\n?([\s\S]*?)```\n?/);
  return pieces.flatMap((piece, i) => {
    if (i % 2) return [{ t: "pre", v: decode(piece.replace(/\n$/, "")) }];
    return piece === "" ? [] : paragraphs(i + 1 < pieces.length ? piece.replace(/\n$/, "") : piece);
  });
}
