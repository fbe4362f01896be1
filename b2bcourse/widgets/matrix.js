/**
 * The matrix exercise as one anywidget module: shows a face, edits a response, tells what Check found.
 *
 * The module knows no sentence (all come in the trait `words`) and no key (verdicts come as feedback).
 * In order: helpers; state and saving; what the state means; layout; cells; heads; feedback; the list;
 * keyboard and pointer; the parts around the table; the view.
 */

const SAVING_AFTER = 300; // ms; a write that is quicker stays quiet
const REPLY_WITHIN = 2500; // ms without a reply: the kernel is gone
const NARROW = 900; // px of room below which columns are narrow
const SLANT = (58 * Math.PI) / 180; // of English heads, as in the style sheet
const FREE_RIGHT = 64; // px kept for the ends of slanted heads
const LEAST_WIDTH = 600; // px; a table of few columns still carries its title and buttons

// ---------------------------------------------------------------- helpers

/** An element with attributes (`onclick` and the like become listeners) and children. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

const MARKS = {
  main: '<circle class="is-solid" cx="8" cy="8" r="6"/>',
  also: '<circle cx="8" cy="8" r="5.2" stroke-width="1.6"/>',
  right: '<path d="M2.6 8.4 6.3 12 13.4 4.4" stroke-width="2"/>',
  wrong: '<path d="M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8" stroke-width="2.2"/>',
  missed: '<circle cx="8" cy="8" r="6" stroke-width="2.2" stroke-dasharray="5.4 4.025" stroke-dashoffset="-2.01"/>',
  accepted: '<circle cx="8" cy="8" r="5.4" stroke-width="1.6"/><path d="M5.4 8h5.2" stroke-width="1.6"/>',
  partly: '<circle cx="8" cy="8" r="5.4" stroke-width="1.6"/><path class="is-solid" d="M8 2.6a5.4 5.4 0 0 0 0 10.8z"/>',
};

const ICONS = {
  down: '<path d="M2.5 4.2 6 7.8 9.5 4.2"/>',
  next: '<path d="M4.2 2.5 7.8 6 4.2 9.5"/>',
  plus: '<path d="M6 1v10M1 6h10"/>',
  tick: '<path d="M1.6 6.4 4.6 9.4 10.4 2.8"/>',
};

/** A drawing from the two tables above; glyphs of fonts differ too much in size. */
function drawing(kind, shapes, size, name) {
  const box = document.createElement("template");
  box.innerHTML = `<svg class="b2b-${kind}" viewBox="0 0 ${size} ${size}" aria-hidden="true">${shapes[name]}</svg>`;
  const svg = box.content.firstChild;
  svg.setAttribute(`data-${kind}`, name);
  return svg;
}

const mark = (name) => drawing("mark", MARKS, 16, name);
const markOrRoom = (name) => (name in MARKS ? mark(name) : h("span", { class: "b2b-no-mark" }));
const icon = (name) => drawing("icon", ICONS, 12, name);
const copy = (data) => JSON.parse(JSON.stringify(data ?? {}));

/** The template with each {name} replaced. */
function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The part of a value at "cells/row/column"; undefined where nothing is. */
function part(value, path) {
  return path.split("/").reduce((inner, key) => inner?.[key], value);
}

/** Puts data at a path of a value; null takes it away. */
function put(value, path, data, keepNull = false) {
  const keys = path.split("/");
  const last = keys.pop();
  let inner = value;
  for (const key of keys) inner = inner[key] ??= {};
  if (data === null && !keepNull) delete inner[last];
  else inner[last] = data;
}

// ---------------------------------------------------------------- state and saving

const stores = new WeakMap();

/**
 * The one state of a widget, whatever the number of its views.
 * anywidget hands every view its own proxy of the model; the layout model is the object they share.
 */
function storeOf(model) {
  const layout = model.get("layout");
  const key = layout !== null && typeof layout === "object" ? layout : model;
  if (!stores.has(key)) stores.set(key, new Store(model));
  return stores.get(key);
}

/** What is on the screen, what of it is on disk, and what Check said. */
class Store {
  constructor(model) {
    this.model = model;
    this.views = new Set();
    this.value = copy(model.get("value"));
    this.unsaved = new Map(); // path -> {data, n}: the newest data that no reply has confirmed
    this.waiting = new Map(); // n -> {message, timers}
    this.past = []; // patches that lead back
    this.n = Date.now(); // grows; two browser tabs on one kernel hear each other's replies, so no two start alike
    this.status = { kind: "saved", at: model.get("saved") };
    this.notes = model.get("notes") ?? [];
    this.hints = [];
    this.moreHints = true;
    this.wasChecked = false;
    this.told = "";
    this.edit();
    this.listen();
  }

  get face() {
    return this.model.get("face");
  }

  get words() {
    return this.model.get("words");
  }

  get mode() {
    return this.model.get("mode") || "practice";
  }

  get editing() {
    return this.phase === "edit";
  }

  /** What the table shows: the student's value, or the answer when that was asked for. */
  get seen() {
    return this.phase === "answer" ? this.answer : this.value;
  }

  listen() {
    this.model.on("msg:custom", (message) => this.receive(message));
    this.model.on("change:value", () => this.adopt(this.model.get("value")));
    this.model.on("change:saved", () => {
      if (!this.unsaved.size) this.status = { kind: "saved", at: this.model.get("saved") };
      this.tell();
    });
    this.model.on("change:notes", () => {
      this.notes = this.model.get("notes") ?? [];
      this.tell();
    });
    for (const name of ["face", "words", "mode"]) {
      this.model.on(`change:${name}`, () => this.views.forEach((view) => view.rebuild()));
    }
  }

  tell() {
    this.views.forEach((view) => view.update());
  }

  say(sentence) {
    this.told = sentence;
    this.tell();
  }

  /** Back to (or at the start in) the state in which the student answers. */
  edit() {
    Object.assign(this, { phase: "edit", feedback: null, answer: null, open: null, onlyFix: false });
  }

  /** One step of the student: entries are [path, data], null takes away. */
  change(entries) {
    const back = entries.map(([path]) => [path, part(this.value, path) ?? null]);
    this.past.push(back);
    this.told = "";
    this.apply(entries);
  }

  undo() {
    const back = this.past.pop();
    if (!back) return;
    this.told = this.words.undone;
    this.apply(back);
  }

  apply(entries) {
    for (const [path, data] of entries) {
      put(this.value, path, data);
      this.unsaved.set(path, { data, n: null });
    }
    this.flush();
    this.tell();
  }

  /** Sends everything no reply has confirmed, so that a change after a failure heals it too. */
  flush() {
    if (this.mode === "preview") {
      this.unsaved.clear();
      return;
    }
    const patch = {};
    for (const [path, entry] of this.unsaved) {
      put(patch, path, entry.data, true);
      entry.n ??= this.n + 1; // the first message that carries this data
    }
    this.send({ do: "change", patch });
  }

  /** Check, hint, answer, retry. What failed to be saved goes first; what is on its way arrives first. */
  ask(what) {
    if (this.mode === "preview") return;
    if (this.unsaved.size && this.status.kind === "failed") this.flush();
    this.send({ do: what });
  }

  send(message) {
    const n = (this.n += 1);
    const timers = [setTimeout(() => this.late(n), REPLY_WITHIN)];
    if (message.do === "change") timers.push(setTimeout(() => this.slow(), SAVING_AFTER));
    this.waiting.set(n, { message, timers });
    try {
      this.model.send({ ...message, n });
    } catch {
      this.settle(n);
      this.fail(this.words.not_saved);
    }
  }

