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
  setAttribute,
  targetOf,
  tells,
  verdictWord,
} from "./common.js";

/**
 * Orderings: numbered slots and a tray. A card is dragged, or picked up (Space, a click) and put down.
 * A card that is dropped on another pushes it and its neighbours to the nearest gap; into a full list
 * it comes in the other's place. While a card is held the list already shows how it would be.
 * In order: what the state means; picking up and putting down; dragging; keyboard; drawing; the kind.
 */

/**
 * @import { OrderingFace, Told, Value } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {number | "tray"} Place a slot's number from 0 on, or the tray */
/** @typedef {(string | null)[]} Places the card of each slot */
/** @typedef {AnyStore & { face: OrderingFace }} Store */
/** @typedef {{ item: HTMLElement, room: HTMLElement, hole: HTMLElement, saidOf: string, others: HTMLElement }} Slot */
/** @typedef {{ box: HTMLElement, button: HTMLElement, item: HTMLElement }} Card */
/** @typedef {{ [key: string]: () => unknown }} Actions what each key does */
/** @typedef {{ card: string, from: Place, to: Place | null, byPointer: boolean }} Held what is in hand, and where it would go */
/**
 * A press on a card, and what follows the pointer once it is a drag.
 * @typedef {{ card: string, id: number, x: number, y: number, dx: number, dy: number, width: number,
 *   ghost: HTMLElement | null, stop: AbortController }} Drag
 */
/**
 * @typedef {AnyView & { store: Store, cards: Map<string, Card>, slots: Slot[], order: HTMLElement, tray: HTMLElement,
 *   trayHead: HTMLElement, trayHole: HTMLElement, trayHoleItem: HTMLElement, sides: HTMLElement, at: string | undefined,
 *   held: Held | null, drag: Drag | null, dragged: boolean, drawing: boolean, pressedAt: number }} View
 */

const FAR = 5; // px that a pointer moves before a press becomes a drag
const REACH = 24; // px around the list in which a card still finds it
const STACKED = 520; // px of room below which the tray goes under the list
const WIDEST = 820; // px
const PRESS = 700; // ms after a press in which the focus may wander before the click arrives
const TRAY = "tray";

// ---------------------------------------------------------------- what the state means

/**
 * The cards of a value by place, null where none is. A card that stands twice is shown at its first place.
 * @param {Store} store
 * @param {Value} value
 * @returns {Places}
 */
function placesOf(store, value) {
  const known = new Set(store.face.cards.map((card) => card.id));
  return Array.from({ length: store.face.slots }, (_, n) => {
    const card = value.order?.[n + 1];
    return known.delete(card) ? card : null;
  });
}

/**
 * @param {Store} store
 * @param {string} id
 */
const cardOf = (store, id) => /** @type {Told} */ (store.face.cards.find((card) => card.id === id));
/**
 * The nodes of a card.
 * @param {View} view
 * @param {string} id
 */
const nodesOf = (view, id) => /** @type {Card} */ (view.cards.get(id));

/** @param {Place} to */
const numberOf = (to) => (to === TRAY ? "" : to + 1);

/**
 * @param {Store} store
 * @param {string} id
 */
const nameOf = (store, id) => cardOf(store, id).text;
/**
 * @param {Store} store
 * @param {string} id
 */
const feedbackOf = (store, id) => store.feedback?.parts?.[id];
/**
 * @param {Store} store
 * @param {string} id
 */
const stateOf = (store, id) => feedbackOf(store, id)?.state ?? "";

/**
 * The card that the other window has at a place, where the present answer has another one or none; else null.
 * @param {Store} store
 * @param {number} n
 * @param {Value | null} [other]
 */
function othersAt(store, n, other = otherOf(store)) {
  const card = other ? placesOf(store, other)[n] : null;
  return card !== placesOf(store, store.value)[n] ? card : null;
}

/**
 * The verdict that is drawn at a card.
 * @param {Store} store
 * @param {string} id
 */
function verdictOf(store, id) {
  const state = store.phase === "checked" ? stateOf(store, id) : "";
  return state === "not attempted" ? "" : state;
}

/**
 * The places when `card` comes to `to` (a place, or the tray).
 * @param {Places} places
 * @param {string} card
 * @param {Place} to
 */
