/**
 * A page that follows one ticket or one live conversation: timeline, header, composer.
 */

import { goOn } from "./arrival.js";
import { startBeside } from "./beside.js";
import { startComposer } from "./composer.js";
import { startCopying } from "./copying.js";
import { fetchFragment, place } from "./fragments.js";

const NEAR_THE_END_PX = 80;

/**
 * @param {HTMLElement} page carries `data-fragments`, the addresses of its head and its timeline
 * @param {Record<string, string>} words
 * @param {(error: unknown) => boolean} isTold
 */
export function startTicket(page, words, isTold) {
  const urls = (page.dataset.fragments ?? "").split(" ").filter(Boolean);
  const log = document.getElementById("log");
  const composer = document.getElementById("composer");
  if (log) toEnd(log);
  const beside = startBeside(page);
  const writer = composer && startComposer(composer, words, showSent, isTold);
  page.addEventListener("keydown", sendSheet);
  startCopying(page, words);
  // From the queue's D; the mark goes, so that a reload does not open it again.
  if (location.hash === "#why") {
    history.replaceState(null, "", location.pathname + location.search);
    open("why");
  }
  const wrong = page.querySelector("[popover][data-wrong]");
  if (wrong) {
    open(wrong.id);
    // The head tells the reason to who has no script and so no open sheet.
    for (const id of ["head-error", "head-typed"]) document.getElementById(id)?.remove();
  }

  /** Fetches the parts anew; one that somebody is working in stays as it is. */
  async function refresh() {
    const atEnd = log !== null && isNearEnd(log);
    // Fetching the timeline is seeing it; a page in the background has not been seen.
    const parts = await Promise.all((document.hidden ? urls.slice(0, 1) : urls).map(fetchFragment));
    // Whoever has taken it or given it back needs another composer; drafts outlive the page.
    if (parts.some(changesHands)) {
      if (composer?.contains(document.activeElement)) goOn("composer");
      return location.reload();
    }
    const isRead = isReadingBefore();
    for (const fresh of parts) place(fresh, isInUse);
    if (isRead) readBefore();
    if (log && atEnd) toEnd(log);
    // Only now: what the timeline has brought is not new any more.
    await beside.refresh();
  }

  /** What one has said oneself is shown, wherever one was reading. */
  async function showSent() {
    await refresh();
    if (log) toEnd(log);
  }

  const keys = {
    y: () => writer?.write("reply"),
    n: () => writer?.write("note"),
    ...beside.keys,
  };
  return { refresh, keys };
}

/**
 * Opens a sheet through its button, which it stands beside and gives the focus back to.
 * @param {string} id
 */
function open(id) {
  const opener = document.querySelector(`[popovertarget="${id}"]`);
  if (opener instanceof HTMLElement) opener.click();
}

/**
 * Ctrl+Enter sends the sheet that is being written in.
 * @param {KeyboardEvent} event
 */
function sendSheet(event) {
  const form = event.target instanceof HTMLElement && event.target.closest("form.sheet__form");
  if (!form || event.isComposing || event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) /** @type {HTMLFormElement} */ (form).requestSubmit();
}

/** Whether somebody has opened what was brought up before; the server renders it closed. */
function isReadingBefore() {
  return document.querySelector(".raised__before[open]") !== null;
}

function readBefore() {
  document.querySelector(".raised__before")?.setAttribute("open", "");
}

/** @param {Document} fresh */
function changesHands(fresh) {
  const [now, then] = [fresh, document].map((page) => page.getElementById("head")?.dataset.mayWrite);
  return now !== undefined && now !== then;
}

/** @param {Element} part */
function isInUse(part) {
  return part.querySelector(":popover-open") !== null;
}

/** @param {HTMLElement} log */
function isNearEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END_PX;
}

/** @param {HTMLElement} log */
function toEnd(log) {
  log.scrollTop = log.scrollHeight;
}
