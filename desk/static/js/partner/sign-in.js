/** The wait before a code may be sent again, counted down on its button. Without it the hotline says so. */

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-again-s]"));
if (button) countDown(button, button.textContent ?? "", performance.now() + Number(button.dataset.againS) * 1000);

/** @param {HTMLButtonElement} again @param {string} words @param {number} until  of the page's own clock */
function countDown(again, words, until) {
  const left = Math.ceil((until - performance.now()) / 1000);
  again.disabled = left > 0;
  again.textContent = left > 0 ? (again.dataset.wait ?? "").replace("{time}", clockOf(left)) : words;
  if (left > 0) setTimeout(countDown, 500, again, words, until);
}

/** "0:48". @param {number} seconds */
function clockOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
