/**
 * Paints the state. Each item keeps its element until what it shows has changed, so nothing moves
 * under the hand and a screen reader hears each message once.
 */

import { bubble, dayLine, markUse, nameOf, pendingBubble, systemLine } from "./bubbles.js";
import { element, icon } from "./elements.js";
import { speakerBar } from "./speaker.js";
import { isAnswered, newestTicket, useOfButtons } from "./state.js";
import { dateOf, dayOf, language, say } from "./words.js";

const RUN_MS = 5 * 60 * 1000;
const TYPING_AFTER_MS = 400;

/**
 * @param {Document} page
 * @param {import("./bubbles.js").Acts & {leaveQueue: () => void, restart: () => void}} acts
 */
export function makeView(page, acts) {
  const at = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-${name}]`));
  const log = at("log"), scroll = at("scroll"), newest = at("newest");
  const typing = at("typing"), typingSaid = at("typing-said");
  const banner = at("banner"), speaker = at("speaker");
  /** @type {Map<string, {element: HTMLElement, shows: string}>} */
  let shown = new Map();
  let speakerShows = "", bannerShows = "", typingTimer = 0;

  newest.addEventListener("click", () => toEnd("smooth"));
  scroll.addEventListener("scroll", () => {
    newest.hidden = scroll.scrollHeight - scroll.scrollTop < 2 * scroll.clientHeight;
  }, { passive: true });
  // A keyboard that opens, or a picture that arrives, must not push the newest words out of sight.
  let wasAtEnd = true;
  scroll.addEventListener("scroll", () => (wasAtEnd = isAtEnd()), { passive: true });
  new ResizeObserver(() => wasAtEnd && toEnd()).observe(scroll);
  log.addEventListener("load", () => wasAtEnd && toEnd(), true);

  const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const toEnd = (behavior = "instant") => scroll.scrollTo({ top: scroll.scrollHeight, behavior });

  /** @param {import("./state.js").State} state */
  function paint(state) {
    const own = state.pending.length > 0 && !shown.has(state.pending.at(-1).id);
    const follow = wasAtEnd || own;
    paintItems(items(state));
    for (const message of state.messages) {
      if (message.buttons) markUse(shown.get(`m${message.seq}`).element, useOfButtons(state, message));
    }
    paintSpeaker(state);
    paintTyping(state);
    paintBanner(state);
    if (follow) toEnd();
    wasAtEnd = follow;
  }

  function paintItems(wanted) {
    const next = new Map();
    let before = null;
    for (const { key, shows, make } of wanted) {
      const had = shown.get(key);
      const one = had?.shows === shows ? had : { element: make(), shows };
      if (had && had !== one) had.element.replaceWith(one.element);
      const place = before ? before.nextSibling : log.firstChild;
      if (place !== one.element) log.insertBefore(one.element, place);
      before = one.element;
      next.set(key, one);
    }
    for (const [key, { element: old }] of shown) if (!next.has(key)) old.remove();
    shown = next;
  }

  /** Every line of the log in order: days, messages, what is on its way, where it was cut off. */
  function items(state) {
    const made = [];
    const phones = [state.speaker?.toll_free, state.speaker?.hardware_line];
    const newestCard = newestTicket(state);
    let day = "";
    state.messages.forEach((message, n) => {
      if (dateOf(message.at) !== day) {
        day = dateOf(message.at);
        made.push({ key: `d${day}`, shows: day, make: () => dayLine(dayOf(message.at)) });
      }
      const place = {
        first: !sameRun(state.messages[n - 1], message),
        last: !sameRun(message, state.messages[n + 1]),
        answered: message.sender === "partner" && isAnswered(state, message),
        newest: message === newestCard,
        phones,
      };
      made.push({
        key: `m${message.seq}`,
        shows: JSON.stringify([place]),
        make: () => bubble(message, place, acts),
      });
      for (const gap of state.gaps.filter(({ after }) => after === message.seq)) {
        made.push({
          key: `g${message.seq}-${gap.seconds}`, shows: "",
          make: () => systemLine("check", say("connection_back", { n: gap.seconds })),
        });
      }
    });
    const online = state.connection === "open" || state.connection === "connecting";
    for (const one of state.pending) {
      made.push({ key: one.id, shows: JSON.stringify([one, online]), make: () => pendingBubble(one, acts, online) });
    }
    return made;
  }

  function paintSpeaker({ speaker: state }) {
    const shows = JSON.stringify(state);
    if (!state || shows === speakerShows) return;
    speakerShows = shows;
    speaker.className = `speaker speaker--${state.speaker}`;
    speaker.replaceChildren(...speakerBar(state, acts.leaveQueue));
  }

  function paintTyping(state) {
    if (!state.typing) {
      clearTimeout(typingTimer);
      typingTimer = 0;
      typing.hidden = true;
      typingSaid.textContent = "";
    } else if (!typingTimer) {
      typingTimer = setTimeout(() => {
        const name = state.typing === "assistant" ? say("assistant") : state.typing;
        typing.className = `typing typing--${state.typing === "assistant" ? "bot" : "staff"}`;
        typing.replaceChildren(element("span.typing__dots", { "aria-hidden": "true" },
          element("i"), element("i"), element("i")));
        typing.hidden = false;
        typingSaid.textContent = say("typing", { name });
        if (wasAtEnd) toEnd();
      }, TYPING_AFTER_MS);
    }
  }

  function paintBanner(state) {
    const { connection } = state;
    if (connection === bannerShows) return;
    bannerShows = connection;
    banner.hidden = connection === "open" || connection === "connecting";
    const again = (key) => element("button.button", { type: "button", click: acts.restart }, say(key));
    const number = page.querySelector("[data-chat]").dataset.tollFree;
    if (connection === "lost") {
      banner.replaceChildren(icon("offline", 20),
        element("p", {}, element("b", {}, say("connection_lost")), element("br"), say("connection_lost_detail")));
    } else if (connection === "over") {
      banner.replaceChildren(icon("info", 20), element("p", {}, say("session_over")), again("new"));
    } else if (connection === "failed") {
      banner.replaceChildren(icon("offline", 20), element("p", {}, say("start_failed", { number })), again("retry"));
    }
  }

  return { paint, language };
}

/** Whether two messages stand under one name and one time. */
function sameRun(one, next) {
  return one !== undefined && next !== undefined && one.sender === next.sender
    && one.sender !== "system" && nameOf(one) === nameOf(next)
    && dateOf(one.at) === dateOf(next.at) && Date.parse(next.at) - Date.parse(one.at) < RUN_MS;
}
