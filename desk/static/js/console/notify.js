/**
 * Notifications and a sound, where the reader has switched them on in this browser.
 */

import { beSpeaker, isSeen, showOthers } from "./eyes.js";
import { noticeOf, shownOn, worded } from "./notices.js";
import { playTone } from "./tone.js";

const SWITCHES = { notify: "console.notify", sound: "console.sound" };
const SPOKEN = "console.spoken";
const BUNDLE_MS = 400;

/** @param {"notify" | "sound"} name */
export function isOn(name) {
  return localStorage.getItem(SWITCHES[name]) !== null;
}

/** Whether anything is to be told at all. */
export function tells() {
  return isOn("notify") || isOn("sound");
}

/**
 * Tells of the entries that it is given; of several tabs only one does.
 *
 * The others keep what they heard until they are the one, so that nothing is lost between two
 * pages; what has been told, or was seen, has a mark that all of them read.
 * @param {DOMStringMap} page
 * @param {import("./notices.js").Reader} reader
 * @param {any} words
 * @param {number} after the last entry when the page was made
 * @returns {(entry: import("./live.js").Entry) => void}
 */
export function startNotifying(page, reader, words, after) {
  const shown = shownOn(page);
  // A mark beyond what there is was left by another journal, before everything was set up anew.
  if (Number(localStorage.getItem(SPOKEN)) > after) localStorage.removeItem(SPOKEN);
  /** @type {import("./notices.js").Notice[]} */
  let heard = [];
  let isSpeaker = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  showOthers(shown);
  beSpeaker(() => {
    isSpeaker = true;
    if (heard.length) soon();
  });

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(speak, BUNDLE_MS);
  }

  async function speak() {
    const fresh = heard.filter(isUntold);
    heard = [];
    if (!fresh.length) return;
    localStorage.setItem(SPOKEN, String(Math.max(...fresh.map(({ id }) => id))));
    /** @type {typeof fresh} */
    const unseen = [];
    for (const one of fresh) if (!(await isSeen(one.shownBy, shown))) unseen.push(one);
    if (unseen.length) tell(worded(unseen, words.notify));
  }

  return (entry) => {
    const notice = noticeOf(entry, reader);
    if (!notice) return;
    heard = [...heard.filter(isUntold), notice];
    if (isSpeaker) soon();
  };
}

/** @param {{id: number}} notice */
function isUntold({ id }) {
  return id > Number(localStorage.getItem(SPOKEN) ?? 0);
}

/** @param {ReturnType<typeof worded>} said */
function tell({ title, body, url, tag }) {
  if (isOn("sound")) playTone();
  if (!isOn("notify") || !isAllowed()) return;
  const shown = new Notification(title, { body, tag, lang: document.documentElement.lang });
  shown.addEventListener("click", () => {
    window.focus();
    location.assign(url);
    shown.close();
  });
}

/**
 * The two switches of the own page.
 * @param {HTMLElement} part
 * @param {any} words
 */
export function startSwitches(part, words) {
  const told = /** @type {HTMLElement} */ (part.querySelector("[role=status]"));
  const notify = /** @type {HTMLInputElement} */ (document.getElementById("notify-on"));
  const sound = /** @type {HTMLInputElement} */ (document.getElementById("sound-on"));
  part.hidden = false;
  notify.checked = isOn("notify") && isAllowed();
  sound.checked = isOn("sound");
  if (isOn("notify") && !isAllowed()) told.textContent = words.notify.refused;

  notify.addEventListener("change", async () => {
    if (!notify.checked) return keep("notify", false, words.notify.off);
    const answer = await ask();
    notify.checked = answer === "on";
    keep("notify", notify.checked, words.notify[answer]);
  });
  sound.addEventListener("change", () => {
    if (sound.checked) playTone();
    keep("sound", sound.checked, sound.checked ? words.notify.sound_on : words.notify.off);
  });

  /**
   * @param {"notify" | "sound"} name
   * @param {boolean} on
   * @param {string} words
   */
  function keep(name, on, words) {
    if (on) localStorage.setItem(SWITCHES[name], "1");
    else localStorage.removeItem(SWITCHES[name]);
    told.textContent = words;
  }
}

/** @returns {Promise<"on" | "refused" | "unsupported">} */
async function ask() {
  if (!window.isSecureContext || !("Notification" in window) || isPhone()) return "unsupported";
  return (await Notification.requestPermission()) === "granted" ? "on" : "refused";
}

function isAllowed() {
  return window.isSecureContext && "Notification" in window && Notification.permission === "granted";
}

/** Browsers of phones notify for installed pages only, by a worker that the console has not. */
function isPhone() {
  return /Android|iPhone|iPad/.test(navigator.userAgent);
}
