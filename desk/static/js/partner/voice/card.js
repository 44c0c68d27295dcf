/**
 * The recorder in the chat: idle, asking, recording, review, sent; where there is no microphone a
 * text box in the same place. The keyboard goes along from state to state.
 */

import { element, icon, setText } from "../elements.js";
import { say } from "../words.js";
import { canRecord, record } from "./microphone.js";
import { clock, makePlayer } from "./player.js";

const LAST_S = 15;
const BARS = 48;
const WRITE = "/leave_message";

/**
 * @param {{seconds: number}} card  how long at most
 * @param {{sendVoice: (file: File, seconds: number) => void, press: (button: {title: string, payload: string}) => void, ask: (text: string) => void}} acts
 */
export function voiceCard({ seconds: most }, acts) {
  const box = element("section.voice.card", { "data-voice": true, "data-test": "voice-card", "aria-label": say("voice.button") });
  /** What is under way, to be left off. @type {{cancel: () => void} | null} */
  let running = null;
  let state = "";

  /** @param {string} name @param {...(Node | null | false)} parts */
  function show(name, ...parts) {
    const hadFocus = box.contains(/** @type {Document | ShadowRoot} */ (box.getRootNode()).activeElement);
    state = box.dataset.state = name;
    box.replaceChildren(...parts.filter(Boolean));
    if (hadFocus) /** @type {HTMLElement | null} */ (box.querySelector("[data-first]"))?.focus();
  }

  const idle = () => show("idle",
    element("div.voice__start", {},
      button("voice.start", begin, "record", { icon: "mic", first: true, kind: "primary" }),
      element("p.voice__hint", {}, say("voice.limit", { length: clock(most) }))));

  async function begin() {
    if (!canRecord()) return write("voice.unsupported");
    let isWanted = true;
    running = { cancel: () => (isWanted = false) };
    show("asking",
      element("p.voice__title", { role: "status" }, icon("mic", 20), say("voice.asking")),
      acts_(button("voice.cancel", () => (running?.cancel(), idle()), "cancel", { first: true })));
    const screen = recording();
    try {
      const begun = await record(most, { onTick: screen.tick, onEnd: (taken) => (taken ? review(taken) : state === "recording" && idle()) });
      if (!isWanted) return begun.cancel();
      running = begun;
      screen.show(begun);
    } catch {
      if (isWanted) write("voice.refused");
    }
  }

  function recording() {
    const elapsed = element("b.voice__elapsed", {}, clock(0));
    const left = element("p.voice__left", { role: "status", "data-test": "voice-left" });
    const bars = makeBars();
    return {
      /** @param {number} seconds @param {number} level */
      tick(seconds, level) {
        setText(elapsed, clock(Math.floor(seconds)));
        bars.add(level);
        const rest = Math.ceil(most - seconds);
        setText(left, rest <= LAST_S ? say("voice.left", { n: rest }) : "");
      },
      /** @param {{stop: () => void, cancel: () => void}} begun */
      show: (begun) => show("recording",
        element("p.voice__title", {}, element("span.voice__dot", { "aria-hidden": "true" }), element("span", { role: "status" }, say("voice.recording")),
          element("span.voice__clock", { "aria-hidden": "true" }, elapsed, ` / ${clock(most)}`)),
        bars.element,
        element("p.voice__hint", {}, say("voice.what_to_say")),
        left,
        acts_(
          button("voice.stop", () => begun.stop(), "stop", { icon: "stop", first: true, kind: "danger" }),
          button("voice.cancel", () => begun.cancel(), "cancel"))),
    };
  }

  /** @param {import("./microphone.js").Taken} taken */
  function review({ file, seconds, isSilent }) {
    const player = makePlayer(seconds, async () => file);
    running = { cancel: player.pause };
    const again = () => (player.pause(), begin());
    const send = () => {
      player.pause();
      running = null;
      acts.sendVoice(file, seconds);
      sent();
    };
    show("review",
      element("p.voice__title", { role: "status" }, say(isSilent ? "voice.silent" : "voice.review")),
      player.element,
      isSilent && element("p.voice__hint", {}, say("voice.silent_hint")),
      acts_(...(isSilent
        ? [button("voice.again", again, "again", { icon: "again", first: true, kind: "primary" }), button("voice.send_anyway", send, "send")]
        : [button("voice.send", send, "send", { first: true, kind: "primary" }), button("voice.again", again, "again", { icon: "again" })])));
  }

  const sent = () => show("sent",
    element("p.voice__hint", { role: "status" }, say("voice.sent")),
    acts_(button("voice.one_more", begin, "record", { icon: "mic", first: true })));

  /** No microphone: words do as well, in the same place, and nobody is asked a second time. */
  function write(why) {
    running = null;
    const words = /** @type {HTMLTextAreaElement} */ (element("textarea.input", { rows: "3", "data-first": true, "data-test": "voice-words" }));
    const form = element("form.voice__form", {
      submit: (event) => {
        event.preventDefault();
        if (!words.value.trim()) return words.focus();
        acts.press({ title: say("voice.write"), payload: WRITE });
        acts.ask(words.value);
        show("written", element("p.voice__hint", { role: "status" }, say("voice.written")));
      },
    },
      element("p.voice__title", { role: "status" }, icon("mic-off", 20), say(why)),
      element("p.voice__hint", {}, say("voice.how_to_allow")),
      element("label.voice__label", {}, say("voice.words"), words),
      acts_(element("button.button.button--primary", { "data-test": "voice-send-words" }, say("voice.send"))));
    show("words", form);
    words.focus();
  }

  // Something else was said since: what nobody has begun here is not needed any more.
  box.addEventListener("spent", () => {
    if (state === "idle") box.hidden = true;
  });
  idle();
  return box;
}

const acts_ = (...buttons) => element("p.voice__acts", {}, ...buttons);

/** @param {string} words @param {() => void} click @param {string} test @param {{icon?: string, first?: boolean, kind?: string}} [look] */
const button = (words, click, test, { icon: sign, first = false, kind } = {}) =>
  element(`button.button${kind ? `.button--${kind}` : ""}`, { type: "button", "data-first": first, "data-test": `voice-${test}`, click: () => void click() },
    sign ? icon(sign, 20) : null, say(words));

/** The loudness of the last seconds as bars; drawn by attributes, for a style may be forbidden. */
function makeBars() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "voice__bars");
  svg.setAttribute("viewBox", `0 0 ${BARS * 4} 40`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const bars = Array.from({ length: BARS }, (_, n) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of [["x", n * 4 + 1], ["width", 2], ["rx", 1]]) bar.setAttribute(String(key), String(value));
    svg.append(bar);
    return bar;
  });
  const levels = new Array(BARS).fill(0);
  const draw = () => bars.forEach((bar, n) => {
    const height = 2 + 38 * Math.min(1, levels[n] * 5);
    bar.setAttribute("height", height.toFixed(1));
    bar.setAttribute("y", (20 - height / 2).toFixed(1));
  });
  draw();
  return {
    element: svg,
    /** @param {number} level */
    add(level) {
      levels.push(level);
      levels.shift();
      draw();
    },
  };
}
