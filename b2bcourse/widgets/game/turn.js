/** The turn as planned, its reason and its end; the journal. */

import { fill, h } from "../common.js";
import { add, commit, leaveReason, takeOut, undo, write } from "./desk.js";
import { buildMoves } from "./moves.js";
import { costText, fold, head, heardAs, keyOf } from "./parts.js";
import { gameOf } from "./state.js";

/**
 * @import { Planned } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

export const LONGEST_WHY = 200; // characters

/**
 * What can be done, and the turn; the turn keeps its place whatever is open above it.
 * @param {View} view
 */
export function buildDesk(view) {
  return h("div", { class: "b2b-desk" }, buildMoves(view), buildTurn(view));
}

/**
 * The turn as planned, the reason, and its end.
 * @param {View} view
 */
export function buildTurn(view) {
  const { store } = view;
  const { words } = store;
  const { preview, board } = gameOf(store);
  const rows = preview.moves.map((move, at) => buildPlanned(store, move, at));
  const list = rows.length
    ? h("ol", { class: "b2b-plan", "data-scroll": `plan/${board.turn}/${rows.length}` }, rows)
    : h("p", { class: "b2b-small" }, words.plan_empty);
  const id = `b2b-why-${view.uid}`;
  const input = h("input", {
    id,
    type: "text",
    maxlength: String(LONGEST_WHY),
    "data-at": "why",
    autocomplete: "off",
    value: store.ui.why,
  });
  input.addEventListener("input", () => write(store, input.value));
  input.addEventListener("blur", () => leaveReason(store));
  input.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && commit(store));
  view.why = input;
  view.commit = h(
    "button",
    {
      type: "button",
      class: "b2b-button is-primary",
      "data-at": "commit",
      // The second click of two in a hurry is no answer to what the first was asked.
      onclick: (/** @type {MouseEvent} */ event) => event.detail < 2 && commit(store),
    },
    words.end_turn,
  );
  const back = h(
    "button",
    {
      type: "button",
      class: "b2b-button",
      "data-at": "undo",
      "aria-disabled": store.ui.past.length ? null : "true",
      onclick: () => undo(store),
    },
    words.undo,
  );
  view.doubt = h("span", { class: "b2b-doubt", role: "status" });
  view.unready = h("span", { class: "b2b-reason", id: `${id}-not` });
  return h(
    "section",
    { class: "b2b-turn" },
    head(words.plan),
    list,
    buildGiven(store),
    h("div", { class: "b2b-why-line" }, h("label", { class: "b2b-why", for: id }, words.why), view.doubt),
    input,
    h("div", { class: "b2b-buttons" }, view.commit, back, view.unready),
  );
}

/**
 * What was given up for something else stays in sight, and can come back for it.
 * @param {Store} store
 */
function buildGiven(store) {
  const { words, ui } = store;
  const { given } = ui;
  const { plan: now, preview } = gameOf(store);
  const out = given ? now.findIndex((move) => keyOf(move) === given.instead) : -1;
  if (!given || out < 0) return null;
  const breaks = fill(words.swap_breaks, { text: preview.moves[out].text });
  return h(
    "button",
    {
      type: "button",
      class: "b2b-move-button b2b-given",
      "data-at": "given",
      "aria-label": heardAs(given.text, costText(store, given.cost), words.swap, breaks),
      onclick: () => add(store, given.move, { out, text: breaks }),
    },
    h("span", { class: "b2b-choose" }),
    h("span", { class: "b2b-move-name" }, given.text),
    h("span", { class: "b2b-swap" }, words.swap),
    h("span", { class: "b2b-small" }, costText(store, given.cost)),
    h("span", { class: "b2b-breaks" }, breaks),
  );
}

/**
 * @param {Store} store
 * @param {Planned} planned
 * @param {number} at
 */
export function buildPlanned(store, { text, cost, problem }, at) {
  const { words } = store;
  const out = h(
    "button",
    {
      type: "button",
      class: "b2b-out",
      "data-at": `out/${at}`,
      "aria-label": fill(words.take_out, { text }),
      onclick: () => takeOut(store, at),
    },
    words.out,
  );
  return h(
    "li",
    { class: problem ? "is-problem" : "" },
    h("i", { class: "b2b-choose is-planned" }),
    h("span", {}, text, problem ? h("span", { class: "b2b-problem" }, problem) : null),
    h("span", { class: "b2b-small" }, costText(store, cost)),
    out,
  );
}

/**
 * Below the board: the journal, and what our own firm is good at.
 * @param {View} view
 */
export function buildBelow(view) {
  const { words } = view.store;
  const { vendor } = gameOf(view.store).board;
  const list = vendor.strengths.map(({ name }) => name).join(" · ");
  const strengths = fill(words.strengths, { vendor: vendor.name, list });
  return h("div", { class: "b2b-below" }, h("p", { class: "b2b-small" }, strengths), buildJournal(view));
}

/**
 * What was done and why, turn by turn; it is only read.
 * @param {View} view
 */
export function buildJournal({ store }) {
  const { words, ui } = store;
  const { journal } = gameOf(store);
  if (!journal.length) return null;
  const entries = journal.map(({ turn, moves, why }) =>
    h(
      "li",
      {},
      h("b", {}, fill(words.turn_n, { n: turn })),
      h("span", { class: "b2b-journal-why" }, why),
      h("span", { class: "b2b-small" }, moves.map(({ text }) => text).join("; ") || words.nothing_done),
    ),
  );
  const list = h("ol", { class: "b2b-journal", reversed: true }, entries.reverse());
  const label = fill(words[journal.length === 1 ? "journal_1" : "journal"], { n: journal.length });
  return fold(store, "journal", label, list, ui.journal, "h4");
}
