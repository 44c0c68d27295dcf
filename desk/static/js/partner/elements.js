/** Small pieces of markup; text is always set as text. */

/**
 * @param {string} tag  with classes: "p.sender"
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [attributes]
 *   a function is a listener; true sets an empty attribute, false leaves it out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

/** A sign of the page's sprite. @param {string} name @param {number} [size] */
export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.classList.add("icon");
  for (const side of ["width", "height"]) svg.setAttribute(side, String(size));
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Show another sign in the place of `svg`. @param {SVGElement} svg @param {string} name */
export function setIcon(svg, name) {
  const use = svg.querySelector("use");
  if (use?.getAttribute("href") !== `#i-${name}`) use?.setAttribute("href", `#i-${name}`);
}

/** Set a text that has changed, and leave alone one that has not. @param {Element} place @param {string} text */
export function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

const LINKS = /https?:\/\/[^\s<>「」，。；）)]+/g;

const TICKETS = /\bT\d{2}-\d{6}-\d\b/g;

/**
 * `text` with its addresses as links, the hotline's own numbers to tap, and tickets in one piece.
 * @param {string} text @param {string[]} phones
 */
export function linked(text, phones) {
  const numbers = phones.filter(Boolean).map((phone) => phone.replace(/[-+()]/g, "\\$&"));
  const pattern = new RegExp([LINKS.source, TICKETS.source, ...numbers].join("|"), "g");
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(from, found.index), linkedPart(found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function linkedPart(text) {
  if (text.startsWith("http")) return element("a", { href: text, rel: "noopener noreferrer", target: "_blank" }, text);
  if (text.startsWith("T")) return element("span.number", {}, text);
  return element("a.phone", { href: `tel:${text.replace(/-/g, "")}` }, text);
}
