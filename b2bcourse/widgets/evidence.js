/**
 * The matching that asks for evidence: a row for each card, with the categories and the numbers of the
 * story's lines as buttons to press. Each group of buttons is one stop for the Tab key; arrows move in it.
 */
import {
  disclosure,
  exercise,
  fill,
  h,
  isToFix,
  judgedMarks,
  keepRoles,
  lines,
  markOrRoom,
  otherOf,
  tells,
  verdictWord,
} from "./common.js";

/**
 * @import { EvidenceFace, PartFeedback, Told, Value } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {AnyStore & { face: EvidenceFace }} Store */
/** @typedef {{ node: HTMLElement, label: string, isOn(): boolean, isOthers(): boolean }} Chip */
/** @typedef {AnyView & { store: Store, chips: Chip[], at: string | undefined }} View */
/** @typedef {(value: Value) => boolean} Holds */

const LINES = "#"; // stands in a part's key where a place would
const BEGINNING = 40; // characters of a line by which ears know it again
const WIDEST = 1080; // px
/** @type {{ [key: string]: number }} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const STACKED = 560; // px of room below which a card's buttons stand below its name

// ---------------------------------------------------------------- what the state means

/**
 * @param {Store} store
 * @param {Told} card
 * @param {string} place
 */
const isPlaced = (store, card, place) => isIn(store.seen, card, place);
/**
 * @param {Store} store
 * @param {Told} card
 * @param {string} n
 */
const isCited = (store, card, n) => isOf(store.seen, card, n);
/**
 * @param {Value} value
 * @param {Told} card
 * @param {string} place
 */
const isIn = (value, card, place) => value.places?.[card.id]?.[place] === 1;
/**
 * @param {Value} value
 * @param {Told} card
 * @param {string} n
 */
const isOf = (value, card, n) => value.lines?.[card.id]?.[n] === 1;
/**
 * @param {Store} store
 * @param {Told} card
 * @param {string} [place]
 */
const partOf = (store, card, place) => store.feedback?.parts?.[place ? `${card.id}/${place}` : card.id];
/** @param {EvidenceFace} face */
const numbers = (face) => face.case.map((_line, at) => String(at + 1));

/**
 * The first words of a line, whole ones.
 * @param {string} line
 */
