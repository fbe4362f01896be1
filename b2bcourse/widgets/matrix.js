import {
  announceButton,
  buildRecord,
  choiceOf,
  disclosure,
  exercise,
  fill,
  h,
  holdsAnswer,
  icon,
  isToFix,
  judgedMarks,
  lines,
  MARKS,
  mark,
  markOrRoom,
  openList,
  otherOf,
  redraws,
  setAttribute,
  sizeOf,
  targetOf,
  tells,
  verdictWord,
  widest,
} from "./common.js";

/**
 * The matrix: benefits down, people across. What is shared with other kinds is in common.js.
 *
 * In order: what the state means; two answers; the student's steps; layout; cells; heads; feedback; keyboard and
 * pointer; the table.
 */

/**
 * @import { Anchor, Choice, Legend, MatrixFace, PartFeedback, Patch, Progress, Value, Words } from "./shared/types.d.ts"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {AnyStore & { face: MatrixFace }} Store */
/** @typedef {"rows" | "columns"} Side */
/** @typedef {MatrixFace["rows"][number]} Row */
/** @typedef {MatrixFace["columns"][number]} Column */
/** @typedef {Row | Column} Item */
/** @typedef {{ r: number, c: number }} Place row and column from 0 on; -1 are the heads */
/** @typedef {{ id: string, name: string, from: number, size: number }} Group neighbouring columns */
/** @typedef {HTMLElement & { b2bPlace?: Place, b2bPaint?: () => void, b2bClear?: () => void }} GridNode what can be stood on, and its ways */
/** @typedef {{ height: number, lean: number, ends: number, free: number }} Head of the columns, in px */
/** @typedef {Head & { row: number, column: number, table: number, pick: number }} Sizes */
/** @typedef {Sizes & { sheet: number }} Size as it is shown */
/**
 * @typedef {AnyView & { store: Store, slants: boolean, slanted: boolean, slim: boolean, groups: Group[], rows: Row[],
 *   columns: HTMLElement[], heads: HTMLElement[], lines: HTMLElement[], others: (() => void)[], places: Map<string, GridNode>,
 *   pos: Place | null, lit: Place | null, size: Size | null, record: HTMLDetailsElement | null,
 *   table: HTMLTableElement, tbody: HTMLElement, sheet: HTMLElement, scroll: HTMLElement, fade: HTMLElement }} View
 */

const SLANT = (58 * Math.PI) / 180; // of English heads, as in the style sheet
const PALE = 24; // px; a mark whose middle is so near to the edge that it pales under the fade is not seen
const FREE_RIGHT = 64; // px kept for the ends of slanted heads
const LEAST_COLUMN = 34; // px
const CARD = { least: 168, above: 208, most: 284 }; // px; the widths of a card beside its picklist, and above it
const FEW = 8; // columns; so few heads lie flat where they fit
const FLAT = { least: 52, most: 128, pad: 12 }; // px; the width of a column whose head lies flat
const SCROLLBAR = 12; // px kept free, so that a table that grows tall hides no column behind one
const JUDGED = { scored: 58, slim: 18 }; // px; room for the disclosure and the score, or for the disclosure alone
const SLIM = 560; // px of room below which row heads get their share, and the score stands below the name
const SHARE = 0.5; // of so little room, the most that row heads take
const RECORD = { least: 300, most: 460, gap: 32 }; // px; the case beside the table
const LEAST_WIDTH = 600; // px; a table of few columns still carries its title and buttons

// ---------------------------------------------------------------- what the state means

/**
 * Which sides of the table the student fills in.
 * @type {{ [form: string]: { marks?: boolean, rows?: boolean, columns?: boolean } }}
 */
const FORMS = {
  cells: { marks: true },
  left: { rows: true },
  right: { columns: true },
  both: { marks: true, rows: true, columns: true },
};

/** @param {Store} store */
const formOf = (store) => FORMS[store.face.form] ?? FORMS.cells;

/**
 * The name of a row ("rows") or column ("columns"): given, or chosen by the student; "" while empty.
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @returns {string}
 */
function nameOf(store, side, item) {
  if (!formOf(store)[side]) return item.name;
  const chosen = store.seen[side]?.[item.id];
  return choicesOf(store, side).find((choice) => choice.id === chosen)?.name ?? chosen ?? "";
}

/**
 * @param {Store} store
 * @param {Side} side
 */
function choicesOf(store, side) {
  return (side === "rows" ? store.face.row_choices : store.face.column_choices) ?? [];
}

/**
 * "3행", "column 5".
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 */
function placeOf(store, side, item) {
  const n = store.face[side].findIndex((other) => other.id === item.id) + 1;
  return fill(side === "rows" ? store.words.row_n : store.words.column_n, { n });
}

/**
 * How a row or column is called in the name of a cell: short, for whoever listens has heard its head.
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 */
function calledOf(store, side, item) {
  return nameOf(store, side, item) || placeOf(store, side, item);
}

/**
 * @param {Store} store
 * @param {Row} row
 * @param {Column} column
 * @returns {number}
 */
function levelAt(store, row, column) {
  const form = formOf(store);
  const source = form.marks ? store.seen.cells : store.face.given;
  return source?.[row.id]?.[column.id] ?? 0;
}

/** @param {number} level */
const markOf = (level) => ["", "main", "also"][level] ?? "";

/**
 * @param {Store} store
 * @param {Column} column
 */
function isClosed(store, column) {
  const form = formOf(store);
  return Boolean(form.marks && form.columns && !nameOf(store, "columns", column));
}

/**
 * @param {Store} store
 * @param {Row} row
 * @returns {PartFeedback | undefined}
 */
const rowFeedback = (store, row) => store.feedback?.rows?.[row.id];
/**
 * @param {Store} store
 * @param {Column} column
 * @returns {PartFeedback | undefined}
 */
const columnFeedback = (store, column) => store.feedback?.columns?.[column.id];

/**
 * The verdict of a cell; a row nobody worked on gives nothing of its answer away.
 * @param {Store} store
 * @param {Row} row
 * @param {Column} column
 * @returns {string}
 */
function verdictAt(store, row, column) {
  if (store.phase !== "checked" || rowFeedback(store, row)?.state === "not attempted") return "";
  return store.feedback?.cells?.[row.id]?.[column.id] ?? "";
}

/**
 * The verdict of a chosen name: right, wrong or not attempted.
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @returns {string}
 */
function headVerdict(store, side, item) {
  if (store.phase !== "checked" || !formOf(store)[side]) return "";
  if (side === "rows") return store.feedback?.heads?.[item.id] ?? "";
  return store.feedback?.columns?.[item.id]?.state ?? "";
}

/**
 * @param {Store} store
 * @param {Row} row
 * @returns {string}
 */
function rowState(store, row) {
  return rowFeedback(store, row)?.state ?? headVerdict(store, "rows", row) ?? "";
}

/**
 * The key under which a row ("rows") or column ("columns") opens.
 * @param {Side} side
 * @param {Item} item
 */
const keyOf = (side, item) => `${side}/${item.id}`;
/**
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 */
const isOpen = (store, side, item) => store.open === keyOf(side, item);

/** @param {Store} store */
function firstToFix(store) {
  const row = store.face.rows.find((item) => isToFix(rowState(store, item)));
  if (row) return keyOf("rows", row);
  const column = store.face.columns.find((item) => isToFix(headVerdict(store, "columns", item)));
  return column ? keyOf("columns", column) : null;
}

/**
 * Rows were judged, and some are not right.
 * @param {Store} store
 */
