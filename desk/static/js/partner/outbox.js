/**
 * What the partner said and the server does not have yet. It survives a reload, and a resend is
 * harmless: the id was given here, and the server keeps one message per id.
 *
 * Words are kept on the device, so that any tab can send them once the one that took them is gone.
 * A file cannot be kept: that it is missing is the knowledge of its own tab.
 */

import { ofDevice, ofTab } from "./storage.js";

const KEPT = ["id", "text", "payload", "file", "status", "reason", "final", "after"];

/**
 * @typedef {object} Outbox
 * @property {() => import("./state.js").Pending[]} unsent  take over what is kept, in the order typed
 * @property {(pending: import("./state.js").Pending[]) => void} keep
 */

/**
 * The outbox of one conversation. Each tab adds and removes its own messages only: those it was
 * told to keep before, and those it took over.
 * @param {string} conversation
 * @param {{words: import("./storage.js").Store, files: import("./storage.js").Store}} [stores]
 * @returns {Outbox}
 */
export function openOutbox(conversation, { words, files } = { words: ofDevice, files: ofTab }) {
  const key = `hotline-outbox-${conversation}`;
  const own = new Set();
  let written = "";

  function write(store, messages) {
    const others = (store.read(key) ?? []).filter(({ id }) => !own.has(id));
    const all = [...others, ...messages];
    if (all.length) store.write(key, all);
    else store.forget(key);
  }

  return {
    unsent() {
      const kept = [...(words.read(key) ?? []), ...(files.read(key) ?? [])];
      for (const { id } of kept) own.add(id);
      return kept;
    },
    keep(pending) {
      const kept = pending.map((one) => Object.fromEntries(KEPT.map((name) => [name, one[name]])));
      const text = JSON.stringify(kept);
      if (text === written || (!kept.length && !own.size)) return;
      written = text;
      for (const { id } of kept) own.add(id);
      write(words, kept.filter(({ file }) => !file));
      write(files, kept.filter(({ file }) => file));
    },
  };
}
