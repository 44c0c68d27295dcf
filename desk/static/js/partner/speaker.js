/** The bar that says who is speaking: square = machine, circle = person, ring = nobody yet. */

import { element, icon } from "./elements.js";
import { clockOf, say } from "./words.js";

/**
 * @param {object} state  the server's state of the conversation
 * @param {() => void} onLeaveQueue
 * @returns {HTMLElement[]}
 */
export function speakerBar(state, onLeaveQueue) {
  switch (state.speaker) {
    case "queue":
      return [
        element("span.ring.ring--queue", { "aria-hidden": "true" }, String(state.place ?? 1)),
        words(inLine(state), say("speaker.queue_detail")),
        element("button.link", { type: "button", click: onLeaveQueue }, say("speaker.leave_queue")),
      ];
    case "person":
      return [
        element("span.disc.disc--large", { "aria-hidden": "true" }, [...state.person.name][0]),
        words(say("speaker.person", { name: state.person.name }),
          say("speaker.person_detail", { role: state.person.role, time: clockOf(state.person.since) })),
      ];
    case "nobody":
      return [
        element("span.ring", { "aria-hidden": "true" }, icon("check", 20)),
        words(say("speaker.nobody"), say("speaker.nobody_detail")),
      ];
    default:
      return state.open
        ? [
            element("span.square.square--large", { "aria-hidden": "true" }, icon("assistant", 20)),
            words(say("speaker.assistant"), say("speaker.assistant_detail", { time: state.changes_words })),
          ]
        : [
            element("span.ring", { "aria-hidden": "true" }, icon("moon", 20)),
            words(say("speaker.closed"), say("speaker.closed_detail", { time: state.changes_words })),
          ];
  }
}

/** The place, and how long it may take where that is known. @param {object} state */
const inLine = ({ place, wait_minutes: minutes }) =>
  minutes ? say("speaker.queue_minutes", { n: place ?? 1, minutes }) : say("speaker.queue", { n: place ?? 1 });

const words = (title, detail) =>
  element("p.speaker__words", {}, element("b", {}, title), element("span", {}, detail));
