/**
 * The style sheets of the hotline's own page, made to live in a shadow root.
 *
 * There, neither `:root` nor `body` is ours: the widget's own root stands for both. And a `rem` is
 * the host page's; ours is the font size that the reader's browser is set to.
 */

import { addressOf } from "../partner/api.js";

const SHEETS = ["tokens", "base", "components", "chat", "widget"];
const ROOT = ".hotline";

/** @returns {Promise<CSSStyleSheet[]>} in the order of their layers */
export async function loadSheets() {
  const texts = await Promise.all(SHEETS.map(textOf));
  const rem = fontSize();
  return texts.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text
      .replace(/:root\b/g, ROOT)
      .replace(/(^|[\s,])body(?=\s*[,{])/g, `$1${ROOT}`)
      .replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${Number(number) * rem}px`));
    return sheet;
  });
}

async function textOf(name) {
  const answer = await fetch(addressOf(`/static/css/${name}.css`));
  if (!answer.ok) throw new Error(`no ${name}.css`);
  return answer.text();
}

function fontSize() {
  const probe = document.createElement("span");
  probe.style.setProperty("font-size", "medium", "important");
  document.documentElement.append(probe);
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return size || 16;
}
