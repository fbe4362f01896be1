/**
 * The matching exercise: categories with the cards put to them at the left, a tray of cards at the right.
 *
 * A place is a category's id, or "category/side" where the categories are rows and the sides columns; the
 * tray is the place "". Picking up is the view's own state (`view.lift`), putting down is a change.
 * In order: what the state means; what a student does; building; painting what is lifted; keys; pointer.
 */
import {
  exercise,
  fill,
  h,
  icon,
  isToFix,
  judgedMarks,
  lines,
  mark,
  otherOf,
  otherwise,
  PART,
  targetOf,
  tells,
  verdictWord,
} from "./common.js";

/**
 * @import { MatchingFace, Named, PartFeedback, Value } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {MatchingFace["cards"][number]} Card */
/** @typedef {AnyStore & { face: MatchingFace }} Store */
/** @typedef {HTMLElement & { b2bCard: Card, b2bPlace: string, b2bOpens: boolean }} CardNode of a card in a place; has it anything to read? */
/** @typedef {{ node: HTMLElement, landing: HTMLElement }} Zone a place that takes cards */
/** @typedef {{ card: Card, from: string, to: string | null, last: string | null }} Lift what is picked up; `last` was its last place but the tray */
/** @typedef {{ node: CardNode, x: number, y: number, id: number, ghost: HTMLElement | null, stop: AbortController }} Drag */
/** @typedef {{ [key: string]: (key: string) => unknown }} Acts what each key does; `arrow` is any of four */
/**
 * @typedef {AnyView & { store: Store, cards: Map<string, CardNode>, zones: Map<string, Zone>, boards: HTMLElement,
 *   lift: Lift | null, at: string | undefined, drag: Drag | null, dragged: boolean }} View
 */

const TRAY = "";
const DRAG_FROM = 5; // px; a hand that shakes does not drag
const EDGE = 36; // px from the edge of the page within which a drag scrolls
const WIDEST = 1080; // px; longer lines are hard to read
const MANY = 3; // sides; beside so many the tray would make their cells too narrow
const NARROW = 900; // px of room below which two sides leave none for the tray beside them
const BESIDE = 580; // px; with less the tray lies above the places
const HEAD = 128; // px of a row's head in a table of little room
const CELL = { alone: 280, sided: 190 }; // px; where cells would be narrower, a place's name stands above its cards

// ---------------------------------------------------------------- what the state means

/** @param {string} place */
const categoryOf = (place) => place.split("/")[0];
/** @param {string} place */
const sideOf = (place) => place.split("/")[1] ?? "";
/**
 * @param {Card} card
 * @param {string} place
 */
const atOf = (card, place) => `${card.id}@${place}`;

/** @param {MatchingFace} face */
function allPlaces({ categories, sides }) {
  if (!sides.length) return categories.map(({ id }) => id);
  return categories.flatMap((category) => sides.map((side) => `${category.id}/${side.id}`));
}

/**
 * Where a card may be put: not into cells that the source leaves open, nor to another side than its own.
 * @param {Store} store
 * @param {Card} card
 */
function offered({ face }, card) {
  return allPlaces(face).filter((p) => !face.open.includes(p) && (!card.side || sideOf(p) === card.side));
}

/**
 * Where a card lies, in the order of the categories.
 * @param {Store} store
 * @param {Card} card
 * @param {Value} [value]
 */
function placesOf(store, card, value = store.seen) {
  return allPlaces(store.face).filter((place) => value.places?.[card.id]?.[place] === 1);
}

/**
 * The cards that the other window has in a place, and the present answer has not.
 * @param {Store} store
 * @param {string} place
 * @param {Value | null} [other]
 */
function othersIn(store, place, other = otherOf(store)) {
  if (!other) return [];
  const lies = (/** @type {Value} */ value, /** @type {Card} */ card) => value.places?.[card.id]?.[place] === 1;
  return store.face.cards.filter((card) => lies(other, card) && !lies(store.value, card));
}

/**
 * @param {Store} store
 * @param {string} place
 */
function placeName(store, place) {
  const { face, words } = store;
  if (place === TRAY) return words.tray;
  const names = [
    face.categories.find(({ id }) => id === categoryOf(place)),
    face.sides.find(({ id }) => id === sideOf(place)),
  ];
  return names.flatMap((named) => named?.name ?? []).join(" / ");
}