  /** Ends the wait for a reply; says whether this widget had asked. */
  settle(n) {
    const asked = this.waiting.get(n);
    asked?.timers.forEach(clearTimeout);
    this.waiting.delete(n);
    return asked !== undefined;
  }

  slow() {
    if (this.status.kind === "failed") return;
    this.status = { kind: "saving" };
    this.tell();
  }

  late(n) {
    // The wait goes on: a reply that comes late still counts.
    if (this.waiting.has(n)) this.fail(this.words.not_saved);
  }

  fail(text) {
    this.status = { kind: "failed", text };
    this.tell();
  }

  receive(message) {
    const replies = {
      saved: () => this.onSaved(message),
      failed: () => this.settle(message.n) && this.fail(message.text),
      checked: () => this.settle(message.n) && this.onChecked(message.feedback),
      hint: () => this.settle(message.n) && this.onHint(message),
      answer: () => this.settle(message.n) && this.onAnswer(message),
      retry: () => this.settle(message.n) && this.heal(),
    };
    replies[message?.did]?.();
  }

  onSaved({ n, at, value, notes }) {
    if (this.settle(n)) this.confirm(n);
    if (notes?.length) this.notes = notes;
    this.at = at;
    this.heal();
    this.adopt(value);
  }

  /** The message n carried everything that was unsaved by then. */
  confirm(n) {
    for (const [path, entry] of this.unsaved) {
      if (entry.n !== null && entry.n <= n) this.unsaved.delete(path);
    }
  }

  /** «Saved» only when nothing is left to confirm. */
  heal() {
    if (!this.unsaved.size) this.status = { kind: "saved", at: this.at ?? this.model.get("saved") };
    this.tell();
  }

  /** Takes over what is on disk (another kernel may have written), except what we changed since. */
  adopt(value) {
    if (value) {
      this.value = copy(value);
      for (const [path, { data }] of this.unsaved) put(this.value, path, data);
    }
    this.tell();
  }

  onChecked(feedback) {
    Object.assign(this, { phase: "checked", feedback, onlyFix: false, wasChecked: true, told: "" });
    this.open = firstToFix(this);
    this.heal();
  }

  onAnswer({ value, feedback }) {
    this.edit();
    Object.assign(this, { phase: "answer", answer: copy(value), feedback: feedback ?? {}, told: "" });
    this.heal();
  }

  onHint({ text, more }) {
    this.hints.push(text);
    this.moreHints = more !== false;
    this.heal();
  }

  retry() {
    this.ask("retry");
    this.edit();
    this.tell();
  }

  toggle(kind, id) {
    const isOpen = this.open?.kind === kind && this.open.id === id;
    this.open = isOpen ? null : { kind, id };
    this.tell();
  }
}

// ---------------------------------------------------------------- what the state means

/** Which sides of the table the student fills in. */
const FORMS = {
  cells: { marks: true },
  left: { rows: true },
  right: { columns: true },
  both: { marks: true, rows: true, columns: true },
};

const formOf = (store) => FORMS[store.face.form] ?? FORMS.cells;

/** The name of a row ("rows") or column ("columns"): given, or chosen by the student; "" while empty. */
function nameOf(store, side, item) {
  if (!formOf(store)[side]) return item.name;
  const chosen = store.seen[side]?.[item.id];
  return choicesOf(store, side).find((choice) => choice.id === chosen)?.name ?? chosen ?? "";
}

function choicesOf(store, side) {
  return (side === "rows" ? store.face.row_choices : store.face.column_choices) ?? [];
}

/** "3행", "column 5". */
function placeOf(store, side, item) {
  const n = store.face[side].findIndex((other) => other.id === item.id) + 1;
  return fill(side === "rows" ? store.words.row_n : store.words.column_n, { n });
}

/** How a row or column is called in the name of a cell; a card's full stop would end the name too soon. */
function calledOf(store, side, item) {
  return nameOf(store, side, item) || item.card?.replace(/\.$/, "") || placeOf(store, side, item);
}

function levelAt(store, row, column) {
  const form = formOf(store);
  const source = form.marks ? store.seen.cells : store.face.given;
  return source?.[row.id]?.[column.id] ?? 0;
}

const markOf = (level) => ["", "main", "also"][level] ?? "";

function isClosed(store, column) {
  const form = formOf(store);
  return Boolean(form.marks && form.columns && !nameOf(store, "columns", column));
}

const rowFeedback = (store, row) => store.feedback?.rows?.[row.id];
const columnFeedback = (store, column) => store.feedback?.columns?.[column.id];

/** Is there anything to read when it opens? */
function tells(feedback) {
  return Boolean(feedback && (feedback.lines?.length || feedback.read || feedback.state === "not attempted"));
}

/** The verdict of a cell; a row nobody worked on gives nothing of its answer away. */
function verdictAt(store, row, column) {
  if (store.phase !== "checked" || rowFeedback(store, row)?.state === "not attempted") return "";
  return store.feedback.cells?.[row.id]?.[column.id] ?? "";
}

/** The verdict of a chosen name: right, wrong or not attempted. */
function headVerdict(store, side, item) {
  if (store.phase !== "checked" || !formOf(store)[side]) return "";
  if (side === "rows") return store.feedback.heads?.[item.id] ?? "";
  return store.feedback.columns?.[item.id]?.state ?? "";
}

const verdictWord = (store, verdict) => store.words[verdict.replace(" ", "_")] ?? verdict;

const isToFix = (state) => state === "partly" || state === "wrong";

function rowState(store, row) {
  return rowFeedback(store, row)?.state ?? headVerdict(store, "rows", row) ?? "";
}

function firstToFix(store) {
  const row = store.face.rows.find((item) => isToFix(rowState(store, item)));
  if (row) return { kind: "rows", id: row.id };
  const column = store.face.columns.find((item) => isToFix(headVerdict(store, "columns", item)));
  return column ? { kind: "columns", id: column.id } : null;
}

function visibleRows(store) {
  if (!store.onlyFix) return store.face.rows;
  return store.face.rows.filter((row) => rowState(store, row) !== "right");
}

/** For each row (for each column where only columns are asked): is there an answer? */
function answered(store) {
  const form = formOf(store);
  if (form.columns && !form.marks) {
    return store.face.columns.map((column) => Boolean(store.value.columns?.[column.id]));
  }
  return store.face.rows.map((row) => {
    const marked = Object.values(store.value.cells?.[row.id] ?? {}).some(Boolean);
    const named = Boolean(store.value.rows?.[row.id]);
    return (!form.marks || marked) && (!form.rows || named);
  });
}

function hasAnyAnswer(store) {
  const { cells, rows, columns } = store.value;
  const marked = Object.values(cells ?? {}).some((row) => Object.values(row ?? {}).some(Boolean));
  return marked || [rows, columns].some((names) => Object.values(names ?? {}).some(Boolean));
}

/** What a student does to a cell: the next mark, or the one asked for. */
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
  store.change([[`cells/${row.id}/${column.id}`, next || null]]);
}

/** Puts a name on a row or column (null empties it); a name stands in one place, so it may move. */
function choose(store, side, item, name) {
  const entries = [[`${side}/${item.id}`, name]];
  const from = store.face[side].find(
    (other) => other.id !== item.id && name !== null && store.value[side]?.[other.id] === name,
  );
  if (from) entries.push([`${side}/${from.id}`, null]);
  if (side === "columns" && formOf(store).marks) entries.push(...marksThatFollow(store, item, name, from));
  store.change(entries);
  if (from) store.say(movedSentence(store, side, item, from));
}

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
 */
