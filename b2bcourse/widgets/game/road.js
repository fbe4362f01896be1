/** The ten steps at a customer as a way: walked, skipped, ahead. */

import { fill, h } from "../common.js";

/**
 * @import { Words } from "../shared/types.d.ts"
 * @import { Account, Stop } from "../shared/game.d.ts"
 */

const BEND = 4.5; // px by which the road bends
const MIDDLE = 10; // px; half of its height
const SVG = "http://www.w3.org/2000/svg";
const FAR = 6; // steps from which on there is room for words before the one reached

/**
 * @param {number} n
 * @param {number} of
 */
const across = (n, of) => (100 * (n - 0.5)) / of; // %
/** @param {number} n */
const down = (n) => MIDDLE - BEND * Math.sin(n * 0.95); // px

/**
 * @param {Words} words
 * @param {Account} account
 */
export function buildRoad(words, { step, road, state, state_name: name }) {
  const begun = state === "closed" ? name : words.not_begun;
  const stop = (/** @type {Stop} */ { number, state }) =>
    h("i", {
      class: `b2b-stop is-${state}`,
      style: `left:${across(number, road.length)}%;top:${down(number)}px`,
    });
  return h(
    "span",
    { class: "b2b-road", "aria-hidden": "true" },
    h("span", { class: "b2b-way" }, lines(step, road.length), road.map(stop)),
    said(words, step, road, begun),
  );
}

/**
 * The line walked, and the one ahead.
 * @param {number} step
 * @param {number} of
 */
function lines(step, of) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 100 ${2 * MIDDLE}`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const [name, from, to] of /** @type {[string, number, number][]} */ ([
    ["is-ahead", Math.max(1, step), of],
    ["is-walked", 1, step],
  ])) {
    if (to <= from) continue;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", bent(from, to, of));
    svg.append(path);
  }
  return svg;
}

/**
 * From stop to stop, level where it passes one.
 * @param {number} from
 * @param {number} to
 * @param {number} of
 */
function bent(from, to, of) {
  const parts = [`M${across(from, of)} ${down(from)}`];
  for (let n = from + 1; n <= to; n++) {
    const half = (across(n - 1, of) + across(n, of)) / 2;
    parts.push(`C${half} ${down(n - 1)} ${half} ${down(n)} ${across(n, of)} ${down(n)}`);
  }
  return parts.join("");
}

/**
 * In words: the step reached, below its stop, and what was skipped; else where the road leads.
 * @param {Words} words
 * @param {number} step
 * @param {Stop[]} road
 * @param {string} begun what is said where it has not
 */
function said(words, step, road, begun) {
  const left = skippedSaid(words, road);
  const skipped = left ? h("span", { class: "is-skipped" }, left) : null;
  const { number, name } = road[road.length - 1];
  const last = step < number - 3 ? h("span", { class: "is-last" }, `${number} ${name}`) : null;
  const here = road[step - 1];
  const now = here ? h("b", {}, `${here.number} ${here.name}`) : h("span", {}, begun);
  const sides = step >= FAR ? [skipped, now, last] : [now, skipped ?? last];
  return h("span", { class: `b2b-words${step >= FAR ? " is-far" : ""}` }, sides);
}

/**
 * The steps that were left out, by number; "" where none was.
 * @param {Words} words
 * @param {Stop[]} road
 */
export function skippedSaid(words, road) {
  const left = road.filter(({ state }) => state === "skipped").map(({ number }) => number);
  return left.length ? fill(words.skipped, { list: left.join("·") }) : "";
}
