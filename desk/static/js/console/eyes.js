/**
 * Which of the open tabs speaks, and what any of them has before the reader's eyes.
 *
 * Both are locks of the browser's: they go with their tab, also if it crashes.
 */

const SPEAKER = "console.speaker";
const SHOWS = "console.shows ";

/**
 * Calls `speak` once this tab is the one that speaks; it stays so until the tab goes.
 * @param {() => void} speak
 */
export function beSpeaker(speak) {
  if (!navigator.locks) return speak(); // without https there are none: each tab speaks
  navigator.locks.request(SPEAKER, () => {
    speak();
    return new Promise(() => {});
  });
}

/**
 * Tells the other tabs what this one shows, as long as the reader looks at it.
 * @param {string[]} shown
 */
export function showOthers(shown) {
  /** @type {(() => void)[]} */
  let closing = [];

  function look() {
    if (isLookedAt() && !closing.length) {
      closing = shown.map((what) => {
        /** @type {() => void} */
        let close = () => {};
        const closed = new Promise((done) => (close = () => done(undefined)));
        navigator.locks?.request(SHOWS + what, { mode: "shared" }, () => closed);
        return close;
      });
    } else if (!isLookedAt()) {
      for (const close of closing) close();
      closing = [];
    }
  }

  for (const event of ["focus", "blur"]) window.addEventListener(event, look);
  document.addEventListener("visibilitychange", look);
  look();
}

/**
 * Whether a tab that the reader looks at shows one of these.
 * @param {string[]} shownBy
 * @param {string[]} here what this tab shows
 */
export async function isSeen(shownBy, here) {
  if (isLookedAt() && shownBy.some((what) => here.includes(what))) return true;
  const held = (await navigator.locks?.query())?.held ?? [];
  return held.some(({ name }) => shownBy.some((what) => name === SHOWS + what));
}

function isLookedAt() {
  return document.visibilityState === "visible" && document.hasFocus();
}
