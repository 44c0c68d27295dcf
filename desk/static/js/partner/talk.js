/** Which conversation this browser is in, who speaks in it, and the language they wished for. */

import * as api from "./api.js";
import { ofDevice, ofTab } from "./storage.js";

const TALK = "hotline-talk";
const WISH = "hotline-language-wish";
const SIGN_IN = "/sign-in?next=/";
const RENEW_S = 15 * 24 * 3600; // half of what a conversation's token is good for

/**
 * @typedef {object} Session  who speaks, and how their conversation is found again and begun
 * @property {() => string} who  "" for a visitor; known once `recall` has answered
 * @property {() => boolean} isStranger  whether somebody should have told, and could not
 * @property {() => Promise<api.Talk | null>} recall  the conversation to go on with, if there is one
 * @property {(language: string) => Promise<api.Talk & {state: object, messages: object[]}>} begin
 * @property {(talk: api.Talk) => Promise<boolean>} [revive]  give it a token again, if whoever is there may
 * @property {() => void} [signIn]  leads to the sign-in, where that is ours
 * @property {() => void} [startOver]  begins as nobody, on a page on which nobody's name stands
 */

/**
 * The session of a page of ours: its cookie says who is there. Of somebody signed in this browser
 * keeps the number of the conversation and no token; the cookie renews that of its contact alone.
 * @param {string} who
 * @returns {Session}
 */
export const makePageSession = (who) => ({
  who: () => who,
  isStranger: () => false,
  recall: () => (who ? recallOwn(who) : recallTalk("")),
  async begin(language) {
    const started = await api.startConversation(language);
    rememberTalk(started, who);
    return started;
  },
  async revive(talk) {
    if (!who) return false;
    try {
      talk.token = (await api.renew(talk.id)).token;
      return true;
    } catch {
      return false;
    }
  },
  signIn: () => location.assign(SIGN_IN),
  startOver() {
    ofDevice.forget(TALK);
    location.reload();
  },
});

/** The conversation of whoever is signed in; a visitor's that has been running here becomes theirs. */
async function recallOwn(who) {
  const kept = ofDevice.read(TALK);
  if (!kept?.id) return null;
  try {
    if (kept.who === who) return await api.renew(kept.id);
    if (kept.who || !kept.token) return null;
    const joined = await api.identify({ id: kept.id, token: kept.token });
    rememberTalk(joined, who);
    return joined;
  } catch (failure) {
    if (failure instanceof api.Refused && (failure.isOver || failure.isOthers)) return null;
    throw failure;
  }
}

/** Have `act` done when another tab turns out to be somebody else's. @param {string} who @param {() => void} act */
export function onOther(who, act) {
  addEventListener("storage", ({ key }) => {
    const now = key === TALK ? ofDevice.read(TALK) : null;
    if (now && now.who !== who) act();
  });
}

/** The conversation kept here, if it is of whoever is there now. @param {string} who @returns {Promise<api.Talk | null>} */
export async function recallTalk(who) {
  const kept = ofDevice.read(TALK);
  if (kept?.who !== who || !kept.id || !kept.token) return null;
  const talk = { id: kept.id, token: kept.token };
  if (secondsLeft(talk.token) < RENEW_S) {
    try {
      talk.token = (await api.renew(talk.id, talk.token)).token;
      rememberTalk(talk, who);
    } catch {
      // It is good, or it is not: reading the conversation tells.
    }
  }
  return talk;
}

/** @param {api.Talk} talk @param {string} who */
export const rememberTalk = ({ id, token }, who) => ofDevice.write(TALK, who ? { id, who } : { id, token, who });

/** What a token says of itself; nobody but the hotline can tell whether it is true. @param {string} token */
export function claimsOf(token) {
  try {
    const body = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(body, (char) => char.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}

/** By this device's clock; NaN if the token does not tell. @param {string} token */
export const secondsLeft = (token) => Number(claimsOf(token).exp ?? NaN) - Date.now() / 1000;

/** Whoever asks for the other language gets a new page, so the wish is kept for it. @param {string} wish */
export const keepLanguageWish = (wish) => ofTab.write(WISH, wish);

/** The language that was just asked for; it is told once. @returns {string | null} */
export function takeLanguageWish() {
  const wish = ofTab.read(WISH);
  ofTab.forget(WISH);
  return wish;
}
