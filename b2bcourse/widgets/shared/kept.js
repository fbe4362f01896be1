/** Answers of which there are two: what was set aside, and what a page could not save. The student decides. */

/**
 * @import { Kept, Offer, Value } from "./types.d.ts"
 * @import { Store } from "./store.js"
 */

import { fill, h } from "./nodes.js";
import { leaves, part, put, same } from "./patch.js";

/**
 * @param {string} name
 * @param {() => unknown} onclick
 * @param {string | undefined} text
 */
const button = (name, onclick, text) =>
  h("button", { type: "button", class: "b2b-button", "data-do": name, onclick }, text);

/** @param {any} data */
const isWritten = (data) => typeof data === "string" && data.includes(" ");

/**
 * The other answer, where its parts can be shown beside the present ones: null where there is none.
 * @param {Store} store
 * @returns {Value | null}
 */
export const otherOf = ({ editing, offer }) => (editing && offer.value) || null;

/**
 * What the kind shows in place: the names of the parts that have two answers, and whether each is chosen there.
 * @param {Store} store
 */
function inPlace(store) {
  const other = otherOf(store);
  return (other && store.kind.twice?.(store, other)) || null;
}

/** What of an offer the top of the exercise depends on.
 * @param {Store} store
 */
export function offerShape(store) {
  const { offer } = store;
  return [offer, offer.text && (inPlace(store) ?? (offer.value && store.value))];
}

/**
 * A part of the other answer, called by the window and time it comes from.
 * @param {Store} store
 * @param {...(Node | string)} what
 */
export const otherwise = (store, ...what) =>
  h("span", { class: "b2b-otherwise" }, h("small", {}, store.offer.then), what.length ? " " : "", what);

/**
 * A version of the answer that was set aside, how it looks, and the buttons that decide about it.
 * @param {Store} store
 */
export function offered(store) {
  const { offer, words } = store;
  if (!offer.text) return [];
  const written = writtenTwice(store.value, offer.value);
  const found = written.length ? null : inPlace(store);
  if (found && !found.parts.length) return []; // the answer has come to hold all of the other
  const names = fill(words.differs_in, { names: found?.parts.join(", ") });
  if (found?.own && found.parts.length === 1) {
    return [h("p", { class: "b2b-unseen" }, `${offer.text} ${names}`)]; // all of it is seen in its place
  }
  const both = written.map((path) => sideBySide(store, path));
  const shown = found ? h("p", {}, names) : both.length ? both : folded(offer);
  const buttons = choices(store, written, found?.own ? words.in_all : "{choice}");
  return [h("div", { class: "b2b-note is-offer" }, h("p", {}, offer.text), shown, buttons)];
}

/** @param {Offer} offer */
function folded({ html, see }) {
  if (!html) return [];
  const shown = h("div", { class: "b2b-aside" });
  shown.innerHTML = html; // made by the kernel, from the answer as text
  return [h("details", {}, h("summary", {}, see), shown)];
}

/**
 * Which of two answers stays; texts may also be joined. Until then the present one counts, and that is said.
 * @param {Store} store
 * @param {string[]} written paths at which both answers hold a text
 * @param {string} [called] how a choice is called where its parts are chosen too
 */
function choices(store, written, called) {
  const { offer, words } = store;
  const join = () => {
    for (const path of written) store.change(joined(store, path));
    store.decide("leave");
  };
  return [
    offer.leave ? button("leave", () => store.decide("leave"), fill(called, { choice: offer.leave })) : [],
    button("put_back", () => store.decide("put_back"), fill(called, { choice: offer.put_back })),
    written.length ? button("join", join, words.join_texts) : [],
    offer.counts ? h("small", {}, offer.counts) : [],
  ].flat();
}

/**
 * One part that has two answers: what tells them apart, and which of the two it is to be, or both.
 * @param {Store} store
 * @param {string} name of the part, for ears
 * @param {string} said
 * @param {{ leave(): void, take(): void, both?: (() => void) | null }} acts
 */
export function choiceOf({ offer, words }, name, said, { leave, take, both }) {
  const named = (/** @type {HTMLElement} */ one) => {
    one.setAttribute("aria-label", fill(words.chose, { name, choice: one.textContent }));
    return one;
  };
  return h(
    "div",
    { class: "b2b-lines is-calm is-offer" },
    h("p", {}, said),
    named(button("leave", leave, offer.leave)),
    named(button("put_back", take, offer.put_back)),
    both ? named(button("both", both, words.mark_both)) : null,
    offer.counts ? h("small", {}, offer.counts) : null,
  );
}

/**
 * Where two answers hold different texts.
 * @param {Value} value
 * @param {Value | undefined} other
 */
function writtenTwice(value, other) {
  const texts = leaves(other ?? {}, {}).filter(([, data]) => isWritten(data));
  return texts
    .filter(([path, data]) => isWritten(part(value, path)) && !same(part(value, path), data))
    .map(([path]) => path);
}

/**
 * @param {Store} store
 * @param {string} path
 */
function joined({ value, offer }, path) {
  const patch = {};
  put(patch, path, `${part(value, path).trimEnd()}\n\n${part(offer.value ?? {}, path)}`);
  return patch;
}

/**
 * Two texts in columns; where they part is underlined.
 * @param {Store} store
 * @param {string} path
 */
function sideBySide({ value, offer }, path) {
  const [now, then] = [part(value, path), part(offer.value ?? {}, path)];
  return h("div", { class: "b2b-two" }, column(offer.now, now, then), column(offer.then, then, now));
}

/**
 * @param {string | undefined} head
 * @param {string} text
 * @param {string} other
 */
function column(head, text, other) {
  const shown = h("p", { class: "b2b-text" }, marked(text, other));
  return h("section", { "aria-label": head }, h("p", { class: "b2b-part" }, head), shown);
}

/**
 * A text whose middle, between what both have at their beginnings and ends, is marked.
 * @param {string} text
 * @param {string} other
 */
export function marked(text, other) {
  const [words, others] = [text.split(/(?<=\s)/), other.split(/(?<=\s)/)];
  const most = Math.min(words.length, others.length);
  let before = 0;
  while (before < most && words[before] === others[before]) before += 1;
  let after = 0;
  while (after < most - before && words.at(-1 - after) === others.at(-1 - after)) after += 1;
  const end = words.length - after;
  const middle = words.slice(before, end).join("");
  const space = middle.slice(middle.trimEnd().length); // a line under a space looks like a mistake
  return [
    words.slice(0, before).join(""),
    middle ? h("mark", {}, middle.trimEnd()) : "",
    space + words.slice(end).join(""),
  ];
}

/**
 * What an earlier page could not save, where the answer has become another since.
 * @param {Store} store
 * @param {Kept} kept
 */
export function unsent(store, kept) {
  const { words, face } = store;
  const time = new Intl.DateTimeFormat(face.lang, { dateStyle: "medium", timeStyle: "short" }).format(kept.time);
  const texts = leaves(kept.patch, {}).filter(([, data]) => isWritten(data));
  const said = texts.map(([, data]) => h("p", { class: "b2b-quoted" }, data));
  const putIn = button("put_in", () => store.settleDraft(true), words.draft_in);
  const away = button("throw", () => store.settleDraft(false), words.draft_away);
  return h("div", { class: "b2b-note is-offer" }, h("p", {}, fill(words.unsent, { time })), said, putIn, away);
}
