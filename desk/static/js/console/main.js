/**
 * Wires the console: reads what the page is, follows the live feed, keeps the page up to date.
 */

import { arrive, watchDepartures } from "./arrival.js";
import { startCall } from "./call.js";
import { startChats } from "./chats.js";
import { countDown } from "./countdown.js";
import { fetchFragment, place, SignedOut } from "./fragments.js";
import { listen, startKeyList } from "./keys.js";
import { follow } from "./live.js";
import { startNotifying, startSwitches, tells } from "./notify.js";
import { startMorning } from "./morning.js";
import { startQueue } from "./queue.js";
import { startRecordings } from "./recordings.js";
import { startTicket } from "./ticket.js";
import { countInTitle } from "./title.js";

const BUNDLE_MS = 150;
const EVERY_MINUTE_MS = 60000;
const QUIET_MS = 20000;

const page = /** @type {HTMLElement} */ (document.querySelector("[data-page]"));
// What comes along with everything else that changes: the bars, and the other chats beside one.
const bars = page.dataset.beside || "/console/conversations?fragment=vital";
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
let running = Promise.resolve();
takeOwnAddress();
const { refresh, keys } = start(page.dataset.page);
countUnread();
watchDepartures();
startRecordings();
arrive();
countDown();

const update = bundled(() => renew(refresh));
const updateBars = bundled(() => renew(async () => place(await fetchFragment(bars))));

// What comes by itself is about tickets and chats: whoever sees none of them has nothing to follow,
// and a page without `data-after` has only its bars renewed by the next page. Whoever wants to be
// told is told wherever they are.
const frame = document.getElementById("announcer")?.dataset ?? {};
const isLive = Boolean(page.dataset.after);
if ((isLive || tells()) && document.getElementById("count-conversations")) {
  const reader = { me: Number(frame.me), queues: (frame.queues ?? "").split(" ") };
  const after = Number(page.dataset.after ?? frame.after);
  const hear = tells() ? startNotifying(page.dataset, reader, words, after) : () => {};
  follow({
    after,
    onEntry(entry) {
      hear(entry);
      if (isLive) isRelevant(entry) ? update() : updateBars();
    },
    onState(state) {
      if (!isLive) return;
      banner("lost", state === "lost");
      if (state === "back") update();
      if (state === "signed-out" || state === "rights") banner(state, true);
    },
  });

  if (isLive) {
    // Words such as "41 minutes left" grow old by themselves.
    setInterval(() => document.hidden || update(), EVERY_MINUTE_MS);
    document.addEventListener("visibilitychange", () => document.hidden || update());
  }
}
document.querySelector("[data-retry]")?.addEventListener("click", update);
listen({ ...keys, "?": startKeyList() });

/** @param {string | undefined} kind of the page */
function start(kind) {
  if (kind === "queue") return startQueue(words, announce, isTold);
  if (kind === "ticket" || kind === "conversation") return startTicket(page, words, isTold);
  if (kind === "morning") return startMorning(page, words, announce, isTold);
  if (kind === "new-call") startCall(page);
  const notices = document.getElementById("alerts");
  if (notices) startSwitches(notices, words);
  return startChats(page);
}

/** A refused form shows its page at the form's address: a reload and a bookmark want the page's. */
function takeOwnAddress() {
  const own = new URL(page.dataset.url ?? location.href, location.href);
  if (own.pathname !== location.pathname) history.replaceState(null, "", own);
}

/** @param {() => Promise<void>} work */
async function renew(work) {
  page.setAttribute("aria-busy", "true");
  try {
    await work();
    banner("stale", false);
    countUnread();
  } catch (error) {
    if (!isTold(error)) banner("stale", true);
  } finally {
    page.removeAttribute("aria-busy");
  }
}

function countUnread() {
  const place = document.getElementById("count-unread");
  countInTitle("messages", Number(place?.querySelector("[aria-hidden]")?.textContent ?? 0));
}

/** @param {import("./live.js").Entry} entry */
function isRelevant(entry) {
  const { number, conversation } = page.dataset;
  if (!number && !conversation) return true;
  return Boolean(
    (number && entry.number === number) || (conversation && entry.conversation === conversation),
  );
}

/**
 * One run for a burst of calls, and never two at a time, whatever they renew.
 * @param {() => Promise<void>} work
 */
function bundled(work) {
  /** @type {number | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(work)), BUNDLE_MS);
  };
}

/**
 * Says `text` to who listens; news at most once in twenty seconds and then only the latest.
 * @param {string} text
 * @param {boolean} [isAnswer] to something the reader just did
 */
function announce(text, isAnswer = false) {
  const place = /** @type {HTMLElement} */ (document.getElementById("announcer"));
  const since = Date.now() - Number(place.dataset.at ?? 0);
  clearTimeout(Number(place.dataset.timer));
  const timer = setTimeout(() => {
    place.dataset.at = String(Date.now());
    place.textContent = text;
  }, isAnswer ? 0 : Math.max(0, QUIET_MS - since));
  place.dataset.timer = String(timer);
}

/** @param {unknown} error */
function isTold(error) {
  if (error instanceof SignedOut) banner("signed-out", true);
  return error instanceof SignedOut;
}

/**
 * @param {"lost" | "stale" | "signed-out" | "rights"} name
 * @param {boolean} shown
 */
function banner(name, shown) {
  const element = document.querySelector(`[data-banner="${name}"]`);
  if (element instanceof HTMLElement) element.hidden = !shown;
}
