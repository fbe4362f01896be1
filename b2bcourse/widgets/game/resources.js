/** What is left, and what the plan takes. */

import { h } from "../common.js";
import { gameOf } from "./state.js";

/**
 * @import { Resource } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

const GROUPS = new Intl.NumberFormat("en");
const MAN = 100; // of 10,000 won in a million

/** @param {View} view */
export function buildResources(view) {
  const { resources } = gameOf(view.store).preview;
  const now = Object.fromEntries(gameOf(view.store).board.resources.map((each) => [each.id, each]));
  return h(
    "ul",
    { class: "b2b-resources", "aria-label": view.store.words.resources },
    resources.map((each) => meter(view.store, each, now[each.id])),
  );
}

/**
 * What is left, and behind it what the plan takes.
 * @param {Store} store
 * @param {Resource} resource
 * @param {Resource} before
 */
function meter({ words, face }, { id, left, of }, before) {
  const share = (/** @type {number} */ n) => `${of ? (100 * Math.max(0, n)) / of : 0}%`;
  const isWon = id === "money" && face.lang === "ko"; // counted in units of 10,000, as Koreans say it
  const said = (/** @type {number} */ n) => GROUPS.format(isWon ? n * MAN : n);
  const planned = h("i", { class: "is-planned", style: `width:${share(before.left)}` });
  const bar = h(
    "span",
    { class: "b2b-bar", "aria-hidden": "true" },
    planned,
    h("i", { style: `width:${share(left)}` }),
  );
  const number = h("span", { class: "b2b-left" }, h("b", {}, said(left)), isWon ? null : ` / ${said(of)}`);
  return h("li", {}, h("span", { class: "b2b-small" }, words[`left_${id}`]), number, bar);
}
