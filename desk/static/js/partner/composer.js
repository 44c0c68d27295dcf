/** The message box: Enter sends, but never while an input method composes; files by any way in. */

import { ofTab } from "./storage.js";

/**
 * @param {Document} page
 * @param {{who: string, onText: (text: string) => void, onFile: (file: File) => void}} wishes
 *   the draft of `who` survives a reload and the language toggle
 */
export function makeComposer(page, { who, onText, onFile }) {
  const draft = `hotline-draft-${who}`;
  const form = /** @type {HTMLFormElement} */ (page.querySelector("[data-composer]"));
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("[data-text]"));
  const file = /** @type {HTMLInputElement} */ (form.querySelector("[data-file]"));
  const drop = /** @type {HTMLElement} */ (page.querySelector("[data-drop]"));
  const main = /** @type {HTMLElement} */ (page.querySelector("[data-chat]"));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    const said = text.value;
    put("");
    onText(said);
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    // 229 is the key of an input method in browsers that end composing before the key is told.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener("input", () => put(text.value));
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

  put(ofTab.read(draft) ?? text.value);

  /** @param {string} words */
  function put(words) {
    if (text.value !== words) text.value = words;
    if (words) ofTab.write(draft, words);
    else ofTab.forget(draft);
    grow();
  }

  /** As many rows as there are lines, up to six; where CSS can do it, CSS does. */
  function grow() {
    if (CSS.supports("field-sizing: content")) return;
    text.rows = Math.min(6, text.value.split("\n").length);
  }

  return {
    choose: () => file.click(),
    focus: () => text.focus(),
    /** @param {string} words */
    restore(words) {
      put(text.value ? `${words}\n${text.value}` : words);
      text.focus();
    },
  };
}
