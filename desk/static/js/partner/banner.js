/** What stands in the way of the conversation as a whole, and the way on. */

import { element, icon } from "./elements.js";
import { say } from "./words.js";

/**
 * @param {HTMLElement} banner @param {string} number  to call instead
 * @param {{startAnew: () => void, startOver: () => void, beginAgain: () => void, tellAgain: () => void, signIn?: () => void, isSignedIn: () => boolean}} acts
 * @returns {(state: import("./state.js").State) => void}
 */
export function makeBanner(banner, number, { startAnew, startOver, beginAgain, tellAgain, signIn = () => {}, isSignedIn }) {
  let shows = "";
  const button = (key, click) => element("button.button", { type: "button", click }, say(key));

  function parts(trouble) {
    switch (trouble) {
      case "over":
        if (isSignedIn()) return [icon("lock", 20), element("p", {}, say("signed_out")), button("sign_in", signIn)];
        return [icon("info", 20), element("p", {}, say("session_over")), button("new", startAnew)];
      case "erased":
        return [icon("info", 20), element("p", {}, say("erased")), button("new", startOver)];
      case "failed":
        return [icon("offline", 20), element("p", {}, say("start_failed", { number })), button("retry", beginAgain)];
      case "lost":
        return [icon("offline", 20), element("p", {},
          element("b", {}, say("connection_lost")), element("br"), say("connection_lost_detail"))];
      case "stranger":
        return [icon("info", 20), element("p", {}, say("stranger")), button("retry", tellAgain)];
      default:
        return [];
    }
  }

  return (state) => {
    const trouble = troubleOf(state);
    if (trouble === shows) return;
    shows = trouble;
    banner.hidden = trouble === "";
    banner.replaceChildren(...parts(trouble));
  };
}

/** The worst of what there is. @param {import("./state.js").State} state */
function troubleOf({ connection, start, stranger }) {
  if (connection === "over" || connection === "erased") return connection;
  if (start === "failed") return "failed";
  if (connection === "lost") return "lost";
  return stranger ? "stranger" : "";
}
