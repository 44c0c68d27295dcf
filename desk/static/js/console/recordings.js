/**
 * Players of voice messages: how fast they play, and their length where the file does not tell it.
 * Until a player knows it, it shows no time of its own; the page says the length beside it.
 */

const PAST_ANY_END_S = 1e7;

export function startRecordings() {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.speed === undefined) return;
    const sound = target.closest(".recording")?.querySelector("audio");
    if (sound) setSpeed(sound, Number(target.value));
  });
  // These do not bubble; on their way down they pass here.
  document.addEventListener("loadedmetadata", ({ target }) => {
    if (target instanceof HTMLAudioElement) findEnd(target);
  }, true);
  document.addEventListener("durationchange", ({ target }) => {
    if (target instanceof HTMLAudioElement) target.toggleAttribute("data-timed", target.duration < Infinity);
  }, true);
  document.addEventListener("play", ({ target }) => {
    if (target instanceof HTMLAudioElement) pauseOthers(target);
  }, true);
}

/** @param {HTMLAudioElement} sound @param {number} speed */
function setSpeed(sound, speed) {
  sound.defaultPlaybackRate = sound.playbackRate = speed;
}

/** A browser's recording does not say how long it is; who looks for a place behind it learns that. */
function findEnd(sound) {
  if (sound.duration !== Infinity) return;
  const isPlaying = !sound.paused;
  const back = () => {
    if (sound.duration === Infinity) return;
    sound.removeEventListener("durationchange", back);
    sound.currentTime = 0;
    if (isPlaying) sound.play().catch(() => {}); // taken away meanwhile
  };
  sound.addEventListener("durationchange", back);
  sound.currentTime = PAST_ANY_END_S;
}

function pauseOthers(playing) {
  for (const sound of document.querySelectorAll("audio")) if (sound !== playing) sound.pause();
}
