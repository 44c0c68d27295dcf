/**
 * What of the news is worth telling somebody who looks elsewhere. Pure.
 *
 * Screens may be locked and others look over a shoulder: a notice has a ticket's number and a
 * service, and nothing of anybody.
 */

/**
 * @typedef {object} Reader
 * @property {number} me
 * @property {string[]} queues
 *
 * @typedef {object} Notice
 * @property {number} id of the entry
 * @property {"waiting" | "offer" | "ticket" | "message"} what
 * @property {string} url that shows it
 * @property {string[]} shownBy what a page that has it on screen shows
 * @property {string} tag a later one about the same takes its place
 * @property {string | null} number
 * @property {string | null} queue
 */

/**
 * @param {import("./live.js").Entry} entry
 * @param {Reader} reader
 * @returns {Notice | null}
 */
export function noticeOf(entry, reader) {
  const { id, kind, number, conversation, queue } = entry;
  const chat = `/console/conversations/${conversation}`;
  if (kind === "conversation.queued") {
    return notice("waiting", chat, ["waiting", `chat:${conversation}`], `chat:${conversation}`);
  }
  if (kind === "conversation.offered" && entry.holder === reader.me) {
    return notice("offer", chat, [`chat:${conversation}`, "waiting"], `chat:${conversation}`);
  }
  if (kind === "ticket.opened" && number && queue && reader.queues.includes(queue)) {
    const shownBy = ["tickets", `ticket:${number}`];
    return notice("ticket", `/console/tickets/${number}`, shownBy, `ticket:${number}`);
  }
  if (kind === "message.stored" && entry.sender === "partner" && entry.holder === reader.me) {
    return notice("message", chat, ["mine", `chat:${conversation}`], `chat:${conversation}`);
  }
  return null;

  /**
   * @param {Notice["what"]} what
   * @param {string} url
   * @param {string[]} shownBy
   * @param {string} tag
   */
  function notice(what, url, shownBy, tag) {
    return { id, what, url, shownBy, tag, number, queue };
  }
}

/**
 * What a page has on screen, in the words of `shownBy`.
 * @param {DOMStringMap} page
 */
export function shownOn({ page, number, conversation }) {
  const lists = { queue: ["tickets", "waiting", "mine"], conversations: ["waiting", "mine"] };
  return [
    ...(lists[/** @type {"queue"} */ (page)] ?? []),
    ...(number ? [`ticket:${number}`] : []),
    ...(conversation ? [`chat:${conversation}`] : []),
  ];
}

/**
 * The words of one notice, or of several at once, and where they lead.
 * @param {Notice[]} notices at least one
 * @param {any} words
 * @returns {{title: string, body: string, url: string, tag: string}}
 */
export function worded(notices, words) {
  const [one] = notices;
  if (new Set(notices.map(({ tag }) => tag)).size > 1) {
    const title = words.several.replace("{n}", String(notices.length));
    return { title, body: words.several_how, url: "/console", tag: "several" };
  }
  const { url, tag } = one;
  if (one.what === "ticket") {
    const queue = words.queue[one.queue ?? ""] ?? "";
    return { title: words.ticket.replace("{queue}", queue), body: one.number ?? "", url, tag };
  }
  return { title: words[one.what], body: words[`${one.what}_how`], url, tag };
}
