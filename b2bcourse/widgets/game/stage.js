/** What happened, and the customer that is open. */

import { fill, h, mark } from "../common.js";
import { buildHappened } from "./news.js";
import { head } from "./parts.js";
import { buildPeople, buildPerson } from "./people.js";
import { accountOf, gameOf } from "./state.js";

/**
 * @import { Account } from "../shared/game.d.ts"
 * @import { View } from "./types.d.ts"
 */

export const LONG = { ko: 22, en: 36 }; // characters of a fact that do not fit half the board

/**
 * What happened, and the customer that is open: long ones scroll here, so that the plan never leaves.
 * @param {View} view
 */
export function buildStage(view) {
  const { store } = view;
  const { board } = gameOf(store);
  const account = accountOf(store);
  const key = `stage/${board.turn}/${account?.id}/${store.ui.news}`;
  return h(
    "div",
    { class: "b2b-stage", "data-scroll": key },
    buildHappened(view),
    account && buildOpened(view, account),
  );
}

/**
 * @param {View} view
 * @param {Account} account
 */
export function buildOpened(view, account) {
  const { words } = view.store;
  const question = account.question && [h("b", {}, words.question), ` «${account.question.text}»`];
  return h(
    "section",
    { class: "b2b-opened" },
    h(
      "div",
      { class: "b2b-name-line" },
      head(account.name, { class: "b2b-name" }),
      h("span", { class: "b2b-small" }, account.about),
    ),
    question ? h("p", { class: "b2b-question" }, question) : null,
    buildPeople(view, account),
    buildPerson(view),
    buildWork(view, account),
    buildFacts(view, account),
  );
}

/**
 * @param {View} view
 * @param {Account} account
 */
export function buildFacts({ store }, { facts }) {
  const known = facts.filter((fact) => fact.known);
  const unknown = facts.filter((fact) => !fact.known).map(({ label }) => label);
  const rows = known.map(({ label, text }) =>
    h("div", { class: text.length > LONG[store.face.lang] ? "is-long" : "" }, h("dt", {}, label), h("dd", {}, text)),
  );
  if (unknown.length)
    rows.push(h("div", { class: "is-unknown" }, h("dt", {}, store.words.not_known), h("dd", {}, unknown.join(" · "))));
  return h("dl", { class: "b2b-facts" }, rows);
}

/** @type {{ [state: string]: string }} */
export const TEST_MARKS = { passed: "right", failed: "wrong", next: "partly", later: "also" };

/**
 * Tests, orders that wait, and what the factory makes.
 * @param {View} view
 * @param {Account} account
 */
export function buildWork({ store }, { tests, orders, making, defect }) {
  const { words } = store;
  const test = (/** @type {Account["tests"][number]} */ { name, state }) =>
    h(
      "li",
      { class: `is-${state}` },
      mark(TEST_MARKS[state]),
      name,
      h("span", { class: "b2b-unseen" }, words[`test_${state}`]),
    );
  const lines = [
    ...orders.map(({ id, text }) => fill(words.order, { id, text })),
    ...making.map(({ text }) => fill(words.making, { text })),
    ...(defect ? [words.defect_open] : []),
  ];
  return h(
    "div",
    { class: "b2b-work" },
    tests.length ? h("ul", { class: "b2b-tests", "aria-label": words.tests }, tests.map(test)) : null,
    lines.length
      ? h(
          "ul",
          { class: "b2b-orders", "aria-label": words.orders },
          lines.map((text) => h("li", {}, text)),
        )
      : null,
  );
}
