/** The desk: plan and reason of the turn that is not played yet, and its end. */

import { keyOf } from "./parts.js";
import { deskOf, gameOf, named, plain } from "./state.js";

/**
 * @import { Entry, Move } from "../shared/game.d.ts"
 * @import { Left, Store } from "./types.d.ts"
 */

export const PAUSE = 600; // ms without a key: the kernel hears of the reason

/**
 * The browser keeps plan and reason from the very key press until the turn is played: a page closed at once, a kernel
 * that died. What is newer, this or what the kernel knows, comes back to the desk.
 * @param {Store} store
 */
export function keepDesk(store) {
  const { why, moves, kept } = store.ui;
  if (why.trim() || moves.length) store.desk.keep({ moves, why }, { turns: kept });
  else store.desk.drop();
}

/** @param {Store} store */
export function restore(store) {
  const { ui } = store;
  const found = store.desk.read() ?? lostTurn(store);
  if (!found?.patch) return;
  const { moves = [], why = "" } = found.patch;
  const lost = lostTurn(store);
  if (lost && lost.patch.why === why.trim()) store.settleDraft(false);
  const isPlayed = store.value.turns?.[found.was?.turns]?.why === why.trim();
  if (isPlayed) store.desk.drop();
  if (isPlayed || found.time <= deskOf(store).time || (why === ui.why && plain(moves) === plain(ui.moves))) return;
  Object.assign(ui, { why, moves, asked: true });
  sendDesk(store, true);
  if (!gameOf(store).board.over) store.told = store.words.desk_back;
}

/**
 * A turn that was ended and not saved, where the game has gone on meanwhile.
 * @param {Store} store
 * @returns {Left | null}
 */
export function lostTurn({ unsent: [first] }) {
  const turns = first?.patch?.turns;
  const turn = Array.isArray(turns) && turns.at(-1);
  if (!turn) return null;
  return { patch: { moves: turn.decisions, why: turn.why }, was: { turns: turns.length - 1 }, time: first.time };
}

/** @param {Store} store */
export function hearReason(store) {
  const { ui } = store;
  const { why } = deskOf(store);
  if (ui.why === ui.heard) ui.why = why; // else more has been typed since
  ui.heard = why;
}

/**
 * @param {Store} store
 * @param {boolean} [withPlan]
 */
export function sendDesk(store, withPlan = false) {
  const { ui } = store;
  clearTimeout(ui.pause);
  ui.pause = 0;
  store.send({ do: "plan", why: ui.why, time: Date.now(), ...(withPlan && { moves: ui.moves }) });
}

/**
 * @param {Store} store
 * @param {string} why
 */
export function write(store, why) {
  const { ui } = store;
  Object.assign(ui, { why, doubt: "" });
  keepDesk(store);
  clearTimeout(ui.pause);
  ui.pause = setTimeout(() => sendDesk(store), PAUSE);
  store.tell();
}

/**
 * What was typed is sent when the field is left.
 * @param {Store} store
 */
export function leaveReason(store) {
  if (store.ui.pause) sendDesk(store);
}

/**
 * @param {Store} store
 * @param {Move[]} moves
 * @param {string} focus
 */
export function plan(store, moves, focus) {
  const past = [...store.ui.past, store.ui.moves];
  Object.assign(store.ui, { moves, past, asked: true, focus, doubt: "" });
  keepDesk(store);
  sendDesk(store, true);
}

/**
 * Puts a move into the turn; what is believed of a person is noted once.
 * @param {Store} store
 * @param {Move} move
 * @param {Entry["swap"]} [swap] what leaves the plan for it
 */
export function add(store, move, swap = undefined) {
  const same = (/** @type {Move} */ other) =>
    move.do === "note" && other.do === "note" && other.account === move.account && other.person === move.person;
  const { ui } = store;
  const { plan: now, preview } = gameOf(store);
  const rest = swap ? now.filter((_, n) => n !== swap.out) : ui.moves.filter((other) => !same(other));
  ui.form = null;
  if (swap) ui.given = { ...preview.moves[swap.out], move: now[swap.out], instead: keyOf(move) };
  plan(store, [...rest, move], keyOf(move));
}

/**
 * @param {Store} store
 * @param {number} place
 */
export function takeOut(store, place) {
  const { plan: moves } = gameOf(store);
  const rest = moves.filter((_, n) => n !== place);
  plan(store, rest, rest.length ? `out/${Math.max(0, place - 1)}` : "why");
}

/**
 * Why the turn cannot be ended yet; "" when it can.
 * @param {Store} store
 */
export function unready(store) {
  const { words, ui } = store;
  if (!gameOf(store).preview.ok) return words.plan_broken;
  return ui.why.trim() ? "" : words.why_first;
}

/**
 * Back to the plan before.
 * @param {Store} store
 */
export function undo(store) {
  const { past } = store.ui;
  const moves = past.at(-1);
  if (!moves) return;
  plan(store, moves, "undo");
  store.ui.past = past.slice(0, -1);
}

const LETTERS = /[\p{L}\p{N}]/gu;

/**
 * What is asked once a turn before it ends: whether nothing is to be done in it, or nothing to be said.
 * @param {Store} store
 */
function doubtOf(store) {
  const { words, ui } = store;
  if (ui.doubted) return "";
  const does = gameOf(store).plan.some((move) => move.do !== "note");
  if (!does) return words.doubt_empty;
  return (ui.why.match(LETTERS)?.length ?? 0) < 2 ? words.doubt_short : "";
}

/**
 * @param {Store} store
 * @param {string} doubt
 */
function ask(store, doubt) {
  Object.assign(store.ui, { doubt, doubted: true });
  store.tell();
}

/** @param {Store} store */
export function commit(store) {
  const game = gameOf(store);
  const { ui } = store;
  if (unready(store)) {
    const here = [...store.views].find(({ root }) => root.contains(document.activeElement));
    if (here && game.preview.ok) named(here, "why")?.focus();
    return;
  }
  if (ui.sent === game.n && store.status.kind !== "failed") return;
  const doubt = doubtOf(store);
  if (doubt) {
    ask(store, doubt);
    return;
  }
  clearTimeout(ui.pause);
  Object.assign(ui, { sent: game.n, heard: ui.why, pause: 0 });
  const turn = { decisions: game.plan, why: ui.why.trim() };
  const patch = { turns: [...(store.value.turns ?? []).slice(0, game.kept), turn] };
  store.change(patch);
  if (store.mode === "preview") store.send({ do: "change", patch });
}
