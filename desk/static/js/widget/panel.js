/**
 * The launcher and the panel. On a phone the panel is a modal dialog over the whole page; beside a
 * page that has room it is one that leaves the page usable.
 */

import { setIcon, setText } from "../partner/elements.js";
import { say } from "../partner/words.js";

const WHOLE_SCREEN = "(max-width: 480px), (max-height: 480px)";
const KEYS = ["keydown", "keypress", "keyup"];

/**
 * @param {ShadowRoot} root
 * @param {{onOpen: () => void, onLanguage: () => void}} acts
 */
export function makePanel(root, { onOpen, onLanguage }) {
  const at = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
  const panel = /** @type {HTMLDialogElement} */ (at("panel")), launcher = at("launcher");
  const sheet = /** @type {HTMLDialogElement} */ (at("tickets-sheet"));
  const whole = matchMedia(WHOLE_SCREEN);
  const ending = new AbortController(), { signal } = ending;
  let isOpen = false;
  /** Where the keyboard was. @type {HTMLElement | null} */
  let opener = null;
  let told = 0;

  launcher.addEventListener("click", () => (isOpen ? close() : open()));
  at("close").addEventListener("click", close);
  at("language").addEventListener("click", onLanguage);
  panel.addEventListener("cancel", (event) => {
    if (event.target !== panel) return; // of the sheet within
    event.preventDefault();
    close();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !sheet.open) {
      event.preventDefault();
      close();
    }
  });
  // What is typed here must not press the host page's shortcuts.
  for (const key of KEYS) panel.addEventListener(key, (event) => event.stopPropagation());
  whole.addEventListener("change", arrange, { signal });
  window.visualViewport?.addEventListener("resize", makeRoomForKeyboard, { signal });

  /** @param {string} [focus]  where the keyboard goes; else to the message box */
  function open(focus) {
    if (!isOpen) {
      opener = /** @type {HTMLElement | null} */ (root.activeElement ?? document.activeElement);
      isOpen = true;
      arrange();
      paint();
      onOpen();
    }
    const text = at("text"), isTouch = matchMedia("(pointer: coarse)").matches;
    // On a touch screen the message box would bring up the keyboard, and hide what is to be read.
    (focus ? /** @type {HTMLElement} */ (root.querySelector(focus)) : isTouch ? panel : text).focus();
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    sheet.close();
    panel.close();
    paint();
    const back = opener?.isConnected && opener !== document.body ? opener : launcher;
    back.focus();
  }

  /** Modal over the whole screen, and not so beside the page; also when the window changes. */
  function arrange() {
    if (!isOpen) return;
    const focused = /** @type {HTMLElement | null} */ (root.activeElement);
    if (panel.open) panel.close();
    if (whole.matches) panel.showModal();
    else panel.show();
    focused?.focus();
    makeRoomForKeyboard();
  }

  /** Some browsers lay the keyboard over the page: the panel is as high as what can be seen. */
  function makeRoomForKeyboard() {
    const seen = window.visualViewport;
    const isCovered = isOpen && whole.matches && seen && seen.scale === 1 && seen.height < innerHeight - 1;
    panel.style.blockSize = isCovered ? `${seen.height}px` : "";
    panel.style.insetBlockStart = isCovered ? `${seen.offsetTop}px` : "";
  }

  function paint() {
    launcher.setAttribute("aria-expanded", String(isOpen));
    setText(at("launcher-words"), say(isOpen ? "launcher_close" : "launcher"));
    const sign = /** @type {SVGElement} */ (root.querySelector(".launcher__mark"));
    setIcon(sign, isOpen ? "close" : "mark");
  }

  return {
    open,
    close,
    end: () => ending.abort(),
    isOpen: () => isOpen,
    /** @param {number} count */
    tellUnread(count) {
      const badge = at("unread"), words = count ? say("unread", { n: count }) : "";
      badge.hidden = count === 0;
      setText(badge, count > 99 ? "99+" : String(count));
      setText(at("unread-words"), words);
      if (count > told || !count) setText(at("unread-said"), words);
      told = count;
    },
  };
}
