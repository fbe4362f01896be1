/** The relation map of a customer's people: it grows with what is learnt of them, and names no role. */

import { fill, h } from "../common.js";
import { accountOf, gameOf, within } from "./state.js";

/**
 * @import { Account, Tie } from "../shared/game.d.ts"
 * @import { View } from "./types.d.ts"
 * @import { View as AnyView } from "../shared/view.js"
 */

/** @typedef {{ x: number, y: number }} Spot px of a circle's middle */

const SVG = "http://www.w3.org/2000/svg";
const LIST = 430; // px of width below which people stand in a list
const OURS = 96; // px at the left for ourselves and the door
const CELL = 176; // px that a person's words want
const ROW = 92; // px for a circle with four lines of words beside it
const ROOMY = 124; // px from which on a quote has room there too
const RADIUS = 20; // px
const STEP_DOWN = 12; // px by which every other column stands lower
const LOWEST = 300;
const HIGHEST = 390; // px

/**
 * Around the people's buttons: ourselves, the firm's door, the lines between people and their verbs.
 * @param {View} view
 * @param {Account} account
 * @param {HTMLElement[]} people
 * @param {string} label
 */
export function buildMap({ store }, account, people, label) {
  const { words } = store;
  const { vendor } = gameOf(store).board;
  const ours = h("span", { class: "b2b-us" }, h("span", { class: "b2b-ring" }, words.us), h("span", {}, vendor.name));
  const around = h(
    "div",
    { class: "b2b-ties", "aria-hidden": "true" },
    document.createElementNS(SVG, "svg"),
    ours,
    h("span", { class: "b2b-inside" }, fill(words.inside, { name: account.name })),
    account.relations.map(({ text, kind }) => h("span", { class: `b2b-verb is-${kind}` }, text)),
  );
  return h(
    "div",
    { class: "b2b-map" },
    around,
    h("div", { class: "b2b-people", role: "group", "aria-label": label }, people),
  );
}

/**
 * Where everybody stands, for so much room.
 * @param {View} view
 * @param {number} width
 * @param {number} most px of height that there are
 */
export function layoutMap(view, width, most) {
  const map = /** @type {HTMLElement | null} */ (view.body.querySelector(".b2b-map"));
  const account = accountOf(view.store);
  if (!map || !account) return;
  const isList = width < LIST;
  map.classList.toggle("is-list", isList);
  const cards = /** @type {NodeListOf<HTMLElement>} */ (map.querySelectorAll(".b2b-person"));
  for (const card of cards) card.removeAttribute("style");
  map.style.height = "";
  if (isList) return;
  const columns = Math.max(2, Math.min(3, Math.floor((width - OURS) / CELL)));
  const rows = Math.ceil(cards.length / columns);
  const least = view.store.ui.person && most < HIGHEST ? 0 : LOWEST; // what was heard wants room too
  const height = Math.max(least, rows * ROW, least && Math.min(HIGHEST, most));
  map.classList.toggle("is-low", height / rows < ROOMY);
  const cell = (width - OURS) / columns;
  map.style.height = `${height}px`;
  /** @type {Map<string, Spot>} */
  const spots = new Map([["", { x: RADIUS, y: height / 2 }]]);
  for (const [at, card] of cards.entries()) {
    const spot = spotOf(at, columns, cell, height / rows);
    spots.set(account.people[at].id, spot);
    Object.assign(card.style, {
      left: `${spot.x - RADIUS}px`,
      top: `${spot.y - RADIUS}px`,
      width: `${cell - 12}px`,
      maxHeight: `${height / rows - 4}px`,
    });
  }
  drawTies(map, account.relations, spots, height);
}

/**
 * @param {number} at
 * @param {number} columns
 * @param {number} cell
 * @param {number} row
 * @returns {Spot}
 */
function spotOf(at, columns, cell, row) {
  const column = at % columns;
  const down = column % 2 ? STEP_DOWN : 0;
  return { x: OURS + column * cell + RADIUS + 4, y: Math.floor(at / columns) * row + RADIUS + 6 + down };
}

/**
 * @param {HTMLElement} map
 * @param {Tie[]} ties
 * @param {Map<string, Spot>} spots
 * @param {number} height
 */
