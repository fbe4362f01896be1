/**
 * Several exercises behind one list. The picked one is a widget of its own, below; the kernel's side
 * puts it there. A list has three looks, its `part`:
 *
 *   list      a line for each exercise: its title and how far it is
 *   numbers   the questions of a test as a row of numbers, above the one that is open
 *   foot      how sure one is, on to the next question, and the end of the test; below the open one
 */

import { fill, h, mark, setAttribute, shield } from "./common.js";

/** @import { Model, Words } from "./shared/types.d.ts" */

/** @typedef {{ id: string, title: string, note: string, state: string, sure?: number | null }} Entry */
/** @typedef {(view: View) => HTMLElement} Part */

const REPLY_WITHIN = 2500; // ms without a reply: the kernel is gone
const LOOK_AGAIN = 30; // ms, while the open question is being saved
// Every widget is a module of its own, so what one leaves for another lies with the window.
const OPENED = (window.b2bOpened ??= new WeakMap()); // notebook cell -> what was open: run again, it opens again
const MOVED = (window.b2bMoved ??= new WeakMap()); // notebook cell -> the part that takes the focus once an item is open: a button below moved on

// ---------------------------------------------------------------- asking the kernel

/**
 * Sends a message; `arrived()` says whether something came of it, else that is told.
 * @param {View} view
 * @param {import("./shared/types.d.ts").Message} message
 * @param {() => boolean} arrived
 */
function ask(view, message, arrived) {
  const noReply = () => view.root.isConnected && !arrived() && tell(view, view.words.not_replying);
  clearTimeout(view.waiting);
  view.reply = "";
  try {
    view.model.send(message);
    view.waiting = setTimeout(noReply, REPLY_WITHIN);
  } catch {
    noReply();
  }
}

/**
 * @param {View} view
 * @param {string} item
 */
function open(view, item) {
  ask(view, { do: "open", item }, () => view.model.get("opened") === item);
}

/**
 * Moves on from below: the list takes the focus, so that the next Tab leads into the exercise.
 * @param {View} view
 * @param {string} item
 */
function moveTo(view, item) {
  const cell = view.cell();
  if (cell) MOVED.set(cell, { part: "numbers", item });
  open(view, item);
}

/**
 * All is saved before the test ends: a kernel may handle two messages in any order.
 * @param {View} view
 * @param {() => void} act
 */
function whenSaved(view, act) {
  const saved = /** @type {HTMLElement | null | undefined} */ (view.cell()?.querySelector(".b2b-saved"));
  const kind = saved?.dataset.kind;
  const isTrouble = kind === "failed" || view.reply === view.words.not_replying;
  if (isTrouble) tell(view, view.words.not_replying);
  else if (kind === "pending" || kind === "saving" || isTellingSure(view)) {
    setTimeout(() => whenSaved(view, act), LOOK_AGAIN);
  } else act();
}

// ---------------------------------------------------------------- how sure one is

const STEPS = [0, 1, 2];
const TYPED = 'textarea, select, [contenteditable="true"], input:not([type="radio"], [type="checkbox"])';

/** @param {View} view */
const openEntry = (view) => view.entries.find(({ id }) => id === view.model.get("opened"));

/**
 * What was said of a question and is not confirmed yet.
 * @param {View} view
 */
function isTellingSure(view) {
  return Object.entries(view.toldSure).some(
    ([item, sure]) => sure !== view.entries.find(({ id }) => id === item)?.sure,
  );
}

/**
 * @param {View} view
 * @param {Entry} entry
 */
function sureOf(view, entry) {
  return view.toldSure[entry.id] ?? entry.sure;
}

/**
 * @param {View} view
 * @param {number} sure from 0 on
 */
function tellSure(view, sure) {
  const entry = openEntry(view);
  if (!entry) return;
  view.toldSure[entry.id] = sure;
  ask(view, { do: "sure", item: entry.id, sure, n: Date.now() }, () => !isTellingSure(view));
  view.draw();
  view.heard.textContent = fill(view.words.sure_told, { sure: view.words[`sure_${sure}`] });
}

