/** A customer's people, and what was heard from them. */

import { fill, h } from "../common.js";
import { ring, sideOf } from "./accounts.js";
import { buildMap } from "./map.js";
import { heardAs, nameIn } from "./parts.js";
import { accountOf, gameOf, open, personOf, within } from "./state.js";

/**
 * @import { Words } from "../shared/types.d.ts"
 * @import { Account, Noted, Person } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

/**
 * @param {View} view
 * @param {Account} account
 */
export function buildPeople(view, account) {
  const { store } = view;
  const { words, ui } = store;
  if (!account.people.length) {
    const unknown = fill(words.people_unknown, { n: account.people_count });
    return h("p", { class: "b2b-small" }, unknown);
  }
  const chosen = account.people.some(({ id }) => id === ui.person) ? ui.person : account.people[0].id;
  const cards = account.people.map((person) => buildCard(view, account, person, person.id === chosen));
  const met = account.people.filter((person) => person.met).length;
  const title = fill(words.people_of, { name: account.name });
  const known = fill(words.people_met, { n: met, of: account.people.length });
  return h(
    "div",
    { class: "b2b-people-part" },
    h(
      "div",
      { class: "b2b-people-head" },
      h("h5", { class: "b2b-small" }, title),
      h("span", { class: "b2b-small b2b-met" }, known),
      buildLegend(view),
    ),
    buildMap(view, account, cards, title),
  );
}

/**
 * A person on the map: initials in a ring, and beside it what one knows and what was heard.
 * @param {View} view
 * @param {Account} account
 * @param {Person} person
 * @param {boolean} isStop
 */
function buildCard({ store, uid }, account, person, isStop) {
  const { words, ui } = store;
  const noted = notedOf(store, account, person);
  const belief = beliefText(store, person, noted);
  const isNoted = noted.roles.length + noted.interests.length > 0 || Boolean(noted.fear);
  const ties = tiesSaid(words, account, person);
  const quoted = person.quote ? `b2b-quote-${uid}-${person.id}` : "";
  return h(
    "button",
    {
      type: "button",
      class: `b2b-person${person.met ? "" : " is-unmet"}`,
      "data-at": `person/${account.id}/${person.id}`,
      "data-group": "people",
      tabindex: isStop ? "0" : "-1",
      "aria-pressed": ui.person === person.id ? "true" : "false",
      "aria-label": heardAs(person.name, person.title, supportSaid(words, person), person.mood, belief, ...ties),
      "aria-describedby": quoted,
      onclick: () => choosePerson(store, person),
    },
    ring(person),
    h(
      "span",
      { class: "b2b-known" },
      h("span", { class: "b2b-person-top" }, h("b", {}, person.name), h("span", { class: "b2b-small" }, person.title)),
      person.met ? h("span", { class: `b2b-mood ${sideOf(person)}` }, support(person), person.mood) : null,
      isNoted || !person.met ? h("span", { class: "b2b-belief" }, belief) : null,
      quoted ? h("span", { class: `b2b-quote${isNoted ? "" : " is-first"}`, id: quoted }, person.quote) : null,
      h("span", { class: "b2b-tied" }, ties.join(" · ")),
    ),
  );
}

/**
 * The lines of the map that begin or, of our own, end at a person.
 * @param {Words} words
 * @param {Account} account
 * @param {Person} person
 */
function tiesSaid(words, { relations, people }, { id }) {
  const ears = relations.filter(({ from }) => from === id).map(({ to }) => nameIn(people, to));
  const holds = relations.filter(({ to, kind }) => to === id && kind === "holds").map(({ text }) => text);
  return [ears.length ? fill(words.listens_to, { list: ears.join(" · ") }) : "", ...holds].filter(Boolean);
}

/**
 * What was heard stands below the cards: it comes into sight, and the cards stay there as far as they can.
 * @param {Store} store
 * @param {Person} person
 */
