/** The turns as a calendar: time is seen running out, and towards what. */

import { fill, h } from "../common.js";
import { gameOf } from "./state.js";

/**
 * @import { Words } from "../shared/types.d.ts"
 * @import { Board } from "../shared/game.d.ts"
 * @import { View } from "./types.d.ts"
 */

const LATE = 0.6; // of the game: a due after it has its words before its tick, or they would leave the page

/** @param {View} view */
export function buildCalendar({ store }) {
  const { words } = store;
  const { board } = gameOf(store);
  const shown = { class: "b2b-turns", "aria-hidden": "true" };
  const bars = h("div", shown, monthNames(board), oneTurnEach(words, board));
  const dues = h(
    "ul",
    { class: "b2b-dues", "aria-label": words.dues },
    hung(board).map((due) => buildDue(words, due)),
  );
  const node = h("div", { class: "b2b-calendar" }, bars, board.calendar.dues.length ? dues : null);
  node.style.setProperty("--b2b-turns", String(board.turns));
  return node;
}

/** @param {Board} board */
function monthNames({ turns, calendar: { months } }) {
  return months.map(({ turn, name }, at) =>
    h("span", { class: "b2b-month", style: `grid-column:${turn} / ${months[at + 1]?.turn ?? turns + 1}` }, name),
  );
}

/**
 * @param {Words} words
 * @param {Board} board
 */
function oneTurnEach(words, { turn, turns, over }) {
  return Array.from({ length: turns }, (_, at) => {
    const n = at + 1;
    const isNow = n === turn && !over;
    return h(
      "span",
      { class: isNow ? "is-now" : n < turn || over ? "is-done" : "" },
      isNow ? h("b", {}, h("i", {}, fill(words.turn_now, { n })), h("i", {}, String(n))) : h("span", {}, String(n)),
    );
  });
}

/** @typedef {{ turn: number, text: string, own: boolean, first: number, last: number, isLate: boolean }} Hung */

/**
 * What falls due in one turn hangs together; each has the room up to its neighbour.
 * @param {Board} board
 * @returns {Hung[]}
 */
function hung({ turns, calendar: { dues } }) {
  const days = [...new Set(dues.map(({ turn }) => turn))].sort((one, other) => one - other);
  let taken = 1; // the first bar below which there is still room
  return days.map((turn, at) => {
    const own = dues.filter((due) => due.turn === turn);
    const isLate = turn > turns * LATE && turn - taken > 1;
    const last = isLate ? turn : (days[at + 1] ?? turns + 1);
    const first = isLate ? taken : turn;
    taken = last;
    const text = own.map((due) => due.text).join(" · ");
    return { turn, text, own: own.some((due) => due.own), first, last, isLate };
  });
}

/**
 * @param {Words} words
 * @param {Hung} due
 */
function buildDue(words, { turn, text, own, first, last, isLate }) {
  return h(
    "li",
    {
      class: `${own ? "is-own" : ""}${isLate ? " is-late" : ""}`,
      style: `grid-column:${first} / ${Math.max(last, first + 1)}`,
      title: text,
    },
    h("span", { class: "b2b-unseen" }, `${fill(words.turn_n, { n: turn })}: `),
    h("span", { class: "b2b-due" }, text),
  );
}
