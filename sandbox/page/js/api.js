/** The person's side of the sandbox, one function a thing a person does. */

/** @type {string} whose page this is; set by main.js */
export const user = new URLSearchParams(location.search).get("user") ?? "U0MIRA";

/** @param {string} path @param {Record<string, any>} [query] @returns {Promise<any>} @throws when the server says no */
async function get(path, query = {}) {
  const reply = await fetch(`/person/${path}?${new URLSearchParams(query)}`);
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  return reply.json();
}

/**
 * @param {string} path @param {Record<string, any>} body
 * @returns {Promise<any>} the reply; a server that cannot be reached is {"ok": false, "error": "unreachable"}
 */
async function post(path, body) {
  try {
    const reply = await fetch(`/person/${path}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user, ...body }),
    });
    return await reply.json();
  } catch {
    return { ok: false, error: "unreachable" };
  }
}

export const api = {
  state: () => get("state", { user }),
  samples: () => get("samples"),
  /** @returns {Promise<any>} null where this sandbox has no meter */
  meter: () => get("meter").then((m) => (m.ok === false ? null : m)).catch(() => null),
  message: (body) => post("message", body),
  command: (channel, command, text) => post("command", { channel, command, text }),
  action: (container, blockId, actionId, value) =>
    post("action", { container, block_id: blockId, action_id: actionId, value }),
  suggest: (container, blockId, actionId, value) =>
    post("suggest", { container, block_id: blockId, action_id: actionId, value }),
  viewInput: (viewId, blockId, actionId, value) =>
    post("view/input", { view_id: viewId, block_id: blockId, action_id: actionId, value }),
  viewSubmit: (viewId) => post("view/submit", { view_id: viewId }),
  viewClose: (viewId) => post("view/close", { view_id: viewId }),
  shortcut: (channel, ts, callbackId) => post("shortcut", { channel, ts, callback_id: callbackId }),
  home: () => post("home", {}),
  direct: () => post("direct", {}),
  reaction: (channel, ts, name, remove) => post("reaction", { channel, ts, name, remove }),
  remove: (channel, ts) => post("delete", { channel, ts }),
  edit: (channel, ts, text) => post("edit", { channel, ts, text }),
  removeFile: (channel, ts, file) => post("file/delete", { channel, ts, file }),
};

/** @param {string} fileId @returns {string} where the page finds a file's bytes */
export const fileUrl = (fileId) => `/person/file/${encodeURIComponent(fileId)}`;

/**
 * Uploads one file; fetch cannot tell how far an upload is, so this is an XMLHttpRequest.
 * @param {File} file @param {(share: number) => void} onProgress share between 0 and 1
 * @returns {{done: Promise<any>, stop: () => void}} done gives Slack's file object
 */
export function upload(file, onProgress) {
  const form = new FormData();
  form.append("user", user);
  form.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (e) => e.lengthComputable && onProgress(e.loaded / e.total));
  const done = new Promise((resolve, reject) => {
    request.addEventListener("load", () => settle(request, resolve, reject));
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => reject(new Error(name)));
  });
  request.open("POST", "/person/upload");
  request.send(form);
  return { done, stop: () => request.abort() };
}

/** @param {XMLHttpRequest} request @param {(file: any) => void} resolve @param {(e: Error) => void} reject */
function settle(request, resolve, reject) {
  try {
    const reply = JSON.parse(request.responseText);
    if (reply.ok && reply.files?.length) resolve(reply.files[0]);
    else reject(new Error(reply.error ?? "upload failed"));
  } catch {
    reject(new Error(`upload failed (${request.status})`));
  }
}

const REASONS = {
  unreachable: "the sandbox cannot be reached",
  operation_timeout: "the app did not answer within 3 seconds",
  dispatch_failed: "the app could not be reached",
  app_missing_action_url: "the app is not connected",
};

/** @param {{error?: string}} reply @returns {string} the error in words */
export const reason = (reply) => REASONS[reply.error ?? ""] ?? reply.error ?? "unknown error";
