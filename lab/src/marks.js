/** The marks of the bar, drawn. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string[]>} paths of a mark in a box of 12 px: what is filled, what is a line */
const SHAPES = {
  right: ["M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],
  half: ["M6 2a4 4 0 1 1 0 8z", "M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],
  "not yet": ["", "M6 2.1a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8z"],
  back: ["", "M7.5 2.5 4 6l3.5 3.5"],
  next: ["", "M4.5 2.5 8 6l-3.5 3.5"],
};

/**
 * A drawing that nobody hears; what it means is said in words beside it.
 * @param {string} name
 */
export function drawn(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("class", `b2b-mark is-${name.replace(" ", "-")}`);
  svg.setAttribute("aria-hidden", "true");
  const [filled, line] = SHAPES[name];
  for (const [d, kind] of [
    [filled, "is-filled"],
    [line, "is-line"],
  ]) {
    if (!d) continue;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", kind);
    svg.append(path);
  }
  return svg;
}
