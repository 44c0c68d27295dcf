/** The partner's page. */

import { makeChat } from "./chat.js";
import { keepLanguageWish, makePageSession, onOther } from "./talk.js";
import { speakAs } from "./words.js";

speakAs(document);
const main = /** @type {HTMLElement} */ (document.querySelector("[data-chat]"));
const toggle = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-language]"));
toggle?.addEventListener("click", () => keepLanguageWish(toggle.hreflang));
// Words that a link brought along stand in the message box; a reload does not bring them again.
const address = new URL(location.href);
if (address.searchParams.has("say")) {
  address.searchParams.delete("say");
  history.replaceState(null, "", address);
}
const who = main.dataset.who ?? "";
onOther(who, () => location.reload());
makeChat(document, makePageSession(who)).takeUp();
