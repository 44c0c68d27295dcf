/**
 * The live feed of the journal: one WebSocket that comes back by itself and misses nothing.
 *
 * The first frame says which entry was seen last; the server sends the later ones in order.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const STEADY_MS = 5000;
const TELL_AFTER_MS = 2000;
const BAD_SESSION = 4401;
const NO_RIGHT = 4403;

/**
 * @typedef {object} Entry
 * @property {number} id
 * @property {string} kind
 * @property {string | null} number
 * @property {string | null} conversation
 * @property {string | null} queue
 * @property {"partner" | "bot" | "staff" | "system" | null} sender of what was said
 * @property {number | null} holder who of staff speaks where it was said
 */

/**
 * Follows the feed from `after` on until the page goes.
 * @param {object} wishes
 * @param {number} wishes.after
 * @param {(entry: Entry) => void} wishes.onEntry
 * @param {(state: "lost" | "back" | "signed-out" | "rights") => void} wishes.onState
 */
export function follow({ after, onEntry, onState }) {
  let last = after;
  let failures = 0;
  let lost = false;
  /** @type {number | undefined} */
  let telling;

  function connect() {
    const socket = new WebSocket(address());
    /** @type {number | undefined} */
    let steady;

    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ after: last }));
      clearTimeout(telling);
      telling = undefined;
      if (lost) onState("back");
      lost = false;
      // A server that takes the call and hangs up at once must not be called twice a second.
      steady = setTimeout(() => (failures = 0), STEADY_MS);
    });

    socket.addEventListener("message", (event) => {
      const entry = JSON.parse(event.data);
      if (entry.type !== "entry" || entry.id <= last) return;
      last = entry.id;
      onEntry(entry);
    });

    socket.addEventListener("close", (event) => {
      clearTimeout(steady);
      if (event.code === BAD_SESSION) return onState("signed-out");
      if (event.code === NO_RIGHT) return onState("rights");
      telling ??= setTimeout(() => {
        lost = true;
        onState("lost");
      }, TELL_AFTER_MS);
      setTimeout(connect, wait(failures++));
    });
  }

  connect();
}

/**
 * Doubles from try to try, with a random half so that consoles do not all return at once.
 * @param {number} failures
 */
function wait(failures) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}

function address() {
  const url = new URL("/console/live", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}