/**
 * @param {Card} card
 * @param {string} place
 */
const keyOf = (card, place) => (place === TRAY ? card.id : `${card.id}/${place}`);

/**
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 */
const judgedPart = (store, card, place) => store.feedback?.parts?.[keyOf(card, place)];

/**
 * What was said of a card in a place; a verdict is shown only where the student's own answer is.
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 */
function verdictAt(store, card, place) {
  const state = store.phase === "checked" ? judgedPart(store, card, place)?.state : "";
  return state === "not attempted" ? "" : (state ?? "");
}

/**
 * Places of a card that the answer lacks, shown where a card may lie in several.
 * @param {Store} store
 * @param {string} place
 */
function missedIn(store, place) {
  if (store.phase !== "checked") return [];
  return store.face.cards.filter((card) => judgedPart(store, card, place)?.state === "missed");
}

// ---------------------------------------------------------------- what a student does

/**
 * Moves a card: from a place to another, from or to the tray. From the tray of many it is a copy.
 * @param {View} view
 * @param {Card} card
 * @param {string} from
 * @param {string} to
 * @param {{ quick?: boolean }} [how]
 */
function move(view, card, from, to, { quick = false } = {}) {
  const { store } = view;
  const { words, face } = store;
  const name = placeName(store, to);
  const at = atOf(card, to); // what is painted anew may take view.at along to the copy in the tray
  view.at = at;
  const isThere = to !== TRAY && placesOf(store, card).includes(to);
  if (from === to || (isThere && from === TRAY)) {
    store.say(isThere && from === TRAY ? fill(words.already, { place: name }) : words.let_go);
    focusCard(view, at, quick);
    return;
  }
  const patch = face.several ? { ...(from && { [from]: null }), ...(to && { [to]: 1 }) } : onlyAt(face, to);
  store.change({ places: { [card.id]: patch } });
  store.say(to !== TRAY ? fill(words.put, { place: name }) : sentenceBack(store, card, from));
  focusCard(view, at, quick);
}

/**
 * A card of one place: all others are named too, so that two windows cannot put it in two.
 * @param {MatchingFace} face
 * @param {string} to
 */
function onlyAt(face, to) {
  return Object.fromEntries(allPlaces(face).map((place) => [place, place === to ? 1 : null]));
}

/**
 * @param {Store} store
 * @param {Card} card
 * @param {string} from
 */
function sentenceBack(store, card, from) {
  const left = placesOf(store, card).length;
  return left ? fill(store.words.taken_away, { place: placeName(store, from) }) : store.words.returned;
}

/**
 * @param {View} view
 * @param {Card} card
 * @param {string} from
 * @param {string | null} to
 */
function pickUp(view, card, from, to) {
  const { words } = view.store;
  view.lift = { card, from, to, last: to };
  view.at = atOf(card, from);
  view.store.say(to === null ? words.lifted_pointer : words.lifted);
}

/**
 * @param {View} view
 * @param {string} to
 * @param {{ quick?: boolean }} [how]
 */
function putDown(view, to, how = {}) {
  if (!view.lift) return;
  const { card, from } = view.lift;
  view.lift = null;
  move(view, card, from, to, how);
}

/** @param {View} view */
function letGo(view) {
  if (!view.lift) return;
  view.lift = null;
  endDrag(view);
  view.store.say(view.store.words.let_go);
}

/**
 * @param {View} view
 * @param {Lift} lift
 * @param {string} place
 */
function canTake(view, lift, place) {
  return place === TRAY || offered(view.store, lift.card).includes(place);
}

// ---------------------------------------------------------------- building

/** @param {View} view */
function build(view) {
  endDrag(view);
  view.cards = new Map();
  view.zones = new Map();
  const boards = h("div", { class: "b2b-boards" }, buildBoard(view), buildTray(view));
  const { sides } = view.store.face;
  boards.classList.toggle("has-sides", sides.length > 0);
  listen(view, boards);
  view.boards = boards;
  settleTabStop(view);
  paintLift(view);
  return boards;
}

