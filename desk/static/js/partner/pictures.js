/** The files of a conversation: fetched once each, with the conversation's token. */

import { fileOf } from "./api.js";

/** @param {() => import("./api.js").Talk} talk */
export function makePictures(talk) {
  /** @type {Map<string, Promise<string>>} */
  const urls = new Map();

  function urlOf(id) {
    if (!urls.has(id)) {
      const url = fileOf(talk(), id).then((blob) => URL.createObjectURL(blob));
      urls.set(id, url);
      url.catch(() => urls.delete(id)); // the next one who asks tries again
    }
    return /** @type {Promise<string>} */ (urls.get(id));
  }

  return {
    /** Rejected if the file cannot be had now. @param {{id: string, name: string}} file */
    async download({ id, name }) {
      const link = document.createElement("a");
      link.href = await urlOf(id);
      link.download = name;
      link.click();
    },
    /** @param {{id: string}} file @param {HTMLImageElement} image  stays hidden if there is no picture */
    async preview({ id }, image) {
      try {
        image.src = await urlOf(id);
        image.hidden = false;
      } catch {
        // The file stands there by its name, and can be asked for again.
      }
    },
  };
}
