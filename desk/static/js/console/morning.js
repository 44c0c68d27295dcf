/** The morning's list by keys: move, play, say what came of a call, go on with the next. */

import { fetchFragment, isUnderHand, place } from "./fragments.js";

/** @param {HTMLElement} page carries `data-fragments`, the address of its list */
export function startMorning(page) {
  const url = page.dataset.fragments ?? location.href;

  const all = () => [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-test=night]"))];
  const here = () => all().find((item) => item.contains(document.activeElement));

  /** @param {number} by */
  function step(by) {
    const items = all();
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const item = items[at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1)];
    const title = /** @type {HTMLElement | null | undefined} */ (item?.querySelector("[data-title]"));
    title?.focus();
    item?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} name of an outcome's button */
  const say = (name) => () =>
    /** @type {HTMLElement | null | undefined} */ (here()?.querySelector(`[data-test=${name}]`))?.click();

  function play() {
    const sound = here()?.querySelector("audio");
    if (sound) sound.paused ? sound.play() : sound.pause();
  }

  const keys = {
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    p: play,
    1: say("reached"),
    2: say("no-answer"),
    3: () => /** @type {HTMLElement | null | undefined} */ (here()?.querySelector("[type=datetime-local]"))?.focus(),
    n: () => /** @type {HTMLElement | null | undefined} */ (here()?.querySelector("[name=text]"))?.focus(),
  };
  const isSpared = (/** @type {Element} */ part) => part.id === "morning-list" && isUnderHand(part) && isTyping(part);
  return { refresh: async () => place(await fetchFragment(url), isSpared), keys };
}

/** Whether something has been written that nobody has sent yet. @param {Element} part */
function isTyping(part) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("[name=text], [name=again_at]"));
  return [...fields].some((field) => field.value !== field.defaultValue);
}
