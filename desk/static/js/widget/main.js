/** The partner chat as a guest in a page of somebody else: a launcher, a panel, one conversation. */

import { reach } from "../partner/api.js";
import { makeChat } from "../partner/chat.js";
import { keepUnder, ofDevice } from "../partner/storage.js";
import { keepLanguageWish } from "../partner/talk.js";
import { language, speakAs } from "../partner/words.js";
import { loadMarkup } from "./markup.js";
import { makePanel } from "./panel.js";
import { makePortalSession } from "./session.js";
import { loadSheets } from "./sheets.js";
import { makeUnread } from "./unread.js";

const LANGUAGE = "hotline-language";

/**
 * @param {object} wishes
 * @param {string} wishes.base  the hotline's origin
 * @param {string} [wishes.language]  "zh-TW" or "en"; else that of the page
 * @param {string} [wishes.theme]  "light" or "dark"; else as the reader's system has it
 * @param {() => Promise<string>} [wishes.token]  a JWT of who is signed in at the portal
 */
export async function install({ base, language: wished, theme, token }) {
  reach(base);
  keepUnder(`${base}/`);
  const host = document.createElement("partner-hotline");
  const shadow = host.attachShadow({ mode: "open" });
  const [markup, sheets] = await Promise.all([
    loadMarkup(ofDevice.read(LANGUAGE) ?? wished ?? document.documentElement.lang), loadSheets(), hasBody(),
  ]);
  shadow.adoptedStyleSheets = sheets;
  const session = makePortalSession(token, beginAgain);
  const unread = makeUnread();
  /** @type {ReturnType<typeof makePanel>} */
  let panel;
  /** @type {import("../partner/chat.js").Chat} */
  let chat;

  /** Put the widget into the page, with the words of `page`, in the place of what was there. */
  function show(page) {
    const root = /** @type {HTMLElement} */ (document.adoptNode(page.querySelector("[data-widget]")));
    if (theme) root.dataset.theme = theme;
    speakAs(page);
    chat?.end();
    panel?.end();
    shadow.replaceChildren(root);
    panel = makePanel(shadow, { onOpen, onLanguage: switchLanguage });
    chat = makeChat(shadow, session, {
      isWanted: panel.isOpen,
      onChange(state, talk) {
        unread.follow(state, talk, panel.isOpen());
        panel.tellUnread(unread.count());
      },
    });
  }

  function onOpen() {
    chat.wake();
    unread.seeAll();
    panel.tellUnread(0);
  }

  /** Somebody else may be there now: nothing of whoever was there stays in sight. */
  function beginAgain() {
    chat.leave();
    if (panel.isOpen() || session.mayRecall()) chat.takeUp();
  }

  async function switchLanguage() {
    const other = language === "en" ? "zh-TW" : "en";
    let page;
    try {
      page = await loadMarkup(other);
    } catch {
      return; // the other words cannot be had now; those that are there stay
    }
    ofDevice.write(LANGUAGE, other);
    keepLanguageWish(other);
    show(page);
    panel.open("[data-language]");
  }

  show(markup);
  document.body.append(host);
  if (session.mayRecall()) chat.takeUp();

  return {
    open: () => panel.open(),
    close: () => panel.close(),
    on: (event, hear) => event === "unread" && unread.hear(hear),
    identify(ask) {
      session.askBy(ask);
      beginAgain();
    },
  };
}

/** An async script may come before the page has a body. */
const hasBody = () => document.body ? undefined
  : new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
