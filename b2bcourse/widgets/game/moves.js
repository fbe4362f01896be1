/** What can be done. */

import { fill, h } from "../common.js";
import { add } from "./desk.js";
import { buildForm } from "./forms.js";
import { costText, head, heardAs, keyOf } from "./parts.js";
import { accountOf, gameOf, open, personOf, within } from "./state.js";

/**
 * @import { Entry, Move } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

/**
 * The moves at the account that is open, those towards the chosen person first.
 * @param {View} view
 */
export function buildMoves(view) {
  const { store } = view;
  const { words, ui } = store;
  const account = accountOf(store);
  if (!account)
    return h(
      "section",
      { class: "b2b-moves" },
      head(words.moves),
      h("p", { class: "b2b-small" }, words.choose_account),
    );
  const here = gameOf(store).moves.filter((each) => each.account === account.id);
  const person = personOf(store);
  const towards = here.filter((each) => each.person && each.person === ui.person);
  const firm = here
    .filter((each) => !each.person)
    .sort((one, two) => Number(one.move.do === "give_up") - Number(two.move.do === "give_up"));
  const key = `moves/${account.id}/${person?.id}`;
  return h(
    "section",
    { class: "b2b-moves", "data-scroll": key },
    person
      ? [head(fill(words.moves_person, { name: person.name })), buildList(view, towards, words.no_moves_person)]
      : null,
    head(fill(words.moves_account, { name: account.name })),
    buildList(view, firm, words.no_moves),
    !person && account.people.length ? h("p", { class: "b2b-small" }, words.choose_person) : null,
  );
}

/**
 * @param {View} view
 * @param {Entry[]} entries
 * @param {string} empty
 */
export function buildList(view, entries, empty) {
  if (!entries.length) return h("p", { class: "b2b-small" }, empty);
  return h(
    "ul",
    { class: "b2b-list-moves" },
    entries.map((entry) => buildMove(view, entry)),
  );
}

/**
 * @param {View} view
 * @param {Entry} entry
 */
export function buildMove(view, entry) {
  const { store } = view;
  const key = keyOf(entry.move);
  const isOpen = store.ui.form?.key === key;
  const hasForm = entry.fields.length > 0;
  const isPlanned = gameOf(store).plan.some((move) => keyOf(move) === key);
  const button = h(
    "button",
    {
      type: "button",
      class: "b2b-move-button",
      "data-at": key,
      "aria-expanded": hasForm && (isOpen ? "true" : "false"),
      "aria-label": heardAs(
        entry.label,
        isPlanned && store.words.is_planned,
        costText(store, entry.cost),
        ...(entry.swap ? [store.words.swap, entry.swap.text] : []),
      ),
      onclick: () => choose(store, entry, isOpen),
    },
    h("span", { class: `b2b-choose${isPlanned ? " is-planned" : ""}` }),
    h("span", { class: "b2b-move-name" }, entry.label),
    entry.swap ? h("span", { class: "b2b-swap" }, store.words.swap) : null,
    h("span", { class: "b2b-small" }, costText(store, entry.cost)),
    entry.swap ? h("span", { class: "b2b-breaks" }, entry.swap.text) : null,
  );
  return h(
    "li",
    { class: `${isOpen ? "is-open" : ""}${entry.swap ? " is-swap" : ""}` },
    button,
    isOpen && store.ui.form ? buildForm(view, entry, store.ui.form) : null,
  );
}

/**
 * @param {Store} store
 * @param {Entry} entry
 * @param {boolean | undefined} isOpen
 */
export function choose(store, entry, isOpen) {
  if (!entry.fields.length) add(store, entry.move, entry.swap);
  else open(store, { form: isOpen ? null : begun(entry.move) });
  for (const { body } of store.views) {
    const box = within(body, ".b2b-moves");
    const row = within(body, ".b2b-list-moves > .is-open");
    if (box && row) box.scrollTop = row.offsetTop - box.offsetTop; // the whole of a form, as far as there is room
  }
}

/**
 * A form as it begins; `typed` holds what stands in its fields of numbers, be it one or not.
 * @param {Move} move
 */
export const begun = (move) => ({ key: keyOf(move), move: structuredClone(move), typed: {}, n: 0 });
