/** The lists of live chats: moving through them by keys, taking over the one at hand. */

import { fetchFragment, place } from "./fragments.js";

/** @param {HTMLElement} page carries `data-fragments`, the address of its lists */
export function startChats(page) {
  const url = page.dataset.fragments ?? location.href;

  /** @param {number} by */
  function step(by) {
    const all = [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-title]"))];
    const at = all.findIndex((title) => title.closest("li")?.contains(document.activeElement));
    all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  }

  const keys = {
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    t: () => document.activeElement?.closest("li")?.querySelector("form")?.requestSubmit(),
  };
  return { refresh: async () => place(await fetchFragment(url)), keys };
}
