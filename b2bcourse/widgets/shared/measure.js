/** How wide texts are, measured once for each font. */

/** @import { View } from "./view.js" */

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** Font, then text, then px.
 * @type {Map<string, Map<string, number>>} */
const widths = new Map();

/** What was measured on the page, under a name that tells all that it depends on.
 * @type {Map<string, number>} */
const sizes = new Map();

/** Other fonts have arrived: all must be measured anew. */
export function forgetWidths() {
  widths.clear();
  sizes.clear();
}

/**
 * A size that must be measured on the page, once for all exercises that ask for the same.
 * @param {View} view
 * @param {string} name all that the size depends on, but for the font
 * @param {() => number} measure
 */
export function sizeOf(view, name, measure) {
  const whole = `${view.family ?? familyOf(view)}|${view.root.lang}|${name}`;
  const size = sizes.get(whole) ?? measure();
  sizes.set(whole, size);
  return size;
}

/** @param {View} view */
export const familyOf = (view) => getComputedStyle(view.root).fontFamily;

/**
 * The width of the widest text, in px.
 * @param {View} view
 * @param {string[]} texts
 * @param {string} font weight and size
 */
export function widest(view, texts, font) {
  const whole = `${font} ${view.family ?? familyOf(view)}`;
  const known = widths.get(whole) ?? new Map();
  widths.set(whole, known);
  const unknown = texts.filter((text) => !known.has(text));
  if (unknown.length) pen.font = whole;
  for (const text of unknown) known.set(text, pen.measureText(text).width);
  return Math.ceil(Math.max(0, ...texts.map((text) => known.get(text))));
}