function marksThatFollow(store, to, name, from) {
  const left = name === null ? to : from;
  if (!left) return [];
  const levels = (column) => store.face.rows.map((row) => levelAt(store, row, column));
  const carried = name !== null && !levels(to).some(Boolean);
  return store.face.rows.flatMap((row) => {
    const level = levelAt(store, row, left);
    if (!level) return [];
    const gone = [[`cells/${row.id}/${left.id}`, null]];
    return carried ? [...gone, [`cells/${row.id}/${to.id}`, level]] : gone;
  });
}

// ---------------------------------------------------------------- layout

const pen = document.createElement("canvas").getContext("2d");

/** The width of the widest text, in px. */
function widest(view, texts, font) {
  pen.font = `${font} ${getComputedStyle(view.root).fontFamily}`;
  return Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width)));
}

/** Every name a side may show: heads keep the room for all, so that choosing moves nothing. */
function possibleNames(store, side) {
  const given = store.face[side].map((item) => item.name);
  return formOf(store)[side] ? choicesOf(store, side).map((choice) => choice.name) : given;
}

/** Widths of the row heads and of the picklists in them. */
function rowWidths(view, narrow, room) {
  const { store } = view;
  const form = formOf(store);
  const judged = store.editing ? 0 : 18 + 40; // disclosure and score
  const names = widest(view, possibleNames(store, "rows"), "700 14px");
  if (!form.rows) {
    const most = narrow ? 208 : 260;
    return { row: Math.min(names, most) + 14 + judged, spare: narrow ? 0 : 40, pick: 0 };
  }
  const pick = Math.min(Math.max(names + 26, 120), 224);
  if (!form.columns) return { row: Math.max(pick, 172) + 14 + judged, spare: 40, pick: Math.max(pick, 172) };
  const cards = widest(view, store.face.rows.map((row) => row.card ?? ""), "400 14px") + 2;
  const row = narrow
    ? Math.max(Math.min(cards, 288, room * 0.45), pick) + 12
    : Math.min(cards, 284) + 24 + pick + 14;
  return { row: row + judged, spare: 0, pick };
}

/** How far slanted heads reach: their height, and the room the last ones need at the right. */
function slantedHead(view) {
  const { store } = view;
  const below = headRoom(store);
  const names = possibleNames(store, "columns");
  const height = Math.ceil(widest(view, names, "700 13px") * Math.sin(SLANT)) + 20 + below;
  const lean = Math.round(height / Math.tan(SLANT));
  const shown = formOf(store).columns ? names : [];
  const reach = store.face.columns.map((column, at) => {
    const width = widest(view, shown.length ? shown : [column.name], "700 13px");
    const fromEnd = store.face.columns.length - at - 0.5;
    return width * Math.cos(SLANT) + 16 - fromEnd * 34;
  });
  return { height, lean, free: Math.max(FREE_RIGHT, Math.ceil(Math.max(...reach))) };
}

const headRoom = (store) => (formOf(store).columns && !store.editing ? 18 : 0);

/** The height of upright heads, measured on a hidden copy of every name. */
function uprightHead(view) {
  const trial = h("div", { class: "b2b-col b2b-unseen", style: "width:auto;height:auto" });
  trial.append(...possibleNames(view.store, "columns").map((name) => headText(view, name)));
  view.root.append(trial);
  const tallest = Math.max(24, ...[...trial.children].map((child) => child.offsetHeight));
  trial.remove();
  return { height: tallest + 12 + headRoom(view.store), lean: 0, free: 0 };
}

/** Columns as wide as fit between 34 and 50 px; when they cannot all be seen, 36 (34 beside scores). */
function columnWidth(view, room) {
  const fits = Math.floor(room / view.store.face.columns.length);
  if (fits >= 34) return Math.min(50, fits);
  return view.store.editing ? 36 : 34;
}

/** Chooses every width from the room there is; called when the room, the phase or the fonts change. */
function layout(view) {
  const room = view.el.clientWidth - 8; // the root's padding
  if (room <= 0 || !view.root.isConnected) return;
  const count = view.store.face.columns.length;
  const narrow = room < NARROW;
  const { row: least, spare, pick } = rowWidths(view, narrow, room);
  const head = view.slanted ? slantedHead(view) : uprightHead(view);
  const column = columnWidth(view, room - least - head.free);
  const left = room - least - head.free - count * column;
  const wanted = Math.max(spare, Math.min(room, LEAST_WIDTH) - least - count * column);
  const row = least + Math.max(0, Math.min(wanted, left));
  const table = row + count * column;
  // Scrolled to its end the table stops at a whole column: half a slanted head says nothing.
  if (view.slanted && table > room) head.free += (column - ((table + head.free - room) % column)) % column;
  view.size = { row, column, table, ...head, room };
  showSize(view, narrow, pick);
  paintProgress(view);
  trackScroll(view);
}

function showSize(view, narrow, pick) {
  const { row, column, table, height, lean, free, room } = view.size;
  const style = view.root.style;
  view.root.classList.toggle("is-narrow", narrow);
  style.setProperty("--b2b-row-w", `${row}px`);
  style.setProperty("--b2b-table-w", `${table}px`);
  style.setProperty("--b2b-head-h", `${height}px`);
  style.setProperty("--b2b-lean", `${lean}px`);
  style.setProperty("--b2b-pick-w", `${pick}px`);
  style.setProperty("--b2b-view-w", `${Math.min(table, room)}px`);
  view.sheet.style.width = `${table + free}px`;
  view.root.style.width = `${Math.min(table + free, room) + 8}px`;
  view.edge.style.maxWidth = view.foot.style.maxWidth = `${Math.min(table, room)}px`;
  view.columns.forEach((col) => (col.style.width = `${column}px`));
  view.scroll.style.scrollPadding = `${height + 24}px ${Math.min(free, FREE_RIGHT)}px 8px ${row}px`;
  for (const flat of view.root.querySelectorAll(".b2b-flat")) turnIfWide(view, flat, column);
}

/** A Latin word wider than its column lies along the line instead of across it. */
function turnIfWide(view, flat, column) {
  flat.classList.toggle("is-turned", widest(view, [flat.textContent], "700 12px") > column);
}

/** Counts the people out of sight, and fades the edge they are behind. */
function trackScroll(view) {
  const { row, column, table } = view.size;
  const seen = view.scroll.clientWidth;
  const at = view.scroll.scrollLeft;
  const count = view.store.face.columns.length;
  const middle = (n) => row + (n + 0.5) * column - at;
  const numbers = [...Array(count).keys()];
  const right = numbers.filter((n) => middle(n) > seen - 4).length;
  const left = numbers.filter((n) => middle(n) < row).length;
  view.fade.hidden = at + seen >= table - 1;
  view.more.textContent = moreText(view.store.words, right, left);
  fitGroupNames(view, at);
}

/** The name of a group goes out of sight with the people it names, rather than being cut. */
function fitGroupNames(view, scrolled) {
  const { column } = view.size;
  const labels = view.table.querySelectorAll(".b2b-group");
  view.groups.forEach((group, at) => {
    const label = labels[at].firstChild;
    const hidden = Math.max(0, scrolled - group.from * column);
    const left = group.size * column - hidden;
    label?.classList.toggle("is-away", hidden > 0 && left < label.offsetWidth + 8);
  });
}

function moreText(words, right, left) {
  const side = right ? "right" : "left";
  const n = right || left;
  if (!n) return "";
  return fill(words[n === 1 ? `more_${side}_1` : `more_${side}`], { n });
}

// ---------------------------------------------------------------- cells

