import {
  exercise,
  fill,
  h,
  icon,
  inWon,
  isToFix,
  keepRoles,
  lines,
  mark,
  otherOf,
  otherwise,
  PART,
  redraws,
  setAttribute,
  targetOf,
  widest,
} from "./common.js";

/**
 * Allocations: a table of data with ticks or numbers to fill in, totals that run along beside their limits,
 * and for jobs one line, on which accepted jobs stand in a sequence that is changed by buttons or dragging.
 * In order: numbers; what the state means; filling in; the line; drawing; the kind.
 */

const FAR = 5; // px that a pointer moves before a press becomes a drag
const WIDEST = 900; // px
const LEAST = 680; // px; a table of few columns still carries its title, its buttons and the line
const SMALL = 600; // px of room below which a job takes two lines
const COLUMN = 96; // px of a column where there is room
const PAD = 14; // px beside a number
const HUGE = 1e15; // no number of an answer reaches it
const PAUSE = 600; // ms without a key: what was typed is finished
const NAME = 120; // px that a name needs at least beside its numbers
const BOX = { number: 64, tick: 26 }; // px; what is filled in

// ---------------------------------------------------------------- numbers

/**
 * @import { AllocationFace, Legend, Named, Outcomes, Patch, Value, Words } from "./shared/types.d.ts"
 * @import { Status, Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 */

/** @typedef {Named} Row */
/** @typedef {AllocationFace["columns"][number]} Column */
/** @typedef {AllocationFace["fields"][number]} Field */
/** @typedef {AllocationFace["limits"][number]} Limit */
/** @typedef {{ text: string, told: boolean }} Misfit */
/** @typedef {AnyStore & { face: AllocationFace, misfits?: Map<string, Misfit> }} Store */
/** @typedef {{ job: string, start: number, finish: number, due: number, late: boolean }} Timed a job of the line, and when it is made */
/**
 * @typedef {{ values: number[], expected: number, low: number, high: number, losses: number,
 *   left: { row: Row, worth: number } | null }} Spread
 */
/**
 * A number to fill in: what it shows, what is kept of what was typed, what fits, how that is put, what is said of the
 * rest; and on the page its field, the place below it, and how things stood before this typing.
 * @typedef {{ at: string, step: number, least: number, most: number, read(): number | null,
 *   kept(number: number | null): number | null, fits(number: number | null): boolean, patch(number: number | null): Patch,
 *   advice: string, before?: { number: number | null, steps: number } }} Entry
 */
/** @typedef {Entry & { box: HTMLInputElement, said: HTMLElement }} NumberField */
/**
 * @typedef {AnyView & { store: Store, painted: (() => void)[], drags?: boolean,
 *   held: { job: string, from: number, to: number | null, y: number } | null }} View
 */

/**
 * Sums of tenths are not what they seem: nine places are more than any author writes.
 * @param {number} number
 */
const exact = (number) => Math.round(number * 1e9) / 1e9;

/**
 * A number as a reader writes it.
 * @param {number} number
 */
function plain(number) {
  return exact(number).toLocaleString("en-US", { maximumFractionDigits: 9 }).replace("-", "−");
}

/**
 * 3명, 2,800만 원, 1 week, 5 weeks: an English unit may hold both forms, "week|weeks".
 * @param {Store} store
 * @param {number} number
 * @param {string} unit
 */
function withUnit(store, number, unit) {
  const [one, many = one] = unit.split("|");
  const said = Math.abs(exact(number)) === 1 ? one : many;
  if (store.face.lang === "ko" && inWon(number, unit)) return inWon(number, unit);
  const tight = store.face.lang === "ko" || said === "%" || !said;
  return `${plain(number)}${tight ? "" : " "}${said}`;
}

/**
 * A number whose unit follows later: "2 to 5 weeks". Korean money is said in full each time.
 * @param {Store} store
 * @param {number} number
 * @param {string} unit
 */
const bare = (store, number, unit) => (store.face.lang === "ko" && inWon(number, unit)) || plain(number);

/** @param {string} unit */
const unitOf = (unit) => unit.slice(unit.lastIndexOf("|") + 1);

// ---------------------------------------------------------------- what the state means

/** @param {Store} store */
const isLine = (store) => Boolean(store.face.line);
/**
 * @param {Store} store
 * @param {string} id
 */
const rowOf = (store, id) => /** @type {Row} */ (store.face.rows.find((row) => row.id === id));
/** @param {Field} field */
const isTick = (field) => field.min === 0 && field.step === 1 && Object.values(field.max).every((max) => max === 1);
/**
 * @param {Store} store
 * @param {Row} row
 * @param {Field} field
 */
const numberAt = (store, row, field) => Number(store.seen.numbers?.[row.id]?.[field.id]) || 0;

/**
 * What the other window has put into a cell, where the present answer has something else; else 0.
 * @param {Store} store
 * @param {Row} row
 * @param {Field} field
 * @param {Value | null} [other]
 */
function otherNumber(store, row, field, other = otherOf(store)) {
  const [now, then] = [store.value, other].map((value) => Number(value?.numbers?.[row.id]?.[field.id]) || 0);
  return then !== now ? then : 0;
}

/**
 * The other window's line, where it is another one; else none.
 * @param {Store} store
 * @param {Value | null} [other]
 */
function otherLine(store, other = otherOf(store)) {
  const [now, then] = [store.value, other ?? {}].map((value) => orderOf(store, value));
  return now.join() === then.join() ? [] : then;
}

/**
 * The sum that the other window has entered, where the present one is another; else null.
 * @param {Store} store
 * @param {Value | null} [other]
 */
function otherSum(store, other = otherOf(store)) {
  const sum = other?.worth ?? null;
  return sum !== (store.value.worth ?? null) ? sum : null;
}