/** @param {View} view */
function buildBoard(view) {
  const { face, words } = view.store;
  const rows = face.categories.map((category) => buildRow(view, category));
  const caption = h("caption", {}, face.heading);
  const head = face.sides.length ? sidesHead(face) : null;
  // Where there is little room the rows are laid out as blocks: the roles keep the table for who hears it.
  const body = h("tbody", { role: "rowgroup" }, rows);
  const table = h("table", { class: "b2b-board", role: "table" }, caption, head, body);
  const dash = h("span", { class: "b2b-dash", "aria-hidden": "true" });
  const note = face.open.length ? h("p", { class: "b2b-open-note" }, dash, words.open_note) : null;
  return h("div", { class: "b2b-places" }, table, note);
}

/** @param {MatchingFace} face */
function sidesHead(face) {
  const sides = face.sides.map(({ name }) => h("th", { scope: "col", role: "columnheader" }, name));
  return h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("td", { role: "cell" }), sides));
}

/**
 * @param {View} view
 * @param {Named} category
 */
function buildRow(view, category) {
  const { face } = view.store;
  const places = face.sides.length ? face.sides.map(({ id }) => `${category.id}/${id}`) : [category.id];
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, category.name),
    places.map((place) => buildCell(view, place)),
  );
}

/**
 * @param {View} view
 * @param {string} place
 */
function buildCell(view, place) {
  const { store } = view;
  const inside = store.face.cards.filter((card) => placesOf(store, card).includes(place));
  const isOpen = store.face.open.includes(place);
  const cards = [
    ...inside.map((card) => buildCard(view, card, place)),
    ...missedIn(store, place).map((card) => buildCard(view, card, place)),
    ...othersIn(store, place).map((card) => h("li", {}, otherwise(store, card.text))),
  ];
  const side = sideLabel(store.face, place);
  if (isOpen && !cards.length) return h("td", { class: "is-open-cell", role: "cell" }, side, dashOf(store));
  const list = cards.length ? h("ul", {}, cards) : null;
  const landing = h("div", { class: "b2b-landing", "aria-hidden": "true" });
  const name = cards.length ? "" : "is-empty";
  const cell = h("td", { class: name, role: "cell", "data-zone": place }, side, list, landing);
  if (!isOpen) view.zones.set(place, { node: cell, landing });
  return cell;
}

/**
 * The side's name in its cell, seen only where the heads of the columns are not.
 * @param {MatchingFace} face
 * @param {string} place
 */
function sideLabel({ sides }, place) {
  const side = sides.find(({ id }) => id === sideOf(place));
  return side ? h("small", { class: "b2b-side", "aria-hidden": "true" }, side.name) : null;
}

/** @param {Store} store */
function dashOf({ words }) {
  return h(
    "span",
    {},
    h("span", { class: "b2b-dash", "aria-hidden": "true" }),
    h("span", { class: "b2b-unseen" }, words.open_cell),
  );
}

/** @param {View} view */
function buildTray(view) {
  const { store } = view;
  const { face, words, editing } = store;
  const left = face.cards.filter((card) => !placesOf(store, card).length);
  const placed = editing && face.several ? face.cards.filter((card) => !left.includes(card)) : [];
  const count = fill(words[left.length > 1 ? "cards_left" : `cards_left_${left.length}`], { n: left.length });
  const id = `b2b-tray-${view.uid}`;
  const list = left.length
    ? h(
        "ul",
        { "aria-labelledby": id },
        left.map((card) => buildCard(view, card, TRAY)),
      )
    : null;
  const landing = h("div", { class: "b2b-landing", "aria-hidden": "true" });
  const tray = h(
    "div",
    { class: "b2b-tray", "data-zone": TRAY },
    h("div", { class: "b2b-caption", id, ...PART }, count),
    list,
    landing,
  );
  if (placed.length) tray.append(...buildPlaced(view, placed));
  view.zones.set(TRAY, { node: tray, landing });
  return tray;
}

/**
 * Cards that lie somewhere and may lie elsewhere too: below the others, quieter, out of the way.
 * @param {View} view
 * @param {Card[]} cards
 */
function buildPlaced(view, cards) {
  const id = `b2b-again-${view.uid}`;
  const caption = h("div", { class: "b2b-caption is-again", id, ...PART }, view.store.words.cards_again);
  return [
    caption,
    h(
      "ul",
      { class: "b2b-again", "aria-labelledby": id },
      cards.map((card) => buildCard(view, card, TRAY)),
    ),
  ];
}

/**
 * @param {View} view
 * @param {Card} card
 * @param {string} place
 */
