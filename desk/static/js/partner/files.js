/** A file in a message: on its way with a bar and a way to cancel, then as a button to download. */

import { element, icon, setText } from "./elements.js";
import { clock, makePlayer } from "./voice/player.js";
import { say, sizeOf } from "./words.js";

/**
 * @param {{id: string, name: string, type: string, size: number, seconds?: number}} file
 * @param {{download: (file: object) => Promise<void>, load: (file: object) => Promise<Blob>, preview: (file: object, image: HTMLImageElement) => void}} acts
 */
export function fileButton(file, acts) {
  if (isVoice(file)) return makePlayer(file.seconds, () => acts.load(file)).element;
  const isImage = file.type.startsWith("image/");
  const size = element("span.file__size", {}, sizeOf(file.size));
  const image = isImage && /** @type {HTMLImageElement} */ (element("img.file__image", { alt: "", hidden: true }));
  if (image) acts.preview(file, image);
  return element("button.file", {
      type: "button", "aria-label": say("file_open", { name: file.name }),
      click: async () => {
        try {
          await acts.download(file);
          setText(size, sizeOf(file.size));
        } catch {
          setText(size, say("file_failed"));
        }
      },
    },
    image, sign(file), element("span.file__name", {}, file.name), size);
}

/** @param {{name: string, type: string, size: number}} file @param {() => void} onCancel */
export function uploadBar(file, onCancel) {
  const bar = /** @type {HTMLProgressElement} */ (
    element("progress.file__bar", { max: String(Math.max(1, file.size)), "aria-label": nameOf(file) }));
  const size = element("span.file__size");
  const cancel = element("button.file__cancel", {
    type: "button", "aria-label": say("upload_cancel"), click: onCancel,
  }, icon("close", 16));
  return {
    element: element("div.file", {}, sign(file), element("span.file__name", {}, nameOf(file)), size, cancel, bar),
    /** @param {import("./state.js").Pending} one */
    update({ status, sent = 0 }) {
      const isMoving = status === "sending" || status === "waiting";
      bar.hidden = cancel.hidden = !isMoving;
      bar.value = sent;
      setText(size, isMoving ? howFar(file, sent) : sizeOf(file.size));
    },
  };
}

/** Whether it is a voice message, whose length is known. */
const isVoice = ({ type, seconds }) => type.startsWith("audio/") && seconds > 0;

/** What a file is called on its way; a voice message by its length. */
export const nameOf = (file) => (isVoice(file) ? say("voice.named", { length: clock(file.seconds) }) : file.name);

const howFar = (file, sent) => isVoice(file)
  ? say("voice.percent", { n: Math.floor((100 * sent) / Math.max(1, file.size)) })
  : say("uploading", { sent: sizeOf(sent), size: sizeOf(file.size) });

const sign = (file) => icon(isVoice(file) ? "mic" : file.type.startsWith("image/") ? "image" : "file", 20);