function drawTies(map, ties, spots, height) {
  const svg = /** @type {SVGElement} */ (map.querySelector("svg"));
  const verbs = /** @type {NodeListOf<HTMLElement>} */ (map.querySelectorAll(".b2b-verb"));
  const door = OURS - 22;
  svg.replaceChildren(line("is-door", `M${door} 0Q${door - 34} ${height / 2} ${door} ${height}`));
  const inside = /** @type {HTMLElement} */ (map.querySelector(".b2b-inside"));
  inside.style.left = `${door + 6}px`;
  for (const [at, { from, to, kind }] of ties.entries()) {
    const [start, end] = [spots.get(from), spots.get(to)];
    if (!start || !end) continue;
    const { path, head } = curve(start, end);
    const made = line(`is-${kind}`, path);
    made.dataset.tie = String(at);
    svg.append(made);
    if (kind === "listens") svg.append(line("is-head", head));
  }
  for (const verb of verbs) verb.classList.add("is-waiting"); // for its place: see `settleMap`
}

const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.86]; // along a line, the best first

/**
 * Each verb stands on its line where it covers no words; one that would everywhere is left to the names.
 * @param {AnyView} view
 */
export function settleMap({ body }) {
  const map = within(body, ".b2b-map:not(.is-list)");
  if (!map) return;
  const taken = [...map.querySelectorAll(".b2b-known > span, .b2b-ring, .b2b-us, .b2b-inside")].map((node) =>
    node.getBoundingClientRect(),
  );
  const frame = map.getBoundingClientRect();
  const verbs = /** @type {NodeListOf<HTMLElement>} */ (map.querySelectorAll(".b2b-verb"));
  for (const [at, verb] of verbs.entries()) {
    const path = /** @type {SVGPathElement | null} */ (map.querySelector(`[data-tie="${at}"]`));
    const { width, height } = verb.getBoundingClientRect();
    if (!path || !width) continue;
    const free = PLACES.map((share) => boxAt(path, share, frame, width, height)).find(
      (box) => box.left >= frame.left && box.right <= frame.right && !taken.some((other) => meets(box, other)),
    );
    verb.classList.toggle("is-waiting", !free);
    if (!free) continue;
    taken.push(free);
    verb.style.left = `${free.left - frame.left}px`;
    verb.style.top = `${free.top - frame.top}px`;
  }
}

/**
 * @param {SVGPathElement} path
 * @param {number} share
 * @param {DOMRect} frame
 * @param {number} width
 * @param {number} height
 */
function boxAt(path, share, frame, width, height) {
  const { x, y } = path.getPointAtLength(share * path.getTotalLength());
  return new DOMRect(frame.left + x - width / 2, frame.top + y - height / 2, width, height);
}

/**
 * @param {DOMRect} one
 * @param {DOMRect} other
 */
const meets = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/**
 * @param {string} name
 * @param {string} path
 */
function line(name, path) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", name);
  made.setAttribute("d", path);
  return made;
}

/**
 * A curve from circle to circle, bent a little to its left, and its arrowhead.
 * @param {Spot} start
 * @param {Spot} end
 */
function curve(start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(30, length * 0.12);
  const [ux, uy] = [dx / length, dy / length];
  const control = { x: (start.x + end.x) / 2 + uy * bend, y: (start.y + end.y) / 2 - ux * bend };
  const from = towards(start, control, RADIUS + 2);
  const to = towards(end, control, RADIUS + 3);
  return { path: `M${xy(from)}Q${xy(control)} ${xy(to)}`, head: arrow(control, to) };
}

/**
 * The point of `spot`'s circle that looks at another.
 * @param {Spot} spot
 * @param {Spot} other
 * @param {number} far
 */
function towards(spot, other, far) {
  const length = Math.hypot(other.x - spot.x, other.y - spot.y) || 1;
  return { x: spot.x + ((other.x - spot.x) * far) / length, y: spot.y + ((other.y - spot.y) * far) / length };
}

/** @param {Spot} spot */
const xy = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * @param {Spot} from
 * @param {Spot} tip
 */
function arrow(from, tip) {
  const way = Math.atan2(tip.y - from.y, tip.x - from.x);
  const side = (/** @type {number} */ turn) => ({
    x: tip.x - 7 * Math.cos(way + turn),
    y: tip.y - 7 * Math.sin(way + turn),
  });
  return `M${xy(tip)}L${xy(side(0.42))}L${xy(side(-0.42))}Z`;
}
