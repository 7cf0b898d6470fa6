/** The live socket: comes back by itself, and says so, so that the page can read the state anew. */
import { user } from "./api.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;

/**
 * @param {{onEvent: (event: any) => void, onUp: () => void, onDown: () => void}} handlers
 * `onUp` is called at every connection, the first one as well
 */
export function connect(handlers) {
  let wait = FIRST_WAIT_MS;
  const open = () => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/person/live?user=${encodeURIComponent(user)}`);
    socket.addEventListener("open", () => { wait = FIRST_WAIT_MS; handlers.onUp(); });
    socket.addEventListener("message", (e) => handlers.onEvent(JSON.parse(e.data)));
    socket.addEventListener("close", () => {
      handlers.onDown();
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
}