function canFilter(store) {
  const states = store.face.rows.map((row) => rowState(store, row));
  return states.some(Boolean) && states.some((state) => state !== "right");
}

/** @param {Store} store */
function visibleRows(store) {
  if (!store.onlyFix) return store.face.rows;
  return store.face.rows.filter((row) => rowState(store, row) !== "right");
}

/**
 * For each row (for each column where only columns are asked): is there an answer?
 * @param {Store} store
 * @returns {Progress}
 */
function progress(store) {
  const form = formOf(store);
  const { cells, rows, columns } = store.value;
  if (form.columns && !form.marks) {
    return { parts: store.face.columns.map((column) => Boolean(columns?.[column.id])), unit: "columns" };
  }
  const parts = store.face.rows.map((row) => {
    const isMarked = holdsAnswer(cells?.[row.id]);
    return (!form.marks || isMarked) && (!form.rows || Boolean(rows?.[row.id]));
  });
  return { parts, unit: "rows" };
}

// ---------------------------------------------------------------- two answers

/**
 * @param {Store} store
 * @param {Side} side
 * @param {string} id
 * @returns {string}
 */
const nameOfChoice = (store, side, id) => choicesOf(store, side).find((choice) => choice.id === id)?.name ?? id;

/**
 * What a row holds: [what it is told from others by, its name], of marks and of the name that was chosen.
 * @param {Store} store
 * @param {Value} value
 * @param {Row} row
 * @returns {[key: string, name: string][]}
 */
function partsOf(store, value, row) {
  const name = formOf(store).rows && value.rows?.[row.id];
  /** @type {[key: string, name: string][]} */
  const marks = store.face.columns.flatMap((column) => {
    const level = (formOf(store).marks && value.cells?.[row.id]?.[column.id]) || 0;
    if (!level) return [];
    const called = calledOf(store, "columns", column);
    return [[`${column.id}/${level}`, hasTwoMarks(store) ? `${called} (${markWord(store, level)})` : called]];
  });
  return name ? [[name, nameOfChoice(store, "rows", name)], ...marks] : marks;
}

/**
 * What only one of two answers holds in a row; null where the present one holds all of the other.
 * @param {Store} store
 * @param {Row} row
 * @param {Value} other
 */
function twiceIn(store, row, other) {
  const [now, then] = [partsOf(store, store.value, row), partsOf(store, other, row)];
  /** @type {(some: [string, string][], others: [string, string][]) => [string, string][]} */
  const without = (some, others) => some.filter(([key]) => !others.some(([same]) => same === key));
  const onlyThen = without(then, now);
  return onlyThen.length ? { onlyNow: without(now, then), onlyThen } : null;
}

/**
 * The row has another answer beside its own, of which the student has not chosen one.
 * @param {Store} store
 * @param {Row} row
 */
const hasOther = (store, row) => {
  const other = otherOf(store);
  return other !== null && !store.settled.has(keyOf("rows", row)) && twiceIn(store, row, other) !== null;
};

/**
 * Columns whose person was another one: their marks mean something else, so that rows are not chosen alone.
 * @param {Store} store
 * @param {Value} other
 */
function columnsTwice(store, other) {
  if (!formOf(store).columns) return [];
  const { columns } = store.value;
  return store.face.columns.filter(({ id }) => other.columns?.[id] && other.columns[id] !== columns?.[id]);
}

/**
 * @param {Store} store
 * @param {Value} other
 */
function twice(store, other) {
  const columns = columnsTwice(store, other).map((column) =>
    fill(store.words.head, {
      place: placeOf(store, "columns", column),
      name: nameOfChoice(store, "columns", other.columns[column.id]),
    }),
  );
  const rows = store.face.rows.filter((row) => hasOther(store, row)).map((row) => calledOf(store, "rows", row));
  return { parts: [...rows, ...columns], own: !columns.length };
}

/**
 * The row is to be as it was in the other window.
 * @param {Store} store
 * @param {Row} row
 */
function takeRow(store, row) {
  const other = otherOf(store) ?? {};
  const cells = Object.fromEntries(
    store.face.columns
      .map(({ id }) => [id, other.cells?.[row.id]?.[id] ?? null, store.value.cells?.[row.id]?.[id] ?? null])
      .filter(([, then, now]) => then !== now),
  );
  const name = other.rows?.[row.id];
  const isOther = formOf(store).rows && name && name !== store.value.rows?.[row.id];
  store.change({
    ...(formOf(store).marks && { cells: { [row.id]: cells } }),
    ...(isOther && moveName(store, row, name)),
  });
}

/**
 * Both windows' marks, where the two differ in one cell the stronger; null where that is one of the two answers.
 * @param {Store} store
 * @param {Row} row
 * @returns {{ [column: string]: number } | null}
 */
function bothMarks(store, row) {
  const [now, then] = [store.value, otherOf(store)].map((value) => value?.cells?.[row.id] ?? {});
  const levels = (/** @type {string} */ id) => [now[id], then[id]].filter(Boolean);
  const marks = Object.fromEntries(Object.keys({ ...now, ...then }).map((id) => [id, Math.min(...levels(id))]));
  const isOther = (/** @type {{ [column: string]: number }} */ value) =>
    Object.keys(marks).some((id) => marks[id] !== value[id]);
  return isOther(now) && isOther(then) ? marks : null;
}

/**
 * @param {Store} store
 * @param {Row} row
 */
const takeBoth = (store, row) => store.change({ cells: { [row.id]: bothMarks(store, row) } });

/**
 * A name stands in one row: it leaves the one where it is now.
 * @param {Store} store
 * @param {Row} row
 * @param {string} name
 */
function moveName(store, row, name) {
  const from = store.face.rows.find(({ id }) => id !== row.id && store.value.rows?.[id] === name);
  return { rows: { [row.id]: name, ...(from && { [from.id]: null }) } };
}

// ---------------------------------------------------------------- the student's steps

/**
 * What a student does to a cell: the next mark, or the one asked for.
 * @param {Store} store
 * @param {Row} row
 * @param {Column} column
 * @param {number | undefined} level
 */
function setMark(store, row, column, level) {
  if (!store.editing || !formOf(store).marks) return;
  if (isClosed(store, column)) {
    store.say(store.words.column_empty);
    return;
  }
  const levels = (store.face.marks ?? 1) + 1;
  const now = levelAt(store, row, column);
  const next = level ?? (now + 1) % levels;
  if (next >= levels || next === now) return;
  store.change({ cells: { [row.id]: { [column.id]: next || null } } });
}

/**
 * Puts a name on a row or column (null empties it); a name stands in one place, so it may move.
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @param {string | null} name
 */
function choose(store, side, item, name) {
  /** @type {Patch} */
  const patch = { [side]: { [item.id]: name } };
  const from = store.face[side].find(
    (other) => other.id !== item.id && name !== null && store.value[side]?.[other.id] === name,
  );
  if (from) patch[side][from.id] = null;
  if (side === "columns" && formOf(store).marks) patch.cells = marksThatFollow(store, item, name, from);
  store.change(patch);
  if (from) store.say(movedSentence(store, side, item, from));
}

/**
 * @param {View} view
 * @param {Side} side
 * @param {Item} item
 */
function clearName(view, side, item) {
  if (view.store.editing && view.store.value[side]?.[item.id]) choose(view.store, side, item, null);
}

/**
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @param {Item} from
 */
function movedSentence(store, side, item, from) {
  return fill(store.words.moved, {
    name: nameOf(store, side, item),
    from: placeOf(store, side, from),
    to: placeOf(store, side, item),
  });
}

