/**
 * What waits for the reader, in front of the tab's title: new tickets and new words in their chats.
 */

const plain = document.title;
/** @type {Record<string, number>} */
const waiting = {};

/**
 * @param {"tickets" | "messages"} what
 * @param {number} number
 */
export function countInTitle(what, number) {
  waiting[what] = number;
  const all = Object.values(waiting).reduce((sum, one) => sum + one, 0);
  document.title = all ? `(${all}) ${plain}` : plain;
}