function placedAt(places, card, to) {
  const from = places.indexOf(card);
  const next = places.map((other) => (other === card ? null : other));
  if (to === TRAY) return next;
  const gap = next[to] === null ? to : nearestGap(next, from, to);
  if (gap > to) next.copyWithin(to + 1, to, gap);
  if (gap >= 0 && gap < to) next.copyWithin(gap, gap + 1, to + 1);
  next[to] = card;
  return next;
}

/**
 * Where the pushed cards stop: towards the place that the card leaves, else down, else up; -1 if full.
 * @param {Places} places
 * @param {number} from
 * @param {number} to
 */
function nearestGap(places, from, to) {
  const up = places.lastIndexOf(null, to);
  if (from >= 0 && from < to) return up;
  const down = places.indexOf(null, to);
  return down >= 0 ? down : up;
}

/**
 * What is on the screen: the places, with the held card where it would go.
 * @param {View} view
 */
function shownPlaces(view) {
  const { store, held } = view;
  const places = placesOf(store, store.seen);
  if (!held || held.to === null) return places;
  return placedAt(places, held.card, held.to);
}

// ---------------------------------------------------------------- picking up and putting down

/**
 * Takes a card in hand; `to` is where it would go: a card of the tray to the first empty place.
 * @param {View} view
 * @param {string} card
 * @param {boolean} [byPointer]
 */
function lift(view, card, byPointer = false) {
  const places = placesOf(view.store, view.store.value);
  const from = places.indexOf(card);
  const empty = places.indexOf(null);
  const to = byPointer ? null : from >= 0 ? from : Math.max(empty, 0);
  view.held = { card, from: from >= 0 ? from : TRAY, to, byPointer };
  view.at = `card/${card}`;
  tellOf(view, "lifted", card);
  view.store.told = "";
  view.update();
}

/**
 * @param {View} view
 * @param {Place | null} to
 */
function aim(view, to) {
  const { held, store } = view;
  if (!held || held.to === to) return;
  held.to = to;
  const other = to === TRAY || to === null ? null : placesOf(store, store.value)[to];
  const word = to === TRAY ? "over_tray" : other && other !== held.card ? "over_card" : "hole";
  if (to !== null) tellOf(view, word, held.card, { n: numberOf(to), other: other ? nameOf(store, other) : "" });
  view.update();
}

/** @param {View} view */
function drop(view) {
  const { held } = view;
  if (!held) return;
  view.held = null;
  if (held.to === null || held.to === held.from) letGo(view, held.card);
  else put(view, held.card, held.to);
}

/** @param {View} view */
function cancel(view) {
  const { held } = view;
  if (!held) return;
  view.held = null;
  letGo(view, held.card);
}

/**
 * @param {View} view
 * @param {string} card
 */
function letGo(view, card) {
  tellOf(view, "cancelled", card);
  view.update();
}

/**
 * Puts a card to a place or back into the tray: one step of the student, whatever it pushes.
 * @param {View} view
 * @param {string} card
 * @param {Place} to
 */
function put(view, card, to) {
  const { store } = view;
  const before = placesOf(store, store.value);
  const after = placedAt(before, card, to);
  const raw = store.value.order ?? {};
  const places = after.map((other, n) => /** @type {const} */ ([n + 1, other]));
  const changed = places.filter(([n, other]) => (raw[n] ?? null) !== other);
  const pushed = before.filter((other, n) => other && other !== card && after[n] !== other).length;
  view.at = `card/${card}`;
  if (changed.length) store.change({ order: Object.fromEntries(changed) });
  else view.update();
  if (to === TRAY) tellOf(view, "put_back", card);
  else tellOf(view, pushed ? "pushed" : "placed", card, { n: numberOf(to), m: pushed });
}

/**
 * Says a move to who cannot see it.
 * @param {View} view
 * @param {string} word
 * @param {string} card
 * @param {{ [name: string]: string | number }} [more]
 */
function tellOf(view, word, card, more = {}) {
  const { words } = view.store;
  view.spoken.textContent = fill(words[word], { name: nameOf(view.store, card), ...more });
}

/**
 * A click, a tap, or a key that stands for one, on a card.
 * @param {View} view
 * @param {string} card
 */
function useCard(view, card) {
  const { store, held } = view;
  if (!store.editing) {
    view.at = `card/${card}`;
    if (tells(feedbackOf(store, card))) store.toggle(card);
    return;
  }
  const at = placesOf(store, store.value).indexOf(card);
  const switches = held && at < 0 && held.from === TRAY && held.card !== card;
  if (!held || switches) {
    lift(view, card);
    nodesOf(view, card).button.focus({ preventScroll: true });
    return;
  }
  if (held.card !== card) held.to = at < 0 ? TRAY : at;
  drop(view);
}

