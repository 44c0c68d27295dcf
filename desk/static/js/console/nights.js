/**
 * The matters of the night brought up to date around whoever works on them: what is open stays open
 * and as it is, what has been typed stays typed, and the focus stays where it is.
 */

import { isUnderHand } from "./fragments.js";

/** The fold of a matter. @param {Element} item */
export const caseOf = (item) => /** @type {HTMLDetailsElement} */ (item.querySelector("details"));

/**
 * Makes the matters of `list` those of `fresh`.
 * @param {HTMLElement} list
 * @param {Document} fresh
 * @param {string} [done] the number of the one whose form has been sent: it begins anew
 */
export function renewNights(list, fresh, done) {
  const wanted = [...fresh.querySelectorAll("#morning-list > li")];
  const known = new Map([...list.children].map((item) => [item.id, item]));
  for (const [id, item] of known) {
    if (wanted.some((one) => one.id === id)) continue;
    if (id === `night-${done}`) item.remove();
    else leave(list, /** @type {HTMLElement} */ (item));
  }
  /** @type {Element | null} */
  let last = null;
  for (const item of wanted) {
    caseOf(item).open = false;
    const here = known.get(item.id);
    if (!here) last ? last.after(item) : list.prepend(item);
    else if (item.id === `night-${done}`) here.replaceWith(item);
    else renew(/** @type {HTMLElement} */ (here), item);
    last = here?.isConnected ? here : item;
  }
}

/**
 * A matter that has its outcome from somebody else. Where somebody is at it, it stays and says so.
 * @param {HTMLElement} list
 * @param {HTMLElement} item
 */
function leave(list, item) {
  const notice = /** @type {HTMLElement | null} */ (item.querySelector("[data-gone]"));
  if (caseOf(item).open || isWritten(item)) {
    if (notice) notice.hidden = false;
  } else if (isUnderHand(list)) {
    item.inert = true; // nothing moves under the hand
  } else {
    item.remove();
  }
}

/**
 * Cell by cell; the form of one that is open, or in which something stands, is left alone.
 * @param {HTMLElement} here
 * @param {Element} there
 */
function renew(here, there) {
  here.className = there.className;
  here.inert = false;
  for (const cell of here.querySelectorAll("[data-cell]")) {
    const now = there.querySelector(`[data-cell="${cell.getAttribute("data-cell")}"]`);
    if (!now || cell.isEqualNode(now) || cell.contains(document.activeElement)) continue;
    cell.className = now.className;
    cell.replaceChildren(...[...now.childNodes].map((node) => node.cloneNode(true)));
  }
  if (caseOf(here).open || isWritten(here)) return;
  const [panel, now] = [here, there].map((one) => one.querySelector("details > :not(summary)"));
  if (panel && now && !panel.contains(document.activeElement)) panel.replaceWith(now);
}

/** Whether something has been typed or chosen that nobody has sent yet. @param {Element} item */
function isWritten(item) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (item.querySelectorAll("textarea, [type=datetime-local]"));
  const choices = /** @type {NodeListOf<HTMLInputElement>} */ (item.querySelectorAll("[name=outcome]"));
  return (
    [...fields].some((field) => field.value !== field.defaultValue) ||
    [...choices].some((choice) => choice.checked !== choice.defaultChecked)
  );
}