/**
 * A column without a person keeps no marks, or they would count unseen. The marks of a person who
 * moves go along into a column that has none; marks that stand there already stay.
 * @param {Store} store
 * @param {Item} to
 * @param {string | null} name
 * @param {Item | undefined} from
 * @returns {Patch}
 */
function marksThatFollow(store, to, name, from) {
  const left = name === null ? to : from;
  if (!left) return {};
  const levels = (/** @type {Item} */ column) => store.face.rows.map((row) => levelAt(store, row, column));
  const isCarried = name !== null && !levels(to).some(Boolean);
  const moves = store.face.rows.flatMap((row) => {
    const level = levelAt(store, row, left);
    if (!level) return [];
    return [[row.id, { [left.id]: null, ...(isCarried ? { [to.id]: level } : {}) }]];
  });
  return Object.fromEntries(moves);
}

/**
 * Opens the list of names for a row or column: first those not yet placed, then the others with their place.
 * @param {View} view
 * @param {Side} side
 * @param {Item} item
 * @param {Anchor} anchor
 */
function openNames(view, side, item, anchor) {
  const { store } = view;
  const { words } = store;
  const below = side === "columns" ? { gap: 10, shift: -6 } : {};
  openList(view, {
    anchor,
    label: side === "rows" ? words.find_row : words.find_column,
    choices: () => namesWithPlaces(store, side, item),
    current: () => store.value[side]?.[item.id],
    take: (id) => choose(store, side, item, id),
    ...below,
  });
}

/**
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @returns {Choice[]}
 */
function namesWithPlaces(store, side, item) {
  const placed = new Map(
    store.face[side].map((other) => /** @type {const} */ ([store.value[side]?.[other.id], other])),
  );
  /** @type {Choice[]} */
  const entries = choicesOf(store, side).map((choice) => {
    const at = placed.get(choice.id);
    if (!at || at.id === item.id) return choice;
    return { ...choice, note: fill(store.words.used_at, { place: placeOf(store, side, at) }) };
  });
  return [...entries.filter(({ note }) => !note), ...entries.filter(({ note }) => note)];
}

// ---------------------------------------------------------------- layout

/**
 * Every name a side may show: heads keep the room for all, so that choosing moves nothing.
 * @param {Store} store
 * @param {Side} side
 */
function possibleNames(store, side) {
  const given = store.face[side].map((item) => item.name);
  return formOf(store)[side] ? choicesOf(store, side).map((choice) => choice.name) : given;
}

/**
 * Room that a verdict will need is kept from the start: nothing moves at Check, and no column goes out of sight.
 * @param {View} view
 */
function judgedRoom({ store, slim }) {
  if (store.mode !== "practice" && store.editing) return 0;
  return slim ? JUDGED.slim : JUDGED.scored;
}

/**
 * Widths of the row heads and of the picklists in them; up to `left` px all columns can be seen.
 * @param {View} view
 * @param {number} left
 * @returns {{ row: number, spare: number, pick: number }}
 */
function rowWidths(view, left) {
  const { store, narrow, room } = view;
  const form = formOf(store);
  const judged = judgedRoom(view);
  const share = room < SLIM ? Math.max(148, Math.floor(room * SHARE)) - judged - 14 : Infinity;
  const names = widest(view, possibleNames(store, "rows"), "700 14px");
  if (!form.rows) {
    const most = narrow ? Math.min(208, share) : 260;
    return { row: Math.min(names, most) + 14 + judged, spare: narrow ? 0 : 40, pick: 0 };
  }
  const pick = Math.min(Math.max(names + 26, 120), 224, share);
  const alone = Math.min(Math.max(pick, 172), share);
  if (!form.columns) return { row: alone + 14 + judged, spare: narrow ? 0 : 40, pick: alone };
  return { row: cardWidth(view, pick, Math.min(left - judged, share + 12)) + judged, spare: 0, pick };
}

/**
 * A card is as narrow as lets all columns be seen; it stands above its picklist where it cannot beside it.
 * @param {View} view
 * @param {number} pick
 * @param {number} left
 */
function cardWidth(view, pick, left) {
  const texts = view.store.face.rows.map((row) => row.card ?? "");
  const cards = widest(view, texts, "400 14px") + 2;
  /** @type {(least: number, room: number) => number} */
  const within = (least, room) => Math.min(cards, CARD.most, Math.max(least, room));
  const beside = 16 + pick + 14;
  const isStacked = left < beside + Math.min(cards, CARD.least);
  view.root.classList.toggle("is-stacked", isStacked);
  const least = view.room < SLIM ? pick : CARD.above;
  return isStacked ? Math.max(within(least, left - 12), pick) + 12 : within(CARD.least, left - beside) + beside;
}

/**
 * How far slanted heads reach: their height, and the room the last ones need at the right.
 * @param {View} view
 * @returns {Head}
 */
function slantedHead(view) {
  const { store } = view;
  const below = headRoom(store);
  const { columns } = store.face;
  const longest = widest(view, possibleNames(store, "columns"), "700 13px");
  const height = Math.ceil(longest * Math.sin(SLANT)) + 20 + below;
  const lean = Math.round(height / Math.tan(SLANT));
  const reach = columns.map(({ name }, at) => {
    const width = formOf(store).columns ? longest : widest(view, [name], "700 13px");
    const fromEnd = columns.length - at - 0.5;
    return width * Math.cos(SLANT) + 16 - fromEnd * LEAST_COLUMN;
  });
  const ends = Math.ceil(Math.max(0, ...reach));
  return { height, lean, ends, free: Math.max(FREE_RIGHT, ends) };
}

/**
 * Below a chosen name stands its verdict.
 * @param {Store} store
 */
const headRoom = (store) => (formOf(store).columns && (store.mode === "practice" || !store.editing) ? 18 : 0);

/**
 * The height of heads in one upright line, or of flat ones, measured on a hidden copy of every name.
 * @param {View} view
 * @param {string} [width]
 * @returns {Head}
 */
function measuredHead(view, width = "auto") {
  const names = possibleNames(view.store, "columns");
  const tallest = sizeOf(view, JSON.stringify([view.root.className, width, names]), () => {
    const trial = h("div", { class: "b2b-col b2b-unseen", style: `width:${width};height:auto` });
    trial.append(...names.map((name) => headText(view, name)));
    view.root.append(trial);
    const heights = [...trial.children].map((child) => /** @type {HTMLElement} */ (child).offsetHeight);
    trial.remove();
    return Math.max(24, ...heights);
  });
  return { height: tallest + 12 + headRoom(view.store), lean: 0, ends: 0, free: SCROLLBAR };
}

/**
 * How wide columns must be for flat heads: each name in two lines if they fit, else a word a line; 0 if neither.
 * @param {View} view
 * @param {number} room
 * @returns {number}
 */
function flatWidth(view, room) {
  const count = view.store.face.columns.length;
  if (count > FEW) return 0;
  const names = possibleNames(view.store, "columns").map((name) => name.split(/\s+/));
  const wide = (/** @type {string[]} */ line) => widest(view, [line.join(" ")], "700 13px");
  const cut = (/** @type {string[]} */ name) =>
    name.map((_, at) => Math.max(wide(name.slice(0, at)), wide(name.slice(at))));
  const word = Math.max(FLAT.least, Math.max(...names.flat().map((one) => wide([one]))) + FLAT.pad);
  const two = Math.max(word, Math.max(...names.map((name) => Math.min(...cut(name)))) + FLAT.pad);
  const fits = (/** @type {number} */ column) => {
    const left = room - SCROLLBAR - count * column;
    return column <= FLAT.most && rowWidths(view, left).row <= left;
  };
  return [two, word].find(fits) ?? 0;
}

