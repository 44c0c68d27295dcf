/** One conversation: state, view, connection and composer, wired together in a page or in the widget. */

import { newId } from "../ids.js";
import * as api from "./api.js";
import { makeComposer } from "./composer.js";
import { connect } from "./connection.js";
import { openOutbox } from "./outbox.js";
import { makePictures } from "./pictures.js";
import { lastSeq, nothing, reduce, unsaid } from "./state.js";
import { takeLanguageWish } from "./talk.js";
import { makeTickets } from "./tickets.js";
import { makeUploads } from "./uploads.js";
import { makeView } from "./view.js";
import { language, reasonOf, say } from "./words.js";

const LEAVE_QUEUE = "desk:assistant";
const SPEAK = "desk:language:";

/**
 * @typedef {object} Chat
 * @property {() => Promise<void>} takeUp  go on with the conversation of this browser, or start one
 * @property {() => void} wake  the same, if there is none yet
 * @property {() => void} leave  without another conversation in its place
 * @property {() => void} end
 */

/**
 * @param {Document | ShadowRoot} root  what has the chat's markup
 * @param {import("./talk.js").Session} session
 * @param {object} [wishes]
 * @param {(state: import("./state.js").State, talk: api.Talk | null) => void} [wishes.onChange]
 * @param {() => boolean} [wishes.isWanted]  whether to start a conversation where there is none
 * @returns {Chat}
 */
