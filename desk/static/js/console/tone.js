/** A short tone, made by the browser: no file to fetch. */

const PITCHES_HZ = [660, 880];
const EACH_S = 0.12;
const LOUDNESS = 0.15;

/** @type {AudioContext | undefined} */
let context;

/** Two notes, one after the other; silent where the browser wants a click in the page first. */
export async function playTone() {
  context ??= new AudioContext();
  if (context.state === "suspended") {
    // It may never be resumed: then this tone is not to come late.
    context.resume();
    await new Promise((done) => setTimeout(done, 50));
    if (/** @type {string} */ (context.state) !== "running") return;
  }
  const begin = context.currentTime;
  for (const [place, pitch] of PITCHES_HZ.entries()) {
    const at = begin + place * EACH_S;
    const source = context.createOscillator();
    const volume = context.createGain();
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, at + EACH_S);
    source.connect(volume).connect(context.destination);
    source.start(at);
    source.stop(at + EACH_S);
  }
}
