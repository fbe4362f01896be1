/**
 * An essay: a text that grows and is saved while it is written. In practice the model text comes beside it,
 * and a level to choose for each criterion. In order: writing; taking back; comparing and judging; the kind.
 */

import { exercise, fill, h, PART, redraws } from "./common.js";

/**
 * @import { EssayFace } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {AnyStore & { face: EssayFace, tooLong?: string }} Store */
/** @typedef {{ text: string, start: number, end: number }} State a text, and what is marked in it */
/** @typedef {{ kind: string, time: number, caret: number, composing: boolean }} Burst */
/** @typedef {{ past: State[], future: State[], burst: Burst | null, before: State | null, last: State }} Undo */
/** @typedef {"past" | "future"} Way */
/** @typedef {ReturnType<typeof buildCriterion>} Level */
/**
 * @typedef {AnyView & { store: Store, text: HTMLTextAreaElement, grow: HTMLElement, count: HTMLElement,
 *   size: HTMLElement, refused?: string, levels: Level[], judged: HTMLElement, undo: Undo }} View
 */

const LIMIT = 20000; // characters, as the kernel takes them
const NEARLY = 18000; // from which on the limit is told
const WIDE = 1080; // px for two texts side by side
const USUAL = 660; // px for one, of at most 76 characters a line
const BURST = 600; // ms without a key: what comes then is another burst of typing
const STEPS = 100; // that can be taken back
/** @type {{ [inputType: string]: Way }} */
const FROM_MENU = { historyUndo: "past", historyRedo: "future" };
const TYPED = ["insertText", "insertCompositionText", "insertLineBreak", "insertParagraph"];

/**
 * Words, in Korean 어절: runs between spaces that hold a letter or a digit, as the score counts them.
 * @param {string} text
 */
function countWords(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * Characters as the kernel counts them: one beyond the first plane is one, and not two.
 * @param {string} text
 */
function sizeOf(text) {
  return text.length <= NEARLY ? text.length : [...text].length;
}

/**
 * Whether what is pasted or dropped is a picture and no text.
 * @param {DataTransfer | null} data
 */
function isPicture(data) {
  if (!data || data.types.includes("text/plain")) return false;
  return [...data.items].some(({ kind, type }) => kind === "file" && type.startsWith("image/"));
}

/**
 * @param {Store} store
 * @returns {string}
 */
const textOf = (store) => store.seen.text ?? "";

/**
 * Why the texts cannot be compared yet.
 * @param {Store} store
 */
function closed(store) {
  const { words, face } = store;
  if (store.tooLong) return store.tooLong;
  return countWords(textOf(store)) < face.words.min ? fill(words.check_closed, face.words) : "";
}

// ---------------------------------------------------------------- writing

/** @param {View} view */
function buildWriting(view) {
  const { words, face } = view.store;
  const id = `b2b-essay-${view.uid}`;
  view.text = h("textarea", { id, "data-at": "text", rows: "8", "aria-describedby": `${id}-count` });
  view.text.addEventListener("input", (event) => {
    remember(view, /** @type {InputEvent} */ (event));
    onText(view);
  });
  listenForUndo(view);
  listenForPictures(view);
  view.grow = h("div", { class: "b2b-grow" }, view.text);
  view.count = h("p", { id: `${id}-count`, class: "b2b-count" }, " ");
  view.size = h("p", { class: "b2b-size", role: "status" }, " ");
  const criteria = face.criteria.map((text) => h("li", {}, text));
  const label = h("label", { class: "b2b-part", for: id }, words.own);
  const by = h(
    "div",
    { class: "b2b-by" },
    partHead(face.rubric.length ? words.judged_by : words.graded_by),
    h("ul", {}, criteria),
  );
  return [label, view.grow, view.count, view.size, by];
}

/**
 * A picture that is pasted or dropped into the field would vanish without a word, or leave the page.
 * @param {View} view
 */
function listenForPictures(view) {
  /** @param {Event} event @param {DataTransfer | null} data */
  const tell = (event, data) => {
    if (!isPicture(data)) return;
    event.preventDefault();
    view.refused = view.store.words.no_pictures;
    paintSize(view, view.text.value);
  };
  view.text.addEventListener("paste", (event) => tell(event, event.clipboardData));
  view.text.addEventListener("drop", (event) => tell(event, event.dataTransfer));
  view.text.addEventListener("dragover", (event) => {
    if (isPicture(event.dataTransfer)) event.preventDefault(); // else no drop would be told, and the page left
  });
}

/**
 * What is told below the field: that no picture can be put in, or how near the limit is.
 * @param {View} view
 * @param {string} text
 */
function paintSize(view, text) {
  const { store } = view;
  const size = sizeOf(text);
  const near = size > NEARLY && !store.tooLong;
  const said = near ? fill(store.words.nearly_full, { n: size, limit: LIMIT }) : "";
  /** @type {Text} */ (view.size.firstChild).data = [view.refused, said].filter(Boolean).join(" ");
  view.size.hidden = !view.size.textContent;
}

/**
 * A text beyond the limit stays on the screen and is not called saved.
 * @param {View} view
 */
function onText(view) {
  const { store } = view;
  view.refused = "";
  // Half a character, as some input methods leave behind, could not be written to a file.
  const text = view.text.value.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    "\uFFFD",
  );
  const n = sizeOf(text);
  store.tooLong = n > LIMIT ? fill(store.words.full, { n, limit: LIMIT }) : "";
  if (store.tooLong) store.fail(store.tooLong);
  else store.change({ text }, "text");
}

