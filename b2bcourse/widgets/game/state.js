/** What the player has open, and what the kernel's side last said: all that is drawn follows from the two. */

import { fill } from "../common.js";
import { hearReason, keepDesk, restore } from "./desk.js";
import { showPage } from "./end.js";

/**
 * @import { Account, Game } from "../shared/game.d.ts"
 * @import { Ui, Store } from "./types.d.ts"
 * @import { View as AnyView } from "../shared/view.js"
 */

/**
 * @param {Store} store
 * @returns {Game}
 */
export const gameOf = (store) => store.model.get("game");

/**
 * @param {Store} store
 * @returns {{ why: string, time: number }}
 */
export const deskOf = (store) => ({ why: "", time: 0, ...store.model.get("desk") });

/**
 * @param {Store} store
 * @returns {Account | undefined}
 */
export const accountOf = (store) => gameOf(store).board.accounts.find(({ id }) => id === store.ui.account);

/** @param {Store} store */
export const personOf = (store) => accountOf(store)?.people.find(({ id }) => id === store.ui.person);

/**
 * @param {AnyView} view
 * @param {string} name
 * @returns {HTMLElement | null}
 */
export const named = (view, name) =>
  /** @type {HTMLElement | null} */ (view.body.querySelector(`[data-at="${CSS.escape(name)}"]`));

/**
 * @param {HTMLElement} body
 * @param {string} selector
 */
export const within = (body, selector) => /** @type {HTMLElement | null} */ (body.querySelector(selector));

/** @param {unknown} data */
export const plain = (data) => JSON.stringify(data);

/**
 * What the player has open or has begun to fill in; all else is the game's.
 * @param {Store} store
 * @returns {Ui}
 */
export function fresh(store) {
  const game = gameOf(store);
  const { why } = deskOf(store);
  const first = game.board.accounts.find(({ state }) => state !== "closed") ?? game.board.accounts[0];
  return {
    account: first.id,
    person: "",
    form: null,
    news: true, // whether what happened last turn stands open
    asking: false, // whether to start over
    why,
    heard: why, // the reason as the kernel last said it
    moves: game.plan, // the plan as last asked for
    kept: game.kept,
    focus: "",
    doubt: "",
    doubted: false,
    past: [],
    given: null,
    sent: 0, // the number of the drawing on which the turn was ended
  };
}

/** @param {Store} store */
export function listen(store) {
  if (store.ui) return;
  store.desk = store.draft.beside("turn");
  store.ui = fresh(store);
  store.model.on("change:desk", () => {
    hearReason(store);
    store.tell();
  });
  store.model.on("change:game", () => onGame(store));
  store.model.on("change:page", () => showPage(store));
  restore(store);
}

/**
 * A plan was looked at, or a turn was played, here or elsewhere: the focus goes to what is new.
 * @param {Store} store
 */
export function onGame(store) {
  const game = gameOf(store);
  const isMine = store.ui.sent > 0 && game.kept > store.ui.kept;
  if (game.kept < store.ui.kept) store.ui = { ...fresh(store), focus: "happened" };
  else if (game.kept > store.ui.kept) turnOver(store, game, isMine);
  const { ui } = store;
  if (plain(game.plan) === plain(ui.moves)) ui.asked = false;
  if (!ui.asked) ui.moves = game.plan;
  hearReason(store);
  keepDesk(store);
  moveFocus(store);
  announce(store, game, isMine);
}

/**
 * @param {Store} store
 * @param {Game} game
 * @param {boolean} isMine
 */
export function turnOver(store, { kept, board }, isMine) {
  const focus = board.over ? "debrief" : "happened";
  Object.assign(store.ui, {
    form: null,
    news: true,
    more: false,
    kept,
    sent: 0,
    doubt: "",
    doubted: false,
    past: [],
    given: null,
    asked: false,
    focus: isMine ? focus : "",
  });
}

/** @param {Store} store */
export function moveFocus(store) {
  const views = [...store.views];
  const here = views.find(({ root }) => root.contains(document.activeElement)) ?? views[0];
  store.tell();
  const { focus } = store.ui;
  store.ui.focus = "";
  if (focus && here) named(here, focus)?.focus();
}

/**
 * What came of a turn, once and shortly, for who does not see it.
 * @param {Store} store
 * @param {Game} game
 * @param {boolean} isMine
 */
export function announce(store, { board, elsewhere }, isMine) {
  const [view] = store.views;
  const { words } = store;
  if (!view || !(isMine || elsewhere)) return;
  const count = (/** @type {string} */ tone) => board.happened.filter((event) => event.tone === tone).length;
  const tones = { good: count("good"), bad: count("bad"), news: count("news") };
  const said = board.over
    ? fill(words.over_told, { ...board.result })
    : fill(words.turn_told, { n: board.turn - 1, ...tones });
  view.spoken.textContent = elsewhere || said;
}

/**
 * @param {Store} store
 * @param {Partial<Ui>} change
 * @param {string} [focus]
 */
export function open(store, change, focus = "") {
  Object.assign(store.ui, change);
  store.tell();
  if (focus) store.views.forEach((view) => named(view, focus)?.focus());
}
