/** An own message: one element from the moment it is typed until somebody has answered it. */

import { element, icon, linked, setIcon, setText } from "./elements.js";
import { fileButton, uploadBar } from "./files.js";
import { clockOf, language, say } from "./words.js";

/** @param {string} text @param {string[]} phones @param {import("./bubbles.js").Acts} acts */
export function ownMessage(text, phones, acts) {
  const article = element("article.said.said--partner", { "data-test": "message", "data-sender": "partner" });
  const bubble = text && element("p.bubble.bubble--partner", {}, ...linked(text, phones));
  const foot = makeFoot();
  /** @type {ReturnType<typeof uploadBar> | null} */
  let bar = null;
  /** @type {HTMLElement | null} */
  let file = null;
  let failure = { element: /** @type {HTMLElement | null} */ (null), shows: "" };
  article.append(...(bubble ? [bubble] : []), foot.element);

  /** @param {string} shows  "" when all is well @param {() => HTMLElement} [make] */
  function showFailure(shows, make) {
    if (failure.shows === shows) return;
    const hadFocus = hasFocus(failure.element);
    failure.element?.remove();
    failure = { element: shows && make ? make() : null, shows };
    if (failure.element) article.append(failure.element);
    if (hadFocus) focusOn(article);
    article.classList.toggle("said--failed", shows !== "");
  }

  return {
    element: article,

    /** @param {import("./state.js").Pending} one @param {boolean} online */
    onItsWay(one, online) {
      const { status, reason, final } = one;
      const failed = status === "failed";
      article.dataset.status = status;
      article.setAttribute("aria-label", say("you"));
      if (one.file) {
        if (!bar) article.prepend((bar = uploadBar(one.file, () => acts.cancel(one.id))).element);
        bar.update(one);
      }
      foot.element.hidden = failed;
      if (!failed) foot.onItsWay(one, online);
      showFailure(failed ? JSON.stringify([reason, final]) : "", () => failureOf(one, acts));
    },

    /** @param {import("./state.js").Message} message @param {{last: boolean, answered: boolean}} place */
    stored(message, { last, answered }) {
      if (article.dataset.seq === undefined) {
        article.dataset.seq = String(message.seq);
        delete article.dataset.status;
        article.lang = message.lang ?? language;
        article.setAttribute("aria-label", say("message_named", { name: say("you"), time: clockOf(message.at) }));
        showFailure("");
      }
      if (message.file && !file) {
        const hadFocus = hasFocus(bar?.element);
        file = fileButton(message.file, acts);
        bar?.element.remove();
        article.prepend(file);
        if (hadFocus) file.focus();
      }
      foot.element.hidden = !last;
      foot.stored(message, answered);
    },
  };
}

function makeFoot() {
  const time = element("time", { hidden: true });
  const words = element("span");
  const sign = icon("clock", 16);
  const foot = element("p.foot", {}, time, words, sign);
  return {
    element: foot,
    onItsWay({ file, status }, online) {
      const isUp = file && status === "sending";
      const isStored = status === "stored";
      setText(words, say(isUp ? "upload_goes_on" : isStored ? "stored" : online ? "sending" : "waiting_line"));
      setIcon(sign, isStored ? "check" : "clock");
    },
    stored(message, answered) {
      time.hidden = false;
      time.setAttribute("datetime", message.at);
      setText(time, clockOf(message.at));
      words.className = "visually-hidden";
      setText(words, say(answered ? "received" : "stored"));
      setIcon(sign, answered ? "checks" : "check");
    },
  };
}

function failureOf(one, acts) {
  return element("div.failure", {},
    element("p.failure__why", {}, icon("alert", 16), element("span", {}, one.reason || say("not_sent"))),
    element("p.failure__acts", {},
      !one.final && link(say("resend"), () => acts.resend(one.id)),
      one.text && link(say("edit"), () => acts.edit(one.id)),
      link(say("discard"), () => acts.discard(one.id))));
}

const link = (text, click) => element("button.link", { type: "button", click }, text);

/** Whether the keyboard is somewhere in `part`. @param {HTMLElement | null | undefined} part */
const hasFocus = (part) => part?.contains(/** @type {Document | ShadowRoot} */ (part.getRootNode()).activeElement);

/** Keep the keyboard's place when the control it was on goes. */
function focusOn(article) {
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
}