/**
 * @param {Store} store
 * @param {Value} other
 */
function twice(store, other) {
  const { face, words } = store;
  const rows = face.rows.filter((row) => face.fields.some((field) => otherNumber(store, row, field, other)));
  const line = otherLine(store, other).length ? [words.line] : [];
  const sum = face.ask && otherSum(store, other) !== null ? [face.ask] : [];
  return { parts: [...rows.map(({ name }) => name), ...line, ...sum] };
}

/**
 * A place for what the other window has here; empty and hidden where there is nothing.
 * @param {View} view
 * @param {() => string} read
 */
function othersHere(view, read) {
  const { store } = view;
  const box = h("span", { class: "b2b-others", hidden: true });
  const paintIt = () => {
    const said = read();
    box.hidden = !said;
    if (redraws(box, `${store.offer.then}|${said}`)) box.replaceChildren(...(said ? [otherwise(store, said)] : []));
  };
  view.painted.push(paintIt);
  return box;
}

/**
 * The jobs on the line, first one first; a job stands there once.
 * @param {Store} store
 * @param {Value} [value]
 * @returns {string[]}
 */
function orderOf(store, value = store.seen) {
  const known = new Set(store.face.rows.map((row) => row.id));
  const slots = store.face.rows.map((_, n) => value.order?.[n + 1]);
  return slots.filter((job) => known.delete(job));
}

/**
 * The order as it is drawn: with the job in hand where it would go.
 * @param {View} view
 */
function shownOrder(view) {
  const order = orderOf(view.store);
  const { held } = view;
  return held?.to == null ? order : movedTo(order, held.job, held.to);
}

/**
 * @param {string[]} order
 * @param {string} job
 * @param {number} to
 */
function movedTo(order, job, to) {
  const rest = order.filter((other) => other !== job);
  return [...rest.slice(0, to), job, ...rest.slice(to)];
}

/**
 * What one row counts in a total: its amounts, or 1 for a job that was accepted.
 * @param {Store} store
 * @param {Row} row
 * @returns {{ [field: string]: number }}
 */
function amountsOf(store, row) {
  if (isLine(store)) return { accepted: orderOf(store).includes(row.id) ? 1 : 0 };
  return Object.fromEntries(store.face.fields.map((field) => [field.id, numberAt(store, row, field)]));
}

/**
 * @param {Store} store
 * @param {Limit} limit
 */
function usedOf(store, limit) {
  const each = store.face.rows.flatMap((row) =>
    Object.entries(amountsOf(store, row)).map(([field, number]) => number * (limit.uses[row.id]?.[field] ?? 0)),
  );
  return exact(each.reduce((sum, part) => sum + part, 0));
}

/**
 * How a total stands: broken or not, and in words.
 * @param {Store} store
 * @param {Limit} limit
 * @returns {{ used: number, broken?: boolean, text: string }}
 */
function standOf(store, limit) {
  const { words } = store;
  const used = usedOf(store, limit);
  const said = (/** @type {string} */ template, /** @type {number} */ gap) =>
    fill(template, { gap: withUnit(store, exact(gap), limit.unit) });
  if (limit.most != null && used > limit.most) return { used, broken: true, text: said(words.over, used - limit.most) };
  if (limit.least != null && used < limit.least) {
    return { used, broken: true, text: said(words.short, limit.least - used) };
  }
  if (limit.most == null || used === limit.most) return { used, text: used ? words.just_fits : "" };
  return { used, text: said(words.room_left, limit.most - used) };
}

/**
 * @param {Store} store
 * @param {string} id
 */
const columnOf = (store, id) => /** @type {Column} */ (store.face.columns.find((column) => column.id === id));

/**
 * What the columns of an item with a line are called.
 * @param {Store} store
 */
const lineOf = (store) => /** @type {{ lead: string, due: string }} */ (store.face.line);

/**
 * When each job of an order starts and ends, and how that stands against its due date.
 * @param {Store} store
 * @param {string[]} order
 * @returns {Timed[]}
 */
function clockOf(store, order) {
  const { lead, due } = lineOf(store);
  const [leads, dues] = [columnOf(store, lead).values, columnOf(store, due).values];
  let clock = 0;
  return order.map((job) => {
    const start = clock;
    clock = exact(clock + leads[job]);
    return { job, start, finish: clock, due: dues[job], late: clock > dues[job] };
  });
}

/**
 * "2일 여유", "3 days late".
 * @param {Store} store
 * @param {Timed} entry
 */
function timeWord(store, { finish, due, late }) {
  const { words } = store;
  if (finish === due) return words.on_the_day;
  const gap = withUnit(store, Math.abs(exact(due - finish)), columnOf(store, lineOf(store).lead).unit);
  return fill(late ? words.late : words.in_time, { gap });
}

/**
 * How many rows got something.
 * @param {Store} store
 * @param {Value} [value]
 */
function countChosen(store, value = store.value) {
  if (isLine(store)) return orderOf(store, value).length;
  const cells = store.face.rows.map((row) => Object.values(value.numbers?.[row.id] ?? {}));
  return cells.filter((numbers) => numbers.some(Boolean)).length;
}

// ---------------------------------------------------------------- what may come of it

/**
 * The futures of an item that shows them.
 * @param {Store} store
 */
const outcomesOf = (store) => /** @type {Outcomes} */ (store.face.outcomes);

/**
 * @param {string} when
 * @returns {number[]}
 */
const bitsOf = (when) => [...when].flatMap((digit) => [8, 4, 2, 1].map((bit) => (parseInt(digit, 16) & bit ? 1 : 0)));

