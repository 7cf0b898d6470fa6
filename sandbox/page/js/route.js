/** Where the person looks, kept in the address: #/C0PETS, #/C0PETS/1700000000.000100, #/home. */

/** @param {string} hash @param {any[]} channels @returns {import("./store.js").Route} an unknown place becomes the first channel */
export function parseRoute(hash, channels) {
  const [, place = "", thread = null] = hash.split("/");
  if (place === "home") return { place, thread: null };
  return channels.some((c) => c.id === place) ? { place, thread } : { place: channels[0]?.id ?? "", thread: null };
}