/**
 * @param {View} view
 * @param {Place} to
 */
function useHole(view, to) {
  if (!view.store.editing) return;
  if (!view.held) {
    view.store.say(view.store.words.nothing_held);
    return;
  }
  view.held.to = to;
  drop(view);
}

// ---------------------------------------------------------------- dragging

/**
 * Where cards are as wide as the page a finger on one scrolls it, and drags by the grip only.
 * @param {View} view
 * @param {PointerEvent} event
 */
function scrollsPage({ root }, event) {
  const isTouch = event.pointerType === "touch";
  return isTouch && root.classList.contains("is-stacked") && !targetOf(event).closest(".b2b-grip");
}

/**
 * A press on a card: it becomes a drag when the pointer moves, else the click that follows it counts.
 * @param {View} view
 * @param {PointerEvent} event
 * @param {string} card
 */
function press(view, event, card) {
  if (!view.store.editing || event.button !== 0 || !event.isPrimary || view.drag) return;
  if (scrollsPage(view, event)) return;
  const box = nodesOf(view, card).box.getBoundingClientRect();
  const { clientX: x, clientY: y, pointerId: id } = event;
  const stop = new AbortController();
  view.drag = { card, id, x, y, dx: x - box.left, dy: y - box.top, width: box.width, ghost: null, stop };
  /** @type {(handle: (moved: PointerEvent) => void) => (moved: PointerEvent) => void} */
  const own = (handle) => (moved) => moved.pointerId === id && handle(moved);
  const options = { signal: stop.signal, capture: true };
  // A quick stroke would go on as a fling, and the browser takes the next tap for the end of it.
  const isOurs = (/** @type {Event} */ touch) => view.drag?.ghost && touch.cancelable && touch.preventDefault();
  for (const name of ["touchmove", "touchend"]) {
    window.addEventListener(name, isOurs, { ...options, passive: false });
  }
  window.addEventListener(
    "pointermove",
    own((moved) => dragTo(view, moved)),
    options,
  );
  window.addEventListener(
    "pointerup",
    own(() => endDrag(view, true)),
    options,
  );
  window.addEventListener(
    "pointercancel",
    own(() => endDrag(view, false)),
    options,
  );
  window.addEventListener("keydown", (key) => key.key === "Escape" && endDrag(view, false), options);
}

/**
 * @param {View} view
 * @param {PointerEvent} moved
 */
function dragTo(view, { clientX: x, clientY: y }) {
  const { drag } = view;
  if (!drag || (!drag.ghost && Math.hypot(x - drag.x, y - drag.y) < FAR)) return;
  const ghost = drag.ghost ?? startDrag(view, drag);
  ghost.style.left = `${x - drag.dx}px`;
  ghost.style.top = `${y - drag.dy}px`;
  aim(view, placeUnder(view, x, y));
}

/**
 * @param {View} view
 * @param {Drag} drag
 */
function startDrag(view, drag) {
  const name = h("span", { class: "b2b-card-name" }, nameOf(view.store, drag.card));
  const ghost = h("div", { class: "b2b-ghost", popover: "manual", "aria-hidden": "true" }, icon("grip"), name);
  drag.ghost = ghost;
  ghost.style.width = `${drag.width}px`;
  view.root.append(ghost);
  ghost.showPopover?.(); // the top layer: nothing of the notebook can cut it
  lift(view, drag.card, true);
  return ghost;
}

/**
 * @param {View} view
 * @param {boolean} drops
 */
function endDrag(view, drops) {
  const { drag } = view;
  if (!drag) return;
  view.drag = null;
  drag.stop.abort();
  if (!drag.ghost) return;
  drag.ghost.remove();
  // The click that a browser makes of press and release is not another one.
  view.dragged = true;
  setTimeout(() => (view.dragged = false));
  if (drops) drop(view);
  else cancel(view);
  view.cards.get(drag.card)?.button.focus({ preventScroll: true });
}

/**
 * The place under the pointer: a slot's number from 0, the tray, or null.
 * @param {View} view
 * @param {number} x
 * @param {number} y
 * @returns {Place | null}
 */