/**
 * 1, 2 and 3 from anywhere in the question: its options stand in a widget of their own, above.
 * @param {View} view
 * @param {KeyboardEvent} event
 */
function onSureKey(view, event) {
  const step = STEPS.find((one) => event.key === String(one + 1));
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  const target = /** @type {Element} */ (event.target);
  if (step === undefined || !isPlain || !target.closest(".b2b-exercise") || target.matches(TYPED)) return;
  event.preventDefault();
  event.stopPropagation();
  tellSure(view, step);
}

/** @param {View} view */
function sure(view) {
  const { words } = view;
  const entry = openEntry(view);
  if (!entry) return "";
  const chosen = sureOf(view, entry);
  const keys = `b2b-sure-keys-${view.uid}`;
  const step = (/** @type {number} */ one) =>
    h(
      "label",
      { class: one === chosen ? "b2b-sure-step is-chosen" : "b2b-sure-step" },
      h("input", {
        type: "radio",
        name: `b2b-sure-${view.uid}`,
        "data-at": `sure-${one}`,
        checked: one === chosen,
        onchange: () => tellSure(view, one),
      }),
      h("span", {}, words[`sure_${one}`]),
    );
  return h(
    "div",
    { class: "b2b-sure", role: "radiogroup", "aria-label": words.sure, "aria-describedby": keys },
    h("span", { class: "b2b-sure-ask", "aria-hidden": "true" }, words.sure),
    STEPS.map(step),
    h("span", { class: "b2b-sure-keys", id: keys }, words.sure_keys),
  );
}

/** @param {View} view */
function finish(view) {
  const before = view.model.get("told");
  const cell = view.cell();
  if (cell) {
    MOVED.set(cell, { part: "list" });
    OPENED.delete(cell);
  }
  ask(view, { do: "finish" }, () => view.model.get("told") !== before);
}

/**
 * @param {View} view
 * @param {string} sentence
 */
function tell(view, sentence) {
  view.reply = sentence;
  view.draw();
}

// ---------------------------------------------------------------- a line for each exercise

/** @type {{ [state: string]: string }} */
const SHAPES = { done: "right", review: "partly", begun: "also", answered: "main" };

/** @param {string} state */
function shapeOf(state) {
  return state in SHAPES ? mark(SHAPES[state]) : h("span", { class: "b2b-no-mark" });
}

/**
 * @param {View} view
 * @param {Entry} entry
 * @param {number} at
 */
function entryLine(view, entry, at) {
  const button = h(
    "button",
    {
      type: "button",
      class: "b2b-entry",
      "data-at": entry.id,
      "aria-current": view.model.get("opened") === entry.id && "true",
      onclick: () => open(view, entry.id),
    },
    h("span", { class: "b2b-number" }, String(at + 1)),
    " ", // for ears: without spaces the parts are spoken as one word
    h("span", { class: "b2b-entry-title" }, entry.title),
    " ",
    h("span", { class: "b2b-entry-note" }, entry.note),
    " ",
    h("span", { class: "b2b-entry-state" }, shapeOf(entry.state), view.words[`state_${entry.state}`] ?? ""),
  );
  return h("li", {}, button);
}

/** @param {View} view */
function list(view) {
  return h(
    "ol",
    { class: "b2b-entries" },
    view.entries.map((entry, at) => entryLine(view, entry, at)),
  );
}

// ---------------------------------------------------------------- the questions of a test

/**
 * One stop for the Tab key; the arrows go from number to number.
 * @param {View} view
 */
function numbers(view) {
  const opened = view.model.get("opened");
  const here = Math.max(
    0,
    view.entries.findIndex(({ id }) => id === opened),
  );
  const buttons = view.entries.map((entry, at) => numberButton(view, entry, at, here));
  const bar = h("div", { class: "b2b-numbers", role: "toolbar", "aria-label": view.words.questions }, buttons);
  bar.addEventListener("keydown", (event) => onNumberKey(event, buttons));
  return bar;
}