/**
 * What the plan brings in every future, the least first: the sums that items/allocation/outcomes.py makes.
 * @param {Store} store
 */
function futuresOf(store) {
  const { rows } = store.face;
  const outcomes = outcomesOf(store);
  const found = new Array(outcomes.futures).fill(0);
  rows.forEach((row) => {
    Object.entries(amountsOf(store, row)).forEach(([field, number]) => {
      if (!number) return;
      const sure = outcomes.sure[row.id][field] * number;
      const chances = outcomes.chances[row.id].filter((chance) => chance.field === field);
      const bits = chances.map((chance) => bitsOf(chance.when));
      found.forEach((_, at) => {
        found[at] += sure + chances.reduce((sum, { amount }, n) => sum + bits[n][at] * amount * number, 0);
      });
    });
  });
  return found.map(exact).sort((a, b) => a - b);
}

/**
 * Expected value, where eight of ten futures lie, how many lie below zero, and the best of what is left out.
 * @param {Store} store
 * @returns {Spread}
 */
function spreadOf(store) {
  const { rows } = store.face;
  const outcomes = outcomesOf(store);
  const values = futuresOf(store);
  const tenth = values.length / 10;
  const worthOf = (/** @type {Row} */ row) => Math.max(...Object.values(outcomes.expected[row.id]));
  const isLeft = (/** @type {Row} */ row) => !Object.values(amountsOf(store, row)).some(Boolean);
  const left = rows
    .filter((row) => isLeft(row) && worthOf(row) > 0)
    .map((row) => ({ row, worth: worthOf(row) }))
    .sort((a, b) => b.worth - a.worth);
  const sums = rows.flatMap((row) =>
    Object.entries(amountsOf(store, row)).map(([field, number]) => outcomes.expected[row.id][field] * number),
  );
  return {
    values,
    expected: exact(sums.reduce((sum, part) => sum + part, 0)),
    low: values[tenth],
    high: values[values.length - 1 - tenth],
    losses: values.filter((value) => value < 0).length,
    left: left[0] ?? null,
  };
}

/**
 * From the worst to the best that any choice could bring: the same scale for every plan.
 * @param {Store} store
 */
function scaleOf(store) {
  const { rows, fields } = store.face;
  const outcomes = outcomesOf(store);
  const ends = rows.flatMap((row) =>
    fields.map(({ id, max }) => {
      const sure = outcomes.sure[row.id][id];
      const more = outcomes.chances[row.id].filter((chance) => chance.field === id).map(({ amount }) => amount);
      const all = [sure, ...more];
      const least = all.filter((part) => part < 0).reduce((sum, part) => sum + part, 0);
      return [
        least * max[row.id],
        Math.max(
          0,
          all.reduce((sum, part) => sum + part, 0),
        ) * max[row.id],
      ];
    }),
  );
  return [0, 1].map((end) => ends.reduce((sum, pair) => sum + pair[end], 0));
}

/**
 * @param {Store} store
 * @param {string} id
 */
const partOf = (store, id) => store.feedback?.parts?.[id];

// ---------------------------------------------------------------- filling in

/**
 * What stands in a number field and is no answer, by the field's place: {text, told}. It belongs to the screen
 * alone: the answer keeps the number before it. It is told once the typing pauses, since "1," may become "1,250".
 * @param {Store} store
 */
const misfitsOf = (store) => (store.misfits ??= new Map());

/**
 * A number as a person writes it, in full width too: null for an empty text, NaN where it is none.
 * @param {string} text
 */
function numberIn(text) {
  const plainText = text.normalize("NFKC").replace("\u2212", "-").trim();
  if (!plainText) return null;
  const isNumber = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/.test(plainText);
  return isNumber ? Number(plainText.replaceAll(",", "")) : NaN;
}

/**
 * One cell of the table as a field: what it shows, what fits, how that is put, and what to say of the rest.
 * @param {Store} store
 * @param {Row} row
 * @param {Field} field
 * @returns {Entry}
 */
function cellEntry(store, row, field) {
  const { words } = store;
  const most = field.max[row.id];
  const steps = (/** @type {number} */ number) => (number - field.min) / field.step;
  const template = field.step === 1 ? words.bad_number : words.bad_step;
  return {
    at: `${row.id}/${field.id}`,
    step: field.step,
    least: field.min,
    most,
    read: () => numberAt(store, row, field) || null,
    kept: (number) => number || null,
    fits: (n) => !n || (n >= field.min && n <= most && Math.abs(steps(n) - Math.round(steps(n))) < 1e-9),
    patch: (number) => ({ numbers: { [row.id]: { [field.id]: number } } }),
    advice: fill(template, { least: plain(field.min), most: plain(most), step: plain(field.step) }),
  };
}

/**
 * @param {Store} store
 * @returns {Entry}
 */
function sumEntry(store) {
  return {
    at: "worth",
    step: 1,
    least: -HUGE,
    most: HUGE,
    read: () => store.seen.worth ?? null,
    kept: (number) => number,
    fits: (number) => Math.abs(number ?? 0) < HUGE,
    patch: (number) => ({ worth: number }),
    advice: store.words.bad_sum,
  };
}

/**
 * What is typed is kept if it fits; else the number from before this typing stays, and the text on the screen.
 * @param {View} view
 * @param {NumberField} entry
 */
function enter(view, entry) {
  const { store } = view;
  const { at, box } = entry;
  const number = numberIn(box.value);
  if (!store.held || !entry.before) entry.before = { number: entry.read(), steps: store.past.length };
  if (!Number.isNaN(number) && entry.fits(number)) {
    misfitsOf(store).delete(at);
    if (entry.kept(number) === entry.read()) store.heal();
    else store.change(entry.patch(entry.kept(number)), at);
    return;
  }
  const misfit = { text: box.value, told: misfitsOf(store).get(at)?.told ?? false };
  misfitsOf(store).set(at, misfit);
  takeBack(store, entry);
  setTimeout(() => misfitsOf(store).get(at) === misfit && tellOf(store, misfit), PAUSE);
  store.tell();
}

