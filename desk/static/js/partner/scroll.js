/** The log's scrolling: it follows the newest words as long as the reader is at the end. */

const NEAR_PX = 80;

/** @param {HTMLElement} scroll @param {HTMLElement} log @param {HTMLElement} newest  the way back to the end */
export function makeScroll(scroll, log, newest) {
  const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
  const toEnd = (behavior = "instant") => scroll.scrollTo({ top: scroll.scrollHeight, behavior });
  const keepEnd = () => wasAtEnd && toEnd();
  let wasAtEnd = true;
  let isOnTheWay = false;

  scroll.addEventListener("scroll", () => {
    wasAtEnd = isOnTheWay || isAtEnd();
    newest.hidden = wasAtEnd || scroll.scrollHeight - scroll.scrollTop < 2 * scroll.clientHeight;
  }, { passive: true });
  // What arrived during a smooth way down lies below where it was going.
  scroll.addEventListener("scrollend", () => {
    if (isOnTheWay) toEnd();
    isOnTheWay = false;
  });
  newest.addEventListener("click", () => {
    isOnTheWay = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    toEnd(isOnTheWay ? "smooth" : "instant");
    scroll.focus({ preventScroll: true });
  });
  // Whoever takes the wheel is where they want to be.
  for (const hand of ["wheel", "touchstart", "keydown"]) {
    scroll.addEventListener(hand, () => (isOnTheWay = false), { passive: true });
  }
  // A keyboard that opens, or a picture that arrives, must not push the newest words out of sight.
  new ResizeObserver(keepEnd).observe(scroll);
  log.addEventListener("load", keepEnd, true);

  return {
    keepEnd,
    /** Change the log; the end stays in sight, or comes there. @param {boolean} always @param {() => void} change */
    around(always, change) {
      const follow = wasAtEnd || always;
      change();
      if (follow && !isOnTheWay) toEnd();
      wasAtEnd = follow;
    },
  };
}
