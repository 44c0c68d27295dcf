/**
 * The composer: a reply to the partner or a note for colleagues, never one taken for the other.
 *
 * The forms work by themselves. This adds drafts, Ctrl+Enter, sending without leaving the page,
 * texts put in at the cursor, and one question before a reply that speaks to a colleague goes to
 * the partner.
 */

import { keepDraft } from "./drafts.js";
import { send } from "./fragments.js";
import { insertText, startPicker } from "./inserting.js";

/**
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 * @param {() => Promise<void>} onSent brings what was sent into the timeline
 * @param {(error: unknown) => boolean} isTold whether the page's banner already tells `error`
 * @returns {{write: (mode: string) => void}} `write` brings the reader into a mode's field
 */
export function startComposer(root, words, onSent, isTold) {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-mode]"));
  for (const form of forms) {
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    const draft = keepDraft(form, `${root.dataset.drafts}:${form.dataset.mode}`);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.hasAttribute("data-insert")) {
        write("reply");
        return insertText(form, field, event.submitter);
      }
      submit(form, field, draft);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      if (event.key.toLowerCase() === "m" && event.ctrlKey && event.shiftKey) switchMode();
      if (event.key === "Escape") field.blur();
    });
  }
  startPicker(root);
  // Arrow keys between the modes make clicks too, without a pointer; they must not lose focus.
  for (const mode of modes()) mode.addEventListener("click", (event) => event.detail && focus());
  root.querySelector("[data-make-note]")?.addEventListener("click", makeNote);

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} field
   * @param {ReturnType<typeof keepDraft>} draft
   */
  async function submit(form, field, draft) {
    if (form.getAttribute("aria-busy") === "true" || !field.value.trim()) return;
    if (isForColleague(form, field.value)) return ask(form, true);
    ask(form, false);
    tell(form, "");
    setBusy(form, true);
    draft.trying();
    try {
      const answer = await send(form);
      if (!answer.done) return tell(form, reason(answer.page) || words.not_sent);
      draft.sent();
      // It is said, whatever becomes of showing it.
      await onSent().catch(isTold);
    } catch (error) {
      if (!isTold(error)) tell(form, words.not_sent);
    } finally {
      setBusy(form, false);
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {boolean} busy
   */
  function setBusy(form, busy) {
    const button = form.querySelector("[type=submit] [data-label]");
    form.setAttribute("aria-busy", String(busy));
    if (!(button instanceof HTMLElement)) return;
    button.dataset.label ||= button.textContent ?? "";
    button.textContent = busy ? words.sending : button.dataset.label;
  }

  function makeNote() {
    const [reply, note] = ["reply", "note"].map(
      (mode) => /** @type {HTMLFormElement} */ (root.querySelector(`form[data-mode=${mode}]`)),
    );
    const from = /** @type {HTMLTextAreaElement} */ (reply.elements.namedItem("text"));
    const to = /** @type {HTMLTextAreaElement} */ (note.elements.namedItem("text"));
    to.value = [to.value, from.value].filter(Boolean).join("\n");
    from.value = "";
    for (const changed of [from, to]) changed.dispatchEvent(new Event("input"));
    ask(reply, false);
    write("note");
  }

  function switchMode() {
    const other = modes().find((mode) => !mode.checked);
    if (other) write(other.value);
  }

  /** @param {string} mode */
  function write(mode) {
    modes().find((one) => one.value === mode)?.click();
    focus();
  }

  function modes() {
    return /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[name=mode]")]);
  }

  function focus() {
    [...root.querySelectorAll("textarea")].find((one) => one.checkVisibility())?.focus();
  }

  return { write };
}

/**
 * A reply that mentions somebody with an @ was perhaps meant as a note; asked once.
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function isForColleague(form, text) {
  const asked = form.querySelector("[data-mention]:not([hidden])");
  return form.dataset.mode === "reply" && !asked && /(^|[^\w.+-])[@＠]\p{L}/u.test(text);
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} asking
 */
function ask(form, asking) {
  const question = form.querySelector("[data-mention]");
  if (question instanceof HTMLElement) question.hidden = !asking;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} message
 */
function tell(form, message) {
  const place = /** @type {HTMLElement} */ (form.querySelector("[data-error]"));
  place.hidden = !message;
  const text = place.querySelector("[data-error-text]") ?? place;
  text.textContent = message;
  form.querySelector("textarea")?.setAttribute("aria-invalid", String(Boolean(message)));
}

/** @param {Document | null} page */
function reason(page) {
  return page?.querySelector("[data-error]:not([hidden])")?.textContent?.trim() ?? "";
}
