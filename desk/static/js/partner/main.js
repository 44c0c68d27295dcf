/** The partner's page: state, view, connection and composer, wired together. */

import * as api from "./api.js";
import { makeComposer } from "./composer.js";
import { connect } from "./connection.js";
import { keep, newId, unsentOf } from "./outbox.js";
import { lastSeq, nothing, reduce } from "./state.js";
import { makeTickets } from "./tickets.js";
import { makeView } from "./view.js";
import { language, say, sizeOf } from "./words.js";

const TALK_KEY = "hotline-talk";
const LEAVE_QUEUE = "desk:assistant";

const main = /** @type {HTMLElement} */ (document.querySelector("[data-chat]"));
const who = main.dataset.who ?? "";
const limitMb = Number(main.dataset.fileMb);

let state = nothing();
/** @type {api.Talk | null} */
let talk = null;
/** @type {import("./connection.js").Connection | null} */
let connection = null;
/** Files on their way and what to send again; they do not survive a reload. @type {Map<string, File>} */
const files = new Map();
/** @type {Map<string, () => void>} */
const uploads = new Map();
/** Pictures already fetched, by file id. @type {Map<string, Promise<string>>} */
const pictures = new Map();

const view = makeView(document, {
  press: (button) => sayIt({ text: button.title, payload: button.payload }),
  ask: (text) => sayIt({ text }),
  attach: () => composer.choose(),
  resend: (id) => sendAgain(id),
  edit: (id) => takeBack(id),
  discard: (id) => dispatch({ type: "discarded", id }),
  cancel: (id) => cancelUpload(id),
  download,
  preview,
  leaveQueue: () => sayIt({ text: say("speaker.leave_queue"), payload: LEAVE_QUEUE }),
  restart: () => begin(true),
});
const tickets = makeTickets(document, (text) => sayIt({ text }));
const composer = makeComposer(document, { onText: (text) => sayIt({ text }), onFile: sayFile });
document.querySelector("[data-new]")?.addEventListener("click", () => begin(true));

begin(false);

/** Take up the conversation of this browser, or start one. @param {boolean} anew */
async function begin(anew) {
  connection?.end();
  const left = anew ? state.pending.filter(({ status }) => status !== "failed") : [];
  state = nothing();
  talk = anew ? null : rememberedTalk();
  try {
    if (talk) {
      for (const message of unsentOf(talk.id)) {
        state = reduce(state, { type: "said", message });
        if (message.file) state = reduce(state, { type: "broken", id: message.id, reason: say("upload_lost") });
        else if (message.status !== "failed") state = reduce(state, { type: "unsent", id: message.id });
      }
      const known = await api.messagesAfter(talk, 0);
      dispatch({ type: "state", state: known.state });
      dispatch({ type: "messages", messages: known.messages });
    } else {
      const started = await api.startConversation(language);
      talk = { id: started.id, token: started.token };
      localStorage.setItem(TALK_KEY, JSON.stringify({ ...talk, who }));
      dispatch({ type: "state", state: started.state });
      dispatch({ type: "messages", messages: started.messages });
      for (const message of left) dispatch({ type: "said", message: { ...message, status: "waiting" } });
    }
  } catch (refused) {
    if (talk && refused instanceof api.Refused) return begin(true);
    if (!talk) return dispatch({ type: "connection", state: "failed" });
  }
  let first = true;
  connection = connect({
    ...talk,
    after: () => lastSeq(state),
    onFrame: dispatch,
    onState(reached, seconds) {
      const wasLost = state.connection === "lost";
      dispatch({ type: "connection", state: reached });
      if (reached === "open") {
        if (wasLost && !first) dispatch({ type: "back", seconds });
        first = false;
        flush();
      } else if (reached === "lost") {
        for (const { id, status } of state.pending) if (status === "sending" && !uploads.has(id)) dispatch({ type: "unsent", id });
      }
    },
  });
  refreshTickets();
}

