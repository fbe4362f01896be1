/** Small parts that the board's modules share. */

import { fill, h, icon, won } from "../common.js";
import { gameOf, open } from "./state.js";

/**
 * @import { Named } from "../shared/types.d.ts"
 * @import { Cost, Move } from "../shared/game.d.ts"
 * @import { Fold, Store } from "./types.d.ts"
 */

/**
 * The name of a button that is a small table to the eye: its parts with commas, since a dot is read as «dot».
 * @param {...string | false | null | undefined} parts
 */
export const heardAs = (...parts) => parts.filter(Boolean).join(", ").replaceAll(" · ", ", ");

/**
 * "2일 · 1명"; nothing where a move costs nothing.
 * @param {Store} store
 * @param {Cost} cost
 */
export function costText(store, cost) {
  const { words, face } = store;
  const units = Object.fromEntries(gameOf(store).board.resources.map(({ id, unit }) => [id, unit]));
  /** @type {(name: string, n: number) => string | number} */
  const number = (name, n) => (name === "money" && face.lang === "ko" ? won(n * 1e6) : n);
  const said = Object.entries(cost)
    .filter(([, n]) => n)
    .map(([name, n]) => {
      const template = words[`cost_${name}${n === 1 ? "_1" : ""}`] ?? words.cost;
      return fill(template, { n: number(name, n), unit: units[name] });
    });
  return said.length ? said.join(" · ") : words.free;
}

/**
 * A heading of a part of the game; the exercise itself stands below a lesson's section.
 * @param {string | Node} text
 * @param {{ [name: string]: string }} [attributes]
 */
export const head = (text, attributes = {}) => h("h4", { class: "b2b-head", ...attributes }, text);

/**
 * @param {Named[]} list
 * @param {string} id
 */
export const nameIn = (list, id) => list.find((each) => each.id === id)?.name ?? id;

/**
 * A line that opens something below it.
 * @param {Store} store
 * @param {Fold} name
 * @param {string} label
 * @param {Node | Node[]} inside
 * @param {boolean | undefined} isOpen
 * @param {"div" | "h4"} [around]
 */
export function fold(store, name, label, inside, isOpen, around = /** @type {"div" | "h4"} */ ("div")) {
  const toggle = h(
    "button",
    { type: "button", class: "b2b-toggle b2b-small", "data-at": name, "aria-expanded": isOpen ? "true" : "false" },
    icon("next"),
    label,
  );
  toggle.addEventListener("click", () => open(store, { [name]: !isOpen }));
  return h("div", { class: "b2b-fold" }, h(around, {}, toggle), isOpen ? inside : null);
}

/** @param {Move} move */
export function keyOf({ do: name, account, person = "", order = "" }) {
  return ["move", name, account, person || order].join("/");
}
