/**
 * Messages as articles: who, what, when. Each keeps its element; `update` changes only what has
 * changed, so that nothing closes, jumps or is read aloud twice.
 */

import { cardOf, saysItAll } from "./cards.js";
import { element, icon, linked } from "./elements.js";
import { fileButton } from "./files.js";
import { clockOf, language, say } from "./words.js";

const SIGN_IN = "desk:code:sign-in";

/**
 * @typedef {object} Acts  what the partner can do from within a message
 * @property {(button: {title: string, payload: string}) => void} press
 * @property {(text: string) => void} ask
 * @property {(file: File, seconds: number) => void} sendVoice
 * @property {(file: object) => Promise<Blob>} load  a file's content
 * @property {() => void} [signIn]  leads to the sign-in, where that is ours
 * @property {() => void} attach
 * @property {(id: string) => void} resend
 * @property {(id: string) => void} edit
 * @property {(id: string) => void} discard
 * @property {(id: string) => void} cancel
 * @property {(file: object) => Promise<void>} download
 * @property {(file: object, image: HTMLImageElement) => void} preview
 */

/**
 * @typedef {object} Place  where a message stands
 * @property {boolean} first  of a run of one sender
 * @property {boolean} last
 * @property {boolean} newest  whether it has the newest ticket card
 */

/**
 * A message of the assistant or of a member of staff.
 * @param {import("./state.js").Message} message @param {string[]} phones @param {Acts} acts
 */
export function otherMessage(message, phones, acts) {
  const { sender, file, text, card, buttons } = message;
  const name = nameOf(message);
  const head = senderLine(message, name);
  const foot = element("p.foot", {}, element("time", { datetime: message.at }, clockOf(message.at)));
  const article = element(`article.said.said--${sender}`, {
    "aria-label": say("message_named", { name, time: clockOf(message.at) }),
    "data-test": "message",
    "data-sender": sender,
    "data-seq": String(message.seq),
    lang: message.lang ?? language,
  },
    head,
    file && fileButton(file, acts),
    text && !saysItAll(card) && element(`p.bubble.bubble--${sender}`, {}, ...linked(text, phones)),
    card && cardOf(card, acts),
    buttons?.length > 0 && quickReplies(buttons, acts),
    foot);
  const voice = article.querySelector("[data-voice]");
  const cardActs = /** @type {HTMLElement | null} */ (article.querySelector("[data-acts]"));
  return {
    element: article,
    /** @param {Place} place @param {{spent: boolean, chosen: string | null}} use  of its buttons */
    update({ first, last, newest }, use) {
      head.hidden = !first;
      foot.hidden = !last;
      if (cardActs) cardActs.hidden = !newest;
      if (use) markUse(article, use);
      if (use?.spent) voice?.dispatchEvent(new Event("spent"));
    },
  };
}

/** A line between rules that nobody says. @param {string} name @param {string} text @param {string} [at] */
export function systemLine(name, text, at) {
  return element("p.system", { "data-test": "message", "data-sender": "system" },
    icon(name, 16),
    at ? element("time", { datetime: at }, clockOf(at)) : null,
    element("span", {}, ...linked(text, [])));
}

/** @param {string} text */
export const dayLine = (text) => element("p.day", {}, text);

export const nameOf = (message) =>
  message.sender === "bot" ? say("assistant") : message.sender === "partner" ? say("you") : message.by?.name ?? say("system");

function senderLine(message, name) {
  const isBot = message.sender === "bot";
  return element("p.sender", { "aria-hidden": "true" },
    isBot ? element("span.square", {}, icon("assistant", 16)) : element("span.disc", {}, [...name][0]),
    element("span", {}, name));
}

/** Signing in leads to its page; where that is somebody else's affair there is no such button. */
function quickReplies(buttons, acts) {
  const press = (one) => (one.payload === SIGN_IN ? acts.signIn() : acts.press(one));
  const offered = buttons.filter(({ payload }) => payload !== SIGN_IN || acts.signIn);
  return element("div.replies", {}, ...offered.map((one) =>
    element("button.reply", {
      type: "button", "data-test": "button", "data-title": one.title, "data-payload": one.payload,
      click: ({ currentTarget }) => currentTarget.getAttribute("aria-disabled") === "true" || press(one),
    }, one.title)));
}

/** Buttons after use stay where they are: the chosen one ticked, the others inert. */
function markUse(article, { spent, chosen }) {
  for (const button of article.querySelectorAll("[data-test=button]")) {
    const isChosen = spent && button.dataset.title === chosen;
    const was = button.getAttribute("aria-disabled") === "true";
    if (was === spent && button.classList.contains("reply--chosen") === isChosen) continue;
    if (spent) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.classList.toggle("reply--chosen", isChosen);
    button.replaceChildren(...(isChosen ? [icon("check", 16)] : []), button.dataset.title,
      ...(isChosen ? [element("span.visually-hidden", {}, ` ${say("chosen")}`)] : []));
  }
}