/** @param {object & {type: string}} event */
function dispatch(event) {
  state = reduce(state, event);
  view.paint(state);
  if (talk) keep(talk.id, state.pending);
  if (event.type === "messages" && event.messages.some(({ card, sender }) => card || sender === "system")) refreshTickets();
}

/** @param {{text: string, payload?: string}} said */
function sayIt(said) {
  dispatch({ type: "said", message: { id: newId(), ...said } });
  flush();
}

/** @param {File} file */
function sayFile(file) {
  const id = newId();
  const { name, size, type } = file;
  dispatch({ type: "said", message: { id, text: "", file: { name, size, type } } });
  if (size > limitMb * 1_048_576) {
    const message = say("upload_too_large", { name, size: sizeOf(size), limit: limitMb });
    return dispatch({ type: "refused", id, error: { message } });
  }
  files.set(id, file);
  flush();
}

/** Send what waits, in the order typed; what cannot go now goes when the connection is back. */
function flush() {
  for (const { id, text, payload, file, status } of state.pending) {
    if (status !== "waiting") continue;
    if (file) sendFile(id, text);
    else if (connection?.send({ type: "message", id, text, payload, title: text })) dispatch({ type: "sending", id });
  }
}

/** @param {string} id @param {string} text */
async function sendFile(id, text) {
  const file = files.get(id);
  if (!file || !talk || state.connection !== "open") return;
  dispatch({ type: "sending", id });
  let sent = 0;
  const { done, cancel } = api.upload(talk, { id, text, file }, (soFar) => {
    sent = soFar;
    dispatch({ type: "progress", id, sent });
  });
  uploads.set(id, cancel);
  try {
    await done;
    files.delete(id);
    dispatch({ type: "stored", id });
  } catch (failure) {
    const refused = failure instanceof api.Refused;
    if (refused) dispatch({ type: "refused", id, error: { message: failure.message } });
    else dispatch({ type: "broken", id, reason: say("upload_broken", { sent: sizeOf(sent) }) });
  } finally {
    uploads.delete(id);
  }
}

/** @param {string} id */
function sendAgain(id) {
  dispatch({ type: "unsent", id });
  if (state.pending.find((one) => one.id === id)?.file && !files.has(id)) {
    return dispatch({ type: "broken", id, reason: say("upload_lost") });
  }
  flush();
}

/** @param {string} id */
function takeBack(id) {
  const words = state.pending.find((one) => one.id === id)?.text ?? "";
  dispatch({ type: "discarded", id });
  composer.restore(words);
}

/** @param {string} id */
function cancelUpload(id) {
  uploads.get(id)?.();
  files.delete(id);
  dispatch({ type: "discarded", id });
}

async function refreshTickets() {
  try {
    if (talk) tickets.paint(await api.openTickets(talk));
  } catch {
    // The list keeps what it showed; the conversation itself tells when it cannot be reached.
  }
}

/** @param {{id: string, name: string}} file */
async function download({ id, name }) {
  const link = document.createElement("a");
  link.href = await pictureOf(id);
  link.download = name;
  link.click();
}

/** @param {{id: string}} file @param {HTMLImageElement} image */
async function preview({ id }, image) {
  image.src = await pictureOf(id);
  image.hidden = false;
}

/** @param {string} id */
function pictureOf(id) {
  if (!pictures.has(id) && talk) pictures.set(id, api.fileOf(talk, id).then((blob) => URL.createObjectURL(blob)));
  return /** @type {Promise<string>} */ (pictures.get(id));
}

/** The conversation kept in this browser, if it is of whoever is signed in now. @returns {api.Talk | null} */
function rememberedTalk() {
  try {
    const kept = JSON.parse(localStorage.getItem(TALK_KEY) ?? "");
    return kept.who === who ? { id: kept.id, token: kept.token } : null;
  } catch {
    return null;
  }
}
