/** Cards in the chat: a ticket with its promise, the partner's tickets, the 24-hour line, a record. */

import { element, icon } from "./elements.js";
import { voiceCard } from "./voice/card.js";
import { language, say } from "./words.js";

const TONE_ICONS = { ontime: "clock", atrisk: "alert", paused: "pause", missed: "alert", resolved: "check" };

/**
 * @param {object} card
 * @param {import("./bubbles.js").Acts} acts
 */
export function cardOf(card, acts) {
  switch (card.kind) {
    case "ticket":
      return ticketCard(card, acts);
    case "list":
      return element("ul.card-list", {}, ...card.tickets.map((one) =>
        element("li", {}, ticketRow(one, acts.ask))));
    case "line":
      return lineCard(card);
    case "record":
      return recordCard(card);
    case "article":
      return articleLink(card);
    case "voice":
      return voiceCard(card, acts);
    default:
      return null;
  }
}

/** Whether a card has all of its message's words, so that it stands in their place. @param {object} [card] */
export const saysItAll = (card) => card?.kind === "record";

/** What is recorded: the value large, what is missing in words, and the day it holds for. */
function recordCard(card) {
  return element("section.record.card", { "data-test": "record-card", "aria-label": card.title },
    card.note && element("p.record__note", {}, card.note),
    element("h3.record__title", {}, card.title),
    element("p.record__label", {}, card.label),
    element("p.record__value", {}, card.value),
    card.missing && element("p.record__missing", {}, card.missing),
    card.rows.length > 0 && element("dl.record__rows", {}, ...card.rows.map(({ label, value }) =>
      element("div", {}, element("dt", {}, label), element("dd", {}, value)))),
    element("p.record__as-of", {}, card.as_of),
    card.next && element("p.record__next", {}, card.next));
}

/** One ticket as a row that asks for its status. @param {object} card @param {(text: string) => void} onAsk */
export function ticketRow(card, onAsk) {
  const question = say("ask_status", { number: card.number });
  return element("button.ticket-row.card", {
      type: "button", title: question, "data-test": "ticket-row", "data-number": card.number,
      click: () => onAsk(question),
    },
    element("span.ticket-row__head", {}, element("b.number", {}, card.number), pill(card)),
    element("span.ticket-row__subject", {}, card.subject),
    severity(card),
    element("span.ticket-row__due", {}, card.promise.label, " ",
      element("time", { datetime: card.promise.at }, card.promise.words)));
}

function ticketCard(card, acts) {
  const { promise } = card;
  const question = say("ask_status", { number: card.number });
  return element("section.ticket.card", { "data-test": "ticket-card", "aria-label": `${say("ticket")} ${card.number}` },
    element("div.ticket__head", {},
      icon("ticket", 20),
      element("b.ticket__number.number", { "data-test": "ticket-number" }, card.number),
      copyButton(card.number),
      element("p.ticket__subject", { title: card.subject }, card.subject),
      element("p.ticket__state", {}, severity(card), pill(card))),
    element(`div.promise.promise--${promise.tone}`, {},
      icon(TONE_ICONS[promise.tone] ?? "clock", 20),
      element("p.promise__label", {}, promise.label),
      element("p.promise__time", {}, element("time", { datetime: promise.at }, promise.words)),
      promise.why.length > 0 && element("details.promise__why", {},
        element("summary", {}, say("why")),
        element("ul", {}, ...promise.why.map((line) => element("li", {}, line))))),
    element("div.ticket__acts", { "data-acts": true },
      element("button.button", { type: "button", title: question, click: () => acts.ask(question) },
        icon("clock", 16), say("check_progress")),
      element("button.button", { type: "button", title: say("attach_title", { number: card.number }), click: acts.attach },
        icon("attach", 16), say("attach_to"))));
}

function severity(card) {
  if (!card.severity_word) return null;
  return element("span.severity", {},
    element(`span.tile.tile--${card.severity}`, { "aria-hidden": "true" }, String(card.severity)),
    element("span", { "aria-hidden": "true" }, card.severity_word),
    element("span.visually-hidden", {}, say("severity_read", { n: card.severity, word: card.severity_word })));
}

const pill = (card) => element(`span.pill.pill--${card.state}`, {},
  card.state === "resolved" || card.state === "closed" ? icon("check", 14) : null, card.state_word);

function lineCard(card) {
  return element("section.line.card", {},
    element("p.line__label", {}, card.label),
    element("a.line__call", { href: `tel:${card.number.replace(/-/g, "")}` }, icon("phone", 24), card.number),
    card.reference && element("p.line__reference", {},
      say("reference", { number: card.reference }), copyButton(card.reference)));
}

/** Where the article stands that was answered from; in a portal's page it opens beside it. */
function articleLink(card) {
  return element("a.article-link", {
    href: `/help/${encodeURIComponent(card.id)}?lang=${language}`,
    target: "_blank", rel: "noopener", "data-test": "article-link", "aria-label": `${card.label}: ${card.title}`,
  }, card.label, icon("onward", 16));
}

/** A button that copies `number` and says so; it keeps its size. */
function copyButton(number) {
  if (!navigator.clipboard) return null;
  const said = element("span.copy__said", { role: "status" });
  const button = element("button.copy", { type: "button", "aria-label": say("copy", { number }) }, icon("copy", 20));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(number);
    button.replaceChildren(icon("check", 20));
    said.textContent = say("copied");
    setTimeout(() => {
      button.replaceChildren(icon("copy", 20));
      said.textContent = "";
    }, 2000);
  });
  return element("span.copy__place", { lang: language }, said, button);
}
