/**
 * Selecting rows of the queue: one by one, or all between two; what is selected outlives a renewal.
 *
 * The boxes belong to the bar's form, so that without this module they work as boxes do.
 */

/**
 * @param {HTMLElement} rows
 * @param {Record<string, string>} words
 * @param {(text: string, isAnswer?: boolean) => void} announce
 */
export function startSelecting(rows, words, announce) {
  const bar = /** @type {HTMLFormElement} */ (document.getElementById("bulk"));
  const count = /** @type {HTMLElement} */ (bar.querySelector("[data-selected]"));
  /** @type {string | undefined} where the next range begins */
  let from;

  rows.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.form !== bar) return;
    from = event.target.value;
    tell();
  });
  bar.addEventListener("reset", () => setTimeout(tell));
  tell();

  /**
   * @param {HTMLElement | null} row the one at hand
   * @param {boolean} isRange from the one that was selected last
   */
  function select(row, isRange) {
    const box = boxOf(row);
    if (!box) return;
    if (isRange) between(box).forEach((one) => (one.checked = true));
    else box.checked = !box.checked;
    from = box.value;
    tell();
    announce(words.selected.replace("{n}", String(selected().length)), true);
  }

  /** @param {HTMLInputElement} box */
  function between(box) {
    const all = boxes();
    const ends = [all.findIndex((one) => one.value === from), all.indexOf(box)];
    if (ends[0] < 0) return [box];
    return all.slice(Math.min(...ends), Math.max(...ends) + 1);
  }

  function tell() {
    count.textContent = words.selected.replace("{n}", String(selected().length));
  }

  /** @returns {HTMLInputElement[]} */
  function boxes() {
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (rows.querySelectorAll("[form=bulk]"))];
  }

  function selected() {
    return boxes().filter((box) => box.checked).map((box) => box.value);
  }

  /**
   * Runs `change`, which puts other rows in place; those that were selected still are.
   * @param {() => void} change
   */
  function keeping(change) {
    const before = new Set(selected());
    change();
    for (const box of boxes()) box.checked = before.has(box.value);
    tell();
  }

  return { select, keeping };
}

/**
 * @param {HTMLElement | null} row
 * @returns {HTMLInputElement | null}
 */
function boxOf(row) {
  return row?.querySelector("[form=bulk]") ?? null;
}