function beginningOf(line) {
  if (line.length <= BEGINNING) return line;
  const cut = line.slice(0, BEGINNING + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), BEGINNING / 2)).replace(/[,.;:]$/, "")}…`;
}

/**
 * The other window has pressed it, and the present answer has not.
 * @param {Store} store
 * @param {Holds} holds
 * @param {Value | null} [other]
 */
function isOthers(store, holds, other = otherOf(store)) {
  return other !== null && holds(other) && !holds(store.value);
}

/**
 * @param {Store} store
 * @param {Value} other
 */
function twice(store, other) {
  const { face } = store;
  const differs = (/** @type {Told} */ card) =>
    face.categories.some(({ id }) => isOthers(store, (value) => isIn(value, card, id), other)) ||
    numbers(face).some((n) => isOthers(store, (value) => isOf(value, card, n), other));
  return { parts: face.cards.filter(differs).map(({ text }) => text) };
}

/**
 * What a place or the lines as a whole were judged to be; "" where nothing was said.
 * @param {Store} store
 * @param {Told} card
 * @param {string} place
 */
function stateAt(store, card, place) {
  const state = store.phase === "checked" ? partOf(store, card, place)?.state : "";
  return state === "not attempted" ? "" : (state ?? "");
}

/**
 * What is told of a card: of its places, of the card as a whole, then of the lines cited.
 * @param {Store} store
 * @param {Told} card
 */
function toldOf(store, card) {
  const places = store.face.categories.map(({ id }) => partOf(store, card, id)).filter(tells);
  const parts = [...places, partOf(store, card), partOf(store, card, LINES)].flatMap((part) => part ?? []);
  const read = parts.find((part) => part.read)?.read;
  return { lines: parts.flatMap((part) => part.lines ?? []), read };
}

/**
 * The verdict of a row: what costs most in it.
 * @param {Store} store
 * @param {Told} card
 */
function rowState(store, card) {
  const states = [...store.face.categories.map(({ id }) => stateAt(store, card, id)), stateAt(store, card, LINES)];
  const order = ["wrong", "partly", "missed", "right", "accepted"];
  return order.find((state) => states.includes(state)) ?? "";
}

// ---------------------------------------------------------------- what a student does

/**
 * @param {Store} store
 * @param {Told} card
 * @param {string} place
 */
function choose(store, card, place) {
  const { several, categories } = store.face;
  const pressed = !isPlaced(store, card, place);
  const others = several ? [] : categories.filter(({ id }) => id !== place).map(({ id }) => [id, null]);
  store.change({ places: { [card.id]: { ...Object.fromEntries(others), [place]: pressed ? 1 : null } } });
}

/**
 * @param {Store} store
 * @param {Told} card
 * @param {string} n
 */
function cite(store, card, n) {
  store.change({ lines: { [card.id]: { [n]: isCited(store, card, n) ? null : 1 } } });
}

// ---------------------------------------------------------------- building

/**
 * A button to press; the group around it says whose it is. What was not chosen is a mere picture after Check.
 * @param {View} view
 * @param {{ at: string, text: string, spoken: string, line?: string, isIn: Holds, act(): void, state: string }} chip
 */
function buildChip(view, { at, text, spoken, line = "", isIn: holds, act, state }) {
  const { store } = view;
  const isOn = () => holds(store.seen);
  if (!store.editing && !state && !isOn()) return h("span", { class: "b2b-chip", "aria-hidden": "true" }, text);
  const label = chipLabel(store, spoken, line, state);
  const node = h(
    "button",
    { type: "button", class: "b2b-chip", tabindex: "-1", "data-at": at, "aria-label": label, "data-look": state },
    text,
  );
  if (store.editing) node.addEventListener("click", act);
  else node.setAttribute("aria-disabled", "true");
  view.chips.push({ node, isOn, label, isOthers: () => isOthers(store, holds) });
  return node;
}

/**
 * A chip's name: what it stands for, its verdict, and of a line how it begins.
 * @param {Store} store
 * @param {string} name
 * @param {string} line
 * @param {string} state
 */
function chipLabel({ words }, name, line, state) {
  const judged = state ? fill(words.chip_judged, { name, verdict: verdictWord({ words }, state) }) : name;
  return line ? fill(words.chip_line, { name: judged, line: beginningOf(line) }) : judged;
}

/**
 * Buttons that are one stop for the Tab key: at the one used last, else at the first.
 * @param {View} view
 * @param {string} label
 * @param {HTMLElement[]} nodes
 */
function buildGroup(view, label, nodes) {
  const group = h("div", { class: "b2b-chips", role: "group", "aria-label": label }, nodes);
  const chips = nodes.filter((node) => node.dataset.at);
  if (!chips.length) group.append(h("span", { class: "b2b-unseen" }, view.store.words.not_placed));
  const settle = (/** @type {EventTarget | null | undefined} */ to) =>
    chips.forEach((chip) => (chip.tabIndex = chip === to ? 0 : -1));
  settle(chips.find((chip) => chip.dataset.at === view.at) ?? chips[0]);
  group.addEventListener("focusin", ({ target }) => {
    view.at = /** @type {HTMLElement} */ (target).dataset.at;
    settle(target);
  });
  group.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    chips[
      Math.max(0, Math.min(chips.indexOf(/** @type {HTMLElement} */ (event.target)) + step, chips.length - 1))
    ]?.focus();
  });
  return group;
}

/**
 * @param {View} view
 * @param {Told} card
 */
function buildRow(view, card) {
  const { store } = view;
  const { face, words } = store;
  const places = face.categories.map(({ id, name }) =>
    buildChip(view, {
      at: `${card.id}@${id}`,
      text: name,
      spoken: name,
      isIn: (value) => isIn(value, card, id),
      act: () => choose(store, card, id),
      state: isPlaced(store, card, id) || stateAt(store, card, id) === "missed" ? stateAt(store, card, id) : "",
    }),
  );
  const cited = numbers(face).map((n) =>
    buildChip(view, {
      at: `${card.id}@${LINES}${n}`,
      text: n,
      spoken: fill(words.line_n, { n }),
      line: face.case[Number(n) - 1],
      isIn: (value) => isOf(value, card, n),
      act: () => cite(store, card, n),
      state: isCited(store, card, n) ? stateAt(store, card, LINES) : "",
    }),
  );
  const head = h("th", { scope: "row" }, rowHead(store, card));
  const cells = [
    buildGroup(view, `${card.text}: ${face.heading}`, places),
    buildGroup(view, `${card.text}: ${words.lines}`, cited),
  ];
  const row = h(
    "tr",
    {},
    head,
    cells.map((cell, at) => h("td", { "data-label": at > 0 ? words.lines : null }, cell)),
  );
  const told = toldOf(store, card);
  if (store.editing || store.open !== card.id || !told.lines.length) return [row];
  const why = lines(store, { ...partOf(store, card), ...told }, rowState(store, card), words.not_placed);
  return [row, h("tr", { class: "b2b-why" }, h("td", { colspan: "3" }, why))];
}

/**
 * The name of a row; after Check with its mark, and a button that opens what is told.
 * @param {Store} store
 * @param {Told} card
 */
function rowHead(store, card) {
  if (store.editing) return [card.text];
  const state = rowState(store, card);
  const verdict = state ? h("span", { class: "b2b-unseen" }, ` ${verdictWord(store, state)}`) : null;
  const name = toldOf(store, card).lines.length ? disclosure(store, card.id, card.text) : card.text;
  return [h("span", { class: "b2b-judged" }, markOrRoom(state), name, verdict)];
}

/** @param {View} view */
function build(view) {
  const { face, words } = view.store;
  view.chips = [];
  const heads = ["", face.heading, words.lines].map((text) => (text ? h("th", { scope: "col" }, text) : h("td", {})));
  const rows = face.cards.flatMap((card) => buildRow(view, card));
  const table = h(
    "table",
    { class: "b2b-evidence-board", "aria-label": face.heading },
    h("thead", {}, h("tr", {}, heads)),
    h("tbody", {}, rows),
  );
  paint(view);
  keepRoles(table);
  return table;
}

/** @param {View} view */
function paint(view) {
  const { offer } = view.store;
  for (const { node, isOn, label, isOthers } of view.chips) {
    node.setAttribute("aria-pressed", isOn() ? "true" : "false");
    node.classList.toggle("is-others", isOthers());
    const said = isOthers() ? `${label}, ${offer.then}` : label;
    if (node.getAttribute("aria-label") !== said) node.setAttribute("aria-label", said);
  }
}

// ---------------------------------------------------------------- the kind

/** @param {Store} store */
function legend(store) {
  const { words } = store;
  const other = otherOf(store);
  const edge = other && twice(store, other).parts.length ? ` · ${words.edge_then}` : "";
  if (store.editing) return { keys: words.keys + edge };
  const seen = new Set(Object.values(store.feedback?.parts ?? {}).map(({ state }) => state));
  return { marks: store.phase === "checked" ? judgedMarks(store, seen) : [], keys: store.words.keys_judged };
}

/**
 * @param {Store} store
 * @param {Told} card
 */
function answered(store, card) {
  return Object.values(store.value.places?.[card.id] ?? {}).includes(1);
}

/** @param {View} view */
const begin = (view) => Object.assign(view, { at: "", chips: [] });

/**
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  view.root.classList.toggle("is-stacked", room < STACKED);
  return { width: Math.min(room, WIDEST), edge: Math.min(room, WIDEST) };
}

/** @param {Store} store */
const progress = (store) => ({ parts: store.face.cards.map((card) => answered(store, card)), unit: "cards" });

/** @param {Store} store */
function firstToFix(store) {
  const isWrong = (/** @type {string} */ state) => isToFix(state) || state === "missed";
  return store.face.cards.find((card) => isWrong(rowState(store, card)))?.id ?? null;
}

export default exercise({ name: "evidence", begin, build, paint, layout, legend, progress, firstToFix, twice });
