/** Files on their way. They do not survive a reload, so the page remembers what is to be sent again. */

import * as api from "./api.js";
import { newId } from "../ids.js";
import { reasonOf, say, sizeOf } from "./words.js";

/**
 * @param {object} page
 * @param {number} page.limitMb
 * @param {(event: object & {type: string}) => void} page.dispatch
 */
export function makeUploads({ limitMb, dispatch }) {
  /** @type {Map<string, File>} */
  const files = new Map();
  /** @type {Map<string, () => void>} */
  const cancels = new Map();

  return {
    /** Whether the file of a message is still at hand. @param {string} id */
    has: (id) => files.has(id),

    /** Say a file; it waits until it is sent. @param {File} file @param {number} [seconds]  of a voice message */
    take(file, seconds) {
      const id = newId();
      const { name, size, type } = file;
      dispatch({ type: "said", message: { id, text: "", file: { name, size, type, seconds } } });
      if (size > limitMb * 1_048_576) {
        const reason = say("upload_too_large", { name, size: sizeOf(size), limit: limitMb });
        dispatch({ type: "refused", id, reason });
      } else files.set(id, file);
    },

    /** @param {api.Talk} talk @param {{id: string, text: string}} message */
    async send(talk, { id, text }) {
      const file = files.get(id);
      if (!file || cancels.has(id)) return;
      dispatch({ type: "sending", id });
      let sent = 0;
      const { done, cancel } = api.upload(talk, { id, text, file }, (soFar) => {
        sent = soFar;
        dispatch({ type: "progress", id, sent });
      });
      cancels.set(id, cancel);
      try {
        await done;
        files.delete(id);
        dispatch({ type: "stored", id });
      } catch (failure) {
        if (!(failure instanceof api.Refused)) {
          dispatch({ type: "broken", id, reason: say("upload_broken", { sent: sizeOf(sent) }) });
        } else dispatch({ type: failure.mayPass ? "broken" : "refused", id, reason: reasonOf(failure) });
      } finally {
        cancels.delete(id);
      }
    },

    /** @param {string} id */
    drop(id) {
      files.delete(id);
      cancels.get(id)?.();
    },
  };
}