/**
 * Heads lie flat where they can; else English ones slant, and Korean ones stand upright.
 * @param {View} view
 * @param {number} room
 */
function chooseHeads(view, room) {
  const flat = flatWidth(view, room);
  view.slanted = !flat && view.slants;
  view.root.classList.toggle("is-flat", flat > 0);
  view.root.classList.toggle("is-slanted", view.slanted);
  view.root.classList.toggle("is-upright", !flat && !view.slants);
  return flat;
}

/**
 * Columns as wide as fit between 34 and 50 px, the ends of slanted heads too; else 34, or 36 to scroll in.
 * @param {View} view
 * @param {number} room
 * @param {number} ends
 */
function columnWidth(view, room, ends) {
  const count = view.store.face.columns.length;
  const fits = Math.floor((room - ends) / count);
  if (fits >= LEAST_COLUMN) return Math.min(50, fits);
  return room < count * LEAST_COLUMN ? 36 : LEAST_COLUMN;
}

/**
 * Chooses every width from the room there is; where that lets more be seen, scores stand below the names.
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  view.slim = room < SLIM;
  let sizes = sizesIn(view, room);
  if (!view.slim && sizes.table + sizes.free > room) {
    view.slim = true;
    sizes = sizesIn(view, room);
  }
  view.root.classList.toggle("is-slim", view.slim);
  const { table, column, ends, pick } = sizes;
  const isCut = table + ends > room;
  // Scrolled to its end the table stops at a whole column: half a slanted head says nothing.
  if (view.slanted && isCut) sizes.free += (column - ((table + sizes.free - room) % column)) % column;
  view.size = { ...sizes, sheet: table + (isCut ? sizes.free : ends) };
  showSize(view, view.size, pick);
  const width = Math.min(table + sizes.free, room);
  return { width: width + placeRecord(view, width, room), edge: Math.min(table, room) };
}

/**
 * The case stands beside the table where it can, open; else folded above it. Returns the room it takes.
 * @param {View} view
 * @param {number} width
 * @param {number} room
 */
function placeRecord(view, width, room) {
  const left = room - width - RECORD.gap;
  const isBeside = Boolean(view.record) && left >= RECORD.least;
  view.root.classList.toggle("is-beside", isBeside);
  view.root.style.setProperty("--b2b-frame-w", `${width}px`);
  if (view.record) view.record.open = view.opens ?? isBeside;
  return isBeside ? RECORD.gap + Math.min(RECORD.most, left) : 0;
}

/**
 * @param {View} view
 * @param {number} room
 * @returns {Sizes}
 */
function sizesIn(view, room) {
  const count = view.store.face.columns.length;
  const flat = chooseHeads(view, room);
  const head = flat ? measuredHead(view, `${flat}px`) : view.slanted ? slantedHead(view) : measuredHead(view);
  const { row, spare, pick } = rowWidths(view, room - head.free - count * (flat || LEAST_COLUMN));
  const least = Math.ceil(row);
  const column = flat || columnWidth(view, room - least, head.free);
  const left = room - least - head.free - count * column;
  const wanted = Math.max(spare, Math.min(room, LEAST_WIDTH) - least - count * column);
  const rows = least + Math.max(0, Math.min(wanted, left));
  return { row: rows, column, table: rows + count * column, pick, ...head };
}

/**
 * @param {View} view
 * @param {Size} size
 * @param {number} pick
 */
function showSize(view, size, pick) {
  const { row, column, table, height, lean, free, sheet } = size;
  const style = view.root.style;
  style.setProperty("--b2b-row-w", `${row}px`);
  style.setProperty("--b2b-table-w", `${table}px`);
  style.setProperty("--b2b-head-h", `${height}px`);
  style.setProperty("--b2b-lean", `${lean}px`);
  style.setProperty("--b2b-pick-w", `${pick}px`);
  view.sheet.style.width = `${sheet}px`;
  view.columns.forEach((col) => (col.style.width = `${column}px`));
  view.scroll.style.scrollPadding = `${height + 24}px ${Math.min(free, FREE_RIGHT)}px 8px ${row}px`;
  view.root.classList.toggle("hides-groups", !groupNamesFit(view, size));
  turnWide(view, view.root, column);
}

/**
 * A Latin word wider than its column lies along the line instead of across it.
 * @param {View} view
 * @param {HTMLElement} within
 * @param {number} column
 */
function turnWide(view, within, column) {
  const isFlat = view.root.classList.contains("is-flat");
  for (const word of within.querySelectorAll(".b2b-flat")) {
    const isWide = widest(view, [word.textContent ?? ""], "700 12px") > column;
    word.classList.toggle("is-turned", isWide && !isFlat);
  }
}

/**
 * Where one group's name would run into the next, none is shown: the lines still part the groups.
 * @param {View} view
 * @param {Size} size
 */
function groupNamesFit(view, { column, free, lean }) {
  const last = view.groups.length - 1;
  return view.groups.every(({ name, size }, at) => {
    const beyond = at === last ? Math.max(0, free - lean) : 0;
    return !name || widest(view, [name], "400 12px") + 10 <= size * column + beyond;
  });
}

/**
 * Counts the people out of sight, and fades the edge they are behind; also where only slanted names are cut.
 * @param {View} view
 */
function trackScroll(view) {
  if (!view.size) return;
  const { row, column, table, ends } = view.size;
  const seen = view.scroll.clientWidth;
  const at = view.scroll.scrollLeft;
  const count = view.store.face.columns.length;
  const middle = (/** @type {number} */ n) => row + (n + 0.5) * column - at;
  const numbers = [...Array(count).keys()];
  const isCut = at + seen < table - 1;
  const right = isCut ? numbers.filter((n) => middle(n) > seen - PALE).length : 0;
  const left = numbers.filter((n) => middle(n) < row).length;
  fitGroupNames(view, column, at); // which reads, too, before anything is written
  view.fade.hidden = at + seen >= table + ends - 1;
  view.fade.classList.toggle("is-of-heads", !isCut);
  const told = moreText(view.store.words, right, left);
  if (redraws(view.more, told)) view.more.textContent = told;
}

/**
 * The name of a group goes out of sight with the people it names, rather than being cut.
 * @param {View} view
 * @param {number} column px of one
 * @param {number} scrolled
 */
function fitGroupNames(view, column, scrolled) {
  const cells = [...view.table.querySelectorAll(".b2b-group")];
  const labels = cells.map((cell) => /** @type {HTMLElement | null} */ (cell.firstElementChild));
  const away = view.groups.map((group, at) => {
    const hidden = scrolled - group.from * column;
    return hidden > 0 && group.size * column - hidden < (labels[at]?.offsetWidth ?? 0) + 8;
  });
  away.forEach((isAway, at) => labels[at]?.classList.toggle("is-away", isAway));
}

/**
 * @param {Words} words
 * @param {number} right
 * @param {number} left
 */
function moreText(words, right, left) {
  const side = right ? "right" : "left";
  const n = right || left;
  if (!n) return "";
  return fill(words[n === 1 ? `more_${side}_1` : `more_${side}`], { n });
}

// ---------------------------------------------------------------- cells

/**
 * How a cell looks and what it is called.
 * @param {Store} store
 * @param {Row} row
 * @param {Column} column
 * @returns {{ look: string, label: string }}
 */
