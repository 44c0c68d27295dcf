/** Three dots while somebody writes, told once. */

import { element } from "./elements.js";
import { say } from "./words.js";

const AFTER_MS = 400;

/**
 * @param {HTMLElement} place @param {HTMLElement} said  the status that is read aloud
 * @param {() => void} onShown
 * @returns {(by: string | null) => void}
 */
export function makeTyping(place, said, onShown) {
  let writer = /** @type {string | null} */ (null);
  let timer = 0;

  function show() {
    const isBot = writer === "assistant";
    place.className = `typing typing--${isBot ? "bot" : "staff"}`;
    place.replaceChildren(element("span.typing__dots", { "aria-hidden": "true" },
      element("i"), element("i"), element("i")));
    place.hidden = false;
    said.textContent = say("typing", { name: isBot ? say("assistant") : writer });
    onShown();
  }

  return (by) => {
    if (by === writer) return;
    writer = by;
    clearTimeout(timer);
    place.hidden = true;
    said.textContent = "";
    if (by) timer = setTimeout(show, AFTER_MS);
  };
}