function placeUnder(view, x, y) {
  const near = (/** @type {DOMRect} */ box, /** @type {number} */ reach) =>
    x >= box.left - reach && x <= box.right + reach && y >= box.top - reach && y <= box.bottom + reach;
  const tray = view.tray.getBoundingClientRect();
  const order = view.order.getBoundingClientRect();
  if (near(tray, 0) || (x > tray.left && y > order.top && y < order.bottom && tray.left > order.left)) return TRAY;
  if (!near(order, REACH)) return null;
  const ends = view.slots.map((slot) => slot.item.getBoundingClientRect().bottom);
  const at = ends.findIndex((bottom) => y <= bottom);
  return at < 0 ? ends.length - 1 : at;
}

// ---------------------------------------------------------------- keyboard

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 */
function onKey(view, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const under = /** @type {HTMLElement | null} */ (targetOf(event).closest("[data-card]"));
  const card = view.held?.card ?? under?.dataset.card;
  if (targetOf(event).closest(".b2b-tools, .b2b-lines")) return;
  const handled = view.held ? keyWhileHeld(view, view.held, event.key) : keyOnPlace(view, event, card);
  if (handled) event.preventDefault();
}

/**
 * @param {View} view
 * @param {Held} held
 * @param {string} key
 */
function keyWhileHeld(view, held, key) {
  const last = view.slots.length - 1;
  const empty = placesOf(view.store, view.store.value).indexOf(null);
  const first = () => Math.max(0, held.from === TRAY ? empty : held.from);
  const step = (/** @type {number} */ by) =>
    aim(view, typeof held.to === "number" ? Math.min(last, Math.max(0, held.to + by)) : first());
  /** @type {Actions} */
  const actions = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    ArrowLeft: () => held.to === TRAY && aim(view, first()),
    ArrowRight: () => aim(view, TRAY),
    Home: () => aim(view, 0),
    End: () => aim(view, last),
    Delete: () => aim(view, TRAY),
    " ": () => drop(view),
    Enter: () => drop(view),
    Escape: () => cancel(view),
  };
  actions[key]?.();
  return key in actions;
}

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 * @param {string | undefined} card
 */
function keyOnPlace(view, event, card) {
  const { store } = view;
  const placed = card && placesOf(store, store.seen).includes(card) ? card : "";
  /** @type {Actions} */
  const actions = {
    ArrowUp: () => step(view, targetOf(event), -1),
    ArrowDown: () => step(view, targetOf(event), 1),
    ArrowLeft: () => across(view, targetOf(event), view.order),
    ArrowRight: () => across(view, targetOf(event), view.tray),
    Home: () => step(view, targetOf(event), -Infinity),
    End: () => step(view, targetOf(event), Infinity),
    Delete: () => store.editing && placed && put(view, placed, TRAY),
    Backspace: () => store.editing && placed && put(view, placed, TRAY),
    " ": () => usePlace(view, targetOf(event)),
    Enter: () => usePlace(view, targetOf(event)),
  };
  actions[event.key]?.();
  return event.key in actions;
}

/**
 * @param {View} view
 * @param {HTMLElement} node
 */
function usePlace(view, node) {
  if (node.dataset.card) useCard(view, node.dataset.card);
  else if (node.dataset.to) useHole(view, node.dataset.to === TRAY ? TRAY : Number(node.dataset.to));
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
const stops = (list) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-at]"))].filter((node) => !node.hidden);

/**
 * @param {View} view
 * @param {HTMLElement} node
 * @param {number} by
 */
function step(view, node, by) {
  const list = view.tray.contains(node) ? view.tray : view.order;
  const all = stops(list);
  moveTo(view, all[Math.max(0, Math.min(all.length - 1, all.indexOf(node) + by))]);
}

/**
 * To the other list, at about the same height.
 * @param {View} view
 * @param {HTMLElement} node
 * @param {HTMLElement} list
 */
function across(view, node, list) {
  if (list.contains(node)) return;
  const here = node.getBoundingClientRect().top;
  const distance = (/** @type {Element} */ other) => Math.abs(other.getBoundingClientRect().top - here);
  moveTo(view, stops(list).sort((a, b) => distance(a) - distance(b))[0]);
}

/**
 * @param {View} view
 * @param {HTMLElement | undefined} node
 */
function moveTo(view, node) {
  if (!node) return;
  view.at = node.dataset.at;
  setTabStop(view);
  node.focus();
}

