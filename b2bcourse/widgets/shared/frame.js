/** The parts around the body: title, saved line, task, notes, legend, buttons. */

/**
 * @import { Face } from "./types.d.ts"
 * @import { Store } from "./store.js"
 * @import { View } from "./view.js"
 */

import { offered, offerShape, unsent } from "./kept.js";
import { has } from "./keys.js";
import { icon, mark } from "./marks.js";
import { fill, h, redraws, setAttribute } from "./nodes.js";
import { buildRecord } from "./record.js";

const MANY = 12; // segments; so many draw together
const NO_ROOM = 700; // px below which they do so too

/**
 * @param {string} name
 * @param {() => unknown} onclick
 * @param {string} [text]
 */
const button = (name, onclick, text = "") =>
  h("button", { type: "button", class: "b2b-button", "data-do": name, onclick }, text);

// ---------------------------------------------------------------- above the body

/** @param {View} view */
export function buildTop(view) {
  const { face } = view.store;
  const savedLine = h("span", { class: "b2b-saved", role: "status" });
  const task = h("div", {});
  const result = h("div", { role: "status" }); // in place of the task; said when it comes, and there once
  const notes = h("div", { role: "status" });
  const title = h("div", { class: "b2b-title", role: "heading", "aria-level": "3" }, face.title);
  const told = face.case?.length ? h("div", { class: "b2b-case" }, story(face.case, face)) : "";
  const again = view.kind.placesRecord ? null : buildRecord(view);
  const edge = h("div", {}, h("div", { class: "b2b-top" }, title, savedLine), task, result, notes, again, told);
  return { edge, savedLine, task, result, notes };
}

/**
 * The story; its paragraphs are numbered where they can be cited as evidence.
 * @param {string[]} paragraphs
 * @param {Face} face
 */
function story(paragraphs, { evidence }) {
  if (!evidence) return paragraphs.map((text) => h("p", {}, text));
  const numbered = paragraphs.map((text) => h("li", {}, text));
  return h("ol", { class: "b2b-numbered" }, numbered);
}

/** @param {View} view */
export function paintTop(view) {
  paintSaved(view);
  paintTask(view);
  paintNotes(view);
}

/** @param {View} view */
function paintNotes(view) {
  const { store, top } = view;
  const judged = store.phase === "checked" ? (store.feedback?.notes ?? []) : [];
  const notes = [...(store.mode === "preview" ? [store.words.preview] : []), ...store.notes];
  const [kept] = store.unsent;
  if (!redraws(top.notes, JSON.stringify([notes, judged, kept, offerShape(store)]))) return;
  const hadFocus = top.notes.contains(document.activeElement);
  const told = [
    ...notes.map((text) => h("p", { class: "b2b-note" }, text)),
    ...judged.map((text) => h("p", { class: "b2b-note is-judged" }, text)),
  ];
  top.notes.replaceChildren(...told, ...(kept ? [unsent(store, kept)] : []), ...offered(store));
  if (hadFocus) view.stand(); // the button that was pressed is gone
}

/** @param {View} view */
function paintSaved({ store, top }) {
  const { kind, at, text, own } = store.status;
  const saved = at ? fill(store.words.saved, { time: at }) : "";
  const said = { saving: text ?? store.words.saving, failed: text ?? "", saved, pending: saved };
  const shown = store.mode === "preview" ? "" : said[kind];
  top.savedLine.dataset.kind = kind;
  // For whoever can help from outside: an answer that no kernel took, and no slip of the student's own.
  top.savedLine.toggleAttribute("data-lost", kind === "failed" && !own);
  if (top.savedLine.textContent === shown) return; // saying the same again would be read out again
  top.savedLine.replaceChildren(...(kind === "saved" && shown ? [icon("tick"), shown] : [shown]));
}

/**
 * The task; after Check the score stands in its place.
 * @param {View} view
 */