function cellLook(store, row, column) {
  const { words } = store;
  /** @type {{ [name: string]: string }} */
  const names = { row: calledOf(store, "rows", row), column: calledOf(store, "columns", column) };
  if (isClosed(store, column)) return { look: "closed", label: fill(words.cell_closed, names) };
  const level = levelAt(store, row, column);
  const verdict = verdictAt(store, row, column);
  names.mark = markWord(store, level);
  names.verdict = verdict && verdictWord(store, verdict);
  const template = verdict ? words.cell_judged : words.cell;
  return { look: verdict || markOf(level), label: fill(template, names) };
}

/**
 * @param {Value} value
 * @param {Row} row
 * @param {Column} column
 * @returns {number}
 */
const levelIn = (value, row, column) => value.cells?.[row.id]?.[column.id] ?? 0;

/**
 * @param {Store} store
 * @param {number} level
 */
function markWord(store, level) {
  const { words } = store;
  if (!level) return words.mark_none;
  if (level === 2) return words.mark_also;
  return hasTwoMarks(store) ? words.mark_main : onlyMark(store);
}

/**
 * What the one mark means: interest, unless the item says something else.
 * @param {Store} store
 */
const onlyMark = ({ face, words }) => face.mark_means ?? words.mark_only;

/**
 * Two kinds of mark are in play: the student may set both, or the given pattern has both.
 * @param {Store} store
 */
function hasTwoMarks(store) {
  if (formOf(store).marks) return (store.face.marks ?? 1) > 1;
  return Object.values(store.face.given ?? {}).some((row) => Object.values(row).includes(2));
}

/**
 * @param {Store} store
 * @returns {Legend}
 */
function legend(store) {
  const keys = store.editing ? store.words[legendKeys(store)] : "";
  if (store.phase !== "checked") return { marks: [...plainMarks(store), ...otherMarks(store)], keys };
  const { rows, columns } = store.face;
  const seen = new Set(rows.flatMap((row) => columns.map((column) => verdictAt(store, row, column))));
  rows.forEach((row) => seen.add(headVerdict(store, "rows", row)));
  columns.forEach((column) => seen.add(headVerdict(store, "columns", column)));
  const given = formOf(store).marks ? [] : plainMarks(store);
  return { marks: [...given, ...judgedMarks(store, seen)], keys };
}

/**
 * @param {Store} store
 * @returns {[mark: string, word: string][]}
 */
function plainMarks(store) {
  const { words } = store;
  if (!hasTwoMarks(store)) return [pair("main", onlyMark(store))];
  return [pair("main", words.mark_main), pair("also", words.mark_also)];
}

/**
 * Marks of the other window look alike, but grey: that they are no answer yet is said.
 * @param {Store} store
 * @returns {[mark: string, word: string][]}
 */
const otherMarks = (store) =>
  store.face.rows.some((row) => hasOther(store, row)) ? [pair("other", store.words.marked_then)] : [];

/**
 * @returns {[mark: string, word: string]}
 * @param {string} name
 * @param {string} word
 */
const pair = (name, word) => [name, word];

