/**
 * Buttons that copy a text which the page has ready; where there is no script there is no button.
 */

/**
 * A button names in `data-copy` the text, and in `data-copied` where it is said that it is done.
 * @param {HTMLElement} page
 * @param {Record<string, string>} words
 */
export function startCopying(page, words) {
  page.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy]");
    if (!(button instanceof HTMLElement)) return;
    const text = document.getElementById(button.dataset.copy ?? "");
    const said = document.getElementById(button.dataset.copied ?? "");
    if (!(text instanceof HTMLTextAreaElement)) return;
    await copy(text);
    if (said) said.textContent = words.copied;
  });
}

/**
 * Browsers give the clipboard to safe origins only; elsewhere the old way still works.
 * @param {HTMLTextAreaElement} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    text.hidden = false;
    text.select();
    document.execCommand("copy");
    text.hidden = true;
  }
}
