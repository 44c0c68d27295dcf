/** The chat's JSON API, as far as the page needs it beside the WebSocket. */

/** A refusal in the server's words; `over` when the token is no longer good. */
export class Refused extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.over = status === 401;
  }
}

/** @param {string} language */
export async function startConversation(language) {
  return json(await fetch("/api/conversations", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language }),
  }));
}

/** @param {Talk} talk @param {number} seq */
export const messagesAfter = async (talk, seq) =>
  json(await fetch(`/api/conversations/${talk.id}/messages?after=${seq}`, { headers: bearer(talk) }));

/** @param {Talk} talk @returns {Promise<object[]>} the cards of the open tickets */
export const openTickets = async (talk) =>
  (await json(await fetch(`/api/conversations/${talk.id}/tickets`, { headers: bearer(talk) }))).tickets;

/** @param {Talk} talk @param {string} file @returns {Promise<Blob>} */
export async function fileOf(talk, file) {
  const answer = await fetch(`/api/conversations/${talk.id}/files/${file}`, { headers: bearer(talk) });
  if (!answer.ok) throw new Refused(answer.status, answer.statusText);
  return answer.blob();
}

/**
 * Send a file; XMLHttpRequest, because fetch cannot tell how far an upload is.
 * @param {Talk} talk
 * @param {{id: string, text: string, file: File}} message
 * @param {(sent: number) => void} onProgress
 * @returns {{done: Promise<void>, cancel: () => void}} rejected with Refused, or Error if it broke off
 */
export function upload(talk, { id, text, file }, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("id", id);
    body.append("text", text);
    body.append("file", file);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(Math.min(loaded, file.size)));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(undefined);
      else reject(new Refused(request.status, messageOf(request.responseText)));
    });
    request.addEventListener("error", () => reject(new Error("broken off")));
    request.addEventListener("abort", () => reject(new Error("cancelled")));
    request.open("POST", `/api/conversations/${talk.id}/messages`);
    request.setRequestHeader("Authorization", `Bearer ${talk.token}`);
    request.send(body);
  });
  return { done, cancel: () => request.abort() };
}

/** @typedef {{id: string, token: string}} Talk */

const bearer = (talk) => ({ Authorization: `Bearer ${talk.token}` });

async function json(answer) {
  if (!answer.ok) throw new Refused(answer.status, messageOf(await answer.text()));
  return answer.json();
}

function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return "";
  }
}