/** @param {View} view */
function paintWriting(view) {
  const { store } = view;
  const { words, face } = store;
  // What is too long to be saved stands only here: it is not to be lost.
  if (!store.tooLong && view.text.value !== textOf(store)) {
    view.text.value = textOf(store);
    if (view.undo?.last.text !== textOf(store)) startUndo(view); // from elsewhere: what was before it is not ours
  }
  const text = view.text.value;
  view.grow.dataset.text = text;
  if (!redraws(view.count, text)) return;
  const n = countWords(text);
  // Into the node that stands: nodes that come and go would part the browser's undo into single keys.
  /** @type {Text} */ (view.count.firstChild).data = fill(n > face.words.max ? words.count_long : words.count, {
    n,
    ...face.words,
  });
  view.count.classList.toggle("is-over", n > face.words.max);
  paintSize(view, text);
}

// ---------------------------------------------------------------- taking back

/*
 * One Ctrl+Z takes back one burst of typing. Firefox would take back all that was typed since the field was
 * entered, Chromium all since the caret was last moved, so the steps are our own.
 */

/**
 * @param {HTMLTextAreaElement} area
 * @returns {State}
 */
const stateOf = ({ value: text, selectionStart: start, selectionEnd: end }) => ({ text, start, end });

/** @param {View} view */
function startUndo(view) {
  view.undo = { past: [], future: [], burst: null, before: null, last: stateOf(view.text) };
}

/** Typing and deleting go in bursts; whatever else changes a text, such as pasting, is a step of its own. */
function burstKind(type = "") {
  if (TYPED.includes(type)) return "insert";
  return type.startsWith("delete") && !type.startsWith("deleteBy") ? "delete" : "";
}

/**
 * Does an input go on with the burst before it: the same kind, at the same place, without a pause?
 * @param {Undo} undo
 * @param {State} before
 * @param {string} kind
 * @param {InputEvent} event
 */
function goesOn({ burst }, before, kind, event) {
  if (!burst) return false;
  if (event.isComposing && burst.composing) return true; // a syllable is never taken apart
  const isThere = before.start === before.end && before.start === burst.caret;
  return Boolean(kind) && kind === burst.kind && isThere && event.timeStamp - burst.time < BURST;
}

/**
 * After an input: a new step, unless it goes on with the last one.
 * @param {View} view
 * @param {InputEvent} event
 */
function remember(view, event) {
  const { undo, text: area } = view;
  const before = undo.before ?? undo.last;
  undo.before = null;
  undo.last = stateOf(area);
  if (before.text === area.value) return; // an input method has settled what stood there already
  const kind = burstKind(event.inputType);
  if (!goesOn(undo, before, kind, event)) undo.past = [...undo.past, before].slice(-STEPS);
  undo.future = [];
  undo.burst = { kind, time: event.timeStamp, caret: area.selectionEnd, composing: event.isComposing };
}

/**
 * Goes one step back ("past") or forward ("future").
 * @param {View} view
 * @param {Way} from
 */
function stepTo(view, from) {
  const { undo, text: area } = view;
  const state = undo[from].pop();
  if (!state) return;
  undo[from === "past" ? "future" : "past"].push(stateOf(area));
  area.value = state.text;
  area.setSelectionRange(state.start, state.end);
  Object.assign(undo, { burst: null, before: null, last: state });
  onText(view);
}

/**
 * A key by its letter; where the keyboard writes Hangul, by its place.
 * @param {KeyboardEvent} event
 * @param {string} letter
 */
const isKey = ({ key, code }, letter) =>
  key.toLowerCase() === letter || (!/^[a-z]$/i.test(key) && code === `Key${letter.toUpperCase()}`);

/**
 * Which way Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y lead; "" for other keys.
 * @param {KeyboardEvent} event
 * @returns {Way | ""}
 */
function wayOf(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return "";
  if (isKey(event, "z")) return event.shiftKey ? "future" : "past";
  return isKey(event, "y") ? "future" : "";
}

