/**
 * The chat's JSON API, as far as the page needs it beside the WebSocket. Every call has an end.
 *
 * Tokens alone say who asks; only on the hotline's own pages a cookie goes along, by the browser's
 * own rule for requests to the same origin.
 */

const ANSWER_WITHIN_MS = 15_000;
const FILE_WITHIN_MS = 60_000;
const STALLED_MS = 30_000;

/** Where the hotline is: nothing on its own pages, its origin in those of others. */
let base = "";

/** @param {string} origin */
export const reach = (origin) => (base = origin);

/** The address of a path of the hotline. @param {string} path */
export const addressOf = (path) => new URL(path, base || location.origin).href;

/** @param {string} id  of a conversation */
export const liveAddress = (id) => addressOf(`/api/conversations/${id}/live`).replace(/^http/, "ws");

/** A refusal: the server's code, and its own words. */
export class Refused extends Error {
  /** @param {number} status @param {{code?: string, message?: string}} error */
  constructor(status, { code = "other", message = "" }) {
    super(message);
    this.code = code;
    /** The token is not, or no longer, good. */
    this.isUnknown = status === 401;
    /** The conversation is not to be had any more: its token has expired, or it is gone. */
    this.isOver = status === 401 || status === 404;
    /** It is somebody else's. */
    this.isOthers = status === 409;
    /** The same may go through a little later. */
    this.mayPass = status >= 500 || status === 408 || status === 429;
  }
}

/** @param {string} language @param {string} [portalToken]  of whoever begins it */
export async function startConversation(language, portalToken) {
  return json("/api/conversations", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(portalToken && bearer({ token: portalToken })) },
    body: JSON.stringify({ language }),
  });
}

/**
 * A fresh token for a conversation.
 * @param {string} id
 * @param {string} [token]  its own, or a portal's; without one the cookie says whose it is
 */
export const renew = (id, token) =>
  json(`/api/conversations/${id}/renew`, { method: "POST", headers: token ? bearer({ token }) : {} });

/** A visitor's conversation becomes that of whoever is signed in here. @param {Talk} talk */
export const identify = (talk) =>
  json(`/api/conversations/${talk.id}/identify`, { method: "POST", headers: bearer(talk) });

/** @param {Talk} talk @param {number} seq */
export const messagesAfter = (talk, seq) =>
  json(`/api/conversations/${talk.id}/messages?after=${seq}`, { headers: bearer(talk) });

/** @param {Talk} talk @returns {Promise<object[]>} the cards of the open tickets */
export const openTickets = async (talk) =>
  (await json(`/api/conversations/${talk.id}/tickets`, { headers: bearer(talk) })).tickets;

/** @param {Talk} talk @param {string} file @returns {Promise<Blob>} */
export async function fileOf(talk, file) {
  const answer = await ask(`/api/conversations/${talk.id}/files/${file}`, { headers: bearer(talk) }, FILE_WITHIN_MS);
  return answer.blob();
}

/**
 * Send a file; XMLHttpRequest, because fetch cannot tell how far an upload is.
 * @param {Talk} talk
 * @param {{id: string, text: string, file: File}} message
 * @param {(sent: number) => void} onProgress
 * @returns {{done: Promise<void>, cancel: () => void}} rejected with Refused, or Error if it broke
 *   off; one that does not move for half a minute has broken off, too
 */
export function upload(talk, { id, text, file }, onProgress) {
  const request = new XMLHttpRequest();
  let stalled = 0;
  const watch = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => request.abort(), STALLED_MS);
  };
  const done = new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("id", id);
    body.append("text", text);
    body.append("file", file);
    request.upload.addEventListener("progress", ({ loaded }) => {
      watch();
      onProgress(Math.min(loaded, file.size));
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(undefined);
      else reject(new Refused(request.status, errorOf(request.responseText)));
    });
    request.addEventListener("error", () => reject(new Error("broken off")));
    request.addEventListener("abort", () => reject(new Error("cancelled")));
    request.addEventListener("loadend", () => clearTimeout(stalled));
    request.open("POST", addressOf(`/api/conversations/${talk.id}/messages`));
    request.setRequestHeader("Authorization", `Bearer ${talk.token}`);
    request.send(body);
    watch();
  });
  return { done, cancel: () => request.abort() };
}

/** @typedef {{id: string, token: string}} Talk  its token may be renewed while it goes on */

const bearer = (talk) => ({ Authorization: `Bearer ${talk.token}` });

const json = async (path, request) => (await ask(path, request)).json();

async function ask(path, request, withinMs = ANSWER_WITHIN_MS) {
  const answer = await fetch(addressOf(path), { ...request, signal: AbortSignal.timeout(withinMs) });
  if (!answer.ok) throw new Refused(answer.status, errorOf(await answer.text()));
  return answer;
}

function errorOf(text) {
  try {
    return JSON.parse(text).error ?? {};
  } catch {
    return {};
  }
}
