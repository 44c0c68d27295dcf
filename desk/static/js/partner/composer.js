/** The message box: Enter sends, but never while an input method composes; files by any way in. */

import { ofTab } from "./storage.js";

/**
 * @param {Document | ShadowRoot} page
 * @param {{onText: (text: string) => void, onFile: (file: File) => void}} wishes
 */
export function makeComposer(page, { onText, onFile }) {
  let owner = /** @type {string | null} */ (null);
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

  /** @param {string} words */
  function put(words) {
    if (text.value !== words) text.value = words;
    if (owner !== null && words) ofTab.write(draftOf(owner), words);
    else if (owner !== null) ofTab.forget(draftOf(owner));
    grow();
  }

  /** As many rows as there are lines, up to six; where CSS can do it, CSS does. */
  function grow() {
    if (CSS.supports("field-sizing: content")) return;
    text.rows = Math.min(6, text.value.split("\n").length);
  }

  return {
    /**
     * The draft of `who` survives a reload and the language toggle. A visitor's goes along with
     * them when they turn out to be somebody; of two who are signed in, neither sees the other's.
     * @param {string} who
     */
    keepDraftOf(who) {
      if (who === owner) return;
      const begun = owner ? "" : text.value || (ofTab.read(draftOf("")) ?? "");
      if (begun) ofTab.forget(draftOf(""));
      owner = who;
      put(begun || (ofTab.read(draftOf(who)) ?? ""));
    },
    clear: () => put(""),
    choose: () => file.click(),
    focus: () => text.focus(),
    /** @param {string} words */
    restore(words) {
      put(text.value ? `${words}\n${text.value}` : words);
      text.focus();
    },
  };
}

/** @param {string} who */
const draftOf = (who) => `hotline-draft-${who}`;
