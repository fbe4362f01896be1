import { exercise, fill, h, redraws, setAttribute, targetOf } from "./common.js";
import { buildAccounts } from "./game/accounts.js";
import { buildCalendar } from "./game/calendar.js";
import { unready } from "./game/desk.js";
import { buildEnd } from "./game/end.js";
import { layoutMap, settleMap } from "./game/map.js";
import { buildResources } from "./game/resources.js";
import { buildStage } from "./game/stage.js";
import { gameOf, listen, named } from "./game/state.js";
import { buildBelow, buildDesk } from "./game/turn.js";

/**
 * The sales game: a board of customers and their people, a turn that is planned, a journal that grows.
 * All that is drawn comes from the kernel's side as the trait `game`: the board, the moves there are, the plan so
 * far and what is left of it; the trait `desk` holds the reason that is being written. A plan is sent whole whenever
 * it changes; a turn is committed by one more entry of the value's `turns`. Where another window has played on, the
 * kernel plays nothing and leaves plan and reason on the desk. The parts of the board are in game/.
 */

/**
 * @import { Store, View } from "./game/types.d.ts"
 */

const WIDEST = 1240; // px

const STACKED = 800; // px of room below which the board stands above the desk and nothing scrolls inside

const SLIM = 600; // px of room below which everything stands in one column

const DESK = 300; // px of width that the desk has at least, beside the board
const DESK_SHARE = 0.31;
const GAP = 32;
const BAR = 10; // px for a thin scroll bar
const AROUND = 500; // px of a window that are not the map's

/** @type {{ [key: string]: number }} */
const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The cards of an account's people are one stop of the Tab key; arrows go from card to card.
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  const here = targetOf(event);
  const { group } = here.dataset;
  const way = WAYS[event.key];
  if (!group || (!way && !["Home", "End"].includes(event.key))) return;
  const inside = /** @type {NodeListOf<HTMLElement>} */ (
    here.parentElement?.querySelectorAll(`[data-group="${group}"]`)
  );
  const cards = [...inside];
  const last = cards.length - 1;
  const to = event.key === "Home" ? 0 : event.key === "End" ? last : cards.indexOf(here) + way;
  const next = cards[Math.max(0, Math.min(last, to))];
  event.preventDefault();
  for (const card of cards) card.tabIndex = card === next ? 0 : -1;
  next.focus();
}

/**
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  const width = Math.min(room, WIDEST);
  view.root.classList.toggle("is-stacked", room < STACKED);
  view.root.classList.toggle("is-slim", room < SLIM);
  const isFree = room < STACKED || gameOf(view.store).board.over; // nothing scrolls inside
  layoutMap(view, stageWidth(view, width) - BAR, isFree ? Number.POSITIVE_INFINITY : window.innerHeight - AROUND);
  keepScrolled(view);
  return { width, edge: width };
}

/**
 * What is beside the desk, as simulation.css shares the width out.
 * @param {View} view
 * @param {number} width
 */
function stageWidth({ root, store }, width) {
  if (root.classList.contains("is-stacked") || gameOf(store).board.over) return width;
  return width - Math.max(DESK, width * DESK_SHARE) - GAP;
}

/**
 * A new body stands where the old one was scrolled to, as long as it shows the same.
 * @param {View} view
 */
function keepScrolled(view) {
  const boxes = /** @type {NodeListOf<HTMLElement>} */ (view.body.querySelectorAll("[data-scroll]"));
  for (const box of boxes) {
    const shown = box.dataset.scroll ?? "";
    const first = box.matches(".b2b-plan") ? box.scrollHeight : 0; // what was planned last is to be seen
    box.scrollTop = view.scrolled.get(shown) ?? first;
    box.addEventListener("scroll", () => view.scrolled.set(shown, box.scrollTop), { passive: true });
  }
}

/**
 * The turn stands beside the title.
 * @param {View} view
 */
function paintTurn(view) {
  const { words } = view.store;
  const { board } = gameOf(view.store);
  const said = board.over ? words.over : fill(words.turn_of, { n: board.turn, total: board.turns });
  const title = view.edge.querySelector(".b2b-title");
  title?.querySelector(".b2b-turn-of")?.remove();
  title?.append(h("span", { class: "b2b-turn-of" }, said));
}

/** @param {View} view */
function paint(view) {
  const { store } = view;
  if (!view.commit) return;
  if (view.why.value !== store.ui.why) view.why.value = store.ui.why;
  if (redraws(view.doubt, store.ui.doubt)) view.doubt.textContent = store.ui.doubt;
  const reason = unready(store);
  setAttribute(view.commit, "aria-disabled", reason && "true");
  setAttribute(view.commit, "aria-describedby", reason && view.unready.id);
  if (redraws(view.unready, reason)) view.unready.textContent = reason;
  // That a reason is wanted stands above its line; the button only leads there.
  view.unready.classList.toggle("b2b-unseen", gameOf(store).preview.ok);
}

export default exercise({
  name: "simulation",
  without: ["check", "undo", "answer"],
  /** @param {View} view */
  begin(view) {
    view.scrolled ??= new Map(); // what a box shows -> how far it was scrolled
    listen(view.store);
    if (!view.listensToKeys) view.root.addEventListener("keydown", onKey);
    view.listensToKeys = true;
  },
  /** @param {View} view */
  build(view) {
    paintTurn(view);
    const { notes, elsewhere, board } = gameOf(view.store);
    const told = [...notes, elsewhere].filter(Boolean).map((text) => h("p", { class: "b2b-note" }, text));
    view.commit = null;
    view.root.classList.toggle("is-over", board.over);
    const first = board.over ? buildEnd(view) : buildClock(view);
    const desk = board.over ? null : buildDesk(view);
    const parts = h("div", { class: "b2b-game" }, [buildAccounts(view), buildStage(view), desk, buildBelow(view)]);
    queueMicrotask(() => focusInside(view));
    paint(view);
    return [...told, first, parts];
  },
  shape({ store }) {
    const { account, person, form, story, journal, news, more, asking, why } = store.ui;
    const { n, board } = gameOf(store);
    return [n, account, person, form?.key, form?.n, story, journal, news, more, asking, board.over && why];
  },
  paint,
  layout,
  settle: settleMap,
  /** @param {Store} store */
  progress(store) {
    const { board, journal } = gameOf(store);
    return { parts: Array.from({ length: board.turns }, (_, n) => n < journal.length), unit: "turns" };
  },
});

/**
 * How much time there is, and how much of everything else.
 * @param {View} view
 */
function buildClock(view) {
  return h("div", { class: "b2b-clock" }, buildCalendar(view), buildResources(view));
}

/**
 * A row that was just added to a form gets the focus.
 * @param {View} view
 */
function focusInside(view) {
  const { ui } = view.store;
  if (!ui.focusIn) return;
  named(view, ui.focusIn)?.focus();
  ui.focusIn = "";
}