/** @param {View} view */
function listenForUndo(view) {
  const { text: area } = view;
  area.addEventListener("beforeinput", (event) => {
    const way = FROM_MENU[event.inputType];
    if (way) event.preventDefault();
    if (way) stepTo(view, way);
    else view.undo.before = stateOf(area);
  });
  area.addEventListener("compositionend", () => {
    if (view.undo.burst) Object.assign(view.undo.burst, { composing: false, caret: area.selectionEnd });
  });
  area.addEventListener("keydown", (event) => {
    const way = wayOf(event);
    if (way) event.preventDefault();
    if (way) stepTo(view, way);
  });
}

// ---------------------------------------------------------------- comparing and judging

/** @param {string} text */
const paragraphs = (text) =>
  text
    .split(/\n+/)
    .filter((line) => line.trim())
    .map((line) => h("p", {}, line));

/** @param {string} text */
const partHead = (text) => h("p", { class: "b2b-part", ...PART }, text);

/**
 * @param {string} name
 * @param {HTMLElement[]} texts
 */
function buildText(name, texts) {
  return h("div", { class: "b2b-written" }, partHead(name), texts);
}

/** @param {View} view */
function buildComparing(view) {
  const { store } = view;
  const { words, face } = store;
  const feedback = store.feedback ?? {};
  const model = (feedback.model ?? []).flatMap(paragraphs);
  const both = [buildText(words.own, paragraphs(textOf(store)))];
  if (model.length) both.push(buildText(words.model, model));
  const guide = feedback.guide
    ? h("div", { class: "b2b-guide" }, partHead(words.guide), h("p", {}, feedback.guide))
    : null;
  view.levels = face.rubric.map((criterion) => buildCriterion(view, criterion));
  view.judged = h("p", { class: "b2b-count", role: "status" });
  const judge = partHead(words.judge);
  const rubric = model.length ? [judge, view.levels.map(({ box }) => box), view.judged] : [];
  const nodes = [h("div", { class: "b2b-beside" }, both), guide, ...rubric].flat().flatMap((node) => node ?? []);
  paintComparing(view);
  return nodes;
}

/**
 * @param {View} view
 * @param {EssayFace["rubric"][number]} criterion
 */
function buildCriterion(view, { id, text, levels }) {
  const { store } = view;
  const name = `b2b-level-${view.uid}-${id}`;
  const inputs = levels.map((_, at) =>
    h("input", { type: "radio", name, "data-at": `${id}-${at}`, onchange: () => judge(store, id, at) }),
  );
  const rows = levels.map((level, at) => h("label", { class: "b2b-line" }, inputs[at], h("span", {}, level)));
  const score = h("span", { class: "b2b-score" });
  const head = h("div", { class: "b2b-criterion", id: name }, h("span", {}, text), score);
  return { id, inputs, score, rows, box: h("div", { role: "radiogroup", "aria-labelledby": name }, head, rows) };
}

/**
 * A chosen level is saved at once; when all criteria have one, what they amount to is asked for.
 * @param {Store} store
 * @param {string} id
 * @param {number} level
 */
function judge(store, id, level) {
  store.change({ self: { [id]: level } });
  if (judgedCount(store) === store.face.rubric.length) store.ask("check");
}

/** @param {Store} store */
const judgedCount = (store) => store.face.rubric.filter(({ id }) => Number.isInteger(store.value.self?.[id])).length;

/** @param {View} view */
function paintComparing(view) {
  const { store } = view;
  for (const { id, inputs, score, rows } of view.levels) {
    const level = store.value.self?.[id];
    inputs.forEach((input, at) => {
      input.checked = at === level;
      rows[at].classList.toggle("is-chosen", at === level);
    });
    score.textContent = store.feedback?.parts?.[id]?.score ?? "";
  }
  const total = store.face.rubric.length;
  const said = fill(store.words.levels_n, { done: judgedCount(store), total });
  if (redraws(view.judged, said)) view.judged.textContent = said;
}

// ---------------------------------------------------------------- the kind

/**
 * Two texts side by side want more room than one.
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  const wanted = view.store.editing ? USUAL : WIDE;
  const width = Math.min(room, wanted);
  return { width, edge: width };
}

/** @param {View} view */
function build(view) {
  if (!view.store.editing) return buildComparing(view);
  const nodes = buildWriting(view);
  paintWriting(view);
  if (!view.undo) startUndo(view);
  return nodes;
}

/** @param {View} view */
const paint = (view) => (view.store.editing ? paintWriting(view) : paintComparing(view));

export default exercise({
  name: "essay",
  without: ["undo", "answer"],
  build,
  paint,
  closed,
  layout,
  progress: () => ({ text: "" }),
});