/**
 * One stop for the Tab key; arrows go on from there.
 * @param {View} view
 */
function setTabStop(view) {
  const all = [...stops(view.order), ...stops(view.tray)];
  const at = all.find((node) => node.dataset.at === view.at) ?? stops(view.tray)[0] ?? all[0];
  for (const node of all) node.tabIndex = node === at ? 0 : -1;
}

// ---------------------------------------------------------------- drawing

/** @param {View} view */
function build(view) {
  const { store } = view;
  const { words, face } = store;
  view.held = null;
  view.pressedAt = -Infinity;
  endDrag(view, false);
  view.cards = new Map(face.cards.map((card) => [card.id, buildCard(view, card)]));
  view.slots = Array.from({ length: face.slots }, (_, n) => buildSlot(view, n));
  view.order = h(
    "ol",
    { class: "b2b-places", "aria-label": words.order_head },
    view.slots.map((slot) => slot.item),
  );
  view.tray = h("ul", { class: "b2b-places b2b-tray" });
  view.trayHead = h("div", { class: "b2b-side-head", ...PART });
  view.trayHole = buildHole(view, TRAY);
  view.trayHoleItem = h("li", { class: "b2b-place" }, view.trayHole);
  const turn = face.mode === "cycle" ? h("p", { class: "b2b-round" }, fill(words.round, { n: face.slots })) : null;
  const keys = store.editing ? h("p", { class: "b2b-keys" }, words.keys) : null;
  const head = h("div", { class: "b2b-side-head", ...PART }, words.order_head);
  const left = h("div", { class: "b2b-side" }, head, view.order, turn);
  const right = h("div", { class: "b2b-side" }, view.trayHead, view.tray, keys);
  const sides = h("div", { class: "b2b-sides" }, left, right);
  view.sides = sides;
  sides.addEventListener("keydown", (event) => onKey(view, event));
  // A button clicks when Space comes up again; it has had its effect already.
  sides.addEventListener("keyup", (event) => {
    if (event.key === " " && !targetOf(event).closest(".b2b-tools")) event.preventDefault();
  });
  sides.addEventListener("pointerdown", (event) => (view.pressedAt = event.timeStamp), true);
  sides.addEventListener("focusin", (event) => rememberStop(view, targetOf(event)));
  sides.addEventListener("focusout", (event) => leave(view, event));
  paint(view);
  return sides;
}

/**
 * @param {View} view
 * @param {HTMLElement} node
 */
function rememberStop(view, node) {
  const { at } = node.dataset;
  if (!at || at === view.at) return;
  view.at = at;
  setTabStop(view);
}

/**
 * Who goes elsewhere leaves the card where it was. Some browsers give a pressed button no focus.
 * @param {View} view
 * @param {FocusEvent} event
 */
function leave(view, { relatedTarget, timeStamp }) {
  if (!view.held || view.held.byPointer || view.drawing) return;
  const goal = /** @type {Node | null} */ (relatedTarget);
  const stays = goal ? view.body.contains(goal) : timeStamp - view.pressedAt < PRESS;
  if (!stays) cancel(view);
}

/**
 * @param {View} view
 * @param {number} n
 */
function buildSlot(view, n) {
  const hole = buildHole(view, n);
  const room = h("div", { class: "b2b-room" });
  const number = h("span", { class: "b2b-number", "aria-hidden": "true" }, String(n + 1));
  const item = h("li", { class: "b2b-place" }, number, room);
  return { item, room, hole, saidOf: "", others: room };
}

/**
 * @param {View} view
 * @param {Place} to
 */
function buildHole(view, to) {
  const { store } = view;
  if (!store.editing) return h("div", { class: "b2b-hole" });
  const hole = h("button", { type: "button", class: "b2b-hole", "data-to": String(to), "data-at": `hole/${to}` });
  hole.addEventListener("click", () => !view.dragged && useHole(view, to));
  return hole;
}

/**
 * @param {View} view
 * @param {Told} card
 */