/**
 * @param {View} view
 * @param {Entry} entry
 * @param {number} at
 * @param {number} here
 */
function numberButton(view, { id, title, state }, at, here) {
  const isHere = at === here;
  const answered = state === "answered";
  return h(
    "button",
    {
      type: "button",
      class: answered ? "b2b-number-of is-answered" : "b2b-number-of",
      "data-at": id,
      tabindex: isHere ? "0" : "-1",
      "aria-current": isHere && "step",
      "aria-label": answered ? `${title}, ${view.words.state_answered}` : title,
      onclick: () => open(view, id),
    },
    String(at + 1),
  );
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} buttons
 */
function onNumberKey(event, buttons) {
  const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
  const last = buttons.length - 1;
  /** @type {{ [key: string]: number }} */
  const goals = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last };
  const goal = goals[event.key];
  if (at < 0 || goal === undefined) return;
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(goal, last))];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/**
 * The next question without an answer, after the open one and round to the start.
 * @param {View} view
 */
function nextOpen(view) {
  const here = view.entries.findIndex(({ id }) => id === view.model.get("opened"));
  const round = [...view.entries.slice(here + 1), ...view.entries.slice(0, Math.max(0, here))];
  return round.find(({ state }) => state !== "answered");
}

/** @param {View} view */
function foot(view) {
  const { words, entries } = view;
  const open = entries.map((entry, at) => (entry.state === "answered" ? 0 : at + 1)).filter(Boolean);
  const next = nextOpen(view);
  /** @type {(name: string, text: string, isPrimary: boolean, onclick: () => void) => HTMLElement} */
  const button = (name, text, isPrimary, onclick) =>
    h(
      "button",
      { type: "button", class: isPrimary ? "b2b-button is-primary" : "b2b-button", "data-at": name, onclick },
      text,
    );
  const onFinish = () => {
    if (!open.length || view.asked) return whenSaved(view, () => finish(view));
    view.asked = true; // what is not answered counts as wrong: that is asked once more
    return tell(view, fill(words.unanswered, { numbers: open.join(", ") }));
  };
  const done = fill(words.answered, { done: entries.length - open.length, all: entries.length });
  return h(
    "div",
    { class: "b2b-foot" },
    sure(view),
    next ? button("next", words.next, true, () => moveTo(view, next.id)) : "",
    button("finish", view.asked ? words.finish_anyway : words.finish, !next && !open.length, onFinish),
    h("span", { class: "b2b-progress" }, done),
  );
}

// ---------------------------------------------------------------- the view

let uid = 0;

/** @type {{ [part: string]: Part }} */
const PARTS = { list, numbers, foot };

class View {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting = undefined;
  /** @type {MutationObserver | undefined} */
  watcher = undefined;

  /**
   * @param {Model} model
   * @param {Words} words
   */
  constructor(model, words) {
    this.model = model;
    this.words = words;
    this.part = model.get("part");
    this.reply = "";
    this.asked = false;
    this.askedOf = this.asking();
    /** @type {{ [item: string]: number }} */
    this.toldSure = {}; // item -> the step that was chosen here
    this.uid = ++uid;
    this.root = h("div", { class: `b2b-exercise b2b-lists is-${this.part}`, lang: model.get("lang") });
    this.body = h("div");
    this.told = h("p", { class: "b2b-told", role: "status", tabindex: "-1" });
    this.heard = h("span", { class: "b2b-unseen", role: "status" });
    const title = model.get("title");
    this.root.append(
      title ? h("div", { class: "b2b-title", role: "heading", "aria-level": "3" }, title) : "",
      this.told,
      this.body,
      this.heard,
    );
    shield(this.root);
  }

  /** @returns {Entry[]} */
  get entries() {
    return this.model.get("entries");
  }