/** How a cell looks and what it is called. */
function cellLook(store, row, column) {
  const { words } = store;
  const names = { row: calledOf(store, "rows", row), column: calledOf(store, "columns", column) };
  if (isClosed(store, column)) return { look: "closed", label: fill(words.cell_closed, names) };
  const level = levelAt(store, row, column);
  const verdict = verdictAt(store, row, column);
  names.mark = markWord(store, level);
  names.verdict = verdict && verdictWord(store, verdict);
  const template = verdict ? words.cell_judged : words.cell;
  return { look: verdict || markOf(level), label: fill(template, names) };
}

function markWord(store, level) {
  const { words } = store;
  if (!level) return words.mark_none;
  if (level === 2) return words.mark_also;
  return hasTwoMarks(store) ? words.mark_main : words.mark_only;
}

/** Two kinds of mark are in play: the student may set both, or the given pattern has both. */
function hasTwoMarks(store) {
  if (formOf(store).marks) return (store.face.marks ?? 1) > 1;
  return Object.values(store.face.given ?? {}).some((row) => Object.values(row).includes(2));
}

function buildCell(view, row, column, place) {
  const cell = h("td", { class: "b2b-cell", role: "gridcell", tabindex: "-1" });
  if (view.endsGroup(place.c)) cell.classList.add("ends-group");
  Object.assign(cell, { b2bPlace: place, b2bPaint: () => paintCell(view, cell, row, column) });
  cell.b2bPaint();
  return cell;
}

/** Draws a cell again only when something about it has changed. */
function paintCell(view, cell, row, column) {
  const { store } = view;
  const { look, label } = cellLook(store, row, column);
  const fixed = !store.editing || !formOf(store).marks;
  const drawn = `${look}|${label}|${fixed}`;
  if (cell.b2bDrawn === drawn) return;
  cell.b2bDrawn = drawn;
  cell.dataset.look = look;
  cell.setAttribute("aria-label", label);
  setAttribute(cell, "aria-readonly", fixed && "true");
  setAttribute(cell, "aria-disabled", look === "closed" && "true");
  cell.replaceChildren(...(look in MARKS ? [mark(look)] : []));
}

function setAttribute(node, name, value) {
  if (value) node.setAttribute(name, value);
  else node.removeAttribute(name);
}

// ---------------------------------------------------------------- heads

/** A column's name: slanted, or as one upright line with Latin words lying flat in it. */
function headText(view, name) {
  if (view.slanted) return h("span", { class: "b2b-slanted", "aria-hidden": "true" }, name);
  const words = name.split(/\s+/).map((word) => {
    const runs = word.match(/[\u0021-\u024f]+|[^\u0021-\u024f]+/g) ?? [];
    return h("span", { class: "b2b-word" }, runs.map(uprightRun));
  });
  return h("span", { class: "b2b-stack", "aria-hidden": "true" }, words);
}

function uprightRun(run) {
  const latin = run.charCodeAt(0) < 0x250;
  return h("span", { class: latin ? "b2b-flat" : "b2b-upright" }, run);
}

/** Groups of neighbouring columns: [{name, from, size}]. */
function groupRuns(face) {
  const names = Object.fromEntries((face.groups ?? []).map((group) => [group.id, group.name]));
  const runs = [];
  face.columns.forEach((column, at) => {
    const last = runs.at(-1);
    if (last && last.id === (column.group || "")) last.size += 1;
    else runs.push({ id: column.group || "", name: names[column.group] ?? "", from: at, size: 1 });
  });
  return runs.some((run) => run.id) ? runs : [];
}

function buildHead(view) {
  const { store } = view;
  const corner = buildCorner(view);
  const heads = store.face.columns.map((column, c) => buildColumnHead(view, column, c));
  if (!view.groups.length) return h("thead", {}, h("tr", { role: "row" }, corner, heads));
  const groups = view.groups.map((group) => buildGroup(group));
  return h("thead", {}, h("tr", { role: "row" }, corner, groups), h("tr", { role: "row" }, heads));
}

function buildCorner(view) {
  const { store } = view;
  const form = formOf(store);
  const said = form.rows ? (form.columns ? store.words.corner_both : store.words.corner_left) : store.words.corner;
  const label = h("span", { class: form.rows ? "" : "b2b-unseen" }, said);
  const hasScores = Object.values(store.feedback?.rows ?? {}).some((row) => row.score);
  const score = hasScores ? h("span", { class: "b2b-corner-score" }, store.words.score) : null;
  return h(
    "th",
    { class: "b2b-corner", role: "columnheader", rowspan: view.groups.length ? 2 : 1 },
    h("span", { class: "b2b-corner-line" }, h("span", {}, label), score),
  );
}

function buildGroup({ id, name, size }) {
  const kind = id ? "b2b-group starts-group" : "b2b-group";
  if (!name) return h("td", { class: kind, role: "gridcell", colspan: size });
  return h("th", { class: kind, role: "columnheader", scope: "colgroup", colspan: size }, h("span", {}, name));
}

function buildColumnHead(view, column, c) {
  const head = h("th", { class: "b2b-col", role: "columnheader", scope: "col" });
  if (view.startsGroup(c)) head.classList.add("starts-group");
  if (formOf(view.store).columns) fillSlot(view, head, column, { r: -1, c });
  else head.append(h("span", { class: "b2b-unseen" }, column.name), headText(view, column.name));
  return head;
}

/** The head of a column that the student names: a button that opens the list, or the feedback. */
function fillSlot(view, head, column, place) {
  const button = h("button", { type: "button", class: "b2b-slot", tabindex: "-1" });
  button.addEventListener("click", () => useSlot(view, button, column));
  head.append(button);
  Object.assign(button, { b2bPlace: place, b2bPaint: () => paintSlot(view, head, button, column) });
  button.b2bClear = () => clearName(view, "columns", column);
  button.b2bPaint();
}

function useSlot(view, button, column) {
  if (view.store.editing) openList(view, "columns", column, button);
  else if (tells(columnFeedback(view.store, column))) view.store.toggle("columns", column.id);
}

function paintSlot(view, head, button, column) {
  const { store } = view;
  const name = nameOf(store, "columns", column);
  const verdict = headVerdict(store, "columns", column);
  const isNext = store.editing && !name && nextEmpty(store) === column.id;
  const drawn = [name, verdict, isNext, store.editing].join("|");
  const isOpen = store.open?.kind === "columns" && store.open.id === column.id;
  announceButton(button, store.editing, tells(columnFeedback(store, column)) && isOpen);
  if (button.b2bDrawn === drawn) return;
  button.b2bDrawn = drawn;
  head.classList.toggle("has-verdict", store.phase === "checked");
  button.classList.toggle("has-name", Boolean(name));
  button.classList.toggle("is-next", isNext);
  button.setAttribute("aria-label", headLabel(store, "columns", column, name, verdict));
  const text = name ? headText(view, name) : h("span", { class: "b2b-box" }, icon("plus"));
  head.classList.toggle("is-open", isOpen);
  button.replaceChildren(text, ...(store.phase === "checked" ? [markOrRoom(verdict)] : []));
  if (view.size) for (const flat of button.querySelectorAll(".b2b-flat")) turnIfWide(view, flat, view.size.column);
}

const nextEmpty = (store) => store.face.columns.find((column) => !nameOf(store, "columns", column))?.id;

/** While answering a head opens a list; after Check it discloses what was said about it. */
function announceButton(button, toList, isOpen) {
  setAttribute(button, "aria-haspopup", toList && "listbox");
  button.setAttribute("aria-expanded", (toList ? button.b2bListOpen : isOpen) ? "true" : "false");
}

