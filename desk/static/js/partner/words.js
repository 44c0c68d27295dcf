/** The chat's words and formats; the sentences themselves come as JSON with the markup. */

let words = {};

/** The language of the words; whoever imports it sees it change. */
export let language = "zh-TW";

/** Take over the words of a page of ours. @param {Document} page */
export function speakAs(page) {
  words = JSON.parse(page.getElementById("words-json")?.textContent ?? "{}");
  language = page.documentElement.lang;
}

/** One sentence, its {names} filled. @param {string} key @param {Record<string, unknown>} [values] */
export function say(key, values = {}) {
  const sentence = key.split(".").reduce((branch, part) => branch[part], words);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// Codes whose message the server has already put into words for the partner.
const SAID_BY_SERVER = new Set([
  "too_long", "file_refused", "blank", "too_many", "files_busy", "file_too_slow",
]);

/** Why the server refused, for the partner's eyes. @param {{code?: string, message?: string}} error */
export function reasonOf({ code = "", message = "" }) {
  if (message && SAID_BY_SERVER.has(code)) return message;
  return say(code in words.refused ? `refused.${code}` : "refused.other");
}

// Times come in the hotline's own zone, offset and all, and are shown as they are.

/** "9:05" of an ISO time. @param {string} at */
export const clockOf = (at) => at.slice(11, 16).replace(/^0/, "");

/** The day of an ISO time, to compare. @param {string} at */
export const dateOf = (at) => at.slice(0, 10);

/** "12 月 1 日（二）", "Tue 1 Dec". @param {string} at */
export function dayOf(at) {
  const [year, month, day] = dateOf(at).split("-").map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const weekdays = say("weekdays");
  return say("day", {
    month: say("months").split(" ")[month - 1],
    day,
    weekday: weekdays.includes(" ") ? weekdays.split(" ")[weekday] : weekdays[weekday],
  });
}

/** "2.1 MB". @param {number} bytes */
export const sizeOf = (bytes) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
