/**
 * What the partner said and the server does not have yet. It survives a reload, and a resend is
 * harmless: the id was given here, and the server keeps one message per id.
 */

const KEY = "hotline-outbox";

/** @param {string} conversation @returns {import("./state.js").Pending[]} */
export function unsentOf(conversation) {
  const kept = read();
  return kept.conversation === conversation ? kept.messages : [];
}

/** @param {string} conversation @param {import("./state.js").Pending[]} pending */
export function keep(conversation, pending) {
  const messages = pending.map(({ id, text, payload, file, status, reason, final }) =>
    ({ id, text, payload, file, status, reason, final }));
  if (messages.length) localStorage.setItem(KEY, JSON.stringify({ conversation, messages }));
  else localStorage.removeItem(KEY);
}

/** A new id (UUID 4); `crypto.randomUUID` is missing where the page came over plain HTTP. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "") ?? {};
  } catch {
    return {};
  }
}
