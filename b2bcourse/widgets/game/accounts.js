/** The customers side by side, each with its road and what was said there. */

import { fill, h } from "../common.js";
import { head, heardAs } from "./parts.js";
import { buildRoad, skippedSaid } from "./road.js";
import { gameOf, open } from "./state.js";

/**
 * @import { Words } from "../shared/types.d.ts"
 * @import { Account, Person } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

const SEEN_TURNS = 2; // an account without a visit for so long says so

/**
 * The customers side by side; one of them is open below.
 * @param {View} view
 */
export function buildAccounts(view) {
  const { board } = gameOf(view.store);
  const strip = h(
    "ul",
    { class: "b2b-accounts" },
    board.accounts.map((account) =>
      h("li", {}, buildAccount(view, account), board.over ? null : buildSaid(view, account)),
    ),
  );
  strip.style.setProperty("--b2b-accounts", String(board.accounts.length));
  return h("section", { class: "b2b-strip" }, head(view.store.words.accounts, { class: "b2b-unseen" }), strip);
}

/**
 * @param {View} view
 * @param {Account} account
 */
function buildAccount(view, account) {
  const { store } = view;
  const { words } = store;
  const isOpen = store.ui.account === account.id;
  const waiting = signals(store, account);
  const said = waiting.map(({ text }) => text);
  const skipped = skippedSaid(words, account.road);
  return h(
    "button",
    {
      type: "button",
      class: `b2b-account is-${account.state}`,
      "data-at": `account/${account.id}`,
      "aria-label": heardAs(account.name, stepSaid(words, account), skipped, standing(words, account), ...said),
      "aria-pressed": isOpen ? "true" : "false",
      onclick: () =>
        open(store, { account: account.id, person: isOpen ? store.ui.person : "", form: null, news: false }),
    },
    h(
      "span",
      { class: "b2b-account-top" },
      h("b", {}, account.name),
      h("span", { class: "b2b-small" }, standing(words, account)),
    ),
    buildRoad(words, account),
    waiting.length
      ? h(
          "span",
          { class: "b2b-signals" },
          waiting.map(({ text, name }) => h("span", { class: name }, text)),
        )
      : null,
  );
}

/**
 * What was said there last turn, by whom: people are met by their words.
 * @param {View} view
 * @param {Account} account
 */
function buildSaid({ store }, { said, people }) {
  if (!said) return null;
  const person = people.find(({ id }) => id === said.person);
  const who = fill(store.words.said_by, { name: said.name, title: said.title });
  return h(
    "div",
    { class: "b2b-said" },
    person ? ring(person) : null,
    h("p", {}, h("span", { class: "b2b-words-of" }, said.text), h("span", { class: "b2b-small" }, who)),
  );
}

/**
 * The initials in a ring: dashed before anybody has met, then for, against or neither.
 * @param {Person} person
 */
export function ring(person) {
  return h("span", { class: `b2b-ring ${sideOf(person)}`, "aria-hidden": "true" }, person.initials);
}

/** @param {Person} person */
export function sideOf({ met, support }) {
  if (!met) return "is-unmet";
  return support && support > 0 ? "is-for" : support && support < 0 ? "is-against" : "";
}

/**
 * @param {Words} words
 * @param {Account} account
 */
function standing(words, { size_name: size, state, state_name: name, trust }) {
  const said = [size, fill(words.trust, { n: trust })];
  return (state === "open" || state === "closed" ? said : [...said, name]).join(" · ");
}

/**
 * What waits for an answer there, in words; once the game is over nothing does.
 * @param {Store} store
 * @param {Account} account
 * @returns {{ text: string, name: string }[]}
 */
function signals(store, account) {
  const { words } = store;
  if (gameOf(store).board.over) return [];
  const { question, orders, defect, quiet, state, step, promised } = account;
  const waiting = [
    question ? words.has_question : "",
    orders.length ? fill(words.has_orders, { n: orders.length }) : "",
    defect ? words.has_defect : "",
  ].filter(Boolean);
  const alone = (state === "signed" || (state === "open" && step > 1)) && quiet >= SEEN_TURNS;
  const silent = [promised, alone ? fill(words.quiet, { n: quiet }) : ""].filter(Boolean);
  const told = waiting.map((text) => ({ text, name: "is-waiting" }));
  return [...told, ...silent.map((text) => ({ text, name: "is-quiet" }))];
}

/**
 * The step it has come to, for who does not see the road.
 * @param {Words} words
 * @param {Account} account
 */
function stepSaid(words, { step, road, state, state_name: unknown }) {
  if (!step) return state === "closed" ? unknown : words.not_begun;
  const { number, name } = road[step - 1];
  return `${fill(words.step_of, { n: number, total: road.length })}, ${name}`;
}