/**
 * The beginning of what does not fit was entered as a number: that goes again.
 * @param {Store} store
 * @param {NumberField} entry
 */
function takeBack(store, { at, before, read, patch }) {
  if (!before || read() === before.number) return;
  if (store.past.length > before.steps) {
    store.undo();
    store.say("");
  } else {
    store.change(patch(before.number), at);
    store.release();
  }
}

/**
 * @param {Store} store
 * @param {Misfit | undefined} misfit
 */
function tellOf(store, misfit) {
  if (misfit) misfit.told = true;
  unsay(store);
  store.tell();
}

/**
 * Where a number on the screen is not saved, «saved» is not said.
 * @param {Store} store
 */
function unsay(store) {
  const misfits = [...misfitsOf(store).values()];
  const { kind, at } = store.status;
  if (!misfits.length || (kind !== "saved" && kind !== "pending")) return;
  const isTold = misfits.some(({ told }) => told);
  store.status = isTold ? { kind: "failed", text: store.words.number_not_saved, own: true } : { kind: "pending", at };
}

/**
 * Up and down go one step, as in the browser's own number fields.
 * @param {View} view
 * @param {NumberField} entry
 * @param {KeyboardEvent} event
 */
function stepBy(view, entry, event) {
  const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
  const number = numberIn(entry.box.value);
  if (!by || event.isComposing || Number.isNaN(number)) return;
  event.preventDefault();
  const next = exact((number ?? 0) + by * entry.step);
  entry.box.value = String(Math.max(entry.least, Math.min(entry.most, next)));
  enter(view, entry);
}

/**
 * Puts a new order on the line: only the places that change.
 * @param {Store} store
 * @param {string[]} next
 */
