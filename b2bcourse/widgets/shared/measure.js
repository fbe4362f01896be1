/** How wide texts are, measured once for each font. */

/** @import { View } from "./view.js" */

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** Font, then text, then px.
 * @type {Map<string, Map<string, number>>} */
const widths = new Map();

/** Other fonts have arrived: all must be measured anew. */
export const forgetWidths = () => widths.clear();

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
