/** The line in which files go up, a few at a time, also when their message has already been sent. */
import { upload } from "./api.js";

/**
 * @typedef {{file: File, url: string, share: number, state: "waiting"|"going"|"done"|"failed"|"dropped", id?: string, fault?: string,
 *   stop: () => void, settle: () => void, done: Promise<void>}} Attachment `done` settles however it ends
 */

/** How many go at the same time. */
const AT_ONCE = 3;

/** @type {{item: Attachment, changed: () => void}[]} */
const line = [];
let going = 0;

/** @param {File} file @param {() => void} changed called whenever it gets further @returns {Attachment} */
export function enqueue(file, changed) {
  let settle = () => {};
  const done = /** @type {Promise<void>} */ (new Promise((resolve) => { settle = resolve; }));
  /** @type {Attachment} */
  const item = { file, url: URL.createObjectURL(file), share: 0, state: "waiting", stop: () => {}, settle, done };
  line.push({ item, changed });
  next();
  return item;
}

/** @param {Attachment} item not to be sent after all */
export function drop(item) {
  item.state = "dropped";
  item.stop();
}

function next() {
  if (going >= AT_ONCE) return;
  const job = line.shift();
  if (!job) return;
  if (job.item.state === "waiting") run(job.item, job.changed);
  else next();
}

/** @param {Attachment} item @param {() => void} changed */
async function run(item, changed) {
  going += 1;
  item.state = "going";
  const { done, stop } = upload(item.file, (share) => { item.share = share; changed(); });
  item.stop = stop;
  try {
    item.id = (await done).id;
    item.state = "done";
  } catch (error) {
    Object.assign(item, { state: "failed", fault: /** @type {any} */ (error).message });
  }
  going -= 1;
  item.settle();
  changed();
  next();
}
