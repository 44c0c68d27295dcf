/**
 * Where the reader goes on after a form has led to another page, or to the same one anew.
 *
 * A form says in `data-then` what comes next: `composer`, to write, or `main`, to read. Without it
 * the focus would start at the top of the page again.
 */

const NEXT = "console.next";

/** Remembers what comes next, whatever form sends the reader on. */
export function watchDepartures() {
  document.addEventListener("submit", (event) => {
    const { then } = /** @type {HTMLFormElement} */ (event.target).dataset;
    if (then && !event.defaultPrevented) goOn(then);
  });
}

/** @param {string} where */
export function goOn(where) {
  sessionStorage.setItem(NEXT, where);
}

/** Puts the focus where the form that led here said; drops what a refused form has left behind. */
export function arrive() {
  const next = sessionStorage.getItem(NEXT);
  sessionStorage.removeItem(NEXT);
  if (!next || document.querySelector("[data-error]:not([hidden]), [data-lost]")) return;
  const fields = [...document.querySelectorAll("#composer textarea")];
  const field = next === "composer" && fields.find((one) => one.checkVisibility());
  const place = field || document.getElementById("main");
  /** @type {HTMLElement | null} */ (place)?.focus({ preventScroll: true });
}
