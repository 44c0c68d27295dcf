/** Which conversation this browser is in, and the language its person wished for. */

import { ofDevice, ofTab } from "./storage.js";

const TALK = "hotline-talk";
const WISH = "hotline-language-wish";

/** The conversation kept here, if it is of whoever is signed in now. @param {string} who @returns {import("./api.js").Talk | null} */
export function rememberedTalk(who) {
  const kept = ofDevice.read(TALK);
  return kept?.who === who && kept.id && kept.token ? { id: kept.id, token: kept.token } : null;
}

/** @param {import("./api.js").Talk} talk @param {string} who */
export const rememberTalk = (talk, who) => ofDevice.write(TALK, { ...talk, who });

/**
 * The page's language toggle opens the page anew, so the wish is kept for the page that comes.
 * @param {HTMLAnchorElement | null} toggle
 */
export function watchToggle(toggle) {
  toggle?.addEventListener("click", () => ofTab.write(WISH, toggle.hreflang));
}

/** The language that was just asked for with the toggle; it is told once. @returns {string | null} */
export function takeLanguageWish() {
  const wish = ofTab.read(WISH);
  ofTab.forget(WISH);
  return wish;
}
