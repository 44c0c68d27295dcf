/** The partner's page. */

import { makeChat } from "./chat.js";
import { keepLanguageWish, makePageSession, onOther } from "./talk.js";
import { speakAs } from "./words.js";

speakAs(document);
const main = /** @type {HTMLElement} */ (document.querySelector("[data-chat]"));
const toggle = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-language]"));
toggle?.addEventListener("click", () => keepLanguageWish(toggle.hreflang));
const who = main.dataset.who ?? "";
onOther(who, () => location.reload());
makeChat(document, makePageSession(who)).takeUp();
