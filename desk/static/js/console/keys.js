/**
 * Single keys and the list of them.
 *
 * A key presses the control that names it in `aria-keyshortcuts`, so every key has a visible
 * button; a page adds only what no single control can do. Letters act outside fields only, and
 * the reader can switch them off (WCAG 2.1.4).
 */

const OFF = "console.keys.off";
const SECOND_KEY_MS = 1500;

/**
 * Listens for keys; `own` are the page's, by `event.key` in lower case, behind `alt+` with Alt.
 * @param {Record<string, (event: KeyboardEvent) => void>} own
 */
export function listen(own) {
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (event.altKey) return pressWithAlt(event, own[`alt+${key}`]);
    if (inField(event.target)) return;
    if (key !== "?" && key.length === 1 && areOff()) return;

    if (Date.now() - going < SECOND_KEY_MS) {
      going = 0;
      if (press(`[data-go="${CSS.escape(key)}"]`)) event.preventDefault();
    } else if (key === "g") {
      going = Date.now();
    } else if (own[key]) {
      own[key](event);
      event.preventDefault();
    } else if (press(`[aria-keyshortcuts="${CSS.escape(key)}" i]`)) {
      event.preventDefault();
    }
  });
}

/**
 * With Alt a key acts in fields too, save in a list of choices, which opens by such keys.
 * @param {KeyboardEvent} event
 * @param {((event: KeyboardEvent) => void) | undefined} act
 */
function pressWithAlt(event, act) {
  if (!act || event.shiftKey || event.target instanceof HTMLSelectElement) return;
  act(event);
  event.preventDefault();
}

/**
 * The dialog with the list of keys, and its switch.
 * @returns {() => void} opens it
 */
export function startKeyList() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  const switched = /** @type {HTMLInputElement} */ (document.getElementById("keys-on"));
  switched.checked = !areOff();
  switched.addEventListener("change", () => {
    if (switched.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  for (const opener of document.querySelectorAll("[data-open-keys]")) {
    /** @type {HTMLElement} */ (opener).hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
  return () => dialog.showModal();
}

/** @param {string} selector */
function press(selector) {
  const controls = document.querySelectorAll(selector);
  const control = [...controls].find((one) => one.checkVisibility());
  if (!(control instanceof HTMLElement)) return false;
  control.focus();
  if (!inField(control)) control.click();
  return true;
}

/** @param {EventTarget | null} target */
function inField(target) {
  return (
    target instanceof HTMLElement &&
    target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])")
  );
}

function areOff() {
  return localStorage.getItem(OFF) !== null;
}
