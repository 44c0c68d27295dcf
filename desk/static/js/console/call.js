/**
 * The form of a new call: callers while one types, the fields of the chosen kind, Ctrl+Enter.
 *
 * Without it the search is a plain form, and a button shows the fields.
 */

const PAUSE_MS = 150;

/** @param {HTMLElement} page */
export function startCall(page) {
  const search = /** @type {HTMLFormElement | null} */ (page.querySelector("[data-callers]"));
  if (search) suggest(search, /** @type {HTMLElement} */ (document.getElementById("callers")));
  const form = /** @type {HTMLFormElement} */ (document.getElementById("call-form"));
  const kind = /** @type {HTMLSelectElement} */ (form.elements.namedItem("intent"));
  for (const part of form.querySelectorAll("[data-without-script]")) part.remove();
  kind.addEventListener("change", () => showFacts(form, kind));
  showFacts(form, kind);
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[value="open"]'));
  });
}

/**
 * The fields that the chosen kind asks for.
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} kind
 */
function showFacts(form, kind) {
  const facts = (kind.selectedOptions[0]?.dataset.facts ?? "").split(" ").filter(Boolean);
  for (const field of form.querySelectorAll("[data-fact]")) {
    const part = /** @type {HTMLElement} */ (field);
    part.hidden = !facts.includes(part.dataset.fact ?? "");
  }
  const all = /** @type {HTMLElement} */ (form.querySelector("[data-facts-of-kind]"));
  all.hidden = facts.length === 0;
}

/**
 * Lists who may be calling while one types; the last question asked is the one answered.
 * @param {HTMLFormElement} search
 * @param {HTMLElement} list
 */
function suggest(search, list) {
  const field = /** @type {HTMLInputElement} */ (search.elements.namedItem("q"));
  const url = search.dataset.callers;
  /** @type {number | undefined} */
  let timer;
  let asked = 0;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    list.querySelector("a")?.focus();
    event.preventDefault();
  });
  list.addEventListener("keydown", move);
  if (field.value !== field.defaultValue) ask(); // typed while this was still loading

  async function ask() {
    const turn = ++asked;
    const query = new URLSearchParams(/** @type {any} */ (new FormData(search)));
    const answer = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || turn !== asked || answer.redirected) return;
    list.replaceChildren(...(await answer.json()).callers.map(line));
  }
}

/** @param {{name: string, company: string, detail: string, url: string}} caller */
function line(caller) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "caller card";
  link.href = caller.url;
  link.dataset.test = "caller";
  link.append(part("b", caller.name), " ", part("span", caller.company), " ");
  link.append(part("span", caller.detail, "caller__detail"));
  item.append(link);
  return item;
}

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [name] of its class
 */
function part(tag, text, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name;
  return element;
}

/**
 * Up and down go through the list.
 * @param {KeyboardEvent} event
 */
function move(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const links = [...document.querySelectorAll("#callers a")];
  const at = links.findIndex((link) => link === document.activeElement) + by;
  /** @type {HTMLElement | undefined} */ (links[at])?.focus();
  event.preventDefault();
}