function buildCard(view, card) {
  const { store } = view;
  const name = h("span", { class: "b2b-card-name" }, card.text);
  const told = !store.editing && tells(feedbackOf(store, card.id));
  const verdict = verdictOf(store, card.id);
  const grip = () => h("span", { class: "b2b-grip" }, icon("grip"));
  const sign = store.editing ? grip() : verdict ? mark(verdict) : h("span", { class: "b2b-no-mark" });
  const attributes = { type: "button", class: "b2b-card", "data-card": card.id, "data-at": `card/${card.id}` };
  const button = h("button", attributes, sign, name, told ? icon("next") : null);
  const box = h("div", { class: "b2b-card-box", "data-look": verdict }, button);
  const item = h("li", { class: "b2b-place" });
  button.addEventListener("click", () => !view.dragged && useCard(view, card.id));
  if (told) button.setAttribute("aria-expanded", store.open === card.id ? "true" : "false");
  if (store.editing) {
    box.append(buildTools(view, card));
    button.addEventListener("pointerdown", (event) => press(view, event, card.id));
  } else if (told && store.open === card.id) {
    box.append(lines(store, feedbackOf(store, card.id), stateOf(store, card.id), store.words.card_not_attempted));
  }
  return { box, button, item };
}

/**
 * Up, down and out, beside a placed card that the mouse is on or that is held.
 * @param {View} view
 * @param {Told} card
 */
function buildTools(view, { id, text }) {
  const { words } = view.store;
  /** @type {(name: string, drawing: string, act: () => void) => HTMLElement} */
  const tool = (name, drawing, act) => {
    const label = fill(words[name], { name: text });
    const attributes = { type: "button", class: "b2b-tool", "data-tool": name, "aria-label": label, tabindex: "-1" };
    return h("button", { ...attributes, onclick: act }, icon(drawing));
  };
  const move = (/** @type {number} */ by) => {
    view.held = null;
    const to = placesOf(view.store, view.store.value).indexOf(id) + by;
    put(view, id, Math.max(0, Math.min(view.slots.length - 1, to)));
  };
  const out = () => {
    view.held = null;
    put(view, id, TRAY);
  };
  const up = tool("up", "down", () => move(-1));
  const down = tool("down", "down", () => move(1));
  return h("div", { class: "b2b-tools" }, up, down, tool("out", "plus", out));
}

/**
 * Puts every card's node where it belongs; nodes stay the same, so the focus can stay on them.
 * @param {View} view
 */
function paint(view) {
  const { store, held } = view;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const hadFocus = view.body?.contains(focused) ? focused : null;
  view.drawing = true;
  view.sides.classList.toggle("is-holding", Boolean(held));
  const places = shownPlaces(view);
  // What is dragged, or comes from the tray, stays where it was and leaves a hole where it would go.
  const waits = held && (held.byPointer || held.from === TRAY) ? held.card : null;
  view.slots.forEach((slot, n) => paintSlot(view, slot, n, places[n], waits));
  paintTray(view, places, waits);
  for (const { id } of store.face.cards) paintCard(view, id, places);
  view.drawing = false;
  setTabStop(view);
  if (hadFocus && document.activeElement !== hadFocus) refocus(view, hadFocus);
}

/**
 * @param {View} view
 * @param {HTMLElement} node
 */
function refocus(view, node) {
  const stop = [...stops(view.order), ...stops(view.tray)].find((one) => one.tabIndex === 0);
  const again = node.isConnected && !node.hidden ? node : stop;
  again?.focus({ preventScroll: true });
}

/**
 * @param {View} view
 * @param {Slot} slot
 * @param {number} n
 * @param {string | null} card
 * @param {string | null} waits
 */
function paintSlot(view, slot, n, card, waits) {
  const { words } = view.store;
  const { held } = view;
  const awaited = card !== null && card === waits;
  const shown = card === null || awaited ? slot.hole : nodesOf(view, card).box;
  const stays = held?.byPointer && held.from === n ? [nodesOf(view, held.card).box] : [];
  const inRoom = shown === slot.hole || !stays.includes(shown) ? [shown, ...stays] : [shown];
  fillWith(slot.room, [...inRoom, ...paintOthers(view.store, slot, n)]);
  slot.hole.classList.toggle("is-target", awaited);
  const text = awaited ? words.drop_here : "";
  if (slot.hole.textContent !== text) slot.hole.textContent = text;
  slot.hole.setAttribute("aria-label", fill(words.hole, { n: n + 1 }) + (awaited ? `, ${words.drop_here}` : ""));
  if (!view.store.editing) slot.hole.setAttribute("role", "img");
}

/**
 * What the other window has here, below the present card.
 * @param {Store} store
 * @param {Slot} slot
 * @param {number} n
 */
