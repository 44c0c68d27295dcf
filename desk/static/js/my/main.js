/** A request's page: "talk about it in the chat" goes on in the conversation of this browser. */

import { recallTalk, rememberTalk } from "../partner/talk.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-chat-about]"));
const who = form?.dataset.who ?? "";

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.disabled = true;
  try {
    const running = await recallTalk(who);
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ conversation: running?.id ?? "" }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    rememberTalk(await answer.json(), who);
    location.assign("/");
  } catch {
    form.submit(); // the page itself tells what is wrong
  } finally {
    button.disabled = false;
  }
});
