/** The other chats beside one: kept up to date, and gone through by keys. */

import { goOn } from "./arrival.js";
import { fetchFragment, place } from "./fragments.js";

/** @param {HTMLElement} page carries `data-beside`, the address of the lists; none has no column */
export function startBeside(page) {
  const url = page.dataset.beside;

  /**
   * Opens the next of the reader's own chats, after the last the first again; one goes on writing.
   * @param {number} by
   */
  function step(by) {
    // What is written in an open sheet is kept nowhere.
    if (document.querySelector(".sheet:popover-open")) return;
    const mine = /** @type {HTMLAnchorElement[]} */ ([
      ...document.querySelectorAll("#chats-mine > :not([inert]) a[data-title]"),
    ]);
    const at = mine.findIndex((link) => link.hasAttribute("aria-current"));
    const next = at < 0 ? mine.at(by > 0 ? 0 : -1) : mine.at((at + by) % mine.length);
    if (!next || next === mine[at]) return;
    goOn("composer");
    location.assign(next.href);
  }

  const [before, after] = [() => step(-1), () => step(1)];
  return {
    refresh: async () => url && place(await fetchFragment(url)),
    keys: url ? { "[": before, "]": after, "alt+arrowup": before, "alt+arrowdown": after } : {},
  };
}