function paintOthers(store, slot, n) {
  const card = othersAt(store, n);
  if (card === null) return [];
  const said = `${store.offer.then}|${card}`;
  if (slot.saidOf !== said) Object.assign(slot, { saidOf: said, others: otherwise(store, nameOf(store, card)) });
  return [slot.others];
}

/**
 * @param {View} view
 * @param {Places} places
 * @param {string | null} waits
 */
function paintTray(view, places, waits) {
  const { store, held } = view;
  const left = store.face.cards.filter(({ id }) => !places.includes(id) || (id === waits && held?.from === TRAY));
  const items = left
    .filter(({ id }) => !(held?.byPointer && held.from !== TRAY && id === held.card))
    .map(({ id }) => {
      const { item, box } = nodesOf(view, id);
      fillWith(item, [box]);
      return item;
    });
  // Out of the list again: the tray shows that it takes the card.
  const takes = Boolean(held && held.from !== TRAY && (held.byPointer || held.to !== TRAY));
  if (takes) items.push(view.trayHoleItem);
  view.trayHole.hidden = !takes;
  view.trayHole.classList.toggle("is-target", held?.to === TRAY);
  const text = held?.to === TRAY ? store.words.drop_here : "";
  if (view.trayHole.textContent !== text) view.trayHole.textContent = text;
  view.trayHole.setAttribute("aria-label", store.words.over_tray);
  fillWith(view.tray, items);
  const head = trayHead(store, left.length);
  if (view.trayHead.textContent !== head) view.trayHead.textContent = head;
  view.tray.setAttribute("aria-label", head);
}

/**
 * @param {Store} store
 * @param {number} count
 */
function trayHead(store, count) {
  const { words, face } = store;
  const left = count < 2 ? words[`cards_left_${count}`] : fill(words.cards_left, { n: count });
  const spare = face.cards.length - face.slots;
  if (!spare || !store.editing) return left;
  return `${left}, ${spare === 1 ? words.spare_1 : fill(words.spare_n, { n: spare })}`;
}

/**
 * Children in this order; a node that stands right is not moved, for moving takes the focus away.
 * @param {Element} parent
 * @param {Element[]} nodes
 */
function fillWith(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

/**
 * @param {View} view
 * @param {string} id
 * @param {Places} places
 */
function paintCard(view, id, places) {
  const { store, held } = view;
  const { words } = store;
  const { box, button } = nodesOf(view, id);
  const isHeld = held?.card === id;
  const waits = isHeld && (held.byPointer || held.from === TRAY);
  const at = (waits ? placesOf(store, store.seen) : places).indexOf(id);
  const name = fill(at < 0 ? words.in_tray : words.slot, { n: at + 1, name: nameOf(store, id) });
  const verdict = verdictOf(store, id);
  const label = verdict ? fill(words.judged, { name, verdict: verdictWord(store, verdict) }) : name;
  if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
  setAttribute(button, "aria-pressed", isHeld && "true");
  box.classList.toggle("is-held", isHeld && !held.byPointer);
  box.classList.toggle("is-away", isHeld && held.byPointer);
  box.classList.toggle("is-placed", at >= 0);
  box.classList.toggle("is-first", at === 0);
  box.classList.toggle("is-last", at === view.slots.length - 1);
}

// ---------------------------------------------------------------- the kind

/**
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  view.root.classList.toggle("is-stacked", room < STACKED);
  const width = Math.min(room, WIDEST);
  return { width, edge: width };
}

/**
 * @param {Store} store
 * @returns {import("./shared/types.d.ts").Legend}
 */
function legend(store) {
  if (store.phase !== "checked") return {};
  return { marks: judgedMarks(store, new Set(store.face.cards.map(({ id }) => verdictOf(store, id)))) };
}

/** @param {Store} store */
function progress(store) {
  return { parts: placesOf(store, store.value), unit: "places" };
}

/** @param {Store} store */
function firstToFix(store) {
  return placesOf(store, store.value).find((card) => card && isToFix(stateOf(store, card))) ?? null;
}

/**
 * An order is one whole: it is chosen as such.
 * @param {Store} store
 * @param {Value} other
 */
function twice(store, other) {
  const places = Array.from({ length: store.face.slots }, (_, n) => n);
  const differing = places.filter((n) => othersAt(store, n, other) !== null);
  return { parts: differing.map((n) => fill(store.words.place_n, { n: n + 1 })) };
}

export default exercise({ name: "ordering", build, paint, layout, legend, progress, firstToFix, twice });
