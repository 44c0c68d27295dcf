/** The partner's own open tickets: a column on a wide page, a sheet on a narrow one. */

import { ticketRow } from "./cards.js";
import { element } from "./elements.js";

/** @param {Document} page @param {(text: string) => void} onAsk */
export function makeTickets(page, onAsk) {
  const at = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-${name}]`));
  const list = at("tickets"), none = at("tickets-none"), count = at("tickets-count");
  const open = at("tickets-open"), close = at("tickets-close");
  const column = /** @type {HTMLElement} */ (page.getElementById("tickets"));

  const show = (shown) => {
    column.classList.toggle("tickets--shown", shown);
    open.setAttribute("aria-expanded", String(shown));
    (shown ? close : open).focus();
  };
  open.hidden = false;
  open.setAttribute("aria-expanded", "false");
  open.addEventListener("click", () => show(!column.classList.contains("tickets--shown")));
  close.addEventListener("click", () => show(false));
  column.addEventListener("keydown", ({ key }) => key === "Escape" && show(false));

  return {
    /** @param {object[]} cards */
    paint(cards) {
      list.replaceChildren(...cards.map((card) => element("li", {}, ticketRow(card, (text) => {
        column.classList.remove("tickets--shown");
        open.setAttribute("aria-expanded", "false");
        onAsk(text);
      }))));
      none.hidden = cards.length > 0;
      count.hidden = cards.length === 0;
      count.textContent = String(cards.length);
    },
  };
}
