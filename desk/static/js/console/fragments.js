/**
 * Parts of the open page, fetched anew and put in place.
 *
 * A fragment is HTML that the server rendered (and escaped); each of its top-level elements
 * carries an id and takes the place of its namesake. Lists marked `data-keyed` are merged item by
 * item, so that a live region reads out what is new and nothing else.
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
export async function send(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
  });
  refuseSignIn(answer);
  if (answer.redirected) return { done: true, page: null };
  if (answer.status >= 500) throw new Error(`${form.action}: ${answer.status}`);
  return { done: false, page: parse(await answer.text()) };
}

/**
 * Puts every part of `fresh` whose id is in the open page there, except those `spare` names.
 * @param {Document} fresh
 * @param {(part: Element) => boolean} [spare] says which parts of the open page must stay
 */
export function place(fresh, spare = () => false) {
  for (const part of [...fresh.body.children]) {
    const current = part.id ? document.getElementById(part.id) : null;
    if (!current || spare(current) || current.isEqualNode(part)) continue;
    if (part.hasAttribute("data-keyed")) merge(current, part);
    else current.replaceChildren(...part.childNodes);
    /** @type {HTMLElement} */ (current).hidden = part.hasAttribute("hidden");
  }
}

/**
 * Makes the children of `current` those of `fresh`, leaving equal ones alone.
 * @param {Element} current
 * @param {Element} fresh
 */
function merge(current, fresh) {
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((item) => item.id));
  for (const item of [...current.children]) if (!ids.has(item.id)) item.remove();
  wanted.forEach((item, place) => {
    const here = current.children[place];
    if (here?.id !== item.id) current.insertBefore(item, here ?? null);
    else if (!here.isEqualNode(item)) here.replaceWith(item);
  });
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
