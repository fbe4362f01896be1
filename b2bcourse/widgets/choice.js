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

const isChosen = (store, option) => Boolean(store.seen.chosen?.[option.id]);

/** The other window has chosen it, and the present answer has not. */
const isOthers = (store, option, other = otherOf(store)) =>
  Boolean(other?.chosen?.[option.id]) && !store.value.chosen?.[option.id];

const judgedOf = (store, option) => store.feedback?.parts?.[option.id];

/** Choosing in a single choice takes the other options away in the same patch. */
function choose(store, option, chosen) {
  if (!store.editing) return;
  const { several, options } = store.face;
  const others = several ? [] : options.filter(({ id }) => id !== option.id).map(({ id }) => [id, null]);
  store.change({ chosen: { ...Object.fromEntries(others), [option.id]: chosen ? 1 : null } });
}

// ---------------------------------------------------------------- answering

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

function paintOption(view, { line, input, option }) {
  const chosen = isChosen(view.store, option);
  const others = isOthers(view.store, option);
  if (!redraws(line, `${chosen}|${others && view.store.offer.then}`)) return;
  input.checked = chosen;
  line.classList.toggle("is-chosen", chosen);
  line.querySelector(".b2b-otherwise")?.remove();
  if (others) line.append(otherwise(view.store));
}

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

/** What is told of an option for ears: whether it was chosen, and the verdict. */
function saidOf(store, option, state) {
  const said = [isChosen(store, option) && store.words.chosen, state && verdictWord(store, state)];
  return said.filter(Boolean).join(", ");
}

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

function buildJudgement(view) {
  const { store } = view;
  view.options = [];
  const options = store.face.options.map((option) => buildJudged(view, option));
  return h("ul", { class: "b2b-choices", "aria-label": store.face.title }, options);
}

function legend(store) {
  const { words, face } = store;
  if (store.editing) return { keys: face.several ? words.keys_several : words.keys_one };
  const seen = new Set(face.options.map((option) => judgedOf(store, option)?.state).filter((state) => state in MARKS));
  return { marks: judgedMarks(store, seen) };
}

function progress({ face, words, value }) {
  if (!face.several) return { text: words.pick_one };
  const n = face.options.filter(({ id }) => value.chosen?.[id]).length;
  return { text: fill(words.pick_several, { n }) };
}

export default exercise({
  name: "choice",
  build: (view) => (view.store.editing ? buildAnswering(view) : buildJudgement(view)),
  paint: (view) => view.options.forEach((option) => paintOption(view, option)),
  legend,
  progress,
  twice: (store, other) => ({
    parts: store.face.options.filter((option) => isOthers(store, option, other)).map(({ text }) => text),
  }),
});
