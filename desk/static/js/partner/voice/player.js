/**
 * A player for a voice message: play, pause, and a place to go to.
 *
 * The browser's own player would need `media-src blob:` of every page that carries the chat, and
 * does not know how long a recording is that it has made itself. So the sound is decoded whole,
 * which of three minutes of speech is a few megabytes.
 */

import { element, icon, setIcon, setText } from "../elements.js";
import { say } from "../words.js";

const SAMPLES_A_SECOND = 24_000;
const LOOK_MS = 100;

/** Whatever plays now, for two at once nobody understands. @type {{pause: () => void} | null} */
let playing = null;

/** 「1:05」. @param {number} seconds */
export const clock = (seconds) => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/**
 * @param {number} seconds  how long it is
 * @param {() => Promise<Blob>} load
 */
export function makePlayer(seconds, load) {
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {AudioBuffer | null} */
  let sound = null;
  /** @type {AudioBufferSourceNode | null} */
  let source = null;
  let place = 0, beganAt = 0, watch = 0;

  const sign = icon("play", 20);
  const button = element("button.voice__play", { type: "button", "aria-label": say("voice.play"), "data-test": "voice-play", click: toggle }, sign);
  const slider = /** @type {HTMLInputElement} */ (element("input.voice__place", {
    type: "range", min: "0", max: String(seconds), step: "0.1", value: "0", "aria-label": say("voice.place"), "data-test": "voice-place", input: move,
  }));
  const time = element("span.voice__time", { "data-test": "voice-time" }, clock(seconds));
  const fault = element("span.voice__fault", { role: "status" });

  async function toggle() {
    if (source) return pause();
    setText(fault, "");
    try {
      context ??= new AudioContext({ sampleRate: SAMPLES_A_SECOND });
      await context.resume();
      sound ??= await context.decodeAudioData(await (await load()).arrayBuffer());
    } catch {
      return setText(fault, say("voice.unplayable"));
    }
    if (!source) begin();
  }

  function begin() {
    playing?.pause();
    playing = handle;
    if (place >= sound.duration - 0.1) place = 0;
    const mine = (source = new AudioBufferSourceNode(context, { buffer: sound }));
    mine.connect(context.destination);
    mine.addEventListener("ended", () => {
      if (source !== mine) return; // paused, or gone on from elsewhere
      halt();
      place = 0;
      show();
    });
    beganAt = context.currentTime - place;
    mine.start(0, place);
    watch = setInterval(show, LOOK_MS);
    show();
  }

  function pause() {
    place = here();
    halt();
    show();
  }

  function halt() {
    const old = source;
    source = null;
    clearInterval(watch);
    old?.stop();
    if (playing === handle) playing = null;
  }

  function move() {
    const wasPlaying = source !== null;
    halt();
    place = Number(slider.value);
    if (wasPlaying) begin();
    else show();
  }

  const here = () => (source ? Math.min(seconds, context.currentTime - beganAt) : place);

  function show() {
    const at = here();
    setIcon(sign, source ? "pause" : "play");
    button.setAttribute("aria-label", say(source ? "voice.pause" : "voice.play"));
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", say("voice.at", { at: clock(at), length: clock(seconds) }));
    setText(time, source || at > 0 ? `${clock(at)} / ${clock(seconds)}` : clock(seconds));
  }

  const handle = { pause };
  show();
  return {
    element: element("div.voice__player", { role: "group", "aria-label": say("voice.named", { length: clock(seconds) }), "data-test": "voice-player" }, button, slider, time, fault),
    pause: () => source && pause(),
  };
}