function headLabel(store, side, item, name, verdict) {
  const { words } = store;
  const choose = side === "rows" ? words.pick_row : words.pick_column;
  const empty = store.editing ? choose : words.not_attempted;
  const place = side === "rows" && item.card ? item.card : placeOf(store, side, item);
  const values = { place, name: name || empty, verdict: verdict && verdictWord(store, verdict) };
  return fill(name && verdict ? words.head_judged : words.head, values);
}

function clearName(view, side, item) {
  if (view.store.editing && view.store.value[side]?.[item.id]) choose(view.store, side, item, null);
}

function buildRowHead(view, row, r) {
  const head = h("th", { class: "b2b-row", role: "rowheader", scope: "row" });
  const { store } = view;
  if (store.editing) head.append(...editingRowHead(view, row, { r, c: -1 }));
  else head.append(judgedRowHead(view, row, { r, c: -1 }));
  return head;
}

function editingRowHead(view, row, place) {
  const { store } = view;
  if (!formOf(store).rows) return [h("span", { class: "b2b-name" }, row.name)];
  const pick = h("button", { type: "button", class: "b2b-pick", tabindex: "-1" });
  pick.addEventListener("click", () => openList(view, "rows", row, pick));
  Object.assign(pick, { b2bPlace: place, b2bPaint: () => paintPick(view, pick, row) });
  pick.b2bClear = () => clearName(view, "rows", row);
  pick.b2bPaint();
  if (!row.card) return [pick];
  return [h("div", { class: "b2b-both" }, h("span", { class: "b2b-card" }, row.card), pick)];
}

function paintPick(view, pick, row) {
  const { store } = view;
  const name = nameOf(store, "rows", row);
  announceButton(pick, true);
  pick.classList.toggle("is-empty", !name);
  pick.setAttribute("aria-label", headLabel(store, "rows", row, name, ""));
  pick.replaceChildren(h("span", {}, name || store.words.pick_row), icon("down"));
}

/** After Check: the row's name (a disclosure if there is something to read) and its score. */
function judgedRowHead(view, row, place) {
  const { store } = view;
  const feedback = rowFeedback(store, row);
  const name = judgedRowName(store, row);
  const short = isToFix(feedback?.state) ? "b2b-score is-short" : "b2b-score";
  const score = h("span", { class: short }, feedback?.score ?? "");
  return h("div", { class: "b2b-rowline" }, tells(feedback) ? rowToggle(store, row, name, place) : name, score);
}

function rowToggle(store, row, name, place) {
  const isOpen = store.open?.kind === "rows" && store.open.id === row.id;
  const toggle = h("button", { type: "button", class: "b2b-toggle", tabindex: "-1" }, icon("next"), name);
  toggle.setAttribute("aria-expanded", isOpen ? "true" : "false");
  if (formOf(store).rows) {
    const verdict = headVerdict(store, "rows", row);
    toggle.setAttribute("aria-label", headLabel(store, "rows", row, nameOf(store, "rows", row), verdict));
  }
  toggle.addEventListener("click", () => store.toggle("rows", row.id));
  toggle.b2bPlace = place;
  return toggle;
}

function judgedRowName(store, row) {
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
  return h("span", { class: "b2b-both" }, h("span", { class: "b2b-card" }, row.card), chosen);
}

// ---------------------------------------------------------------- feedback

/** The row that opens under a row (or under the heads, for a column) and says why. */
function buildDetail(view, feedback, state, emptyText) {
  const { store } = view;
  const lines = feedback?.lines ?? [];
  const said = lines.map(({ lead, text }) => h("p", {}, lead ? h("b", {}, lead) : null, lead && text ? " " : "", text));
  if (!said.length && state === "not attempted") said.push(h("p", {}, emptyText));
  if (feedback?.read) said.push(buildRead(store.words, feedback.read));
  const calm = isToFix(state) && store.phase === "checked" ? "" : " is-calm";
  const box = h("div", { class: `b2b-lines${calm}` }, said);
  const cell = h("td", { class: "b2b-detail", role: "gridcell", colspan: store.face.columns.length + 1 }, box);
  return h("tr", { role: "row", class: "b2b-detail-row" }, cell);
}

function buildRead(words, { label, href }) {
  // A new tab: leaving this page would cost the reader the place where the exercise stands.
  const link = h("a", { href, target: "_blank", rel: "noopener" }, label);
  return h("p", { class: "b2b-read" }, `${words.read_again} `, link);
}

function rowDetail(view, row) {
  const { store } = view;
  if (store.open?.kind !== "rows" || store.open.id !== row.id || !tells(rowFeedback(store, row))) return null;
  return buildDetail(view, rowFeedback(store, row), rowState(store, row), store.words.row_not_attempted);
}

function columnDetail(view) {
  const { store } = view;
  if (store.open?.kind !== "columns") return null;
  const feedback = columnFeedback(store, store.open);
  if (!tells(feedback)) return null;
  return buildDetail(view, feedback, feedback.state, store.words.column_not_attempted);
}

// ---------------------------------------------------------------- the list that floats

/** Opens the searchable list of names for a row or column, below its head. */
function openList(view, side, item, anchor) {
  closeList(view);
  if (!view.store.editing) return;
  const { words } = view.store;
  const id = `b2b-${side}-${(view.lists = (view.lists ?? 0) + 1)}-${view.uid}`;
  const input = h("input", {
    id: `${id}-find`,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
  });
  const find = side === "rows" ? words.find_row : words.find_column;
  const options = h("ul", { id, class: "b2b-options", role: "listbox", "aria-label": find });
  const noMatch = h("div", { class: "b2b-no-match", role: "status" });
  const foot = h("div", { class: "b2b-list-foot" }, words.list_keys);
  const label = h("label", { for: `${id}-find` }, find);
  const box = h("div", { class: "b2b-list", popover: "manual" }, label, input, options, noMatch, foot);
  view.list = { side, item, anchor, box, input, options, noMatch, id, active: 0 };
  anchor.b2bListOpen = true;
  anchor.setAttribute("aria-expanded", "true");
  view.root.append(box);
  showOptions(view);
  box.showPopover?.(); // the top layer: no scrolling ancestor can cut it
  box.style.width = `${box.offsetWidth}px`; // stays while the search line shortens the list
  placeList(view);
  input.addEventListener("input", () => showOptions(view));
  input.addEventListener("keydown", (event) => onListKey(view, event));
  input.focus({ preventScroll: true });
}

function closeList(view, keepFocus = false) {
  const { list } = view;
  if (!list) return;
  view.list = null;
  list.anchor.b2bListOpen = false;
  list.anchor.setAttribute("aria-expanded", "false");
  const had = list.box.contains(document.activeElement);
  list.box.remove();
  if (had && !keepFocus) list.anchor.focus({ preventScroll: true });
}

/** Names that fit the search line: first those not yet placed, then the others with their place. */
function matches(view) {
  const { side, item, input } = view.list;
  const { store } = view;
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  const sought = plain(input.value);
  const placed = new Map(
    store.face[side].map((other) => [store.value[side]?.[other.id], other]).filter(([name]) => name),
  );
  const entries = choicesOf(store, side)
    .filter((choice) => plain(choice.name).includes(sought))
    .map((choice) => ({ ...choice, at: placed.get(choice.id) }));
  const free = entries.filter(({ at }) => !at || at.id === item.id);
  const used = entries.filter(({ at }) => at && at.id !== item.id);
  const clear = store.value[side]?.[item.id] && !sought ? [{ id: null, name: store.words.clear }] : [];
  return [...free, ...used, ...clear];
}

