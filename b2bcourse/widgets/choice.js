/**
 * A choice question: one line an option, with a native radio button or checkbox, clickable as a whole.
 * After Check the mark stands where the button stood, and the reason under its option.
 */

import {
  exercise,
  fill,
  h,
  isToFix,
  judgedMarks,
  lines,
  MARKS,
  markOrRoom,
  otherOf,
  otherwise,
  redraws,
  verdictWord,
} from "./common.js";

/**
 * @param {Store} store
 * @param {Told} option
 */
const isChosen = (store, option) => Boolean(store.seen.chosen?.[option.id]);

/**
 * @import { ChoiceFace, Told, Value } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {AnyStore & { face: ChoiceFace }} Store */
/** @typedef {{ line: HTMLLabelElement, input: HTMLInputElement, option: Told }} Option */
/** @typedef {AnyView & { store: Store, options: Option[] }} View */

/**
 * The other window has chosen it, and the present answer has not.
 * @param {Store} store
 * @param {Told} option
 * @param {Value | null} [other]
 */
const isOthers = (store, option, other = otherOf(store)) =>
  Boolean(other?.chosen?.[option.id]) && !store.value.chosen?.[option.id];

/**
 * @param {Store} store
 * @param {Told} option
 */
const judgedOf = (store, option) => store.feedback?.parts?.[option.id];

/**
 * Choosing in a single choice takes the other options away in the same patch.
 * @param {Store} store
 * @param {Told} option
 * @param {boolean} chosen
 */
function choose(store, option, chosen) {
  if (!store.editing) return;
  const { several, options } = store.face;
  const others = several ? [] : options.filter(({ id }) => id !== option.id).map(({ id }) => [id, null]);
  store.change({ chosen: { ...Object.fromEntries(others), [option.id]: chosen ? 1 : null } });
}

// ---------------------------------------------------------------- answering

/**
 * @param {View} view
 * @param {Told} option
 * @returns {Option}
 */
function buildOption(view, option) {
  const { store } = view;
  const input = h("input", {
    type: store.face.several ? "checkbox" : "radio",
    name: `b2b-choice-${view.uid}`,
    "data-at": option.id,
    onchange: () => choose(store, option, input.checked),
  });
  const line = h("label", { class: "b2b-line" }, input, h("span", { class: "b2b-text" }, option.text));
  return { line, input, option };
}

/**
 * @param {View} view
 * @param {Option} option
 */
function paintOption(view, { line, input, option }) {
  const chosen = isChosen(view.store, option);
  const others = isOthers(view.store, option);
  if (!redraws(line, `${chosen}|${others && view.store.offer.then}`)) return;
  input.checked = chosen;
  line.classList.toggle("is-chosen", chosen);
  line.querySelector(".b2b-otherwise")?.remove();
  if (others) line.append(otherwise(view.store));
}

/** @param {View} view */
function buildAnswering(view) {
  const { face } = view.store;
  view.options = face.options.map((option) => buildOption(view, option));
  view.options.forEach((option) => paintOption(view, option));
  const role = face.several ? "group" : "radiogroup";
  return h(
    "div",
    { class: "b2b-choices", role, "aria-label": face.task },
    view.options.map(({ line }) => line),
  );
}

// ---------------------------------------------------------------- after Check

/**
 * What is told of an option for ears: whether it was chosen, and the verdict.
 * @param {Store} store
 * @param {Told} option
 * @param {string} state
 */
function saidOf(store, option, state) {
  const said = [isChosen(store, option) && store.words.chosen, state && verdictWord(store, state)];
  return said.filter(Boolean).join(", ");
}

/**
 * @param {View} view
 * @param {Told} option
 */
function buildJudged(view, option) {
  const { store } = view;
  const judged = judgedOf(store, option);
  const state = judged?.state ?? "";
  const said = saidOf(store, option, state);
  const heard = said ? h("span", { class: "b2b-unseen" }, fill(store.words.option_judged, { said })) : null;
  const text = h("span", { class: "b2b-text" }, option.text, heard);
  const line = h("div", { class: "b2b-line", "data-look": state }, markOrRoom(state), text);
  const costs = isToFix(state) || state === "missed";
  const why = judged?.lines?.length ? lines(store, judged, costs ? "wrong" : state) : null;
  return h("li", { "data-look": state }, line, why);
}

/** @param {View} view */
function buildJudgement(view) {
  const { store } = view;
  view.options = [];
  const options = store.face.options.map((option) => buildJudged(view, option));
  return h("ul", { class: "b2b-choices", "aria-label": store.face.title }, options);
}

/** @param {Store} store */
function legend(store) {
  const { words, face } = store;
  if (store.editing) return { keys: face.several ? words.keys_several : words.keys_one };
  const seen = new Set(
    face.options.map((option) => judgedOf(store, option)?.state ?? "").filter((state) => state in MARKS),
  );
  return { marks: judgedMarks(store, seen) };
}

/** @param {Store} store */
function progress({ face, words, value }) {
  if (!face.several) return { text: words.pick_one };
  const n = face.options.filter(({ id }) => value.chosen?.[id]).length;
  return { text: fill(words.pick_several, { n }) };
}

/** @param {View} view */
const build = (view) => (view.store.editing ? buildAnswering(view) : buildJudgement(view));

/** @param {View} view */
function paint(view) {
  for (const option of view.options) paintOption(view, option);
}

/**
 * @param {Store} store
 * @param {Value} other
 */
function twice(store, other) {
  return { parts: store.face.options.filter((option) => isOthers(store, option, other)).map(({ text }) => text) };
}

export default exercise({ name: "choice", build, paint, legend, progress, twice });