export function makeChat(root, session, { onChange = () => {}, isWanted = () => true } = {}) {
  const place = /** @type {HTMLElement} */ (root.querySelector("[data-chat]"));
  const ending = new AbortController();
  let state = nothing();
  /** @type {api.Talk | null} */
  let talk = null;
  /** @type {import("./outbox.js").Outbox | null} */
  let outbox = null;
  /** @type {import("./connection.js").Connection | null} */
  let connection = null;
  /** Only the newest beginning counts: whatever an earlier one still learns is left alone. */
  let beginnings = 0;
  let isStartingAnew = false;
  /** What "try again" does. */
  let beginAgain = takeUp;
  let wishedLanguage = takeLanguageWish();

  const uploads = makeUploads({ limitMb: Number(place.dataset.fileMb), dispatch });
  const pictures = makePictures(() => /** @type {api.Talk} */ (talk));
  const view = makeView(root, {
    press: ({ title, payload }) => sayIt({ text: title, payload }),
    ask: (text) => sayIt({ text }),
    attach: () => composer.choose(),
    sendVoice(file, seconds) {
      uploads.take(file, seconds);
      flush();
    },
    load: ({ id }) => api.fileOf(/** @type {api.Talk} */ (talk), id),
    resend: sendAgain,
    edit: takeBack,
    discard,
    cancel: discard,
    download: pictures.download,
    preview: pictures.preview,
    signIn: session.signIn,
    isSignedIn: () => Boolean(session.signIn && session.who()),
    leaveQueue: () => sayIt({ text: say("speaker.leave_queue"), payload: LEAVE_QUEUE }),
    startAnew,
    startOver: () => (session.startOver ?? startAnew)(),
    beginAgain: () => beginAgain(),
    tellAgain: takeUp,
  });
  const tickets = makeTickets(root, (text) => sayIt({ text }), ending.signal);
  const composer = makeComposer(root, {
    onText: (text) => sayIt({ text }),
    onFile(file) {
      uploads.take(file);
      flush();
    },
  });
  root.querySelector("[data-new]")?.addEventListener("click", () => {
    tickets.close();
    startAnew();
  });
  addEventListener("online", () => state.start === "failed" && beginAgain(), { signal: ending.signal });

  async function takeUp() {
    const mine = ++beginnings;
    const had = talk;
    dispatch({ type: "start", state: "going" });
    /** @type {api.Talk | null} */
    let kept;
    try {
      kept = await session.recall();
    } catch {
      if (mine === beginnings) failToBegin(takeUp);
      return;
    }
    if (mine !== beginnings) return;
    composer.keepDraftOf(session.who());
    // What was said before anybody knew who is there goes along; what was said elsewhere does not.
    const left = had ? [] : unsaid(state);
    enter(kept);
    recallUnsent();
    sayAgain(left);
    if (!kept) return startIfWanted();
    dispatch({ type: "start", state: "going" });
    try {
      const known = await api.messagesAfter(kept, 0);
      if (mine !== beginnings) return;
      dispatch({ type: "start", state: "done" });
      dispatch({ type: "state", state: known.state });
      dispatch({ type: "messages", messages: known.messages });
    } catch (failure) {
      if (mine !== beginnings) return;
      if (failure instanceof api.Refused && failure.isOver) return startIfWanted();
      failToBegin(takeUp); // the conversation is still good, and so the socket goes on trying
    }
    listen();
  }

  const startIfWanted = () => (isWanted() ? startAnew() : leave());

  /** Start a conversation. The old one stays until the new one is there, and what waits goes along. */
  async function startAnew() {
    if (isStartingAnew) return; // a double click
    isStartingAnew = true;
    const mine = ++beginnings;
    dispatch({ type: "start", state: "going" });
    try {
      const started = await session.begin(language);
      if (mine !== beginnings) return;
      const left = unsaid(state);
      outbox?.keep([]);
      composer.keepDraftOf(session.who());
      enter(started);
      dispatch({ type: "state", state: started.state });
      dispatch({ type: "messages", messages: started.messages });
      sayAgain(left);
      listen();
    } catch {
      if (mine === beginnings) failToBegin(startAnew);
    } finally {
      isStartingAnew = false;
    }
  }

  /** Leave the present conversation, if there is one, for `next`. @param {api.Talk | null} next */
  function enter(next) {
    connection?.end();
    connection = null;
    talk = next;
    outbox = openOutbox(next?.id ?? `unstarted-${session.who()}`);
    state = { ...nothing(), stranger: session.isStranger() };
  }

  function leave() {
    beginnings++;
    enter(null);
    dispatch({ type: "start", state: "done" });
    tickets.paint([], false);
  }

  function recallUnsent() {
    for (const message of outbox?.unsent() ?? []) {
      const { id, file, status } = message;
      state = reduce(state, { type: "said", message });
      if (file && !uploads.has(id) && !message.final) {
        state = reduce(state, { type: "broken", id, reason: say("upload_lost") });
      } else if (status !== "failed") state = reduce(state, { type: "unsent", id });
    }
  }

  /** @param {import("./state.js").Pending[]} left */
  function sayAgain(left) {
    for (const message of left) {
      if (!pendingOf(message.id)) dispatch({ type: "said", message: { ...message, after: lastSeq(state) } });
    }
  }

  /** @param {() => void} again */
  function failToBegin(again) {
    beginAgain = again;
    dispatch({ type: "start", state: "failed" });
  }

  function listen() {
    connection = connect({
      talk: /** @type {api.Talk} */ (talk),
      after: () => lastSeq(state),
      onFrame: (frame) => dispatch(frame.type === "refused" ? { ...frame, reason: reasonOf(frame.error) } : frame),
      async onState(reached, seconds) {
        const mine = beginnings;
        if (reached === "over" && talk && (await session.revive?.(talk))) return mine === beginnings && listen();
        const wasLost = state.connection === "lost";
        if (reached === "erased") dropAll();
        dispatch({ type: "connection", state: reached });
        if (reached !== "open") return;
        if (wasLost) dispatch({ type: "back", seconds });
        followLanguage();
        flush();
      },
    });
    refreshTickets();
  }

  /** Whoever spoke here was erased: nothing of theirs stays on the page, nor what waits on the device. */
  function dropAll() {
    for (const { id } of state.pending) uploads.drop(id);
    composer.clear();
    tickets.close();
    tickets.paint([], false);
  }

  /** @param {object & {type: string}} event */
  function dispatch(event) {
    if (ending.signal.aborted) return;
    const spoken = state.speaker?.language;
    state = reduce(state, event);
    view.paint(state);
    outbox?.keep(state.pending);
    onChange(state, talk);
    const isTold = event.type === "messages" && event.messages.some(({ card, sender }) => card || sender === "system");
    if (isTold || (spoken && spoken !== state.speaker?.language)) refreshTickets();
  }

  /** @param {{text: string, payload?: string}} said */
  function sayIt(said) {
    dispatch({ type: "said", message: { id: newId(), ...said } });
    flush();
  }

  /** Send what waits, in the order typed; what cannot go now goes when the connection is back. */
  function flush() {
    for (const { id, text, payload, file } of unsaid(state)) {
      if (file) {
        if (talk && state.connection === "open") uploads.send(talk, { id, text });
      } else if (connection?.send({ type: "message", id, text, payload, title: text })) dispatch({ type: "sending", id });
    }
  }

  /** Who pressed the language toggle wants to be answered in that language, too. */
  function followLanguage() {
    const spoken = state.speaker?.language;
    if (wishedLanguage === language && spoken && spoken !== language) {
      sayIt({ text: say("language_named"), payload: `${SPEAK}${language}` });
    }
    wishedLanguage = null;
  }

  /** @param {string} id */
  function sendAgain(id) {
    dispatch({ type: "unsent", id });
    if (pendingOf(id)?.file && !uploads.has(id)) dispatch({ type: "broken", id, reason: say("upload_lost") });
    else flush();
  }

  /** @param {string} id */
  function takeBack(id) {
    const words = pendingOf(id)?.text ?? "";
    dispatch({ type: "discarded", id });
    composer.restore(words);
  }

  /** @param {string} id */
  function discard(id) {
    dispatch({ type: "discarded", id });
    uploads.drop(id);
    composer.focus();
  }

  function pendingOf(id) {
    return state.pending.find((one) => one.id === id);
  }

  async function refreshTickets() {
    const asked = talk;
    if (!asked) return;
    try {
      const cards = await api.openTickets(asked);
      if (asked === talk) tickets.paint(cards, Boolean(state.speaker?.name));
    } catch {
      // The list keeps what it showed; the conversation itself tells when it cannot be reached.
    }
  }

  return {
    takeUp,
    wake: () => void (talk || state.start !== "done" || takeUp()),
    leave,
    end() {
      beginnings++;
      connection?.end();
      ending.abort();
    },
  };
}
