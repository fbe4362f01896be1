/** Making nodes, and drawing again only what has changed. */

/**
 * Counts up over all exercises of a window, whatever release each is of: ids and radio groups are made of it.
 * @returns {number}
 */
export const unique = () => (window.b2bCount = (window.b2bCount ?? 0) + 1);

/**
 * An element with attributes (`onclick` and the like become listeners) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {{ [name: string]: unknown }} [attributes]
 * @param {...any} children nodes and texts, in arrays too; null and "" are none
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string | false | null | undefined} value without one the attribute goes
 */
export function setAttribute(node, name, value) {
  if (value) node.setAttribute(name, value);
  else node.removeAttribute(name);
}

/**
 * Draws a node again only when something about it has changed; says whether it did.
 * @param {Node} node
 * @param {string} drawn
 */
export function redraws(node, drawn) {
  if (node.b2bDrawn === drawn) return false;
  node.b2bDrawn = drawn;
  return true;
}

/**
 * The template with each {name} replaced.
 * @param {string | undefined} template
 * @param {{ [name: string]: any }} values
 * @returns {string}
 */
export function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * The element that an event is about: nothing else is heard of inside a widget.
 * @param {Event} event
 */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);
