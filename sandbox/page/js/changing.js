/** What an author may do to a message of theirs: edit it, take one file out, delete it. */
import { api, reason } from "./api.js";
import { ask } from "./dialog.js";
import { h } from "./dom.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";

/** @typedef {import("./message.js").Shown} Shown */

/** @param {Shown} shown @param {HTMLElement} anchor of the menu @returns {any[]} menu items; an admin may only delete what others wrote */
export function changes(shown, anchor) {
  const { store: { state: { me } }, message } = shown;
  const own = message.user === me.id;
  const remove = { label: "Delete message…", icon: "trash", danger: true, testid: "delete-message", value: () => removeMessage(shown) };
  return [
    own && { label: "Edit message…", icon: "edit", testid: "edit-message", value: () => edit(shown) },
    own && deletable(shown).length > 0 && { label: "Delete a file…", icon: "file", testid: "delete-file", value: () => pickFile(shown, anchor) },
    (own || me.is_admin) && remove,
  ].filter(Boolean);
}

/** @param {Shown} shown @returns {any[]} the files, none when deleting the only one is deleting the message */
function deletable({ message }) {
  const there = (message.files ?? []).filter((f) => f.mode !== "tombstone");
  return there.length > 1 || message.text ? there : [];
}

/** @param {Shown} shown @param {HTMLElement} anchor */
async function pickFile(shown, anchor) {
  const items = deletable(shown).map((f) => ({ label: f.name, icon: "trash", testid: "file-to-delete", value: f }));
  const picked = await openMenu(anchor, items, { label: "Delete a file" });
  if (picked) await removeFile(shown, picked.value);
}

/** @param {Promise<any>} answer @param {string} what did not happen, should it fail */
async function tell(answer, what) {
  const reply = await answer;
  if (!reply.ok) toast(`${what}: ${reason(reply)}.`);
}

/** @param {Shown} shown */
async function edit({ channel, message }) {
  const field = h("textarea", { class: "field", rows: 4, "aria-label": "Message", "data-testid": "edit-field" });
  field.value = unescaped(message.text ?? "");
  const sure = await ask({ title: "Edit message", text: field, confirm: "Save", deny: "Cancel" });
  if (sure) await tell(api.edit(channel, message.ts, field.value), "The message was not changed");
}

/** @param {string} text as Slack keeps it @returns {string} as it was typed */
const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** @param {Shown} shown @param {any} file */
async function removeFile({ channel, message }, file) {
  const sure = await ask({
    title: "Delete file", text: `Are you sure you want to delete ${file.name}? This cannot be undone.`, confirm: "Delete", deny: "Cancel", danger: true,
  });
  if (sure) await tell(api.removeFile(channel, message.ts, file.id), "The file was not deleted");
}

/** @param {Shown} shown */
async function removeMessage({ channel, message }) {
  const sure = await ask({
    title: "Delete message", text: "Are you sure you want to delete this message? This cannot be undone.", confirm: "Delete", deny: "Cancel", danger: true,
  });
  if (sure) await tell(api.remove(channel, message.ts), "The message was not deleted");
}
