/** The message box: Enter sends, but never while an input method composes; files by any way in. */

/**
 * @param {Document} page
 * @param {{onText: (text: string) => void, onFile: (file: File) => void}} wishes
 */
export function makeComposer(page, { onText, onFile }) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("[data-composer]"));
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("[data-text]"));
  const file = /** @type {HTMLInputElement} */ (form.querySelector("[data-file]"));
  const drop = /** @type {HTMLElement} */ (page.querySelector("[data-drop]"));
  const main = /** @type {HTMLElement} */ (page.querySelector("[data-chat]"));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    onText(text.value);
    text.value = "";
    grow();
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    // 229 is the key of an input method in browsers that end composing before the key is told.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener("input", grow);
  text.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!pasted.length) return;
    event.preventDefault();
    pasted.forEach(onFile);
  });
  file.addEventListener("change", () => {
    [...(file.files ?? [])].forEach(onFile);
    file.value = "";
    text.focus();
  });
  main.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.hidden = false;
  });
  main.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!main.contains(/** @type {Node} */ (relatedTarget))) drop.hidden = true;
  });
  main.addEventListener("drop", (event) => {
    drop.hidden = true;
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    [...event.dataTransfer.files].forEach(onFile);
  });

  /** As many rows as there are lines, up to six; where CSS can do it, CSS does. */
  function grow() {
    if (CSS.supports("field-sizing: content")) return;
    text.rows = Math.min(6, text.value.split("\n").length);
  }

  return {
    choose: () => file.click(),
    /** @param {string} words */
    restore(words) {
      text.value = text.value ? `${words}\n${text.value}` : words;
      grow();
      text.focus();
    },
  };
}
