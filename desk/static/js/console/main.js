/**
 * Wires the console: reads what the page is, follows the live feed, keeps the page up to date.
 */

import { fetchFragment, place, SignedOut } from "./fragments.js";
import { listen, startKeyList } from "./keys.js";
import { follow } from "./live.js";
import { startQueue } from "./queue.js";
import { startTicket } from "./ticket.js";

const BUNDLE_MS = 150;
const EVERY_MINUTE_MS = 60000;
const QUIET_MS = 20000;

const page = /** @type {HTMLElement} */ (document.querySelector("[data-page]"));
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const { refresh, keys } = start(page.dataset.page);

const update = bundled(async () => {
  page.setAttribute("aria-busy", "true");
  try {
    await refresh();
    banner("stale", false);
  } catch (error) {
    if (!isTold(error)) banner("stale", true);
  } finally {
    page.removeAttribute("aria-busy");
  }
});

follow({
  after: Number(page.dataset.after),
  onEntry: (entry) => isRelevant(entry) && update(),
  onState(state) {
    banner("lost", state === "lost");
    if (state === "back") update();
    if (state === "signed-out") banner("signed-out", true);
  },
});

// Words such as "41 minutes left" grow old by themselves.
setInterval(() => document.hidden || update(), EVERY_MINUTE_MS);
document.addEventListener("visibilitychange", () => document.hidden || update());
document.querySelector("[data-retry]")?.addEventListener("click", update);
listen({ ...keys, "?": startKeyList() });

/** @param {string | undefined} kind */
function start(kind) {
  if (kind === "queue") return startQueue(words, announce, isTold);
  if (kind === "ticket" || kind === "conversation") return startTicket(page, words, isTold);
  const url = page.dataset.fragments ?? location.href;
  return { refresh: async () => place(await fetchFragment(url)), keys: {} };
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
 * One run for a burst of calls, and never two at a time.
 * @param {() => Promise<void>} work
 */
function bundled(work) {
  /** @type {number | undefined} */
  let timer;
  let running = Promise.resolve();
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
 * @param {"lost" | "stale" | "signed-out"} name
 * @param {boolean} shown
 */
function banner(name, shown) {
  const element = document.querySelector(`[data-banner="${name}"]`);
  if (element instanceof HTMLElement) element.hidden = !shown;
}