function showOptions(view) {
  const { list, store } = view;
  list.entries = matches(view);
  const current = store.value[list.side]?.[list.item.id];
  const nodes = list.entries.map((entry, at) => buildOption(view, entry, at, current));
  list.options.replaceChildren(...nodes);
  list.options.hidden = !nodes.length;
  list.noMatch.textContent = nodes.length ? "" : store.words.no_match;
  list.noMatch.hidden = nodes.length > 0;
  const chosen = list.entries.findIndex(({ id }) => id !== null && id === current);
  activate(view, Math.max(0, chosen));
}

function buildOption(view, entry, at, current) {
  const { list, store } = view;
  const isCurrent = entry.id !== null && entry.id === current;
  const where = entry.at && !isCurrent ? placeOf(store, list.side, entry.at) : "";
  return h(
    "li",
    {
      id: `${list.id}-${at}`,
      class: entry.id === null ? "b2b-option is-clear" : "b2b-option",
      role: "option",
      "aria-selected": isCurrent ? "true" : "false",
      onclick: () => take(view, at),
      onpointermove: () => list.active !== at && activate(view, at, false),
    },
    h("span", {}, entry.name),
    where ? h("small", {}, fill(store.words.used_at, { place: where })) : null,
  );
}

function activate(view, at, scroll = true) {
  const { list } = view;
  const nodes = [...list.options.children];
  list.active = Math.max(0, Math.min(at, nodes.length - 1));
  nodes.forEach((node, n) => node.classList.toggle("is-active", n === list.active));
  setAttribute(list.input, "aria-activedescendant", nodes[list.active]?.id);
  if (scroll) nodes[list.active]?.scrollIntoView({ block: "nearest" });
}

function take(view, at) {
  const { list, store } = view;
  const entry = list.entries[at];
  if (!entry) return;
  closeList(view);
  const now = store.value[list.side]?.[list.item.id] ?? null;
  if (entry.id !== now) choose(store, list.side, list.item, entry.id);
}

function onListKey(view, event) {
  // While Hangul is being composed, Enter and arrows belong to the input method.
  if (event.isComposing || event.keyCode === 229) return;
  const { list } = view;
  const last = list.entries.length - 1;
  const actions = {
    ArrowDown: () => activate(view, list.active === last ? 0 : list.active + 1),
    ArrowUp: () => activate(view, list.active === 0 ? last : list.active - 1),
    PageDown: () => activate(view, list.active + 8),
    PageUp: () => activate(view, list.active - 8),
    Enter: () => take(view, list.active),
    Escape: () => closeList(view),
    Tab: () => closeList(view),
  };
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
}

/** Below its head, inside the window; above when there is no room below. */
function placeList(view) {
  const { list } = view;
  if (!list) return;
  const from = list.anchor.getBoundingClientRect();
  const edge = view.edge.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list.box;
  const rightmost = Math.min(window.innerWidth - 8, Math.max(edge.right, from.right)) - width;
  const wantsLeft = list.side === "columns" ? from.left - 6 : from.left;
  const gap = list.side === "columns" ? 10 : 2;
  const below = from.bottom + gap;
  const above = from.top - gap - height;
  const top = below + height > window.innerHeight - 8 && above > 8 ? above : below;
  list.box.style.left = `${Math.max(8, Math.min(wantsLeft, rightmost))}px`;
  list.box.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
}

// ---------------------------------------------------------------- keyboard and pointer

/** What stands at a place: r = -1 are the column heads, c = -1 the row heads; undefined where nothing can be. */
function standsAt(view, r, c) {
  return view.places.get(`${r},${c}`);
}

/** Goes on in one direction until something can be stood on. */
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

/** The last place that can be reached in one direction. */
function farthest(view, from, down, right) {
  let to = from;
  for (let next = from; next; next = step(view, next, down, right)) to = next;
  return to;
}

function target(view, event) {
  const { pos } = view;
  const whole = event.ctrlKey || event.metaKey;
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

function onGridKey(view, event) {
  const at = event.target.b2bPlace;
  if (!at || event.altKey) return;
  const to = target(view, event);
  if (to !== undefined) {
    event.preventDefault();
    if (to) moveTo(view, to);
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Delete" || event.key === "Backspace") clearAt(view, event, at);
  else if (at.r >= 0 && at.c >= 0) onCellKey(view, event, at);
}

function clearAt(view, event, at) {
  event.preventDefault();
  if (event.target.b2bClear) event.target.b2bClear();
  else setMark(view.store, view.rows[at.r], view.store.face.columns[at.c], 0);
}

function onCellKey(view, event, at) {
  const isDigit = /^[0-2]$/.test(event.key);
  if (!isDigit && event.key !== " " && event.key !== "Enter") return;
  event.preventDefault();
  useCell(view, at, isDigit ? Number(event.key) : undefined);
}

/** A mark while answering; after Check the same gesture opens the row's reasons. */
function useCell(view, { r, c }, level) {
  const { store } = view;
  const row = view.rows[r];
  if (store.editing) setMark(store, row, store.face.columns[c], level);
  else if (tells(rowFeedback(store, row))) store.toggle("rows", row.id);
}

/** The one place of the table that Tab reaches. */
function setTabStop(view, pos) {
  standsAt(view, view.pos.r, view.pos.c)?.setAttribute("tabindex", "-1");
  view.pos = pos;
  standsAt(view, pos.r, pos.c)?.setAttribute("tabindex", "0");
}

function moveTo(view, pos) {
  setTabStop(view, pos);
  standsAt(view, pos.r, pos.c).focus();
}

/** Lights the row and the column of a place; null puts the light out. */
function light(view, pos) {
  if (view.lit?.r === pos?.r && view.lit?.c === pos?.c) return;
  view.lit = pos;
  view.body.querySelectorAll("tr.is-lit").forEach((line) => line.classList.remove("is-lit"));
  view.table.querySelectorAll("td.is-lit, th.is-lit").forEach((cell) => cell.classList.remove("is-lit"));
  if (!pos) return;
  view.lines[pos.r]?.classList.add("is-lit");
  if (pos.c < 0) return;
  view.heads[pos.c].classList.add("is-lit");
  view.rows.forEach((_, r) => standsAt(view, r, pos.c)?.classList.add("is-lit"));
}

function placeUnder(event) {
  return event.target.closest?.(".b2b-cell, .b2b-slot, .b2b-pick, .b2b-toggle")?.b2bPlace ?? null;
}

function focusedPlace(view) {
  return view.table.contains(document.activeElement) ? (document.activeElement.b2bPlace ?? null) : null;
}

function listenToGrid(view) {
  const { body, table } = view;
  table.addEventListener("keydown", (event) => onGridKey(view, event));
  table.addEventListener("focusin", (event) => {
    const at = event.target.b2bPlace;
    if (at) setTabStop(view, at);
    light(view, at ?? null);
  });
  table.addEventListener("focusout", (event) => !table.contains(event.relatedTarget) && light(view, null));
  table.addEventListener("pointerover", (event) => event.pointerType !== "touch" && light(view, placeUnder(event)));
  table.addEventListener("pointerleave", () => light(view, focusedPlace(view)));
  body.addEventListener("click", (event) => {
    const cell = event.target.closest(".b2b-cell");
    if (!cell) return;
    cell.focus({ preventScroll: true });
    useCell(view, cell.b2bPlace);
  });
}

/** The notebook's shortcuts must not hear what is typed here; Ctrl+Z is ours. */
function shield(view) {
  const stop = (event) => event.stopPropagation();
  for (const name of ["keydown", "keyup", "keypress", "contextmenu", "dragstart", "dragover", "drop"]) {
    view.root.addEventListener(name, stop);
  }
  // Notebook 7 hears keys before they get here, and asks only whatever has the focus itself.
  view.root.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
  view.root.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || event.target.matches("input")) return;
    event.preventDefault();
    if (view.store.editing) view.store.undo();
  });
}

