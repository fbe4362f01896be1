/** The customers side by side, each with its road. */

import { fill, h } from "../common.js";
import { head, heardAs } from "./parts.js";
import { gameOf, open } from "./state.js";

/**
 * @import { Account, Step } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

export const SEEN_TURNS = 2; // an account without a visit for so long says so

/**
 * The customers side by side, each with its road; one of them is open below.
 * @param {View} view
 */
export function buildAccounts(view) {
  const { board } = gameOf(view.store);
  const strip = h(
    "ul",
    { class: "b2b-accounts" },
    board.accounts.map((account) => h("li", {}, buildAccount(view, account))),
  );
  strip.style.setProperty("--b2b-accounts", String(board.accounts.length));
  return h("section", { class: "b2b-strip" }, head(view.store.words.accounts, { class: "b2b-unseen" }), strip);
}

/**
 * @param {View} view
 * @param {Account} account
 */
export function buildAccount(view, account) {
  const { store } = view;
  const isOpen = store.ui.account === account.id;
  const waiting = signals(store, account);
  const said = waiting.map(({ text }) => text);
  return h(
    "button",
    {
      type: "button",
      class: `b2b-account is-${account.state}`,
      "data-at": `account/${account.id}`,
      "aria-label": heardAs(account.name, stepSaid(store, account), standing(store, account), ...said),
      "aria-pressed": isOpen ? "true" : "false",
      onclick: () =>
        open(store, { account: account.id, person: isOpen ? store.ui.person : "", form: null, news: false }),
    },
    h("span", { class: "b2b-account-top" }, h("b", {}, account.name), stepNow(store, account)),
    h("span", { class: "b2b-small" }, standing(store, account)),
    path(account, gameOf(store).board.steps),
    h(
      "span",
      { class: "b2b-signals" },
      waiting.map(({ text, name }) => h("span", { class: name }, text)),
    ),
  );
}

/**
 * @param {Store} store
 * @param {Account} account
 */
export function standing({ words }, { size_name: size, state, state_name: name, trust }) {
  const said = [size, fill(words.trust, { n: trust })];
  return (state === "open" ? said : [...said, name]).join(" · ");
}

/**
 * What waits for an answer there, in words; once the game is over nothing does.
 * @param {Store} store
 * @param {Account} account
 * @returns {{ text: string, name: string }[]}
 */
export function signals(store, account) {
  const { words } = store;
  if (gameOf(store).board.over) return [];
  const { question, orders, defect, quiet, state, step } = account;
  const waiting = [
    question ? words.has_question : "",
    orders.length ? fill(words.has_orders, { n: orders.length }) : "",
    defect ? words.has_defect : "",
  ].filter(Boolean);
  const alone = (state === "signed" || (state === "open" && step > 1)) && quiet >= SEEN_TURNS;
  const told = waiting.map((text) => ({ text, name: "is-waiting" }));
  return alone ? [...told, { text: fill(words.quiet, { n: quiet }), name: "is-quiet" }] : told;
}

/**
 * The step it has come to, by number and name.
 * @param {Store} store
 * @param {Account} account
 */
export function stepNow(store, { step }) {
  const { number, short } = gameOf(store).board.steps[step - 1] ?? {};
  return h("span", { class: "b2b-small" }, step ? `${number} ${short}` : store.words.not_begun);
}

/**
 * The same for who does not see the road.
 * @param {Store} store
 * @param {Account} account
 */
export function stepSaid(store, { step }) {
  const { steps } = gameOf(store).board;
  if (!step) return store.words.not_begun;
  const { number, short } = steps[step - 1];
  return `${fill(store.words.step_of, { n: number, total: steps.length })}, ${short}`;
}

/**
 * The ten steps as a line, walked so far.
 * @param {Account} account
 * @param {Step[]} steps
 */
export function path({ step }, steps) {
  const place = (/** @type {number} */ n) => `${(100 * (n - 0.5)) / steps.length}%`;
  const ticks = steps.map(({ number }) => h("i", { class: "b2b-tick", style: `left:${place(number)}` }));
  const walked = h("i", { class: "b2b-walked", style: `width:${step ? place(step) : 0}` });
  const here = step ? h("i", { class: "b2b-dot", style: `left:${place(step)}` }) : null;
  return h("span", { class: "b2b-path", "aria-hidden": "true" }, ticks, walked, here);
}
