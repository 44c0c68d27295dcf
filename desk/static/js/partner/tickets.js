/** The partner's own open tickets: a column on a wide page, a dialog on a narrow one. */

import { ticketRow } from "./cards.js";
import { element, setText } from "./elements.js";
import { say } from "./words.js";

const WIDE = "(min-width: 1024px)";

/**
 * @param {Document | ShadowRoot} page
 * @param {(text: string) => void} onAsk
 * @param {AbortSignal} signal  the end of the chat
 */
export function makeTickets(page, onAsk, signal) {
  const at = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-${name}]`));
  const column = at("tickets-column"), panel = at("tickets-panel"), opener = at("tickets-open");
  const sheet = /** @type {HTMLDialogElement} */ (at("tickets-sheet"));
  const list = at("tickets"), none = at("tickets-none"), counts = page.querySelectorAll("[data-tickets-count]");
  /** @type {Map<string, {item: HTMLElement, shows: string}>} */
  let rows = new Map();

  opener.hidden = false;
  opener.addEventListener("click", () => {
    sheet.append(panel);
    sheet.showModal();
  });
  sheet.addEventListener("close", () => column.append(panel));
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  at("tickets-close").addEventListener("click", () => sheet.close());
  matchMedia(WIDE).addEventListener("change", () => sheet.close(), { signal });

  function ask(text) {
    sheet.close();
    onAsk(text);
  }

  /** The row of a card; one that has not changed stays, and a new face keeps the keyboard's place. */
  function rowOf(card) {
    const shows = JSON.stringify(card);
    const had = rows.get(card.number);
    if (had?.shows === shows) return had;
    const item = had?.item ?? element("li");
    const hadFocus = item.contains(page.activeElement);
    const row = ticketRow(card, ask);
    item.replaceChildren(row);
    if (hadFocus) row.focus();
    return { item, shows };
  }

  return {
    close: () => sheet.close(),
    /** @param {object[]} cards @param {boolean} isKnown  whether they are of somebody signed in */
    paint(cards, isKnown) {
      const next = new Map(cards.map((card) => [card.number, rowOf(card)]));
      for (const [number, { item }] of rows) if (!next.has(number)) item.remove();
      let place = list.firstElementChild;
      for (const { item } of next.values()) {
        if (place === item) place = place.nextElementSibling;
        else list.insertBefore(item, place);
      }
      rows = next;
      none.hidden = cards.length > 0;
      setText(none, say(isKnown ? "tickets_none" : "tickets_visitor"));
      for (const count of counts) {
        /** @type {HTMLElement} */ (count).hidden = cards.length === 0;
        setText(count, String(cards.length));
      }
      opener.title = say("tickets_count", { n: cards.length });
    },
  };
}