function buildCard(view, card, place) {
  const { store } = view;
  const verdict = verdictAt(store, card, place);
  const key = keyOf(card, place);
  const feedback = store.editing ? undefined : judgedPart(store, card, place);
  const opens = tells(feedback);
  const button = h(
    "button",
    { type: "button", class: "b2b-card", tabindex: "-1", "data-at": atOf(card, place), "data-look": verdict },
    h("span", { class: "b2b-grip" }, store.editing ? icon("grip") : opens ? icon("next") : null),
    h("span", { class: "b2b-text" }, card.text, sideNote(store, card, place)),
    placedNote(store, card, place),
    verdict ? mark(verdict) : null,
  );
  const node = Object.assign(button, { b2bCard: card, b2bPlace: place, b2bOpens: opens });
  node.setAttribute("aria-label", labelOf(store, card, place, verdict));
  if (store.editing) node.setAttribute("aria-pressed", "false");
  else if (opens) node.setAttribute("aria-expanded", store.open === key ? "true" : "false");
  else node.setAttribute("aria-disabled", "true");
  if (store.editing && place === TRAY && placesOf(store, card).length) node.classList.add("is-placed");
  view.cards.set(atOf(card, place), node);
  const told =
    opens && store.open === key
      ? lines(store, toldOf(store, card, place), feedback?.state, store.words.not_placed)
      : null;
  return h("li", {}, node, told);
}

/**
 * What is said of a card in a place; what is said of the card as a whole stands with its first place.
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 */
function toldOf(store, card, place) {
  const feedback = judgedPart(store, card, place);
  const isFirst = place !== TRAY && placesOf(store, card)[0] === place;
  const whole = isFirst ? (judgedPart(store, card, TRAY)?.lines ?? []) : [];
  return { ...feedback, lines: [...(feedback?.lines ?? []), ...whole] };
}

/**
 * In the tray a card that can only lie at one side says which.
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 */
function sideNote({ face }, card, place) {
  const side = place === TRAY && face.sides.find(({ id }) => id === card.side);
  return side ? h("small", {}, side.name) : null;
}

/**
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 */
function placedNote(store, card, place) {
  const n = placesOf(store, card).length;
  if (!store.editing || place !== TRAY || !n) return null;
  return h("span", { class: "b2b-placed" }, placedWords(store, n));
}

/**
 * @param {Store} store
 * @param {number} n
 */
const placedWords = ({ words }, n) => (n === 1 ? words.placed_1 : fill(words.placed_n, { n }));

/**
 * @param {Store} store
 * @param {Card} card
 * @param {string} place
 * @param {string} verdict
 */
function labelOf(store, card, place, verdict) {
  const { words } = store;
  const text = card.text.replace(/[.。]$/, "");
  const names = { text, place: placeName(store, place), verdict: verdict && verdictWord(store, verdict) };
  if (verdict) return fill(words.card_judged, names);
  const n = placesOf(store, card).length;
  if (place !== TRAY || !n || !store.face.several) return fill(words.card, names);
  return fill(words.card_placed, { ...names, placed: placedWords(store, n) });
}

// ---------------------------------------------------------------- the tab stop and the focus

/** @param {View} view */
const cardNodes = (view) => [...view.cards.values()];

/**
 * One stop for the Tab key: the card last used, else the first that is left.
 * @param {View} view
 */
function settleTabStop(view) {
  const first = cardNodes(view).find((node) => node.b2bPlace === TRAY) ?? cardNodes(view)[0];
  const here = view.cards.get(view.at ?? "") ?? first;
  view.at = here?.dataset.at;
  cardNodes(view).forEach((node) => (node.tabIndex = node === here ? 0 : -1));
}

/**
 * @param {View} view
 * @param {string | undefined} at
 * @param {boolean} [preventScroll]
 */
function focusCard(view, at, preventScroll = false) {
  view.at = at;
  settleTabStop(view);
  view.cards.get(view.at ?? "")?.focus({ preventScroll });
}

// ---------------------------------------------------------------- painting what is lifted

