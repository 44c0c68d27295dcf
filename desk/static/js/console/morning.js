/** The morning's list by keys: move and open, play, say what came of a call, go on with the next. */

import { fetchFragment, place, send } from "./fragments.js";
import { caseOf, renewNights } from "./nights.js";

/**
 * @param {HTMLElement} page carries `data-fragments`, the address of its list
 * @param {Record<string, string>} words
 * @param {(text: string, isAnswer?: boolean) => void} announce
 * @param {(error: unknown) => boolean} isTold
 */
export function startMorning(page, words, announce, isTold) {
  const url = page.dataset.fragments ?? location.href;
  const list = /** @type {HTMLElement} */ (document.getElementById("morning-list"));

  const all = () => [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-test=night]"))];
  const opened = () => all().find((item) => caseOf(item).open);
  const here = () => all().find((item) => item.contains(document.activeElement)) ?? opened();

  page.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-outcome], [data-claim]")) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.matches("[data-claim]") ? claim(form) : record(form);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = /** @type {HTMLElement} */ (event.target).closest("form[data-outcome]");
    /** @type {HTMLFormElement | null} */ (form)?.requestSubmit();
  });
  // What cannot be seen is not listened to.
  list.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || target.open || target.parentElement?.parentElement !== list) return;
    for (const sound of target.querySelectorAll("audio")) sound.pause();
  }, true);
  startPrinting(page);
  open(all().find((item) => `#${item.id}` === location.hash));

  /** Opens the matter, which closes the other one, and puts the hand there. @param {HTMLElement} [item] */
  function open(item) {
    if (!item) return;
    caseOf(item).open = true;
    item.querySelector("summary")?.focus();
    item.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} by */
  function step(by) {
    const items = all().filter((item) => !item.inert);
    const at = items.findIndex((item) => item.contains(document.activeElement));
    // Whoever comes from elsewhere begins with the one that is open.
    if (at < 0) open(opened() ?? items[0]);
    else open(items[Math.min(Math.max(at + by, 0), items.length - 1)]);
  }

  /** @param {HTMLFormElement} form */
  async function record(form) {
    const item = /** @type {HTMLElement} */ (form.closest("[data-test=night]"));
    const next = /** @type {HTMLInputElement} */ (form.elements.namedItem("next")).value;
    const number = item.dataset.number ?? "";
    try {
      const answer = await sending(form, words.sending);
      if (!answer.done) return refuse(item, reasonIn(answer.page, item.id) || words.not_recorded);
    } catch (error) {
      if (!isTold(error)) refuse(item, words.not_recorded);
      return;
    }
    await renew(number);
    announce(words.recorded.replace("{n}", number), true);
    const following = all().find((one) => one.id === `night-${next}`) ?? all().find((one) => !one.inert);
    following ? open(following) : page.focus();
  }

  /** @param {HTMLFormElement} form */
  async function claim(form) {
    const item = /** @type {HTMLElement} */ (form.closest("[data-test=night]"));
    try {
      const answer = await sending(form, words.claiming);
      if (!answer.done) announce(reasonIn(answer.page, item.id) || words.claim_lost, true);
    } catch (error) {
      if (!isTold(error)) announce(words.claim_failed, true);
      return;
    }
    item.querySelector("summary")?.focus();
    await renew();
  }

  /** What stood in the matter `done` has been sent. @param {string} [done] */
  async function renew(done) {
    try {
      update(await fetchFragment(url), done);
    } catch {
      location.reload(); // all is noted: only the page is old
    }
  }

  /** @param {Document} fresh @param {string} [done] */
  function update(fresh, done) {
    renewNights(list, fresh, done);
    place(fresh, (part) => part === list);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    p: () => play(here()),
    c: () => /** @type {HTMLFormElement | null | undefined} */ (here()?.querySelector("[data-claim]"))?.requestSubmit(),
    3: () => chooseTime(opened()),
  };
  return { refresh: async () => update(await fetchFragment(url)), keys };
}

/**
 * Sends the form; meanwhile its button says so.
 * @param {HTMLFormElement} form
 * @param {string} meanwhile
 */
async function sending(form, meanwhile) {
  const button = form.querySelector("button");
  const label = button?.querySelector("[data-label]") ?? button;
  const said = label?.textContent ?? "";
  form.setAttribute("aria-busy", "true");
  if (label) label.textContent = meanwhile;
  try {
    return await send(form);
  } finally {
    form.removeAttribute("aria-busy");
    if (label) label.textContent = said;
  }
}

/** Why the server refused it, as its page tells. @param {Document | null} page @param {string} id */
function reasonIn(page, id) {
  const at = page?.getElementById(id) ?? page?.getElementById("morning-failed");
  return at?.querySelector("[data-error-text]")?.textContent?.trim();
}

/**
 * Says it where it was typed, and leads to the field.
 * @param {HTMLElement} item
 * @param {string} reason
 */
function refuse(item, reason) {
  const place = /** @type {HTMLElement | null} */ (item.querySelector("[data-outcome] [data-error]"));
  const text = place?.querySelector("[data-error-text]");
  if (!place || !text) return;
  text.textContent = reason;
  place.hidden = false;
  const time = /** @type {HTMLElement | null} */ (item.querySelector("[name=again_at]"));
  if (!time?.checkVisibility()) return;
  time.setAttribute("aria-invalid", "true");
  time.setAttribute("aria-describedby", place.id);
  time.focus();
}

/** @param {HTMLElement | undefined} item */
function play(item) {
  const sound = item?.querySelector("audio");
  if (sound) sound.paused ? sound.play() : sound.pause();
}

/** To be called again: the time is what is asked next. @param {HTMLElement | undefined} item */
function chooseTime(item) {
  /** @type {HTMLElement | null | undefined} */ (item?.querySelector("[value=again]"))?.click();
  /** @type {HTMLElement | null | undefined} */ (item?.querySelector("[name=again_at]"))?.focus();
}

/** @param {HTMLElement} page */
function startPrinting(page) {
  const button = /** @type {HTMLElement | null} */ (page.querySelector("[data-print]"));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
