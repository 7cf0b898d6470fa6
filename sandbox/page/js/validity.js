/** What Slack's client itself checks before a modal is sent: numbers and lengths. Required fields are the server's matter. Pure. */

/** @param {any} element @param {string} text @returns {string|null} */
function numberFault(element, text) {
  const pattern = element.is_decimal_allowed ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text)) return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
  const n = Number(text.replace(",", "."));
  if (element.min_value !== undefined && n < Number(element.min_value)) return `Please enter a number of ${element.min_value} or more.`;
  if (element.max_value !== undefined && n > Number(element.max_value)) return `Please enter a number of ${element.max_value} or less.`;
  return null;
}

/** @param {any} element @param {string} text @returns {string|null} */
function lengthFault(element, text) {
  if (element.min_length && text.length < element.min_length) return `Please enter ${element.min_length} characters or more.`;
  return null;
}

const FAULTS = { number_input: numberFault, plain_text_input: lengthFault };

/**
 * @param {any} view @param {(block: any, element: any) => any} valueOf
 * @returns {Record<string, string>} by block_id; empty when the view can be sent
 */
export function faults(view, valueOf) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const block of view.blocks.filter((b) => b.type === "input")) {
    const text = (valueOf(block, block.element)?.value ?? block.element.initial_value ?? "").trim();
    const fault = text && FAULTS[block.element.type]?.(block.element, text);
    if (fault) found[block.block_id] = fault;
  }
  return found;
}