/** @param {View} view */
function paintLift(view) {
  const { lift, store } = view;
  const { words, editing } = store;
  view.boards.classList.toggle("is-lifting", Boolean(lift));
  // Picked up and not dragged: the places come up to the card, which alone stays in a tray above them.
  view.boards.classList.toggle("is-carrying", lift?.from === TRAY && !view.drag?.ghost);
  for (const node of cardNodes(view)) {
    const isLifted = lift?.card.id === node.b2bCard.id && lift.from === node.b2bPlace;
    node.classList.toggle("is-lifted", isLifted);
    if (editing) node.setAttribute("aria-pressed", isLifted ? "true" : "false");
  }
  for (const [place, { node, landing }] of view.zones) {
    const isTarget = lift?.to === place && place !== lift.from;
    node.classList.toggle("is-target", isTarget);
    node.classList.toggle("can-take", Boolean(lift && canTake(view, lift, place)));
    landing.textContent = isTarget ? (place === TRAY ? words.put_back : words.drop_here) : "";
  }
}

// ---------------------------------------------------------------- keys

/** @param {Element | null} node */
const zoneAround = (node) => /** @type {HTMLElement | null | undefined} */ (node?.closest("[data-zone]"));

/** @param {Event} event */
const cardUnder = (event) => /** @type {CardNode | null} */ (targetOf(event).closest(".b2b-card"));

/**
 * @param {View} view
 * @param {HTMLElement} boards
 */
function listen(view, boards) {
  boards.addEventListener("keydown", (event) => onKey(view, event));
  boards.addEventListener("keyup", (event) => event.key === " " && view.store.editing && event.preventDefault());
  boards.addEventListener("click", (event) => onClick(view, event));
  boards.addEventListener("pointerdown", (event) => onPointerDown(view, event));
  // The focus stays on the lifted card while its place is clicked; leaving the boards lets it go.
  boards.addEventListener("mousedown", (event) => view.lift && event.preventDefault());
  boards.addEventListener("focusout", (event) => {
    const goal = /** @type {Node | null} */ (event.relatedTarget);
    if (view.lift && goal && !boards.contains(goal)) letGo(view);
  });
  boards.addEventListener("focusin", (event) => {
    const { at } = targetOf(event).dataset;
    if (at) view.at = at;
    settleTabStop(view);
  });
}

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 */
function onKey(view, event) {
  const node = cardUnder(event);
  if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = view.lift ? keysLifted(view, view.lift) : keysAt(view, node);
  const act = acts[event.key] ?? (event.key.startsWith("Arrow") ? acts.arrow : null);
  if (!act) return;
  if (act(event.key) !== false) event.preventDefault();
}

/**
 * @param {View} view
 * @param {Lift} lift
 * @returns {Acts}
 */
function keysLifted(view, lift) {
  const put = () => (lift.to === null ? letGo(view) : putDown(view, lift.to));
  return {
    " ": put,
    Enter: put,
    Escape: () => letGo(view),
    Delete: () => putDown(view, TRAY),
    Backspace: () => putDown(view, TRAY),
    Tab: () => letGo(view) ?? false,
    arrow: (key) => steer(view, lift, key),
  };
}

/**
 * @param {View} view
 * @param {CardNode} node
 * @returns {Acts}
 */
function keysAt(view, node) {
  const { b2bCard: card, b2bPlace: place } = node;
  const arrow = (/** @type {string} */ key) => walk(view, node, key);
  if (!view.store.editing) return { arrow };
  const lift = () => pickUp(view, card, place, place === TRAY ? offered(view.store, card)[0] : place);
  const back = () => place !== TRAY && move(view, card, place, TRAY);
  return { " ": lift, Enter: lift, Delete: back, Backspace: back, arrow };
}

/**
 * The next place in the direction of an arrow: rows up and down, sides and then the tray across.
 * @param {View} view
 * @param {Lift} lift
 * @param {string} key
 */
function steer(view, lift, key) {
  const { store } = view;
  const places = offered(store, lift.card);
  const to = nextPlace(places, lift, key);
  lift.to = to;
  if (to !== TRAY) lift.last = to;
  const n = places.indexOf(to) + 1;
  const said = to === TRAY ? store.words.over_tray : store.words.over;
  store.say(fill(said, { place: placeName(store, to), n, total: places.length }));
  view.zones.get(to)?.node.scrollIntoView({ block: "nearest" });
}

/**
 * @param {string[]} places
 * @param {Lift} lift
 * @param {string} key
 * @returns {string}
 */
