/** Messages as articles: who, what, when, and what became of an own one. */

import { cardOf } from "./cards.js";
import { element, icon, linked } from "./elements.js";
import { clockOf, language, say, sizeOf } from "./words.js";

/**
 * @typedef {object} Acts  what the partner can do from within a message
 * @property {(button: {title: string, payload: string}) => void} press
 * @property {(text: string) => void} ask
 * @property {() => void} attach
 * @property {(id: string) => void} resend
 * @property {(id: string) => void} edit
 * @property {(id: string) => void} discard
 * @property {(id: string) => void} cancel
 * @property {(file: object) => void} download
 * @property {(file: object, image: HTMLImageElement) => void} preview
 */

/**
 * A message that the server has.
 * @param {import("./state.js").Message} message
 * @param {{first: boolean, last: boolean, answered: boolean, newest: boolean, phones: string[]}} place
 *   first and last of a run of one sender; the newest ticket card
 * @param {Acts} acts
 */
export function bubble(message, place, acts) {
  const { sender } = message;
  if (sender === "system") return systemLine("person", message.text, message.at);
  const name = nameOf(message);
  const article = element(`article.said.said--${sender}`, {
    "aria-label": say("message_named", { name, time: clockOf(message.at) }),
    "data-test": "message",
    "data-sender": sender,
    "data-seq": String(message.seq),
    lang: message.lang ?? language,
  });
  if (sender !== "partner" && place.first) article.append(senderLine(message, name));
  if (message.file) article.append(fileBubble(message.file, acts));
  if (message.text) {
    article.append(element(`p.bubble.bubble--${sender}`, {}, ...linked(message.text, place.phones)));
  }
  if (message.card) {
    const onAttach = place.newest ? acts.attach : undefined;
    article.append(cardOf(message.card, { onAttach, onAsk: acts.ask }) ?? "");
  }
  if (message.buttons?.length) article.append(quickReplies(message.buttons, acts));
  if (place.last) article.append(foot(message, place.answered));
  return article;
}

/**
 * Buttons after use stay where they are: the chosen one ticked, the others inert.
 * @param {HTMLElement} article @param {{spent: boolean, chosen: string | null}} use
 */
export function markUse(article, { spent, chosen }) {
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

/** An own message on its way. @param {import("./state.js").Pending} one @param {Acts} acts @param {boolean} online */
export function pendingBubble(one, acts, online) {
  const failed = one.status === "failed";
  const article = element(`article.said.said--partner${failed ? ".said--failed" : ""}`, {
    "aria-label": say("you"), "data-test": "message", "data-sender": "partner", "data-status": one.status,
  });
  if (one.file) article.append(uploadBubble(one, acts));
  if (one.text) article.append(element("p.bubble.bubble--partner", {}, one.text));
  article.append(failed ? failure(one, acts) : progressOf(one, online));
  return article;
}

/** A line between rules that nobody says. @param {string} name @param {string} text @param {string} [at] */
export function systemLine(name, text, at) {
  return element("p.system", { "data-test": "message", "data-sender": "system" },
    icon(name, 16),
    at ? element("time", { datetime: at }, clockOf(at)) : null,
    element("span", {}, text));
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

function quickReplies(buttons, acts) {
  return element("div.replies", {}, ...buttons.map((one) =>
    element("button.reply", {
      type: "button", "data-test": "button", "data-title": one.title, "data-payload": one.payload,
      click: ({ currentTarget }) => currentTarget.getAttribute("aria-disabled") === "true" || acts.press(one),
    }, one.title)));
}

function foot(message, answered) {
  const time = element("time", { datetime: message.at }, clockOf(message.at));
  if (message.sender !== "partner") return element("p.foot", {}, time);
  return element("p.foot", {}, time, icon(answered ? "checks" : "check", 16),
    element("span.visually-hidden", {}, say(answered ? "received" : "stored")));
}

function progressOf(one, online) {
  if (one.file && one.status === "sending") return element("p.foot", {}, say("upload_goes_on"));
  const isStored = one.status === "stored";
  return element("p.foot", {},
    say(isStored ? "stored" : online ? "sending" : "waiting_line"), icon(isStored ? "check" : "clock", 16));
}

function failure(one, acts) {
  return element("div.failure", {},
    element("p", {}, icon("alert", 16), one.reason || say("not_sent")),
    element("p.failure__acts", {},
      !one.final && link(say("resend"), () => acts.resend(one.id)),
      one.text && link(say("edit"), () => acts.edit(one.id)),
      link(say("discard"), () => acts.discard(one.id))));
}

const link = (text, click) => element("button.link", { type: "button", click }, text);

function fileBubble(file, acts) {
  const isImage = file.type.startsWith("image/");
  const button = element("button.file", {
      type: "button", "aria-label": say("file_open", { name: file.name }), click: () => acts.download(file),
    },
    icon(isImage ? "image" : "file", 20),
    element("span.file__name", {}, file.name),
    element("span.file__size", {}, sizeOf(file.size)));
  if (isImage) {
    const image = /** @type {HTMLImageElement} */ (element("img.file__image", { alt: "", hidden: true }));
    button.prepend(image);
    acts.preview(file, image);
  }
  return button;
}

function uploadBubble(one, acts) {
  const { name, size, type } = one.file;
  const moving = one.status === "sending" || one.status === "waiting";
  const bar = element("progress.file__bar", { max: String(size), "aria-label": name });
  bar.value = one.sent ?? 0;
  return element("div.file", {},
    icon(type.startsWith("image/") ? "image" : "file", 20),
    element("span.file__name", {}, name),
    element("span.file__size", { "data-sent": true }, moving
      ? say("uploading", { sent: sizeOf(one.sent ?? 0), size: sizeOf(size) }) : sizeOf(size)),
    moving && element("button.file__cancel", {
      type: "button", "aria-label": say("upload_cancel"), click: () => acts.cancel(one.id),
    }, icon("close", 16)),
    moving && bar);
}
