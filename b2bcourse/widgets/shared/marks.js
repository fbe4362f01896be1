/** Marks and icons: drawn, since glyphs of fonts differ too much in size. */

import look from "../../render/look.json" with { type: "json" };
import { h } from "./nodes.js";

/** @type {{ [name: string]: string }} */
export const MARKS = { ...look.marks, other: look.marks.main };

/** @type {{ [name: string]: string }} */
const ICONS = {
  down: '<path d="M2.5 4.2 6 7.8 9.5 4.2"/>',
  next: '<path d="M4.2 2.5 7.8 6 4.2 9.5"/>',
  plus: '<path d="M6 1v10M1 6h10"/>',
  tick: '<path d="M1.6 6.4 4.6 9.4 10.4 2.8"/>',
  grip: '<path d="M4 2v0M8 2v0M4 6v0M8 6v0M4 10v0M8 10v0" stroke-width="2" stroke-linecap="round"/>',
};

/**
 * A drawing from one of the two tables.
 * @param {string} kind
 * @param {{ [name: string]: string }} shapes
 * @param {number} size
 * @param {string} name
 */
function drawing(kind, shapes, size, name) {
  const box = document.createElement("template");
  box.innerHTML = `<svg class="b2b-${kind}" viewBox="0 0 ${size} ${size}" aria-hidden="true">${shapes[name]}</svg>`;
  const svg = /** @type {SVGElement} */ (box.content.firstChild);
  svg.setAttribute(`data-${kind}`, name);
  return svg;
}

/** @param {string} name */
export const mark = (name) => drawing("mark", MARKS, 16, name);

/** @param {string} name */
export const markOrRoom = (name) => (name in MARKS ? mark(name) : h("span", { class: "b2b-no-mark" }));

/** @param {string} name */
export const icon = (name) => drawing("icon", ICONS, 12, name);
