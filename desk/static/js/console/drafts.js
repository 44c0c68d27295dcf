/**
 * Drafts: kept per page and mode on this machine, each with its own id.
 *
 * The id goes along with the text. It stays for as long as the text is tried again unchanged, so
 * that a message whose answer was lost is not said twice; a changed text is another message.
 */

import { newId } from "../ids.js";

/**
 * @param {HTMLFormElement} form has the fields `text` and `client_id`
 * @param {string} name
 */
export function keepDraft(form, name) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const id = /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id"));
  const kept = read(name);
  if (!field.value && kept) [field.value, id.value] = [kept.text, kept.id];
  let tried = "";

  field.addEventListener("input", () => {
    if (tried && field.value !== tried) [id.value, tried] = [newId(), ""];
    keep();
  });

  function keep() {
    if (!field.value) return localStorage.removeItem(name);
    localStorage.setItem(name, JSON.stringify({ text: field.value, id: id.value }));
  }

  return {
    /** The text goes out with its id. */
    trying() {
      tried = field.value;
      keep();
    },
    /** It has arrived: the field is free for the next one. */
    sent() {
      [field.value, id.value, tried] = ["", newId(), ""];
      keep();
    },
  };
}

/** @param {string} name @returns {{text: string, id: string} | null} */
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