// ---------------------------------------------------------------- the parts around the table

function buildTop(view) {
  const { face } = view.store;
  view.savedLine = h("span", { class: "b2b-saved", role: "status" });
  view.task = h("p", { class: "b2b-task" });
  view.notes = h("div", { role: "status" });
  view.edge = h(
    "div",
    {},
    h(
      "div",
      { class: "b2b-top" },
      h("div", { class: "b2b-title" }, face.title),
      view.savedLine,
    ),
    view.task,
    view.notes,
    face.case?.length ? h("div", { class: "b2b-case" }, face.case.map((text) => h("p", {}, text))) : null,
  );
}

function paintTop(view) {
  const { store } = view;
  paintSaved(view);
  paintTask(view);
  const notes = [...(store.mode === "preview" ? [store.words.preview] : []), ...store.notes];
  if (view.notes.b2bDrawn === notes.join("|")) return;
  view.notes.b2bDrawn = notes.join("|");
  view.notes.replaceChildren(...notes.map((text) => h("p", { class: "b2b-note" }, text)));
}

function paintSaved(view) {
  const { store } = view;
  const { kind, at, text } = store.status;
  const said = { saving: store.words.saving, failed: text, saved: at ? fill(store.words.saved, { time: at }) : "" };
  const shown = store.mode === "preview" ? "" : said[kind];
  view.savedLine.dataset.kind = kind;
  if (view.savedLine.textContent === shown) return; // saying the same again would be read out again
  view.savedLine.replaceChildren(...(kind === "saved" && shown ? [icon("tick"), shown] : [shown]));
}

function paintTask(view) {
  const { store } = view;
  const { big, text } = store.feedback ?? {};
  const isResult = store.phase === "checked";
  const plain = store.phase === "answer" ? store.words.answer_shown : store.face.task;
  const drawn = isResult ? `${big}|${text}` : plain;
  if (view.task.b2bDrawn === drawn) return;
  view.task.b2bDrawn = drawn;
  view.task.classList.toggle("is-result", isResult);
  if (isResult) view.task.replaceChildren(h("span", { class: "b2b-big" }, big ?? ""), text ?? "");
  else view.task.replaceChildren(plain);
  view.spoken.textContent = isResult ? `${big ?? ""} ${text ?? ""}` : store.editing ? "" : plain;
}

function paintLegend(view) {
  const { store } = view;
  const entries = store.phase === "checked" ? judgedLegend(store) : plainLegend(store);
  const keys = store.editing ? h("span", {}, store.words[legendKeys(store)]) : null;
  const marks = entries.map(([name, word]) => h("span", {}, mark(name), word));
  view.legend.replaceChildren(...marks, ...(keys ? [keys] : []), view.more);
}

function plainLegend(store) {
  const { words } = store;
  const two = hasTwoMarks(store);
  return [["main", two ? words.mark_main : words.mark_only], ...(two ? [["also", words.mark_also]] : [])];
}

function legendKeys(store) {
  const form = formOf(store);
  if (!form.marks) return "keys_heads";
  return form.rows ? "keys_both" : "keys_cells";
}

/** Only what can be seen is explained. */
function judgedLegend(store) {
  const { face, words } = store;
  const seen = new Set(face.rows.flatMap((row) => face.columns.map((column) => verdictAt(store, row, column))));
  for (const side of ["rows", "columns"]) face[side].forEach((item) => seen.add(headVerdict(store, side, item)));
  const judged = ["right", "partly", "wrong", "missed", "accepted"].filter((name) => seen.has(name));
  const given = formOf(store).marks ? [] : plainLegend(store);
  return [...given, ...judged.map((name) => [name, words[`${name}_legend`] ?? words[name]])];
}

function buildFoot(view) {
  const { store } = view;
  const button = (name, onclick) => h("button", { type: "button", class: "b2b-button", "data-do": name, onclick });
  view.buttons = {
    main: button("main", () => onMain(view)),
    hint: button("hint", () => store.moreHints && store.ask("hint")),
    undo: button("undo", () => store.undo()),
    fix: button("fix", () => onOnlyFix(store)),
    answer: button("answer", () => store.ask("answer")),
  };
  view.buttons.main.classList.add("is-primary");
  view.reason = h("span", { class: "b2b-reason", id: `b2b-reason-${view.uid}` });
  view.told = h("span", { class: "b2b-told", role: "status" });
  view.progress = h("span", { class: "b2b-progress" });
  view.legend = h("div", { class: "b2b-legend" });
  view.hintLines = h("div", { class: "b2b-hints", role: "status" });
  view.more = h("span", { class: "b2b-more" });
  const buttons = h("div", { class: "b2b-foot" }, Object.values(view.buttons), view.reason, view.told, view.progress);
  view.foot = h("div", {}, view.legend, view.hintLines, buttons);
}

function onMain(view) {
  const { store } = view;
  if (!store.editing) store.retry();
  else if (hasAnyAnswer(store)) store.ask("check");
}

function onOnlyFix(store) {
  store.onlyFix = !store.onlyFix;
  store.tell();
}

function paintFoot(view) {
  const { store, buttons } = view;
  const { words, editing } = store;
  const practice = store.mode === "practice";
  const closed = editing && !hasAnyAnswer(store);
  showButton(buttons.main, practice, editing ? words.check : words.retry, closed && view.reason.id);
  showButton(buttons.hint, practice && editing, words.hint, !store.moreHints && view.reason.id);
  showButton(buttons.undo, editing, words.undo, !store.past.length && "none");
  const fixable = store.phase === "checked" && store.face.rows.some((row) => rowState(store, row) !== "right");
  showButton(buttons.fix, fixable && hasRowStates(store), words.only_fix, false);
  buttons.fix.setAttribute("aria-pressed", store.onlyFix ? "true" : "false");
  showButton(buttons.answer, practice && store.wasChecked && store.phase !== "answer", words.show_answer, false);
  view.reason.textContent = practice && editing ? reasonText(store, closed) : "";
  if (view.told.textContent !== store.told) view.told.textContent = store.told;
  view.reason.hidden = Boolean(store.told) || !view.reason.textContent;
  paintProgress(view);
  paintHints(view);
}

const hasRowStates = (store) => store.face.rows.some((row) => rowState(store, row));

function reasonText(store, closed) {
  if (closed) return store.words.check_closed;
  return store.moreHints ? "" : store.words.no_more_hints;
}

/** A closed button stays readable and keeps its place; it names its reason instead of turning grey. */
function showButton(button, shown, text, closedBecause) {
  button.hidden = !shown;
  if (button.textContent !== text) button.textContent = text;
  setAttribute(button, "aria-disabled", closedBecause && "true");
  setAttribute(button, "aria-describedby", closedBecause && closedBecause !== "none" && closedBecause);
}

function paintProgress(view) {
  const { store } = view;
  if (!store.editing) {
    view.progress.replaceChildren(store.feedback?.tries ?? "");
    return;
  }
  const rows = answered(store);
  const done = rows.filter(Boolean).length;
  const form = formOf(store);
  const side = form.columns && !form.marks ? "columns" : "rows";
  const said = store.words[store.mode === "answer" ? `answered_${side}` : `progress_${side}`];
  const bars = rows.map((_, n) => h("i", { class: n < done ? "is-done" : "" }));
  const segments = h("span", { class: "b2b-segments", "aria-hidden": "true" }, bars);
  segments.style.setProperty("--b2b-segment", rows.length > 12 || view.size?.room < 700 ? "8px" : "14px");
  view.progress.replaceChildren(segments, fill(said, { done, total: rows.length }));
}

