/**
 * Paints the state. Each item keeps its element as long as it is shown, so nothing moves under the
 * hand and a screen reader hears each message once.
 */

import { makeBanner } from "./banner.js";
import { dayLine, nameOf, otherMessage, systemLine } from "./bubbles.js";
import { setText } from "./elements.js";
import { nameOf as nameOfFile } from "./files.js";
import { ownMessage } from "./own.js";
import { makeScroll } from "./scroll.js";
import { speakerBar } from "./speaker.js";
import { isAnswered, milestone, newestTicket, useOfButtons } from "./state.js";
import { makeTyping } from "./typing.js";
import { dateOf, dayOf, say } from "./words.js";

const RUN_MS = 5 * 60 * 1000;

/**
 * @typedef {object} Item  one line of the log
 * @property {string} key
 * @property {() => {element: HTMLElement}} make
 * @property {(made: any) => void} [update]
 */

/**
 * @param {Document | ShadowRoot} page
 * @param {import("./bubbles.js").Acts & {leaveQueue: () => void, startAnew: () => void, startOver: () => void, beginAgain: () => void, tellAgain: () => void, isSignedIn: () => boolean}} acts
 */
export function makeView(page, acts) {
  const at = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-${name}]`));
  const log = at("log"), speaker = at("speaker"), uploadSaid = at("upload-said");
  const scroll = makeScroll(at("scroll"), log, at("newest"));
  const paintBanner = makeBanner(at("banner"), at("chat").dataset.tollFree ?? "", acts);
  const paintTyping = makeTyping(at("typing"), at("typing-said"), scroll.keepEnd);
  /** @type {Map<string, {element: HTMLElement}>} */
  let shown = new Map();
  /** @type {Map<string, number>} */
  const milestones = new Map();
  let speakerShows = "";

  /** @param {import("./state.js").State} state */
  function paint(state) {
    const newest = state.pending.at(-1);
    const isOwn = newest !== undefined && !shown.has(newest.id);
    scroll.around(isOwn, () => {
      paintItems(items(state));
      paintSpeaker(state);
      paintTyping(state.typing);
      paintBanner(state);
    });
    tellUploads(state);
  }

  /** @param {Item[]} wanted */
  function paintItems(wanted) {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { element: old }] of shown) if (!keys.has(key)) old.remove();
    const next = new Map();
    let place = log.firstChild;
    for (const { key, make, update } of wanted) {
      const one = shown.get(key) ?? make();
      update?.(one);
      if (place === one.element) place = place.nextSibling;
      else log.insertBefore(one.element, place);
      next.set(key, one);
    }
    shown = next;
  }

  /**
   * Every line of the log in order: days, messages, what is on its way, where it was cut off.
   * What failed stands where it was said; what is still on its way comes last.
   * @returns {Item[]}
   */
  function items(state) {
    const made = [];
    const phones = [state.speaker?.toll_free, state.speaker?.hardware_line];
    const newestCard = newestTicket(state);
    const online = state.start !== "failed" && (state.connection === "open" || state.connection === "connecting");
    const onItsWay = (one) => ({
      key: one.id,
      make: () => ownMessage(one.text, phones, acts),
      update: (made) => made.onItsWay(one, online),
    });
    const failedAfter = (seq) => state.pending.filter(({ status, after }) => status === "failed" && after === seq);
    made.push(...failedAfter(0).map(onItsWay));
    state.messages.forEach((message, n) => {
      const day = dateOf(message.at);
      if (n === 0 || day !== dateOf(state.messages[n - 1].at)) {
        made.push({ key: `d${day}`, make: () => ({ element: dayLine(dayOf(message.at)) }) });
      }
      const place = {
        first: !sameRun(state.messages[n - 1], message),
        last: !sameRun(message, state.messages[n + 1]),
        newest: message === newestCard,
        answered: message.sender === "partner" && isAnswered(state, message),
      };
      made.push(messageItem(state, message, place, phones));
      state.gaps.forEach(({ after, seconds }, nth) => {
        if (after !== message.seq) return;
        const words = say("connection_back", { n: seconds });
        made.push({ key: `g${nth}`, make: () => ({ element: systemLine("check", words) }) });
      });
      made.push(...failedAfter(message.seq).map(onItsWay));
    });
    made.push(...state.pending.filter(({ status }) => status !== "failed").map(onItsWay));
    return made;
  }

  /** @returns {Item} */
  function messageItem(state, message, place, phones) {
    const key = `m${message.seq}`;
    if (message.sender === "system") {
      return { key, make: () => ({ element: systemLine("person", message.text, message.at) }) };
    }
    if (message.sender === "partner") {
      return {
        key: message.id ?? key,
        make: () => ownMessage(message.text, phones, acts),
        update: (made) => made.stored(message, place),
      };
    }
    const use = message.buttons && useOfButtons(state, message);
    return {
      key,
      make: () => otherMessage(message, phones, acts),
      update: (made) => made.update(place, use),
    };
  }

  function paintSpeaker({ speaker: state, connection }) {
    if (connection === "erased") {
      speakerShows = "";
      speaker.replaceChildren();
    }
    const shows = JSON.stringify(state);
    if (!state || shows === speakerShows) return;
    speakerShows = shows;
    speaker.className = `speaker speaker--${state.speaker}`;
    speaker.replaceChildren(...speakerBar(state, acts.leaveQueue));
  }

  /** A file's way is told at its start, half way and at the end, and no more often. */
  function tellUploads({ pending }) {
    for (const one of pending) {
      if (!one.file || one.status === "failed" || one.status === "waiting") continue;
      const percent = one.status === "stored" ? 100 : milestone(one);
      if (milestones.get(one.id) === percent) continue;
      milestones.set(one.id, percent);
      setText(uploadSaid, say("upload_said", { name: nameOfFile(one.file), percent }));
    }
  }

  return { paint };
}

/** Whether two messages stand under one name and one time. */
function sameRun(one, next) {
  return one !== undefined && next !== undefined && one.sender === next.sender
    && one.sender !== "system" && nameOf(one) === nameOf(next)
    && dateOf(one.at) === dateOf(next.at) && Date.parse(next.at) - Date.parse(one.at) < RUN_MS;
}