function nextPlace(places, { to, last }, key) {
  if (to === null) return places[0];
  const step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const isAcross = key === "ArrowLeft" || key === "ArrowRight";
  if (to === TRAY) return isAcross && step > 0 ? TRAY : last || places[0];
  const line = isAcross
    ? [...places.filter((place) => categoryOf(place) === categoryOf(to)), TRAY]
    : places.filter((place) => sideOf(place) === sideOf(to));
  return line[Math.max(0, Math.min(line.indexOf(to) + step, line.length - 1))];
}

/**
 * Moves the focus to the next card up or down its column, or to the nearest one beside.
 * @param {View} view
 * @param {CardNode} node
 * @param {string} key
 */
function walk(view, node, key) {
  const columnOf = (/** @type {CardNode} */ { b2bPlace: place }) =>
    place === TRAY ? Infinity : view.store.face.sides.findIndex(({ id }) => id === sideOf(place));
  const here = columnOf(node);
  const step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const column = cardNodes(view).filter((other) => columnOf(other) === here);
    const next = column[column.indexOf(node) + step];
    if (next) focusCard(view, next.dataset.at);
    return;
  }
  const beside = cardNodes(view).filter((other) => (columnOf(other) - here) * step > 0);
  const nearest = beside.sort((a, b) => (columnOf(a) - columnOf(b)) * step || distance(node, a) - distance(node, b))[0];
  if (nearest) focusCard(view, nearest.dataset.at);
}

/**
 * @param {Element} a
 * @param {Element} b
 */
function distance(a, b) {
  return Math.abs(a.getBoundingClientRect().top - b.getBoundingClientRect().top);
}

// ---------------------------------------------------------------- pointer: a click picks up and puts down, or drag

/**
 * @param {View} view
 * @param {MouseEvent} event
 */
function onClick(view, event) {
  if (view.dragged) return;
  const node = cardUnder(event);
  const { store, lift } = view;
  if (!store.editing) {
    if (node?.b2bOpens) store.toggle(keyOf(node.b2bCard, node.b2bPlace));
    return;
  }
  if (lift) clickWhileLifted(view, lift, event, node);
  else if (node) pickUp(view, node.b2bCard, node.b2bPlace, null);
}

/**
 * Another card of the tray is picked up instead; anything else is the place to put the card down.
 * @param {View} view
 * @param {Lift} lift
 * @param {MouseEvent} event
 * @param {CardNode | null} node
 */
function clickWhileLifted(view, lift, event, node) {
  if (node?.classList.contains("is-lifted")) letGo(view);
  else if (node?.b2bPlace === TRAY && lift.from === TRAY) {
    pickUp(view, node.b2bCard, TRAY, null);
    focusCard(view, node.dataset.at, true);
  } else {
    const zone = zoneAround(targetOf(event))?.dataset.zone;
    if (zone !== undefined && canTake(view, lift, zone)) putDown(view, zone, { quick: true });
  }
}

/**
 * A finger drags by the grip only, so that it can scroll the page over a card.
 * @param {View} view
 * @param {PointerEvent} event
 */
function onPointerDown(view, event) {
  const node = cardUnder(event);
  if (!node || !view.store.editing || event.button !== 0 || view.lift) return;
  if (event.pointerType === "touch" && !targetOf(event).closest(".b2b-grip")) return;
  const stop = new AbortController();
  view.drag = { node, x: event.clientX, y: event.clientY, id: event.pointerId, ghost: null, stop };
  node.setPointerCapture(event.pointerId);
  const { signal } = stop;
  node.addEventListener("pointermove", (moved) => onDrag(view, moved), { signal });
  node.addEventListener("pointerup", () => onDrop(view), { signal });
  node.addEventListener("pointercancel", () => (view.lift ? letGo(view) : endDrag(view)), { signal });
}

/**
 * @param {View} view
 * @param {PointerEvent} moved
 */
function onDrag(view, { clientX: x, clientY: y }) {
  const { drag } = view;
  if (!drag || (!drag.ghost && Math.hypot(x - drag.x, y - drag.y) < DRAG_FROM)) return;
  const ghost = drag.ghost ?? startDrag(view, drag);
  ghost.style.translate = `${x - drag.x}px ${y - drag.y}px`;
  scrollNear(view, y);
  const { lift } = view;
  if (!lift) return;
  const under = zoneAround(document.elementFromPoint(x, y));
  const zone = under && view.boards.contains(under) ? under.dataset.zone : undefined;
  lift.to = zone !== undefined && canTake(view, lift, zone) ? zone : null;
  paintLift(view);
}