function paintTask({ store, top }) {
  const { big = "", text = "" } = store.feedback ?? {};
  const isResult = store.phase === "checked";
  const plain = store.phase === "answer" ? store.words.answer_shown : store.face.task;
  if (!redraws(top.task, JSON.stringify([store.phase, isResult ? [big, text] : plain]))) return;
  const score = big ? h("span", { class: "b2b-big" }, big) : "";
  const shown = isResult ? h("p", { class: "b2b-task is-result" }, score, text) : h("p", { class: "b2b-task" }, plain);
  top.task.replaceChildren(...(store.editing ? [shown] : []));
  top.result.replaceChildren(...(store.editing ? [] : [shown]));
}

// ---------------------------------------------------------------- below the body

/** @param {View} view */
export function buildFoot(view) {
  const { store } = view;
  const buttons = {
    main: button("main", () => onMain(view)),
    retry: button("retry", () => store.retry()),
    hint: button("hint", () => store.moreHints && store.ask("hint")),
    undo: button("undo", () => store.undo()),
    fix: button("fix", () => onOnlyFix(store)),
    answer: button("answer", () => store.ask("answer")),
  };
  buttons.main.classList.add("is-primary");
  const reason = h("span", { class: "b2b-reason", id: `b2b-reason-${view.uid}` });
  const told = h("span", { class: "b2b-told", role: "status" });
  const progress = h("span", { class: "b2b-progress" });
  const legend = h("div", { class: "b2b-legend" });
  const hintLines = h("div", { class: "b2b-hints", role: "status" });
  const more = h("span", { class: "b2b-more" });
  const line = h("div", { class: "b2b-foot" }, Object.values(buttons), reason, told, progress);
  const costs = h("p", { class: "b2b-costs", hidden: true }, store.words.answer_costs);
  const foot = h("div", {}, legend, hintLines, line, costs);
  return { foot, buttons, reason, told, progress, legend, hintLines, more, costs };
}

/** @param {View} view */
function onMain(view) {
  const { store } = view;
  if (!store.editing && goesOn(view)) nextOf(view)?.focus();
  else if (!store.editing) store.retry();
  else if (!store.closed) store.ask("check");
}

/**
 * Nothing is left to be mended here: the way on is forward.
 * @param {View} view
 */
function goesOn(view) {
  const { phase, feedback } = view.store;
  const done = phase === "answer" || feedback?.stage === "whole";
  return done && Boolean(nextOf(view));
}

/**
 * The title of the exercise that follows on the page, to which the focus can go.
 * @param {View} view
 * @returns {HTMLElement | null}
 */
function nextOf({ root }) {
  const all = [...document.querySelectorAll(".b2b-exercise")];
  /** @type {HTMLElement | null | undefined} */
  const title = all[all.indexOf(root) + 1]?.querySelector(".b2b-title");
  if (title) title.tabIndex = -1;
  return title ?? null;
}

/** @param {Store} store */
function onOnlyFix(store) {
  store.onlyFix = !store.onlyFix;
  store.tell();
}

/** @param {View} view */
export function paintLegend({ kind, store, bottom }) {
  bottom.legend.hidden = !kind.legend;
  if (!kind.legend) return;
  const { marks = [], keys = "" } = kind.legend(store);
  const shown = marks.map(([name, word]) => h("span", {}, mark(name), word));
  bottom.legend.replaceChildren(...shown, ...(keys ? [h("span", {}, keys)] : []), bottom.more);
}

/** @param {View} view */
export function paintFoot(view) {
  paintButtons(view);
  paintTold(view);
  paintProgress(view);
  paintHints(view);
}

/**
 * Has the first failed check been told: one's own judged, the rest left to find?
 * @param {Store} store
 */
const isFirst = ({ phase, feedback }) => phase === "checked" && feedback?.stage === "first";

