/**
 * Canned texts and what articles say, put into the reply at the cursor.
 *
 * Without script the same buttons send the form, and the server shows it with the text in it.
 */

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} button carries `data-text`, or stands for what is chosen in the form's list
 */
export function insertText(form, field, button) {
  const list = form.elements.namedItem("canned");
  const chosen = list instanceof HTMLSelectElement ? list.selectedOptions[0] : undefined;
  const text = button.dataset.text ?? chosen?.dataset.text;
  if (!text) return list instanceof HTMLSelectElement && list.focus();
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n" : "";
  field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
  field.focus();
  if (list instanceof HTMLSelectElement) list.value = "";
}

/**
 * `;` at the beginning of a word opens the list, Enter in it inserts, Escape goes back.
 * @param {HTMLElement} root
 */
export function startPicker(root) {
  const list = root.querySelector("[name=canned]");
  const field = root.querySelector("[data-mode=reply] textarea");
  if (!(list instanceof HTMLSelectElement) || !(field instanceof HTMLTextAreaElement)) return;
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== ";") return;
    if (!/(^|\s)$/.test(field.value.slice(0, field.selectionStart))) return;
    event.preventDefault();
    list.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.focus();
    if (event.key !== "Enter" || !list.value) return;
    event.preventDefault();
    const button = root.querySelector("[data-insert]");
    if (button instanceof HTMLElement) button.click();
  });
}