function reorder(store, next) {
  const now = store.value.order ?? {};
  /** @type {{ [place: string]: string | null }} */
  const order = {};
  store.face.rows.forEach((_, n) => {
    const job = next[n] ?? null;
    if ((now[n + 1] ?? null) !== job) order[n + 1] = job;
  });
  if (Object.keys(order).length) store.change({ order });
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {boolean} isIn
 */
function accept(view, row, isIn) {
  const { store } = view;
  const order = orderOf(store).filter((job) => job !== row.id);
  reorder(store, isIn ? [...order, row.id] : order);
  const { took, left } = store.words;
  store.say(fill(isIn ? took : left, { name: row.name, n: order.length + 1 }));
}

/**
 * @param {View} view
 * @param {string} job
 * @param {number} to
 */
function move(view, job, to) {
  const { store } = view;
  const order = orderOf(store);
  if (to < 0 || to >= order.length) return;
  reorder(store, movedTo(order, job, to));
  sayPlace(store, job);
}

/**
 * @param {Store} store
 * @param {string} job
 */
function sayPlace(store, job) {
  const order = orderOf(store);
  const at = order.indexOf(job);
  const said = timeWord(store, clockOf(store, order)[at]);
  store.say(fill(store.words.moved, { name: rowOf(store, job).name, n: at + 1, said }));
}

// ---------------------------------------------------------------- dragging on the line

/**
 * A press on a job of the line; once the pointer has moved the job is in hand.
 * @param {View} view
 * @param {PointerEvent} event
 * @param {string} job
 */
function press(view, event, job) {
  if (event.button || !view.store.editing || targetOf(event).closest("button")) return;
  event.preventDefault(); // no text is marked along the way
  const from = orderOf(view.store).indexOf(job);
  view.held = { job, from, to: null, y: event.clientY };
  view.body.setPointerCapture(event.pointerId); // the body stays while the line is drawn anew
}

/**
 * @param {View} view
 * @param {PointerEvent} event
 */
function drag(view, event) {
  const { held } = view;
  if (!held || (held.to === null && Math.abs(event.clientY - held.y) < FAR)) return;
  const to = placeUnder(view, event.clientY);
  if (to === held.to) return;
  held.to = to;
  view.update();
}

/**
 * The place of the line at a height; the rows are equally high.
 * @param {View} view
 * @param {number} y
 */
function placeUnder(view, y) {
  const items = [...view.body.querySelectorAll(".b2b-job")];
  const { top } = items[0].getBoundingClientRect();
  const { bottom } = items[items.length - 1].getBoundingClientRect();
  const at = Math.floor(((y - top) / (bottom - top)) * items.length);
  return Math.max(0, Math.min(items.length - 1, at));
}

/**
 * @param {View} view
 * @param {boolean} keep
 */
function drop(view, keep) {
  const { held } = view;
  if (!held) return;
  view.held = null;
  if (keep && held.to !== null && held.to !== held.from) move(view, held.job, held.to);
  else view.update();
}

/** @param {View} view */
function listenToLine(view) {
  if (view.drags) return;
  view.drags = true;
  view.root.addEventListener("pointermove", (event) => drag(view, event));
  view.root.addEventListener("pointerup", () => drop(view, true));
  view.root.addEventListener("pointercancel", () => drop(view, false));
  view.root.addEventListener("keydown", (event) => event.key === "Escape" && drop(view, false));
}

// ---------------------------------------------------------------- drawing the table

/** @param {View} view */
function buildTable(view) {
  const { store } = view;
  const { face, words } = store;
  const given = face.columns.map((column) => headOf(column.name, column.unit));
  const own = isLine(store) ? [headOf(words.accept, "")] : face.fields.map((field) => headOf(field.name, field.unit));
  own.forEach((head) => head.classList.add("is-own"));
  const head = h("tr", {}, h("th", { scope: "col", class: "b2b-first" }, face.row_head), given, own);
  const rows = face.rows.flatMap((row) => buildRow(view, row));
  const label = fill(words.table, { title: face.title });
  const table = h("table", { class: "b2b-data", "aria-label": label }, h("thead", {}, head), h("tbody", {}, rows));
  keepRoles(table);
  return h("div", { class: "b2b-scroll" }, table);
}

/**
 * A column's name, and under it its unit; a share says so in each of its cells.
 * @param {string} name
 * @param {string} unit
 */
function headOf(name, unit) {
  const under = unit && unit !== "%" ? h("span", { class: "b2b-unit" }, unitOf(unit)) : null;
  return h("th", { scope: "col" }, h("span", {}, name), under && " ", under);
}

/**
 * @param {View} view
 * @param {Row} row
 */
function buildRow(view, row) {
  const { store } = view;
  const given = store.face.columns.map((column) => {
    const text = plain(column.values[row.id]) + (column.unit === "%" ? "%" : "");
    return h("td", { "data-label": column.name, "data-unit": column.unit === "%" ? "" : unitOf(column.unit) }, text);
  });
  const own = isLine(store) ? [acceptCell(view, row)] : store.face.fields.map((field) => fieldCell(view, row, field));
  const line = h(
    "tr",
    {},
    h("th", { scope: "row", class: "b2b-first" }, row.name),
    given,
    own.map(({ cell }) => cell),
  );
  const paintIt = () => line.classList.toggle("is-chosen", Object.values(amountsOf(store, row)).some(Boolean));
  view.painted.push(paintIt);
  return [line, ...own.flatMap(({ said }) => said ?? []).map((said) => misfitRow(given.length + own.length, said))];
}

/**
 * Under a row, what is said of a number in it that does not fit.
 * @param {number} span
 * @param {HTMLElement} said
 */
const misfitRow = (span, said) =>
  h("tr", { class: "b2b-misfit-row", hidden: true }, h("td", { colspan: span + 1 }, said));

/**
 * @param {Store} store
 * @param {Row} row
 * @param {string} field
 */
const cellName = (store, row, field) => fill(store.words.cell, { row: row.name, field });

/**
 * @param {View} view
 * @param {Row} row
 * @param {Field} field
 */
function fieldCell(view, row, field) {
  const { store } = view;
  const cell = h("td", { class: "b2b-own", "data-label": field.name });
  /** @type {HTMLElement | null} */
  let below = null; // what is said of a number that does not fit
  const read = () => numberAt(store, row, field);
  if (!store.editing) cell.append(...settled(store, isTick(field), read()));
  else if (isTick(field)) {
    const put = (/** @type {boolean} */ isIn) =>
      store.change({ numbers: { [row.id]: { [field.id]: isIn ? 1 : null } } });
    cell.append(tickBox(view, `${row.id}/${field.id}`, cellName(store, row, field.name), read, put));
  } else {
    const { box, said } = numberBox(view, cellEntry(store, row, field), cellName(store, row, field.name));
    cell.append(box);
    below = said;
  }
  const ticked = isTick(field) ? store.words.chosen : "";
  const others = () => otherNumber(store, row, field);
  if (store.editing) cell.append(othersHere(view, () => (others() ? ticked || plain(others()) : "")));
  return { cell, said: below };
}

/**
 * @param {View} view
 * @param {Row} row
 */
function acceptCell(view, row) {
  const { store } = view;
  const cell = h("td", { class: "b2b-own", "data-label": store.words.accept });
  const read = () => orderOf(store).includes(row.id);
  if (!store.editing) cell.append(...settled(store, true, read()));
  else {
    const name = cellName(store, row, store.words.accept);
    cell.append(tickBox(view, `${row.id}/accept`, name, read, (isIn) => accept(view, row, isIn)));
  }
  return { cell, said: null };
}

/**
 * What was filled in, once it is judged: no control that looks as if it could still be used.
 * @param {Store} store
 * @param {boolean} isTicked
 * @param {number | boolean} number
 */
function settled(store, isTicked, number) {
  if (!isTicked) return [plain(Number(number))];
  const word = number ? store.words.chosen : store.words.left_out;
  return [...(number ? [mark("main")] : []), h("span", { class: "b2b-unseen" }, word)];
}

/**
 * @param {View} view
 * @param {string} at
 * @param {string} name
 * @param {() => string | number | boolean} read
 * @param {(isIn: boolean) => void} put
 */
function tickBox(view, at, name, read, put) {
  const box = h("input", { type: "checkbox", "data-at": at, "aria-label": name });
  box.addEventListener("change", () => put(box.checked));
  const paintIt = () => (box.checked = Boolean(read()));
  view.painted.push(paintIt);
  return h("label", { class: "b2b-tick" }, box);
}

/**
 * A field for a number, and what is said below it; the browser's own kind swallows what it does not understand.
 * @param {View} view
 * @param {Entry} entry
 * @param {string} [name] for ears, where no label stands beside it
 */
function numberBox(view, entry, name) {
  const { store } = view;
  const id = `b2b-misfit-${view.uid}-${entry.at}`;
  const label = name ? { "aria-label": name } : {};
  const box = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", "data-at": entry.at, ...label });
  const said = h("span", { class: "b2b-misfit", id, role: "alert" });
  const field = Object.assign(entry, { box, said });
  box.addEventListener("input", () => enter(view, field));
  box.addEventListener("blur", () => tellOf(store, misfitsOf(store).get(entry.at)));
  box.addEventListener("keydown", (event) => {
    stepBy(view, field, event);
    if (event.key === "Enter" && !event.isComposing) tellOf(store, misfitsOf(store).get(entry.at));
  });
  view.painted.push(() => paintNumber(store, field));
  return field;
}

/**
 * What is being typed is left alone while it means the same.
 * @param {Store} store
 * @param {NumberField} entry
 */
function paintNumber(store, { at, box, said, read, kept, advice }) {
  const misfit = misfitsOf(store).get(at);
  const number = read();
  const isTyping = document.activeElement === box;
  const shown = misfit?.text ?? (isTyping && kept(numberIn(box.value)) === number ? box.value : String(number ?? ""));
  if (box.value !== shown) box.value = shown;
  setAttribute(box, "aria-invalid", misfit?.told && "true");
  setAttribute(box, "aria-describedby", misfit?.told && said.id);
  const text = misfit?.told ? `${advice} ${keptOf(store, number)}`.trim() : "";
  if (said.textContent !== text) said.textContent = text;
  (said.closest("tr") ?? said).hidden = !text;
}

/**
 * What the answer holds instead, once that is sure.
 * @param {Store} store
 * @param {number | null} number
 */
function keptOf(store, number) {
  const { words } = store;
  if (store.mode === "preview" || store.unsaved.size) return "";
  return number === null ? words.kept_none : fill(words.kept, { number: plain(number) });
}

// ---------------------------------------------------------------- drawing totals, the line, the sum

/** @param {View} view */
function buildTotals(view) {
  const { store } = view;
  if (!store.face.limits.length) return null;
  const rows = store.face.limits.map((limit) => buildTotal(view, limit));
  return h("table", { class: "b2b-totals", "aria-label": store.words.totals }, h("tbody", {}, rows));
}

/**
 * A limit: its name, a bar, the total beside it, and in words what is left or too much.
 * @param {View} view
 * @param {Limit} limit
 */
function buildTotal(view, limit) {
  const { store } = view;
  const bar = h("i", {});
  const number = h("td", { class: "b2b-number" });
  const said = h("span", {});
  const sign = h("span", { class: "b2b-sign" });
  const name = h("th", { scope: "row" }, limit.name);
  const meter = h("td", { class: "b2b-meter", "aria-hidden": "true" }, h("span", {}, bar));
  const line = h("tr", {}, name, meter, number, h("td", { class: "b2b-said" }, sign, said));
  const paintIt = () => {
    const { used, broken, text } = standOf(store, limit);
    const bound = limit.most ?? limit.least ?? 0;
    line.classList.toggle("is-broken", Boolean(broken));
    number.textContent = fill(store.words.limit_of, {
      used: bare(store, used, limit.unit),
      limit: withUnit(store, bound, limit.unit),
    });
    bar.style.width = `${Math.max(0, Math.min(100, (100 * used) / (bound || 1)))}%`;
    said.textContent = text;
    sign.replaceChildren(...signOf(store, `limit/${limit.id}`));
  };
  view.painted.push(paintIt);
  return line;
}

/**
 * For ears, the limits that are broken and what may be expected: they change while the focus is elsewhere.
 * @param {View} view
 */
function buildHeard(view) {
  const { store } = view;
  const heard = h("div", { class: "b2b-unseen", role: "status" });
  const paintIt = () => {
    const stands = store.face.limits.map((limit) => ({ name: limit.name, ...standOf(store, limit) }));
    const parts = stands.filter(({ broken }) => broken).map(({ name, text }) => `${name}: ${text}`);
    if (store.face.outcomes && countChosen(store, store.seen)) {
      parts.push(`${store.face.worth}: ${withUnit(store, spreadOf(store).expected, store.face.unit)}`);
    }
    const said = store.editing ? parts.join(". ") : "";
    if (heard.textContent !== said) heard.textContent = said;
  };
  view.painted.push(paintIt);
  return heard;
}

/**
 * After Check the verdict stands beside what it judges.
 * @param {Store} store
 * @param {string} id
 */
function signOf(store, id) {
  const state = store.phase === "checked" ? partOf(store, id)?.state : "";
  return state === "right" || state === "wrong" ? [mark(state)] : [];
}

/** @param {View} view */
function buildLine(view) {
  const { store } = view;
  const clock = clockOf(store, shownOrder(view));
  const dues = Object.values(columnOf(store, lineOf(store).due).values);
  const scale = Math.max(...dues, clock.at(-1)?.finish ?? 0);
  const jobs = clock.map((entry, at) => buildJob(view, entry, at, clock.length, scale));
  const head = h("div", { class: "b2b-line-head", id: `b2b-line-${view.uid}`, ...PART }, store.words.line);
  const empty = jobs.length ? null : h("p", { class: "b2b-line-empty" }, store.words.line_empty);
  const list = jobs.length ? h("ol", { class: "b2b-line", "aria-labelledby": `b2b-line-${view.uid}` }, jobs) : null;
  listenToLine(view);
  const names = () => otherLine(store).map((job) => rowOf(store, job).name);
  const others = othersHere(view, () => names().join(" · "));
  return h("div", { class: "b2b-line-part" }, head, empty, list, others);
}

/**
 * A job on the line: its number and name, when it is made, its due date, and in words how that stands.
 * @param {View} view
 * @param {Timed} entry
 * @param {number} at
 * @param {number} count
 * @param {number} scale
 */
function buildJob(view, entry, at, count, scale) {
  const { store } = view;
  const { job, start, finish, due, late } = entry;
  const unit = columnOf(store, lineOf(store).lead).unit;
  const { name } = rowOf(store, job);
  const times = { start: plain(start), finish: withUnit(store, finish, unit), due: withUnit(store, due, unit) };
  const item = h(
    "li",
    { class: `b2b-job${late ? " is-late" : ""}${view.held?.job === job && view.held.to !== null ? " is-held" : ""}` },
    h("span", { class: "b2b-grip", "aria-hidden": "true" }, store.editing ? icon("grip") : null),
    h("span", { class: "b2b-place", "aria-hidden": "true" }, at + 1),
    h("span", { class: "b2b-job-name" }, name),
    jobBar(entry, scale),
    h("span", { class: "b2b-unseen" }, fill(store.words.starts, times)),
    h("span", { class: "b2b-job-time", "aria-hidden": "true" }, `${plain(finish)} / ${times.due}`),
    h("span", { class: "b2b-job-said" }, signOf(store, `job/${job}`), h("span", {}, timeWord(store, entry))),
    store.editing ? moveButtons(view, job, name, at, count) : null,
  );
  item.addEventListener("pointerdown", (event) => press(view, event, job));
  return item;
}

/**
 * From start to finish on the line's days, what lies after the due date set apart, and the due date itself.
 * @param {Timed} entry
 * @param {number} scale
 */
function jobBar({ start, finish, due }, scale) {
  /** @type {(name: string, from: number, to: number) => HTMLElement} */
  const part = (name, from, to) =>
    h("i", { class: name, style: `left:${(100 * from) / scale}%;width:${(100 * Math.max(0, to - from)) / scale}%` });
  const cut = Math.max(start, Math.min(finish, due));
  const dueMark = h("i", { class: "is-due", style: `left:${(100 * due) / scale}%` });
  const parts = [part("is-making", start, cut), finish > cut ? part("is-over", cut, finish) : null, dueMark];
  return h("span", { class: "b2b-days", "aria-hidden": "true" }, parts);
}

/**
 * @param {View} view
 * @param {string} job
 * @param {string} name
 * @param {number} at
 * @param {number} count
 */
function moveButtons(view, job, name, at, count) {
  const { words } = view.store;
  /** @type {(kind: string, label: string, to: number, closed: boolean) => HTMLElement} */
  const button = (kind, label, to, closed) => {
    const made = h(
      "button",
      { type: "button", class: `b2b-move is-${kind}`, "data-at": `${job}/${kind}` },
      icon("down"),
    );
    made.setAttribute("aria-label", fill(label, { name }));
    setAttribute(made, "aria-disabled", closed && "true");
    made.addEventListener("click", () => closed || move(view, job, to));
    return made;
  };
  return h(
    "span",
    { class: "b2b-moves" },
    button("up", words.earlier, at - 1, at === 0),
    button("down", words.later, at + 1, at === count - 1),
  );
}

const BARS = 40; // of the drawn futures
const TALL = 56; // px of the highest bar

/**
 * A thousand futures of the plan: four numbers in words, and how they lie.
 * @param {View} view
 */
function buildOutcomes(view) {
  const { store } = view;
  const { words, face } = store;
  if (!face.outcomes) return null;
  const cells = [face.worth, words.eight_in_ten, words.below_zero, words.given_up].map((name) => {
    const told = h("td", {});
    return { told, row: h("tr", {}, h("th", { scope: "row" }, name), told) };
  });
  const label = fill(words.outcomes, { n: plain(face.outcomes.futures) });
  const table = h(
    "table",
    { "aria-label": label },
    h(
      "tbody",
      {},
      cells.map(({ row }) => row),
    ),
  );
  const bars = h("div", { class: "b2b-bars", "aria-hidden": "true" });
  const empty = h("p", { class: "b2b-line-empty" }, words.outcomes_empty);
  const shown = h("div", { class: "b2b-outcomes-body" }, table, bars);
  const box = h("div", { class: "b2b-outcomes" }, h("div", { class: "b2b-line-head", ...PART }, label), empty, shown);
  const paintIt = () => {
    const isEmpty = !face.rows.some((row) => Object.values(amountsOf(store, row)).some(Boolean));
    empty.hidden = !isEmpty;
    shown.hidden = isEmpty;
    if (isEmpty) return;
    const spread = spreadOf(store);
    saidOf(store, spread).forEach((text, n) => (cells[n].told.textContent = text));
    bars.replaceChildren(...barsOf(store, spread));
  };
  view.painted.push(paintIt);
  return box;
}

/**
 * @param {Store} store
 * @param {Spread} spread
 */
function saidOf(store, { expected, low, high, losses, left }) {
  const { words, face } = store;
  const given = left && { row: left.row.name, worth: withUnit(store, left.worth, face.unit) };
  return [
    withUnit(store, expected, face.unit),
    fill(words.from_to, { low: bare(store, low, face.unit), high: withUnit(store, high, face.unit) }),
    fill(words.times, { n: plain(losses) }),
    given ? fill(words.given_row, given) : words.none_left,
  ];
}

/**
 * The futures in equal steps of the scale, with zero and the expected value marked on it.
 * @param {Store} store
 * @param {Spread} spread
 */
function barsOf(store, { values, expected }) {
  const [low, high] = scaleOf(store);
  const at = (/** @type {number} */ value) => (100 * (value - low)) / (high - low);
  const counts = new Array(BARS).fill(0);
  values.forEach((value) => counts[Math.min(BARS - 1, Math.floor((at(value) * BARS) / 100))]++);
  const most = Math.max(...counts);
  /** @type {(count: number, n: number) => HTMLElement} */
  const bar = (count, n) => {
    const isLoss = low + ((n + 0.5) * (high - low)) / BARS < 0;
    const size = `left:${(100 * n) / BARS}%;width:${100 / BARS}%;height:${count ? Math.max(2, (TALL * count) / most) : 0}px`;
    return h("i", { class: isLoss ? "is-loss" : "", style: size });
  };
  /** @type {(value: number, name: string, text: string) => HTMLElement[]} */
  const sign = (value, name, text) => [
    h("i", { class: name, style: `left:${at(value)}%` }),
    h("span", { style: `left:${at(value)}%` }, text),
  ];
  const near = Math.abs(at(expected) - at(0)) < 8; // the two numbers would lie on each other
  return [...counts.map(bar), ...sign(0, "is-zero", near ? "" : "0"), ...sign(expected, "is-mean", plain(expected))];
}

/**
 * The question what the plan is worth.
 * @param {View} view
 */
function buildSum(view) {
  const { store } = view;
  const { face } = store;
  if (!face.ask) return null;
  const unit = h("span", { class: "b2b-sum-unit" }, unitOf(face.unit));
  const sign = h("span", { class: "b2b-sign" }, signOf(store, "worth"));
  if (!store.editing) {
    const own = store.seen.worth == null ? store.words.not_attempted : withUnit(store, store.seen.worth, face.unit);
    return h("p", { class: "b2b-sum" }, h("span", {}, face.ask), h("b", {}, own), sign);
  }
  const { box, said } = numberBox(view, sumEntry(store));
  const others = othersHere(view, () => (otherSum(store) === null ? "" : withUnit(store, otherSum(store), face.unit)));
  return [h("label", { class: "b2b-sum" }, h("span", {}, face.ask), box, unit), others, said];
}

/**
 * Every reason of the judged plan, below what it speaks of.
 * @param {View} view
 */
function buildReasons(view) {
  const { store } = view;
  if (store.editing || !store.feedback?.parts) return null;
  const parts = Object.entries(store.feedback.parts);
  const [first, rest] = [parts.filter(([id]) => id === "plan"), parts.filter(([id]) => id !== "plan")];
  const told = [...first, ...rest].flatMap(([, part]) => part.lines ?? []);
  const { read } = partOf(store, "plan") ?? {};
  const state = parts.some(([, part]) => isToFix(part.state)) ? "wrong" : "right";
  return h("div", { class: "b2b-reasons" }, lines(store, { lines: told, read }, state, store.words.not_attempted));
}

// ---------------------------------------------------------------- the kind

/**
 * As wide as the numbers need, with even columns where their heads allow it.
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  const { face, words } = view.store;
  const name = Math.min(
    200,
    widest(
      view,
      face.rows.map((row) => row.name),
      "700 14px",
    ) + 16,
  );
  const heads = [...face.columns.map((column) => column.name), ...ownHeads(face, words)];
  const width = Math.min(room, WIDEST, Math.max(LEAST, name + heads.length * COLUMN));
  const word = widest(
    view,
    heads.flatMap((head) => head.split(" ")),
    "400 13px",
  ); // heads break between words
  view.root.classList.toggle("is-even", Math.max(word, boxOf(face)) + PAD <= (width - name) / heads.length);
  view.root.classList.toggle("is-small", room < SMALL);
  view.root.classList.toggle("is-stacked", Math.min(name, NAME) + leastOf(view, heads) > room);
  view.root.style.setProperty("--b2b-name-w", `${name}px`);
  return { width, edge: width };
}

/** @param {View} view */
function paint(view) {
  for (const paintIt of view.painted) paintIt();
  unsay(view.store);
}

/**
 * The room that numbers need in columns: the longest word of each head and unit, or a number to fill in.
 * @param {View} view
 * @param {string[]} heads
 */
function leastOf(view, heads) {
  const { columns } = view.store.face;
  const box = boxOf(view.store.face);
  /** @type {(head: string, at: number) => string[]} */
  const words = (head, at) => `${head} ${unitOf(columns[at]?.unit ?? "")}`.split(" ");
  /** @type {(head: string, at: number) => number} */
  const least = (head, at) => Math.max(widest(view, words(head, at), "700 13px"), at < columns.length ? 0 : box);
  return heads.reduce((sum, head, at) => sum + least(head, at) + PAD, 0);
}

/** @param {AllocationFace} face */
const boxOf = (face) => (face.line || face.fields.every(isTick) ? BOX.tick : BOX.number);

/**
 * @param {AllocationFace} face
 * @param {Words} words
 */
const ownHeads = (face, words) => (face.line ? [words.accept] : face.fields.map((field) => field.name));

export default exercise({
  name: "allocation",
  begin: (view) => (view.held = null),
  /** @param {View} view */
  build(view) {
    view.painted = [];
    const { store } = view;
    const rule = h("p", { class: "b2b-rule" }, store.face.rule);
    const line = isLine(store) ? buildLine(view) : null;
    const told = [buildTotals(view), buildOutcomes(view), buildSum(view), buildReasons(view), buildHeard(view)].flat();
    const parts = [buildTable(view), rule, line, ...told];
    paint(view);
    return parts.filter((part) => part !== null);
  },
  /** The line is drawn anew with every change of its order; all else is painted. */
  shape: (view) => (isLine(view.store) ? [shownOrder(view), view.held?.to != null] : null),
  paint,
  layout,
  legend: (store) => ({ keys: isLine(store) && store.editing && countChosen(store) > 1 ? store.words.line_keys : "" }),
  /** @param {Store} store */
  progress(store) {
    const { words, face, value } = store;
    const said = fill(words.progress_chosen, { n: countChosen(store) });
    const template = value.worth == null ? words.progress_no_ask : words.progress_ask;
    return { text: face.ask ? fill(template, { said }) : said };
  },
  /** @param {Store} store */
  closed(store) {
    if (misfitsOf(store).size) return store.words.check_misfit; // what is judged is to be what is seen
    return countChosen(store) ? "" : store.words.check_closed;
  },
  twice,
});