/** @param {View} view */
function paintButtons(view) {
  const { store, kind } = view;
  const { buttons, reason } = view.bottom;
  const { words, editing, phase } = store;
  const practice = store.mode === "practice";
  const closed = editing && store.closed ? reason.id : "";
  const first = isFirst(store);
  const forward = !editing && goesOn(view);
  const main = editing ? words.check : first ? words.mend : forward ? words.next_exercise : words.retry;
  showButton(buttons.main, practice && has(view, "check"), main, closed);
  showButton(buttons.retry, practice && has(view, "check") && forward, words.retry, "");
  showButton(buttons.hint, practice && (editing || first), words.hint, store.moreHints ? "" : reason.id);
  showButton(buttons.undo, editing && has(view, "undo"), words.undo, store.past.length ? "" : "none");
  showButton(buttons.fix, phase === "checked" && Boolean(kind.canFilter?.(store)), words.only_fix, "");
  buttons.fix.setAttribute("aria-pressed", store.onlyFix ? "true" : "false");
  const answerable = practice && store.wasChecked && phase !== "answer" && has(view, "answer");
  showButton(buttons.answer, answerable && !(phase === "checked" && forward), words.show_answer, "");
  view.bottom.costs.hidden = !first;
}

/**
 * A closed button stays readable and keeps its place; it names its reason instead of turning grey.
 * @param {HTMLButtonElement} node
 * @param {boolean} shown
 * @param {string} text
 * @param {string} closedBecause the id of the reason, "none" without one; "" while it is open
 */
function showButton(node, shown, text, closedBecause) {
  node.hidden = !shown;
  if (node.textContent !== text) node.textContent = text;
  setAttribute(node, "aria-disabled", closedBecause && "true");
  setAttribute(node, "aria-describedby", closedBecause !== "none" && closedBecause);
}

/**
 * Why a button is closed, or in its place the sentence that was said last.
 * @param {View} view
 */
function paintTold(view) {
  const { store } = view;
  const { reason, told } = view.bottom;
  const closed = has(view, "check") && store.editing ? store.closed : "";
  const none = store.moreHints ? "" : store.words.no_more_hints;
  const said = store.mode === "practice" && store.editing ? closed || none : "";
  if (redraws(reason, said)) reason.textContent = said;
  if (told.textContent !== store.told) told.textContent = store.told;
  reason.hidden = Boolean(store.told) || !reason.textContent;
}

/** @param {View} view */
export function paintProgress(view) {
  const { kind, store, room } = view;
  const { progress } = view.bottom;
  if (!store.editing) {
    const tries = store.feedback?.tries ?? "";
    if (redraws(progress, tries)) progress.replaceChildren(tries);
    return;
  }
  const { parts = [], unit, text } = kind.progress(store);
  const narrow = room < NO_ROOM;
  // A browser's undo forgets how typing belongs together when nodes come and go meanwhile.
  if (!redraws(progress, JSON.stringify([parts.map(Boolean), unit, text, store.mode, narrow]))) return;
  const done = parts.filter(Boolean).length;
  const said = text ?? store.words[store.mode === "answer" ? `answered_${unit}` : `progress_${unit}`];
  const bars = parts.map((_, n) => h("i", { class: n < done ? "is-done" : "" }));
  const segments = h("span", { class: "b2b-segments", "aria-hidden": "true" }, bars);
  segments.style.setProperty("--b2b-segment", parts.length > MANY || narrow ? "8px" : "14px");
  progress.replaceChildren(...(bars.length ? [segments] : []), fill(said, { done, total: parts.length }));
}

/** @param {View} view */
function paintHints({ store, bottom }) {
  const { hintLines } = bottom;
  hintLines.hidden = !(store.editing || isFirst(store)) || !store.hints.length;
  if (hintLines.children.length === store.hints.length) return;
  const several = store.hints.map((text, at) => {
    const n = fill(store.words.hint_n, { n: at + 1 });
    return h("p", {}, h("b", {}, n), text);
  });
  hintLines.replaceChildren(...several);
}
