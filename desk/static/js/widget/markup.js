/**
 * The widget's markup and words, as the hotline has them. The browser parses what it fetched; no
 * text is ever made into markup here, so a page that demands trusted types has nothing to refuse.
 */

import { addressOf } from "../partner/api.js";

const WITHIN_MS = 15_000;

/** @param {string} language  any; what the hotline does not speak it answers in one that it does @returns {Promise<Document>} */
export const loadMarkup = (language) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", addressOf(`/widget/panel?lang=${ours(language)}`));
  request.responseType = "document";
  request.timeout = WITHIN_MS;
  request.addEventListener("load", () => {
    if (request.response?.querySelector("[data-widget]")) resolve(request.response);
    else reject(new Error("no markup"));
  });
  for (const event of ["error", "timeout"]) request.addEventListener(event, () => reject(new Error(event)));
  request.send();
});

/** @param {string} language */
const ours = (language) => /^en\b/i.test(language) ? "en" : /^zh\b/i.test(language) ? "zh-TW" : "";
