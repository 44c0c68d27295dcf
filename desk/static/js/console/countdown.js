/** Seconds that are left, in words that the server wrote once: counted on until the list is renewed. */

const STEP_MS = 1000;

/** Counts down the first number of whatever is marked `data-counts-down`. */
export function countDown() {
  setInterval(() => {
    for (const place of document.querySelectorAll("[data-counts-down] > span")) {
      place.textContent = (place.textContent ?? "").replace(/\d+/, (left) =>
        String(Math.max(0, Number(left) - 1)),
      );
    }
  }, STEP_MS);
}
