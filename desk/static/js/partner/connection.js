/**
 * The conversation's WebSocket: the token in the first frame, and back by itself when it is lost.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const STEADY_MS = 5_000;
const TELL_AFTER_MS = 2_000;
const BAD_TOKEN = 4401;

/**
 * @typedef {object} Connection
 * @property {(frame: object) => boolean} send  false when there is no connection just now
 * @property {() => void} end
 */

/**
 * @param {object} wishes
 * @param {string} wishes.id
 * @param {string} wishes.token
 * @param {() => number} wishes.after  the last seq the page has
 * @param {(frame: object) => void} wishes.onFrame
 * @param {(state: "open" | "lost" | "over", seconds: number) => void} wishes.onState
 *   "lost" after two seconds without; with "open" the seconds it was away
 * @returns {Connection}
 */
export function connect({ id, token, after, onFrame, onState }) {
  let socket = /** @type {WebSocket | null} */ (null);
  let ready = false;
  let ended = false;
  let failures = 0;
  let lostAt = performance.now();
  let telling = 0;
  let waiting = 0;

  function open() {
    clearTimeout(waiting);
    let steady = 0;
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/conversations/${id}/live`);
    socket.addEventListener("open", () => socket?.send(JSON.stringify({ token, after: after() })));
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === "hello") {
        ready = true;
        clearTimeout(telling);
        telling = 0;
        onFrame(frame);
        onState("open", Math.round((performance.now() - lostAt) / 1000));
        // A server that takes the call and hangs up at once must not be called twice a second.
        steady = setTimeout(() => (failures = 0), STEADY_MS);
      } else onFrame(frame);
    });
    socket.addEventListener("close", ({ code }) => {
      clearTimeout(steady);
      if (ended) return;
      if (code === BAD_TOKEN) {
        ended = true;
        onState("over", 0);
        return;
      }
      if (ready) lostAt = performance.now();
      ready = false;
      telling ||= setTimeout(() => onState("lost", 0), TELL_AFTER_MS);
      const wait = Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS);
      waiting = setTimeout(open, wait * (0.75 + Math.random() / 2));
    });
  }

  const hurry = () => {
    if (ended || ready) return;
    if (socket?.readyState === WebSocket.CLOSED) open();
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.hidden || hurry());
  open();

  return {
    send(frame) {
      if (!ready || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    end() {
      ended = true;
      clearTimeout(waiting);
      clearTimeout(telling);
      removeEventListener("online", hurry);
      socket?.close();
    },
  };
}
