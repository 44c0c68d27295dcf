/**
 * Who speaks in the widget: whoever the portal's token names, else a visitor.
 *
 * Of somebody signed in, this browser keeps the number of the conversation and no token: at each
 * page the portal says anew who is there, and its token renews the conversation of the same contact
 * only. So a conversation ends with the sign-in at the portal, whoever uses the browser next. A
 * visitor's conversation has nothing but its own token, which is kept.
 */

import * as api from "../partner/api.js";
import { ofDevice } from "../partner/storage.js";
import { claimsOf, recallTalk, rememberTalk, secondsLeft } from "../partner/talk.js";

const TALK = "hotline-talk-portal";
const ANSWER_WITHIN_MS = 10_000;
const NEARLY_OVER_S = 30;
const JUST_ASKED_MS = 10_000;
const SOONEST_MS = 5_000;
const LATEST_MS = 12 * 3_600_000;
const AGAIN_MS = 60_000;

/**
 * @param {(() => Promise<string> | string) | null | undefined} ask  the portal's callback
 * @param {() => void} onOther  somebody else is there now than before
 */
export function makePortalSession(ask, onOther) {
  let token = "", who = "", isStranger = false, hasWarned = false;
  let askedAt = -Infinity;
  let renewing = 0;
  /** @type {api.Talk | null} */
  let talk = null;

  /** The portal's word on who is there; "" if nobody is. Rejected if it could not be had. */
  async function asked() {
    if (!ask) return "";
    const answer = await within(ANSWER_WITHIN_MS, (async () => ask())());
    if (answer === null || answer === undefined) return "";
    if (typeof answer !== "string") throw new TypeError("no token");
    return answer;
  }

  async function identify() {
    try {
      know(await asked());
    } catch (failure) {
      beStranger(`failed (${failure instanceof Error ? failure.name : typeof failure})`);
    }
    askedAt = performance.now();
  }

  function know(answer) {
    token = answer;
    who = answer ? String(claimsOf(answer).sub ?? "portal") : "";
    isStranger = false;
  }

  function beStranger(why) {
    know("");
    isStranger = true;
    warn(why);
  }

  function warn(why) {
    if (!hasWarned) console.warn(`Partner Hotline: the portal's token ${why}.`);
    hasWarned = true;
  }

  const left = () => secondsLeft(token);

  /**
   * Before the token ends by its own account, which nobody has to trust: the hotline judges it. By
   * a clock that goes wrong it has ended already; then the portal is asked once a minute.
   */
  function renewInTime(waitMs = left() > 0 ? (left() - Math.min(60, left() / 4)) * 1000 : AGAIN_MS) {
    clearTimeout(renewing);
    if (!token) return;
    renewing = setTimeout(renew, Math.min(Math.max(waitMs, SOONEST_MS), LATEST_MS));
  }

  async function renew() {
    const mine = talk, before = who;
    try {
      const answer = await asked();
      if (mine !== talk) return;
      know(answer);
      if (who !== before) return onOther();
      if (mine) mine.token = (await api.renew(mine.id, token)).token;
      renewInTime();
    } catch (failure) {
      if (mine !== talk) return;
      if (failure instanceof api.Refused && failure.isOver) return onOther();
      warn("could not be renewed");
      renewInTime(AGAIN_MS);
    }
  }

  /** The conversation of whoever the token names, if it is theirs. */
  async function recallOwn() {
    const kept = ofDevice.read(TALK);
    try {
      return kept?.who === who && kept.id ? await api.renew(kept.id, token) : null;
    } catch (failure) {
      if (!(failure instanceof api.Refused && failure.isOver)) throw failure;
      if (failure.isUnknown) beStranger("was refused");
      return null;
    }
  }

  return {
    who: () => who,
    isStranger: () => isStranger,
    /** Whether there may be a conversation to go on with. */
    mayRecall: () => ofDevice.read(ask ? TALK : "hotline-talk") !== null,
    /** @param {typeof ask} next */
    askBy(next) {
      clearTimeout(renewing);
      ask = next;
      talk = null;
    },
    async recall() {
      await identify();
      talk = token ? await recallOwn() : null;
      if (!token) talk = await recallTalk("");
      renewInTime();
      return talk;
    },
    /** @param {string} language */
    async begin(language) {
      const isGood = left() > NEARLY_OVER_S || performance.now() - askedAt < JUST_ASKED_MS;
      if (ask && !isGood) await identify();
      let started;
      try {
        started = await api.startConversation(language, token);
      } catch (failure) {
        if (!token || !(failure instanceof api.Refused && failure.isUnknown)) throw failure;
        beStranger("was refused");
        started = await api.startConversation(language);
      }
      if (token) ofDevice.write(TALK, { id: started.id, who });
      else rememberTalk(started, "");
      talk = started;
      renewInTime();
      return started;
    },
  };
}

/** @template T @param {number} ms @param {Promise<T>} promise @returns {Promise<T>} */
function within(ms, promise) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("late")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
