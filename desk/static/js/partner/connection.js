/**
 * The conversation's WebSocket: the token in the first frame, and back by itself when it is lost.
 *
 * A socket may be dead without saying so: the network went away, or the device slept. So it is
 * given up when the browser is offline, when nothing answers in time, and after a long sleep.
 */

import { liveAddress } from "./api.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const STEADY_MS = 5_000;
const TELL_AFTER_MS = 1_500; // the banner is due within two seconds
const HELLO_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 8_000;
const ASLEEP_MS = 30_000;
/** Why the hotline hangs up for good, and what has become of the conversation then. */
const ENDS = new Map([[4401, "over"], [4410, "erased"]]);

/**
 * @typedef {object} Connection
 * @property {(frame: object) => boolean} send  false when there is no connection just now
 * @property {() => void} end
 */

/**
 * @param {object} wishes
 * @param {import("./api.js").Talk} wishes.talk  read anew at each call
 * @param {() => number} wishes.after  the last seq the page has
 * @param {(frame: object) => void} wishes.onFrame
 * @param {(state: "open" | "lost" | "over" | "erased", seconds: number) => void} wishes.onState
 *   "lost" once the partner should know; with each "open" the seconds it was away
 * @returns {Connection}
 */
export function connect({ talk, after, onFrame, onState }) {
  /** The socket in use; what an earlier one still says is not heard. @type {WebSocket | null} */
  let socket = null;
  let isReady = false;
  let failures = 0;
  let lostAt = performance.now();
  let hiddenAt = 0;
  const answer = makeTimer(), steady = makeTimer(), telling = makeTimer(), calling = makeTimer();
  const listening = new AbortController();

  function call() {
    calling.stop();
    const mine = new WebSocket(liveAddress(talk.id));
    socket = mine;
    answer.start(HELLO_WITHIN_MS, () => lose());
    mine.addEventListener("open", () => mine.send(JSON.stringify({ token: talk.token, after: after() })));
    mine.addEventListener("message", ({ data }) => {
      if (mine !== socket) return;
      answer.stop();
      const frame = JSON.parse(data);
      onFrame(frame);
      if (frame.type === "hello") arrive();
    });
    mine.addEventListener("close", ({ code }) => {
      if (mine !== socket) return;
      const reached = ENDS.get(code);
      if (!reached) return lose();
      end();
      onState(reached, 0);
    });
  }

  function arrive() {
    isReady = true;
    telling.stop();
    // A server that takes the call and hangs up at once must not be called twice a second.
    steady.start(STEADY_MS, () => (failures = 0));
    onState("open", Math.round((performance.now() - lostAt) / 1000));
  }

  /** Give the socket up, whether it knows that it is dead or not, and call again after a while. */
  function lose(wait = backoff()) {
    answer.stop();
    steady.stop();
    if (isReady) lostAt = performance.now();
    isReady = false;
    leave();
    tellInTime();
    calling.start(wait, call);
  }

  function leave() {
    const left = socket;
    socket = null;
    left?.close();
  }

  const backoff = () =>
    Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);

  const tellInTime = () => telling.hasStarted() || telling.start(TELL_AFTER_MS, () => onState("lost", 0));

  function lookUp() {
    if (document.hidden) hiddenAt = performance.now();
    else if (isReady ? performance.now() - hiddenAt > ASLEEP_MS : !socket) lose(0);
  }

  function end() {
    listening.abort();
    for (const timer of [answer, steady, telling, calling]) timer.stop();
    isReady = false;
    leave();
  }

  const { signal } = listening;
  addEventListener("offline", () => lose(), { signal });
  addEventListener("online", () => isReady || lose(0), { signal });
  document.addEventListener("visibilitychange", lookUp, { signal });
  tellInTime();
  call();

  return {
    send(frame) {
      if (!isReady || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      if (!answer.hasStarted()) answer.start(ANSWER_WITHIN_MS, () => lose());
      return true;
    },
    end,
  };
}

/** One timeout; starting it again begins anew, and it counts as started until it is stopped. */
function makeTimer() {
  let running = 0;
  return {
    start(ms, act) {
      clearTimeout(running);
      running = setTimeout(act, ms);
    },
    stop() {
      clearTimeout(running);
      running = 0;
    },
    hasStarted: () => running !== 0,
  };
}