/** @param {Store} store */
function legendKeys(store) {
  const form = formOf(store);
  if (!form.marks) return "keys_heads";
  return form.rows ? "keys_both" : "keys_cells";
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {Column} column
 * @param {Place} place
 */
function buildCell(view, row, column, place) {
  const cell = h("td", { class: "b2b-cell", role: "gridcell", tabindex: "-1" });
  if (endsGroup(view, place.c)) cell.classList.add("ends-group");
  standAt(cell, place, () => paintCell(view, cell, row, column));
  return cell;
}

/**
 * @param {View} view
 * @param {HTMLTableCellElement} cell
 * @param {Row} row
 * @param {Column} column
 */
function paintCell(view, cell, row, column) {
  const { store } = view;
  const { look, label } = cellLook(store, row, column);
  const fixed = !store.editing || !formOf(store).marks;
  const other = formOf(store).marks && hasOther(store, row) ? otherOf(store) : null;
  const differs = other !== null && levelIn(other, row, column) !== levelAt(store, row, column);
  if (!redraws(cell, `${look}|${label}|${fixed}|${differs}`)) return;
  cell.classList.toggle("differs", differs && Boolean(levelAt(store, row, column)));
  cell.dataset.look = look;
  cell.setAttribute("aria-label", label);
  setAttribute(cell, "aria-readonly", fixed && "true");
  setAttribute(cell, "aria-disabled", look === "closed" && "true");
  cell.replaceChildren(...(look in MARKS ? [mark(look)] : []));
}

/**
 * Makes a node a place of the grid, and paints it.
 * @param {GridNode} node
 * @param {Place} place
 * @param {() => void} [paint]
 */
function standAt(node, place, paint) {
  node.dataset.at = `${place.r},${place.c}`;
  Object.assign(node, { b2bPlace: place, b2bPaint: paint });
  paint?.();
}

// ---------------------------------------------------------------- heads

/**
 * A column's name: to be slanted, or one upright line with Latin words lying flat in it; few lie flat (layout).
 * @param {View} view
 * @param {string} name
 */
function headText(view, name) {
  if (view.slants) return h("span", { class: "b2b-slanted", "aria-hidden": "true" }, name);
  const words = name.split(/\s+/).map((word) => {
    const runs = word.match(/[\u0021-\u024f]+|[^\u0021-\u024f]+/g) ?? [];
    return h("span", { class: "b2b-word" }, runs.map(uprightRun));
  });
  return h("span", { class: "b2b-stack", "aria-hidden": "true" }, words);
}

/** @param {string} run */
function uprightRun(run) {
  const latin = run.charCodeAt(0) < 0x250;
  return h("span", { class: latin ? "b2b-flat" : "b2b-upright" }, run);
}

/**
 * Groups of neighbouring columns: [{name, from, size}].
 * @param {MatrixFace} face
 * @returns {Group[]}
 */
function groupRuns(face) {
  const names = Object.fromEntries((face.groups ?? []).map((group) => [group.id, group.name]));
  /** @type {Group[]} */
  const runs = [];
  face.columns.forEach((column, at) => {
    const last = runs.at(-1);
    if (last && last.id === (column.group || "")) last.size += 1;
    else runs.push({ id: column.group || "", name: names[column.group ?? ""] ?? "", from: at, size: 1 });
  });
  return runs.some((run) => run.id) ? runs : [];
}

/** @param {View} view */
function buildHead(view) {
  const { store } = view;
  const corner = buildCorner(view);
  const heads = store.face.columns.map((column, c) => buildColumnHead(view, column, c));
  if (!view.groups.length) return h("thead", {}, h("tr", { role: "row" }, corner, heads));
  const groups = view.groups.map((group) => buildGroup(group));
  return h("thead", {}, h("tr", { role: "row" }, corner, groups), h("tr", { role: "row" }, heads));
}

/** @param {View} view */
function buildCorner(view) {
  const { store } = view;
  const form = formOf(store);
  const said = form.rows
    ? form.columns
      ? store.words.corner_both
      : store.words.corner_left
    : (store.face.corner ?? store.words.corner);
  const label = h("span", { class: form.rows ? "" : "b2b-unseen" }, said);
  const hasScores = Object.values(store.feedback?.rows ?? {}).some((row) => row.score);
  const counts = hasScores && store.feedback?.stage !== "first";
  const score = counts ? h("span", { class: "b2b-corner-score" }, store.words.score) : null;
  return h(
    "th",
    { class: "b2b-corner", role: "columnheader", rowspan: view.groups.length ? 2 : 1 },
    h("span", { class: "b2b-corner-line" }, h("span", {}, label), score),
  );
}

/** @param {Group} group */
function buildGroup({ id, name, size }) {
  const kind = id ? "b2b-group starts-group" : "b2b-group";
  if (!name) return h("td", { class: kind, role: "gridcell", colspan: size });
  return h("th", { class: kind, role: "columnheader", scope: "colgroup", colspan: size }, h("span", {}, name));
}

/**
 * @param {View} view
 * @param {Column} column
 * @param {number} c
 */
function buildColumnHead(view, column, c) {
  const head = h("th", { class: "b2b-col", role: "columnheader", scope: "col" });
  if (startsGroup(view, c)) head.classList.add("starts-group");
  if (formOf(view.store).columns) fillSlot(view, head, column, { r: -1, c });
  else head.append(h("span", { class: "b2b-unseen" }, column.name), headText(view, column.name));
  return head;
}

/**
 * The head of a column that the student names: a button that opens the list, or the feedback.
 * @param {View} view
 * @param {HTMLElement} head
 * @param {Column} column
 * @param {Place} place
 */
function fillSlot(view, head, column, place) {
  const b2bClear = () => clearName(view, "columns", column);
  const button = Object.assign(h("button", { type: "button", class: "b2b-slot", tabindex: "-1" }), { b2bClear });
  button.addEventListener("click", () => useSlot(view, button, column));
  head.append(button);
  standAt(button, place, () => paintSlot(view, head, button, column));
}

/**
 * @param {View} view
 * @param {GridNode & Anchor} button
 * @param {Column} column
 */
function useSlot(view, button, column) {
  if (view.store.editing) openNames(view, "columns", column, button);
  else if (tells(columnFeedback(view.store, column))) view.store.toggle(keyOf("columns", column));
}

/**
 * @param {View} view
 * @param {HTMLElement} head
 * @param {GridNode & Anchor} button
 * @param {Column} column
 */
function paintSlot(view, head, button, column) {
  const { store } = view;
  const name = nameOf(store, "columns", column);
  const verdict = headVerdict(store, "columns", column);
  const isNext = store.editing && !name && nextEmpty(store) === column.id;
  const opened = isOpen(store, "columns", column);
  announceButton(button, store.editing, tells(columnFeedback(store, column)) && opened);
  if (!redraws(button, [name, verdict, isNext, store.editing].join("|"))) return;
  head.classList.toggle("has-verdict", store.phase === "checked");
  button.classList.toggle("has-name", Boolean(name));
  button.classList.toggle("is-next", isNext);
  button.setAttribute("aria-label", headLabel(store, "columns", column, name, verdict));
  const text = name ? headText(view, name) : h("span", { class: "b2b-box" }, icon("plus"));
  head.classList.toggle("is-open", opened);
  button.replaceChildren(text, ...(store.phase === "checked" ? [markOrRoom(verdict)] : []));
  if (view.size) turnWide(view, button, view.size.column);
}

/** @param {Store} store */
const nextEmpty = (store) => store.face.columns.find((column) => !nameOf(store, "columns", column))?.id;

/**
 * @param {Store} store
 * @param {Side} side
 * @param {Item} item
 * @param {string} name
 * @param {string} verdict
 */
function headLabel(store, side, item, name, verdict) {
  const { words } = store;
  const choose = side === "rows" ? words.pick_row : words.pick_column;
  const empty = store.editing ? choose : words.not_attempted;
  const values = {
    place: placeOf(store, side, item),
    name: name || empty,
    verdict: verdict && verdictWord(store, verdict),
  };
  return fill(name && verdict ? words.head_judged : words.head, values);
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {number} r
 */
function buildRowHead(view, row, r) {
  const head = h("th", { class: "b2b-row", role: "rowheader", scope: "row" });
  const { store } = view;
  if (store.editing) head.append(...editingRowHead(view, row, { r, c: -1 }));
  else head.append(judgedRowHead(view, row, { r, c: -1 }));
  return head;
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {Place} place
 */
function editingRowHead(view, row, place) {
  const { store } = view;
  if (!formOf(store).rows) return [h("span", { class: "b2b-name" }, row.name)];
  const b2bClear = () => clearName(view, "rows", row);
  const pick = Object.assign(h("button", { type: "button", class: "b2b-pick", tabindex: "-1" }), { b2bClear });
  pick.addEventListener("click", () => openNames(view, "rows", row, pick));
  standAt(pick, place, () => paintPick(view, pick, row));
  if (!row.card) return [pick];
  pick.setAttribute("aria-describedby", cardId(view, row));
  return [h("div", { class: "b2b-both" }, cardOf(view, row), pick)];
}

/**
 * What the customer says; it describes the row's button, whose own name stays short.
 * @param {View} view
 * @param {Row} row
 */
const cardOf = (view, row) => h("span", { class: "b2b-card", id: cardId(view, row) }, row.card);
/**
 * @param {View} view
 * @param {Row} row
 */
const cardId = (view, row) => `b2b-card-${view.uid}-${row.id}`;

/**
 * @param {View} view
 * @param {GridNode & Anchor} pick
 * @param {Row} row
 */
function paintPick(view, pick, row) {
  const { store } = view;
  const name = nameOf(store, "rows", row);
  announceButton(pick, true);
  pick.classList.toggle("is-empty", !name);
  pick.setAttribute("aria-label", headLabel(store, "rows", row, name, ""));
  pick.replaceChildren(h("span", {}, name || store.words.pick_row), icon("down"));
}

/**
 * After Check: the row's name (a disclosure if there is something to read) and its score.
 * @param {View} view
 * @param {Row} row
 * @param {Place} place
 */
function judgedRowHead(view, row, place) {
  const { store } = view;
  const feedback = rowFeedback(store, row);
  const name = judgedRowName(view, row);
  const isFirst = store.feedback?.stage === "first";
  const lacks = isFirst ? feedback?.missing && " is-missing" : isToFix(feedback?.state) && " is-short";
  const short = `b2b-score${lacks || ""}`;
  const score = h("span", { class: short }, feedback?.score ?? "");
  return h("div", { class: "b2b-rowline" }, tells(feedback) ? rowToggle(view, row, name, place) : name, score);
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {HTMLElement} name
 * @param {Place} place
 */
function rowToggle(view, row, name, place) {
  const { store } = view;
  const toggle = disclosure(store, keyOf("rows", row), name);
  if (formOf(store).rows) {
    const verdict = headVerdict(store, "rows", row);
    toggle.setAttribute("aria-label", headLabel(store, "rows", row, nameOf(store, "rows", row), verdict));
    if (row.card) toggle.setAttribute("aria-describedby", cardId(view, row));
  }
  toggle.tabIndex = -1;
  standAt(toggle, place);
  return toggle;
}

/**
 * @param {View} view
 * @param {Row} row
 */
function judgedRowName(view, row) {
  const { store } = view;
  if (!formOf(store).rows) return h("span", { class: "b2b-name" }, row.name);
  const name = nameOf(store, "rows", row);
  const verdict = headVerdict(store, "rows", row);
  const word = verdict && h("span", { class: "b2b-unseen" }, `, ${verdictWord(store, verdict)}`);
  const chosen = h(
    "span",
    { class: name ? "b2b-chosen" : "b2b-chosen is-empty" },
    markOrRoom(verdict),
    h("span", { class: "b2b-name" }, name || store.words.not_attempted),
    name ? word : null,
  );
  if (!row.card) return chosen;
  return h("span", { class: "b2b-both" }, cardOf(view, row), chosen);
}

// ---------------------------------------------------------------- feedback

/**
 * The row that opens under a row (or under the heads, for a column) and says why.
 * @param {Store} store
 * @param {Node} said
 */
function detailRow(store, said) {
  const cell = h("td", { class: "b2b-detail", role: "gridcell", colspan: store.face.columns.length + 1 }, said);
  return h("tr", { role: "row", class: "b2b-detail-row" }, cell);
}

/**
 * @param {Store} store
 * @param {Row} row
 */
function rowDetail(store, row) {
  const feedback = rowFeedback(store, row);
  if (!isOpen(store, "rows", row) || !tells(feedback)) return null;
  return detailRow(store, lines(store, feedback, rowState(store, row), store.words.row_not_attempted));
}

/** @param {Store} store */
function columnDetail(store) {
  const column = store.face.columns.find((item) => isOpen(store, "columns", item));
  const feedback = column && columnFeedback(store, column);
  if (!tells(feedback)) return null;
  return detailRow(store, lines(store, feedback, feedback?.state, store.words.column_not_attempted));
}

// ---------------------------------------------------------------- keyboard and pointer

/** @param {Event} event */
const nodeOf = (event) => /** @type {GridNode} */ (targetOf(event));

/**
 * What stands at a place: r = -1 are the column heads, c = -1 the row heads; undefined where nothing can be.
 * @param {View} view
 * @param {number} r
 * @param {number} c
 */
function standsAt(view, r, c) {
  return view.places.get(`${r},${c}`);
}

/**
 * Goes on in one direction until something can be stood on.
 * @param {View} view
 * @param {Place} from
 * @param {number} down
 * @param {number} right
 * @returns {Place | null}
 */
function step(view, { r, c }, down, right) {
  const rows = view.rows.length;
  const columns = view.store.face.columns.length;
  for (let at = 1; at <= Math.max(rows, columns) + 1; at += 1) {
    const to = { r: r + down * at, c: c + right * at };
    if (to.r < -1 || to.c < -1 || to.r >= rows || to.c >= columns) return null;
    if (standsAt(view, to.r, to.c)) return to;
  }
  return null;
}

/**
 * The last place that can be reached in one direction.
 * @param {View} view
 * @param {Place} from
 * @param {number} down
 * @param {number} right
 * @returns {Place}
 */
function farthest(view, from, down, right) {
  const next = step(view, from, down, right);
  return next ? farthest(view, next, down, right) : from;
}

/**
 * Where a key leads from a place: null where there is nothing more, undefined if it leads nowhere.
 * @param {View} view
 * @param {Place} pos
 * @param {KeyboardEvent} event
 * @returns {Place | null | undefined}
 */
function target(view, pos, event) {
  const whole = event.ctrlKey || event.metaKey;
  /** @type {{ [key: string]: () => Place | null }} */
  const moves = {
    ArrowUp: () => step(view, pos, -1, 0),
    ArrowDown: () => step(view, pos, 1, 0),
    ArrowLeft: () => step(view, pos, 0, -1),
    ArrowRight: () => step(view, pos, 0, 1),
    Home: () => farthest(view, whole ? { r: 0, c: pos.c } : pos, 0, -1),
    End: () => farthest(view, whole ? { r: view.rows.length - 1, c: pos.c } : pos, 0, 1),
    PageUp: () => farthest(view, pos, -1, 0),
    PageDown: () => farthest(view, pos, 1, 0),
  };
  return moves[event.key]?.();
}

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 */
function onGridKey(view, event) {
  const at = nodeOf(event).b2bPlace;
  if (!at || event.altKey) return;
  const to = target(view, at, event);
  if (to !== undefined) {
    event.preventDefault();
    if (to) moveTo(view, to);
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Delete" || event.key === "Backspace") clearAt(view, event, at);
  else if (at.r >= 0 && at.c >= 0) onCellKey(view, event, at);
}

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 * @param {Place} at
 */
function clearAt(view, event, at) {
  event.preventDefault();
  const { b2bClear } = nodeOf(event);
  if (b2bClear) b2bClear();
  else setMark(view.store, view.rows[at.r], view.store.face.columns[at.c], 0);
}

/**
 * @param {View} view
 * @param {KeyboardEvent} event
 * @param {Place} at
 */
function onCellKey(view, event, at) {
  const isDigit = /^[0-2]$/.test(event.key);
  if (!isDigit && event.key !== " " && event.key !== "Enter") return;
  event.preventDefault();
  useCell(view, at, isDigit ? Number(event.key) : undefined);
}

/**
 * A mark while answering; after Check the same gesture opens the row's reasons.
 * @param {View} view
 * @param {Place} at
 * @param {number} [level]
 */
function useCell(view, { r, c }, level) {
  const { store } = view;
  const row = view.rows[r];
  if (store.editing) setMark(store, row, store.face.columns[c], level);
  else if (tells(rowFeedback(store, row))) store.toggle(keyOf("rows", row));
}

/**
 * The one place of the table that Tab reaches.
 * @param {View} view
 * @param {Place} pos
 */
function setTabStop(view, pos) {
  if (view.pos) standsAt(view, view.pos.r, view.pos.c)?.setAttribute("tabindex", "-1");
  view.pos = pos;
  standsAt(view, pos.r, pos.c)?.setAttribute("tabindex", "0");
}

/**
 * @param {View} view
 * @param {Place} pos
 */
function moveTo(view, pos) {
  setTabStop(view, pos);
  standsAt(view, pos.r, pos.c)?.focus();
}

/**
 * Lights the row and the column of a place; null puts the light out.
 * @param {View} view
 * @param {Place | null} pos
 */
function light(view, pos) {
  if (view.lit?.r === pos?.r && view.lit?.c === pos?.c) return;
  view.lit = pos;
  view.tbody.querySelectorAll("tr.is-lit").forEach((line) => line.classList.remove("is-lit"));
  view.table.querySelectorAll("td.is-lit, th.is-lit").forEach((cell) => cell.classList.remove("is-lit"));
  if (!pos) return;
  view.lines[pos.r]?.classList.add("is-lit");
  if (pos.c < 0) return;
  view.heads[pos.c].classList.add("is-lit");
  view.rows.forEach((_, r) => standsAt(view, r, pos.c)?.classList.add("is-lit"));
}

/**
 * @param {Event} event
 * @returns {Place | null}
 */
function placeUnder(event) {
  const node = nodeOf(event).closest?.(".b2b-cell, .b2b-slot, .b2b-pick, .b2b-toggle");
  return /** @type {GridNode | null | undefined} */ (node)?.b2bPlace ?? null;
}

/**
 * @param {View} view
 * @returns {Place | null}
 */
function focusedPlace(view) {
  const focused = /** @type {GridNode | null} */ (document.activeElement);
  return (view.table.contains(focused) && focused?.b2bPlace) || null;
}

/** @param {View} view */
function listenToGrid(view) {
  const { tbody, table } = view;
  table.addEventListener("keydown", (event) => onGridKey(view, event));
  table.addEventListener("focusin", (event) => {
    const at = nodeOf(event).b2bPlace;
    if (at) setTabStop(view, at);
    light(view, at ?? null);
  });
  table.addEventListener("focusout", ({ relatedTarget: goal }) => {
    if (!table.contains(/** @type {Node | null} */ (goal))) light(view, null);
  });
  table.addEventListener("pointerover", (event) => event.pointerType !== "touch" && light(view, placeUnder(event)));
  table.addEventListener("pointerleave", () => light(view, focusedPlace(view)));
  tbody.addEventListener("click", (event) => {
    const cell = /** @type {GridNode | null} */ (targetOf(event).closest(".b2b-cell"));
    if (!cell?.b2bPlace) return;
    cell.focus({ preventScroll: true });
    useCell(view, cell.b2bPlace);
  });
}

// ---------------------------------------------------------------- the table

/**
 * What follows from the face alone.
 * @param {View} view
 */
function begin(view) {
  const { face } = view.store;
  view.slants = face.lang !== "ko";
  view.groups = groupRuns(face);
  view.pos = view.size = null;
  view.root.classList.toggle("has-groups", view.groups.length > 0);
}

/**
 * @param {View} view
 * @param {number} c
 */
const startsGroup = (view, c) => view.groups.some(({ from }) => from === c);

/**
 * @param {View} view
 * @param {number} c
 */
function endsGroup(view, c) {
  return c < view.store.face.columns.length - 1 && view.groups.some(({ from, size }) => from + size - 1 === c);
}

/**
 * The table, in a frame that scrolls sideways when not all people can be seen.
 * @param {View} view
 */
function build(view) {
  buildTable(view);
  view.sheet = h("div", {}, view.table);
  view.scroll = h("div", { class: "b2b-scroll" }, view.sheet);
  view.fade = h("div", { class: "b2b-fade", hidden: true });
  view.scroll.addEventListener("scroll", () => view.size && trackScroll(view));
  view.record = buildRecord(view);
  const frame = h("div", { class: "b2b-frame" }, view.scroll, view.fade);
  return view.record ? [view.record, frame] : [frame];
}

/** @param {View} view */
function buildTable(view) {
  const { store } = view;
  view.rows = visibleRows(store);
  view.columns = store.face.columns.map(() => h("col"));
  view.lit = null;
  view.others = [];
  const rowColumn = h("col", { style: "width:var(--b2b-row-w)" });
  const label = fill(store.words.grid, { title: store.face.title });
  view.tbody = h("tbody", {}, columnDetail(store), buildRows(view));
  view.table = h("table", { role: "grid", "aria-label": label }, h("colgroup", {}, rowColumn, view.columns));
  view.table.append(buildHead(view), view.tbody);
  view.heads = [.../** @type {NodeListOf<HTMLElement>} */ (view.table.querySelectorAll(".b2b-col"))];
  collectPlaces(view);
  listenToGrid(view);
}

/** @param {View} view */
function buildRows(view) {
  const { store } = view;
  view.lines = view.rows.map((row, r) => {
    const cells = store.face.columns.map((column, c) => buildCell(view, row, column, { r, c }));
    return h("tr", { role: "row" }, buildRowHead(view, row, r), cells);
  });
  return view.lines.flatMap((line, r) => {
    const detail = rowDetail(store, view.rows[r]);
    line.classList.toggle("is-open", detail !== null);
    const other = hasOther(store, view.rows[r]) ? otherOf(store) : null;
    return [line, ...(other ? otherRow(view, other, line, r) : []), detail];
  });
}

/**
 * Under a row the other window's answer to it, and what tells the two apart; unless columns do, each row is chosen.
 * @param {View} view
 * @param {Value} other
 * @param {HTMLElement} line
 * @param {number} r
 */
function otherRow(view, other, line, r) {
  const { store } = view;
  const row = view.rows[r];
  line.classList.add("has-other");
  line.firstElementChild?.append(h("small", { class: "b2b-when", "aria-hidden": "true" }, store.offer.now));
  const name = formOf(store).rows ? other.rows?.[row.id] : "";
  const head = h("th", { class: "b2b-row" }, h("small", { class: "b2b-when" }, store.offer.then));
  if (name) head.prepend(h("span", { class: "b2b-name" }, nameOfChoice(store, "rows", name)));
  const cells = store.face.columns.map((column, c) => otherCell(view, other, row, column, c));
  // For ears the sentence below says it all.
  const shown = h("tr", { class: "b2b-other", "aria-hidden": "true" }, head, cells);
  return [shown, detailRow(store, choiceIn(view, other, row, r))];
}

/**
 * @param {View} view
 * @param {Value} other
 * @param {Row} row
 * @param {Column} column
 * @param {number} c
 */
function otherCell(view, other, row, column, c) {
  const { store } = view;
  const level = formOf(store).marks ? levelIn(other, row, column) : 0;
  const cell = h("td", { class: endsGroup(view, c) ? "ends-group" : "" }, level ? mark(markOf(level)) : null);
  const paint = () => cell.classList.toggle("differs", level > 0 && level !== levelAt(store, row, column));
  view.others.push(paint);
  paint();
  return cell;
}

/**
 * @param {View} view
 * @param {Value} other
 * @param {Row} row
 * @param {number} r
 */
function choiceIn(view, other, row, r) {
  const { store } = view;
  const { words, offer } = store;
  const { onlyNow, onlyThen } = twiceIn(store, row, other) ?? { onlyNow: [], onlyThen: [] };
  const names = (/** @type {[string, string][]} */ parts) => parts.map(([, name]) => name).join(", ");
  const said = [
    words.twice_here,
    onlyNow.length ? fill(words.only_now, { names: names(onlyNow) }) : "",
    fill(words.only_then, { names: names(onlyThen) }),
  ].join(" ");
  if (columnsTwice(store, other).length) return h("div", { class: "b2b-lines is-calm" }, h("p", {}, said));
  const settle = (/** @type {string | undefined} */ choice) => {
    const sentence = fill(words.chose, { name: calledOf(store, "rows", row), choice });
    const beside = { r, c: view.pos?.c ?? 0 };
    if (standsAt(view, beside.r, beside.c)) setTabStop(view, beside);
    store.settlePart(keyOf("rows", row), sentence);
  };
  /** @type {(does: (store: Store, row: Row) => void, choice: string | undefined) => () => void} */
  const act = (does, choice) => () => {
    does(store, row);
    settle(choice);
  };
  const isNamed = formOf(store).rows && other.rows?.[row.id] !== store.value.rows?.[row.id];
  const both = formOf(store).marks && !isNamed && bothMarks(store, row) ? act(takeBoth, words.mark_both) : null;
  return choiceOf(store, calledOf(store, "rows", row), said, {
    leave: () => settle(offer.leave),
    take: act(takeRow, offer.put_back),
    both,
  });
}

/** @param {View} view */
function collectPlaces(view) {
  const nodes = /** @type {NodeListOf<GridNode>} */ (view.table.querySelectorAll("[data-at]"));
  view.places = new Map([...nodes].map((node) => [node.dataset.at ?? "", node]));
  const first = { cells: [0, 0], left: [0, -1], right: [-1, 0], both: [0, -1] }[view.store.face.form] ?? [0, 0];
  const pos = view.pos ?? { r: first[0], c: first[1] };
  view.pos = standsAt(view, pos.r, pos.c) ? pos : { r: Math.max(0, Math.min(pos.r, view.rows.length - 1)), c: 0 };
  setTabStop(view, view.pos);
}

/** @param {View} view */
function paint(view) {
  for (const node of view.places.values()) node.b2bPaint?.();
  for (const paintOther of view.others) paintOther();
}

/**
 * Which rows have two answers, and what of them is told: while that stays, only cells are painted.
 * @param {View} view
 */
function shape({ store }) {
  const other = otherOf(store);
  if (!other) return "";
  const told = store.face.rows.map((row) => hasOther(store, row) && twiceIn(store, row, other));
  return [store.offer.id, told, columnsTwice(store, other).length > 0];
}

export default exercise({
  name: "matrix",
  placesRecord: true,
  begin,
  build,
  shape,
  paint,
  layout,
  settle: trackScroll,
  legend,
  progress,
  firstToFix,
  canFilter,
  twice,
});
