/**
 * The microphone: recording for so many seconds at most, and how loud it is meanwhile.
 *
 * Whether anything was said is told by the loudness alone; what was said stays in the recording.
 */

const TYPES = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4", "audio/ogg;codecs=opus"];
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };
const BITS_A_SECOND = 32_000;
const PIECE_MS = 1000;
const LOOK_MS = 100;
const SILENT_BELOW = 0.008; // of full scale; a whisper before a laptop is some 0.02

/** The kind of recording that this browser makes, or nothing if it makes none. */
const typeHere = () =>
  navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder
    ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;

export const canRecord = () => typeHere() !== undefined;

/**
 * @typedef {object} Taken
 * @property {File} file
 * @property {number} seconds
 * @property {boolean} isSilent
 */

/**
 * Ask for the microphone and begin. Rejected where it is refused, missing or in use.
 * @param {number} most  seconds
 * @param {object} hear
 * @param {(seconds: number, level: number) => void} hear.onTick  level is 0 to 1
 * @param {(taken: Taken | null) => void} hear.onEnd  null if it was called off
 */
export async function record(most, { onTick, onEnd }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const loudness = makeLoudness(stream);
  const recorder = new MediaRecorder(stream, { mimeType: typeHere(), audioBitsPerSecond: BITS_A_SECOND });
  const pieces = /** @type {Blob[]} */ ([]);
  const began = performance.now();
  let isWanted = true, loudest = 0, ended = 0;
  const seconds = () => Math.min(most, ((ended || performance.now()) - began) / 1000);

  const watch = setInterval(() => {
    const level = loudness.level();
    loudest = Math.max(loudest, level);
    onTick(seconds(), level);
    if (seconds() >= most) stop();
  }, LOOK_MS);
  recorder.addEventListener("dataavailable", ({ data }) => data.size && pieces.push(data));
  recorder.addEventListener("stop", () => {
    ended ||= performance.now(); // the device may have been pulled out
    clearInterval(watch);
    const isSilent = loudness.isKnown && loudest < SILENT_BELOW;
    loudness.end();
    for (const track of stream.getTracks()) track.stop();
    onEnd(isWanted && pieces.length ? { file: taken(), seconds: seconds(), isSilent } : null);
  });
  recorder.start(PIECE_MS);

  function taken() {
    const type = recorder.mimeType.split(";")[0];
    return new File(pieces, `voice.${ENDINGS[type] ?? "webm"}`, { type });
  }

  function stop() {
    if (recorder.state === "inactive") return;
    ended = performance.now();
    recorder.stop();
  }

  return {
    stop,
    cancel() {
      isWanted = false;
      stop();
    },
  };
}

/** How loud it is now; a browser that cannot tell says nothing of silence either. */
function makeLoudness(stream) {
  if (!globalThis.AudioContext) return { isKnown: false, level: () => 0, end: () => {} };
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    get isKnown() {
      return context.state === "running";
    },
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    },
    end: () => void context.close().catch(() => {}),
  };
}
