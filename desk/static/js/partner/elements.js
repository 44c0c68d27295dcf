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

const LINKS = /https?:\/\/[^\s<>「」，。；）)]+/g;

/**
 * `text` with its addresses as links, and the hotline's own numbers to tap.
 * @param {string} text @param {string[]} phones
 */
export function linked(text, phones) {
  const numbers = phones.filter(Boolean).map((phone) => phone.replace(/[-+()]/g, "\\$&"));
  const pattern = new RegExp([LINKS.source, ...numbers].join("|"), "g");
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(from, found.index));
    const isPhone = !found[0].startsWith("http");
    parts.push(element(isPhone ? "a.phone" : "a", isPhone
      ? { href: `tel:${found[0].replace(/-/g, "")}` }
      : { href: found[0], rel: "noopener noreferrer", target: "_blank" }, found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