/**
 * Near the upper or lower edge of what scrolls, a drag scrolls it.
 * @param {View} view
 * @param {number} y
 */
function scrollNear(view, y) {
  const page = scrollerOf(view.root);
  const { top, bottom } =
    page === document.scrollingElement ? { top: 0, bottom: window.innerHeight } : page.getBoundingClientRect();
  if (y < top + EDGE) page.scrollBy(0, -EDGE / 3);
  if (y > bottom - EDGE) page.scrollBy(0, EDGE / 3);
}

/**
 * @param {HTMLElement} node
 * @returns {Element}
 */
function scrollerOf(node) {
  for (let outer = node.parentElement; outer; outer = outer.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(outer).overflowY);
    if (scrolls && outer.scrollHeight > outer.clientHeight) return outer;
  }
  return document.scrollingElement ?? document.documentElement;
}

/**
 * @param {View} view
 * @param {Drag} drag
 */
function startDrag(view, drag) {
  const { left, top, width } = drag.node.getBoundingClientRect();
  view.lift = { card: drag.node.b2bCard, from: drag.node.b2bPlace, to: null, last: null };
  const ghost = h("div", { class: "b2b-card is-ghost", popover: "manual", "aria-hidden": "true" });
  drag.ghost = ghost;
  ghost.append(...[...drag.node.childNodes].map((child) => child.cloneNode(true)));
  Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  view.root.append(ghost);
  ghost.showPopover?.(); // the top layer: a notebook's own transforms cannot shift it
  return ghost;
}

/** @param {View} view */
function onDrop(view) {
  const { drag, lift } = view;
  const wasDragged = Boolean(drag?.ghost);
  endDrag(view);
  if (!wasDragged) return;
  view.dragged = true; // the click that ends a drag is none
  setTimeout(() => (view.dragged = false));
  if (!lift || lift.to === null) letGo(view);
  else putDown(view, lift.to, { quick: true });
}

/** @param {View} view */
function endDrag(view) {
  view.drag?.stop.abort();
  view.drag?.ghost?.remove();
  view.drag = null;
}

// ---------------------------------------------------------------- the kind

/**
 * @param {Store} store
 * @returns {import("./shared/types.d.ts").Legend}
 */
function legend(store) {
  const { face, words, feedback, editing } = store;
  if (editing) return { keys: face.several ? words.keys_several : words.keys };
  const seen = new Set(Object.values(feedback?.parts ?? {}).map(({ state }) => state));
  seen.delete("partly"); // of a card as a whole; its places are right, wrong or missed
  return { marks: store.phase === "checked" ? judgedMarks(store, seen) : [], keys: words.keys_judged };
}

/** @param {Store} store */
function firstToFix(store) {
  const parts = Object.entries(store.feedback?.parts ?? {});
  const found = parts.find(([key, { state }]) => key.includes("/") && (isToFix(state) || state === "missed"));
  return found?.[0] ?? null;
}

/** @param {View} view */
function begin(view) {
  Object.assign(view, { lift: null, at: "", drag: null });
}

/**
 * Beside each other while both are readable; else the tray above, and at last each name above its cards.
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  const sides = view.store.face.sides.length;
  const above = sides >= MANY || (sides ? room < NARROW : room < BESIDE);
  const cell = (room - HEAD) / Math.max(1, sides);
  view.root.classList.toggle("is-stacked", above);
  view.root.classList.toggle("is-single", cell < (sides ? CELL.sided : CELL.alone));
  view.root.classList.toggle("is-slim", room < 2 * CELL.sided);
  const width = Math.min(room, WIDEST);
  return { width, edge: width };
}

export default exercise({
  name: "matching",
  begin,
  build,
  shape: ({ store }) => JSON.stringify([store.seen.places ?? {}, otherOf(store) && store.offer.id]),
  paint: paintLift,
  layout,
  legend,
  progress: (store) => ({
    parts: store.face.cards.map((/** @type {Card} */ card) => placesOf(store, card, store.value).length > 0),
    unit: "cards",
  }),
  firstToFix,
  twice: (store, other) => ({
    parts: allPlaces(store.face)
      .filter((place) => othersIn(store, place, other).length)
      .map((place) => placeName(store, place)),
  }),
});
