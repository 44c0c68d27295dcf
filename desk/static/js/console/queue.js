/**
 * The queue: rows that stay put under the hand, a counter for new ones, claiming without leaving.
 */

import { fetchFragment, isUnderHand, place, post, send } from "./fragments.js";
import { startSelecting } from "./selecting.js";
import { countInTitle } from "./title.js";

const CELLS = ["case", "state", "owner", "due"];
const UNDO_MS = 5000;

/**
 * @param {Record<string, string>} words
 * @param {(text: string, isAnswer?: boolean) => void} announce
 * @param {(error: unknown) => boolean} isTold
 */
export function startQueue(words, announce, isTold) {
  const rows = /** @type {HTMLElement} */ (document.getElementById("rows"));
  const counter = /** @type {HTMLButtonElement} */ (document.getElementById("newcomers"));
  const url = /** @type {string} */ (rows.dataset.fragment);
  const selecting = startSelecting(rows, words, announce);
  /** @type {Document | null} */
  let held = null;

  counter.addEventListener("click", showHeld);
  rows.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-claim]")) return;
    event.preventDefault();
    claim(form);
  });

  /** Brings the rows up to date: at once, or in place while somebody is among them. */
  async function refresh() {
    const fresh = await fetchFragment(url);
    if (!isUnderHand(rows)) return show(fresh);
    place(fresh, (part) => part === rows);
    patch(fresh);
    hold(fresh);
  }

  /** @param {Document} fresh */
  function show(fresh) {
    const before = numbers(document);
    const focused = rowOf(document.activeElement)?.dataset.number;
    hold(null);
    selecting.keeping(() => place(fresh));
    const arrived = [...numbers(document)].filter((number) => !before.has(number));
    // The first rows of an empty list need no welcome; afterwards each new one gets a soft one.
    for (const number of arrived) row(document, number)?.classList.add("is-new");
    if (arrived.length) announce(counted(words.arrived, arrived.length));
    if (focused) titleOf(row(document, focused) ?? row(document, arrived[0]))?.focus();
  }

  /** @param {Document | null} fresh */
  function hold(fresh) {
    const known = numbers(document);
    const waiting = fresh ? [...numbers(fresh)].filter((number) => !known.has(number)).length : 0;
    held = waiting ? fresh : null;
    counter.hidden = !waiting;
    countInTitle("tickets", waiting);
    const label = /** @type {HTMLElement} */ (counter.querySelector("[data-count]"));
    const text = counted(words.newcomers, waiting);
    if (waiting && label.textContent !== text) announce(text);
    label.textContent = text;
  }

  function showHeld() {
    if (!held) return;
    const first = [...numbers(held)].find((number) => !row(document, number));
    show(held);
    titleOf(first ? row(document, first) : null)?.focus();
  }

  /** @param {HTMLFormElement} form */
  async function claim(form) {
    const line = /** @type {HTMLElement} */ (rowOf(form));
    const number = /** @type {string} */ (line.dataset.number);
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    if (button.getAttribute("aria-disabled") === "true") return;
    const label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = words.claiming;
    try {
      const answer = await send(form);
      const lost = answer.page?.querySelector("[data-lost]")?.textContent?.trim();
      if (!answer.done) line.dataset.lost = lost || words.claim_lost;
      titleOf(line)?.focus();
      if (answer.done) showMine(line);
      patch(await fetchFragment(url));
      if (answer.done) offerUndo(line);
      announce(answer.done ? counted(words.claimed, number) : line.dataset.lost ?? "", true);
    } catch (error) {
      button.removeAttribute("aria-disabled");
      button.textContent = label;
      if (!isTold(error)) announce(words.claim_failed, true);
    }
  }

  /**
   * The list may not have the row any more, such as that of what nobody has; it stays as it is here.
   * @param {HTMLElement} line
   */
  function showMine(line) {
    const disc = document.querySelector(".nav__me .disc")?.cloneNode(true);
    const holder = document.createElement("span");
    holder.dataset.holder = "";
    holder.textContent = words.me;
    line.querySelector("[data-cell=owner]")?.replaceChildren(...(disc ? [disc] : []), holder);
  }

  /**
   * A slip of the finger is undone at its place, for a few seconds.
   * @param {HTMLElement} line
   */
  function offerUndo(line) {
    const owner = line.querySelector("[data-cell=owner]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small row__undo";
    button.dataset.test = "undo";
    button.textContent = words.undo;
    button.addEventListener("click", () => undo(line, button));
    owner?.append(button);
    setTimeout(() => button.contains(document.activeElement) || button.remove(), UNDO_MS);
    button.addEventListener("blur", () => button.remove());
  }

  /**
   * @param {HTMLElement} line
   * @param {HTMLButtonElement} button
   */
  async function undo(line, button) {
    try {
      const answer = await post(/** @type {string} */ (line.dataset.release));
      titleOf(line)?.focus();
      button.remove();
      patch(await fetchFragment(url));
      announce(answer.done ? counted(words.undone, line.dataset.number ?? "") : words.undo_failed, true);
    } catch (error) {
      if (!isTold(error)) announce(words.undo_failed, true);
    }
  }

  /** The keys of the list; Enter is the link's own. */
  const keys = {
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    ".": showHeld,
    c: () => rowOf(document.activeElement)?.querySelector("form")?.requestSubmit(),
    d: explain,
    x: /** @param {KeyboardEvent} event */ (event) =>
      selecting.select(rowOf(document.activeElement), event.shiftKey),
  };

  /** @param {number} by */
  function step(by) {
    const all = [.../** @type {NodeListOf<HTMLElement>} */ (rows.querySelectorAll("[data-number]"))];
    const at = all.indexOf(/** @type {HTMLElement} */ (rowOf(document.activeElement)));
    const next = at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
    titleOf(next)?.focus();
  }

  function explain() {
    const link = titleOf(rowOf(document.activeElement));
    if (link) location.assign(`${link.href}#why`);
  }

  return { refresh, keys };
}

/**
 * Updates each row that is in both, cell by cell, without moving any; a cell with focus stays.
 * @param {Document} fresh
 */
function patch(fresh) {
  for (const number of numbers(document)) {
    const [here, there] = [row(document, number), row(fresh, number)];
    if (!here || !there) continue;
    here.className = there.className;
    for (const cell of CELLS) {
      const [old, now] = [here, there].map((one) => one.querySelector(`[data-cell=${cell}]`));
      if (!old || !now || old.isEqualNode(now) || old.contains(document.activeElement)) continue;
      old.replaceChildren(...now.childNodes);
      const winner = cell === "owner" && here.dataset.lost && old.querySelector("[data-holder]");
      if (winner) winner.textContent = here.dataset.lost ?? "";
    }
  }
}

/**
 * @param {Document} page
 * @returns {Set<string>}
 */
function numbers(page) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#rows [data-number]"));
  return new Set([...all].map((one) => one.dataset.number ?? ""));
}

/**
 * @param {Document} page
 * @param {string | undefined} number
 * @returns {HTMLElement | null}
 */
function row(page, number) {
  return number ? page.querySelector(`#rows [data-number="${CSS.escape(number)}"]`) : null;
}

/**
 * @param {Element | null} inside
 * @returns {HTMLElement | null}
 */
function rowOf(inside) {
  return inside?.closest("#rows [data-number]") ?? null;
}

/**
 * @param {Element | null | undefined} line
 * @returns {HTMLAnchorElement | null}
 */
function titleOf(line) {
  return line?.querySelector("a[data-title]") ?? null;
}

/**
 * @param {string} words
 * @param {number | string} count
 */
function counted(words, count) {
  return words.replace("{n}", String(count));
}