  cell() {
    return this.root.closest(".jp-Cell");
  }

  draw() {
    const told = this.reply || this.model.get("told");
    if (this.told.textContent !== told) this.told.textContent = told;
    this.told.hidden = !told;
    setAttribute(this.told, "class", this.reply === this.words.not_replying ? "b2b-told is-trouble" : "b2b-told");
    const here = /** @type {HTMLElement | null} */ (document.activeElement);
    const focused = here && this.body.contains(here) ? here.dataset.at : "";
    this.body.replaceChildren(PARTS[this.part](this));
    if (focused) this.at(focused)?.focus();
  }

  /**
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  at(name) {
    return this.body.querySelector(`[data-at="${CSS.escape(name)}"]`);
  }

  /** What a question to the student rests on: with anything else here it is over. */
  asking() {
    const states = this.entries.map(({ state }) => state);
    return JSON.stringify([this.model.get("opened"), this.model.get("told"), states]);
  }

  /** Something has changed on the kernel's side: what was asked or told here is over. */
  renew() {
    const asked = this.asking();
    const isNews = asked !== this.askedOf; // that an answer's sureness is saved takes no question back
    this.askedOf = asked;
    if (isNews || this.reply === this.words.not_replying) this.reply = "";
    if (this.part === "foot" && this.model.get("told")) this.toldSure = {}; // it could not be saved
    if (isNews) this.asked = false;
    this.draw();
    this.takeFocus();
  }

  takeFocus() {
    const cell = this.cell();
    const moved = cell && MOVED.get(cell);
    if (!cell || !moved || moved.part !== this.part) return;
    if (moved.item && moved.item !== this.model.get("opened")) return; // other news came first
    MOVED.delete(cell);
    const goal = this.at(this.model.get("opened")) ?? this.body.querySelector("button") ?? this.told;
    goal.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** On the page at last: hides the table for pages without widgets, opens what was open before. */
  attach() {
    const cell = this.cell();
    if (this.part === "foot") this.hearKeys(cell ?? this.root);
    if (!cell || this.part === "foot") return;
    this.hideStatic(cell);
    const before = OPENED.get(cell);
    if (before && before !== this.model.get("opened") && this.at(before)) open(this, before);
    this.takeFocus();
  }

  /**
   * Heard on the way down: on the way up each exercise keeps its keys to itself.
   * @param {Element} place
   */
  hearKeys(place) {
    const onKey = (/** @type {Event} */ event) => onSureKey(this, /** @type {KeyboardEvent} */ (event));
    place.addEventListener("keydown", onKey, true);
    this.deafen = () => place.removeEventListener("keydown", onKey, true);
  }

  /**
   * The list for pages without widgets comes anew whenever something is saved.
   * @param {Element} cell
   */
  hideStatic(cell) {
    const hide = () => {
      for (const still of cell.querySelectorAll(".b2b-static[data-lists]")) still.setAttribute("hidden", "");
    };
    this.watcher = new MutationObserver(hide);
    this.watcher.observe(cell, { childList: true, subtree: true });
    hide();
  }

  remember() {
    const cell = this.cell();
    if (cell && this.part !== "foot") OPENED.set(cell, this.model.get("opened"));
  }
}

/** @param {{ model: Model, el: HTMLElement, words: Words }} given */
function render({ model, el, words }) {
  const view = new View(model, words);
  view.draw();
  el.append(view.root);
  const renew = () => view.renew();
  const remember = () => view.remember();
  for (const trait of ["entries", "opened", "told"]) model.on(`change:${trait}`, renew);
  model.on("change:opened", remember);
  const waiting = requestAnimationFrame(() => view.attach());
  return () => {
    cancelAnimationFrame(waiting);
    view.watcher?.disconnect();
    view.deafen?.();
    for (const trait of ["entries", "opened", "told"]) model.off(`change:${trait}`, renew);
    model.off("change:opened", remember);
  };
}

export default { render };