function paintHints(view) {
  const { store } = view;
  view.hintLines.hidden = !store.editing || !store.hints.length;
  if (view.hintLines.children.length === store.hints.length) return;
  const several = store.hints.map((text, at) => {
    const n = fill(store.words.hint_n, { n: at + 1 });
    return h("p", {}, h("b", {}, n), text);
  });
  view.hintLines.replaceChildren(...several);
}

// ---------------------------------------------------------------- the view

let views = 0;

/** One picture of a store on the page. */
class View {
  constructor(store, el) {
    this.store = store;
    this.el = el;
    this.uid = views += 1;
    this.root = h("section", { class: "b2b-matrix", "data-lm-suppress-shortcuts": "true" });
    this.spoken = h("div", { class: "b2b-unseen", role: "status" });
    shield(this);
    el.append(this.root);
    this.rebuild();
  }

  startsGroup(c) {
    return this.groups.some((group) => group.from === c);
  }

  endsGroup(c) {
    return this.groups.some((group) => group.from + group.size - 1 === c && c < this.store.face.columns.length - 1);
  }

  /** Everything anew: at the start, and when the face, the words or the mode change. */
  rebuild() {
    const { face } = this.store;
    closeList(this);
    this.slanted = face.lang !== "ko";
    this.groups = groupRuns(face);
    this.pos = null;
    this.root.lang = face.lang;
    this.root.dataset.item = face.id;
    this.root.className = `b2b-matrix ${this.slanted ? "is-slanted" : "is-upright"}`;
    this.root.classList.toggle("has-groups", this.groups.length > 0);
    this.root.dataset.item = face.id;
    this.root.setAttribute("aria-label", face.title);
    buildTop(this);
    buildFoot(this);
    this.buildFrame();
    this.root.replaceChildren(this.edge, this.frame, this.foot, this.spoken);
    this.buildTable();
    this.paintAround();
    layout(this);
  }

  buildFrame() {
    this.sheet = h("div", {});
    this.scroll = h("div", { class: "b2b-scroll" }, this.sheet);
    this.fade = h("div", { class: "b2b-fade", hidden: true });
    this.frame = h("div", { class: "b2b-frame" }, this.scroll, this.fade);
    this.scroll.addEventListener("scroll", () => {
      if (this.size) trackScroll(this);
      placeList(this);
    });
  }

  /** What the table's structure depends on; marks and names are painted into it. */
  get shape() {
    const { phase, open, onlyFix } = this.store;
    return JSON.stringify([phase, phase !== "edit" && open, onlyFix, this.store.feedback?.tries]);
  }

  buildTable() {
    const { store } = this;
    this.drawnShape = this.shape;
    this.rows = visibleRows(store);
    this.columns = store.face.columns.map(() => h("col"));
    const rowColumn = h("col", { style: "width:var(--b2b-row-w)" });
    this.body = h("tbody", {});
    const label = fill(store.words.grid, { title: store.face.title });
    this.table = h("table", { role: "grid", "aria-label": label }, h("colgroup", {}, rowColumn, this.columns));
    this.table.append(buildHead(this), this.body);
    this.body.append(...[columnDetail(this), ...this.buildRows()].filter(Boolean));
    this.heads = [...this.table.querySelectorAll(".b2b-col")];
    this.lit = null;
    this.sheet.replaceChildren(this.table);
    this.collectPlaces();
    listenToGrid(this);
  }

  buildRows() {
    this.lines = [];
    return this.rows.flatMap((row, r) => {
      const cells = this.store.face.columns.map((column, c) => buildCell(this, row, column, { r, c }));
      const line = h("tr", { role: "row" }, buildRowHead(this, row, r), cells);
      const detail = rowDetail(this, row);
      if (detail) line.classList.add("is-open");
      this.lines.push(line);
      return [line, detail];
    });
  }

  collectPlaces() {
    const nodes = [...this.table.querySelectorAll(".b2b-cell, .b2b-slot, .b2b-pick, .b2b-toggle")];
    this.places = new Map(nodes.filter((node) => node.b2bPlace).map((node) => [placeKey(node), node]));
    const first = { cells: [0, 0], left: [0, -1], right: [-1, 0], both: [0, -1] }[this.store.face.form] ?? [0, 0];
    const pos = this.pos ?? { r: first[0], c: first[1] };
    this.pos = standsAt(this, pos.r, pos.c) ? pos : { r: Math.max(0, Math.min(pos.r, this.rows.length - 1)), c: 0 };
    setTabStop(this, this.pos);
  }

  /** After any change of the store: a new table if its structure changed, else only what changed in it. */
  update() {
    if (this.shape === this.drawnShape) for (const node of this.places.values()) node.b2bPaint?.();
    else this.restructure();
    this.paintAround();
  }

  restructure() {
    const hadFocus = focusedPlace(this);
    const { scrollLeft, scrollTop } = this.scroll;
    closeList(this, true);
    this.buildTable();
    layout(this);
    this.scroll.scrollTo({ left: scrollLeft, top: scrollTop });
    if (hadFocus) standsAt(this, this.pos.r, this.pos.c)?.focus({ preventScroll: true });
  }

  paintAround() {
    paintTop(this);
    paintLegend(this);
    paintFoot(this);
    if (this.size) trackScroll(this);
  }
}

const placeKey = (node) => `${node.b2bPlace.r},${node.b2bPlace.c}`;

/** Hides the static table that stands beside the live one for pages without widgets. */
function hideStatic(view, hidden) {
  for (const child of view.outputs?.querySelectorAll(":scope > .jp-OutputArea-child") ?? []) {
    const fallback = child.querySelector(".b2b-static");
    if (fallback?.dataset.item !== view.store.face.id) continue;
    if (hidden.has(child)) continue;
    hidden.set(child, child.style.display);
    child.style.display = "none";
  }
}

/** Outputs arrive one by one: looks when the view is on the page and whenever outputs are added. */
function watchStatic(view) {
  const hidden = new Map();
  const watcher = new MutationObserver(() => hideStatic(view, hidden));
  const attach = () => {
    if (view.outputs || !view.root.isConnected) return;
    view.outputs = view.el.closest(".jp-OutputArea");
    if (view.outputs) watcher.observe(view.outputs, { childList: true, subtree: true });
    hideStatic(view, hidden);
  };
  const restore = () => {
    watcher.disconnect();
    hidden.forEach((display, child) => (child.style.display = display));
  };
  return { attach, restore };
}

/** Everything outside the widget that it listens to; returns how to stop. */
function listenOutside(view) {
  const fallback = watchStatic(view);
  const resized = new ResizeObserver(() => {
    fallback.attach();
    layout(view);
    placeList(view);
  });
  const outside = (event) => {
    const { list } = view;
    const inside = list && (list.box.contains(event.target) || list.anchor.contains(event.target));
    if (list && !inside) closeList(view, true);
  };
  const follow = () => placeList(view);
  const ready = () => view.root.isConnected && layout(view);
  resized.observe(view.el);
  document.fonts?.ready.then(ready);
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("scroll", follow, true);
  return () => {
    resized.disconnect();
    fallback.restore();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("scroll", follow, true);
  };
}

/** Makes the state before any view, so that it outlives each of them. */
function initialize({ model }) {
  storeOf(model);
}

/** Shows the widget in el; returns how to take it away. */
function render({ model, el }) {
  const store = storeOf(model);
  const view = new View(store, el);
  store.views.add(view);
  const stopListening = listenOutside(view);
  return () => {
    store.views.delete(view);
    closeList(view, true);
    stopListening();
    view.root.remove();
  };
}

export default { initialize, render };
