/**
 * Parts of the open page, fetched anew and put in place.
 *
 * A fragment is HTML that the server rendered (and escaped); whatever it marks `data-live` takes
 * the place of its namesake. Lists marked `data-keyed` are merged item by item, so that a live
 * region reads out what is new and nothing else.
 */

const PATIENCE_MS = 5000;
const SIGN_IN = "/console/sign-in";

/** The page's session has ended: drafts are kept, the way on is to sign in. */
export class SignedOut extends Error {}

/**
 * @param {string} url
 * @returns {Promise<Document>}
 */
export async function fetchFragment(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  refuseSignIn(answer);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return parse(await answer.text());
}

/**
 * Sends `form` as the browser would and says how it went.
 *
 * The server answers 303 when it is done, or the page again with the reason.
 * @param {HTMLFormElement} form
 * @returns {Promise<{done: boolean, page: Document | null}>}
 */
export function send(form) {
  return post(form.action, new URLSearchParams(/** @type {any} */ (new FormData(form))));
}

/**
 * @param {string} url
 * @param {URLSearchParams} [body]
 * @returns {Promise<{done: boolean, page: Document | null}>}
 */
export async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body });
  refuseSignIn(answer);
  if (answer.redirected) return { done: true, page: null };
  if (answer.status >= 500) throw new Error(`${url}: ${answer.status}`);
  return { done: false, page: parse(await answer.text()) };
}

/**
 * Puts every live part of `fresh` in the place of its namesake, except those that are to be spared.
 * @param {Document} fresh
 * @param {(part: Element) => boolean} [isSpared] says which parts of the open page must stay
 */
export function place(fresh, isSpared = () => false) {
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const current = document.getElementById(part.id);
    if (!current || isSpared(current) || current.isEqualNode(part)) continue;
    if (part.hasAttribute("data-keyed")) merge(current, part);
    else keepingFocus(current, () => current.replaceChildren(...part.childNodes));
  }
}

/**
 * Whether somebody points at `part` or has the focus in it: then nothing may move there.
 * @param {Element} part
 */
export function isUnderHand(part) {
  return part.matches(":hover") || part.contains(document.activeElement);
}

/**
 * Makes the items of `current` those of `fresh`; the ones in both keep their order.
 *
 * What has gone stays in its place, inert, as long as somebody's hand is on the list.
 * @param {Element} current
 * @param {Element} fresh
 */
function merge(current, fresh) {
  const wanted = [...fresh.children];
  const known = new Map([...current.children].map((item) => [item.id, item]));
  const gone = [...known].filter(([id]) => !wanted.some((item) => item.id === id));
  for (const [, item] of gone) {
    if (isUnderHand(current)) /** @type {HTMLElement} */ (item).inert = true;
    else item.remove();
  }
  /** @type {Element | null} */
  let last = null;
  for (const item of wanted) {
    const here = known.get(item.id);
    if (!here) last ? last.after(item) : current.prepend(item);
    else if (!here.isEqualNode(item) && !isHeard(here)) keepingFocus(current, () => here.replaceWith(item));
    last = here?.isConnected ? here : item;
  }
}

/** Whether somebody listens to what is in `part`: it stays as it is until they are done. */
const isHeard = (part) => [...part.querySelectorAll("audio")].some(({ paused }) => !paused);

/**
 * Runs `change` and gives the focus back to the control that had it, if its like is there again.
 * @param {Element} part
 * @param {() => void} change
 */
function keepingFocus(part, change) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const item = focused?.closest("[id]")?.id;
  const name = focused?.getAttribute("data-test");
  change();
  if (!focused || !item) return;
  const root = document.getElementById(item);
  const like = name ? root?.querySelector(`[data-test="${CSS.escape(name)}"]`) : root;
  /** @type {HTMLElement | null | undefined} */ (like)?.focus();
}

/**
 * Whoever is not signed in is led to the sign-in page, whatever they asked for.
 * @param {Response} answer
 */
function refuseSignIn(answer) {
  if (new URL(answer.url).pathname === SIGN_IN) throw new SignedOut();
}

/** @param {string} html */
function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