export function choosePerson(store, { id }) {
  open(store, { person: store.ui.person === id ? "" : id, form: null });
  for (const { body } of store.views) {
    const stage = within(body, ".b2b-stage");
    const heard = within(body, ".b2b-heard");
    if (!stage || !heard) continue;
    const top = heard.offsetTop - stage.offsetTop;
    const lowest = top + heard.offsetHeight + 16 - stage.clientHeight; // 16: the fade
    const map = within(body, ".b2b-map");
    const highest = map ? map.offsetTop - stage.offsetTop : top; // nobody is to lose sight of the map
    stage.scrollTop = Math.min(highest, Math.max(stage.scrollTop, lowest));
  }
}

/**
 * What is believed of a person, with what the plan is about to note.
 * @param {Store} store
 * @param {Account} account
 * @param {Person} person
 * @returns {Noted}
 */
export function notedOf(store, account, person) {
  const planned = gameOf(store).plan.findLast(
    (move) => move.do === "note" && move.account === account.id && move.person === person.id,
  );
  return planned ? { roles: planned.roles, interests: planned.interests, fear: planned.fear } : person.noted;
}

/**
 * @param {Store} store
 * @param {Person} person
 * @param {Noted} noted
 */
export function beliefText(store, person, noted) {
  const { words } = store;
  const { choices } = gameOf(store).board;
  if (!person.met && !noted.roles.length) return words.not_met;
  const roles = noted.roles.map((id) => nameIn(choices.roles, id)).join(" · ") || words.role_unknown;
  const wishes = noted.interests.map((id) => nameIn(choices.benefits, id)).join(" · ") || words.wish_unknown;
  return `${roles}. ${wishes}`;
}

/**
 * Two boxes against, two for; the card's name says it in words.
 * @param {{ support: number | null }} person
 */
export function support({ support: n }) {
  const box = (/** @type {boolean} */ filled, /** @type {string} */ kind) => h("i", { class: filled ? kind : "" });
  const against = [2, 1].map((level) => box(n !== null && n <= -level, "is-against"));
  const inFavour = [1, 2].map((level) => box(n !== null && n >= level, "is-for"));
  return h("span", { class: "b2b-support" }, against, h("i", { class: "is-middle" }), inFavour);
}

/**
 * @param {Words} words
 * @param {Person} person
 */
export const supportSaid = (words, { support: n }) => (n === null ? words.support_unknown : words[`support_${n}`]);

export const CLUES = ["role", "wish", "fear", "ear", "gate"];

/**
 * Everything that was heard from the person whose card is chosen.
 * @param {View} view
 */
export function buildPerson({ store }) {
  const [account, person] = [accountOf(store), personOf(store)];
  if (!account || !person) return null;
  const { words } = store;
  const { choices } = gameOf(store).board;
  const clue = (/** @type {Person["clues"][number]} */ { kind, text }) =>
    h(
      "li",
      {},
      h("span", { class: "b2b-small" }, words[`clue_${CLUES.includes(kind) ? kind : "other"}`]),
      h("span", {}, text),
    );
  const told = (person.told ?? []).map((id) => nameIn(choices.benefits, id));
  const fear = notedOf(store, account, person).fear;
  const lines = [
    ...person.clues.map(clue),
    told.length ? clue({ kind: "told", text: fill(words.told, { list: told.join(" · ") }) }) : null,
    fear ? clue({ kind: "note", text: fill(words.noted_fear, { fear: nameIn(choices.fears, fear) }) }) : null,
  ];
  const nothing = h("p", { class: "b2b-small" }, words.nothing_heard);
  return h(
    "section",
    { class: "b2b-heard" },
    h("h5", {}, person.name),
    person.clues.length ? h("ul", {}, lines) : nothing,
  );
}

/**
 * Which boxes mean what; the words on the cards say it too.
 * @param {View} view
 */
export function buildLegend({ store }) {
  const { words } = store;
  const entry = (/** @type {number} */ n, /** @type {string} */ word) => h("span", {}, support({ support: n }), word);
  return h(
    "div",
    { class: "b2b-boxes b2b-small", "aria-hidden": "true" },
    entry(2, words.support_1),
    entry(-2, words["support_-1"]),
  );
}
