/**
 * What every kind of exercise shares: saving, phases, the parts around the body, the list that floats.
 *
 * A kind's module starts with ONE import from "./common.js" and ends with `export default exercise(KIND)`.
 * The two are one module in a notebook (base.py). KIND is an object; what has a ? may be left out:
 *
 *   name             "ordering"; the root has the classes b2b-exercise and b2b-ordering
 *   begin?(view)     at the start and when face, words or mode changed: what follows from the face alone
 *   build(view)      returns the body's node or nodes, anew: at the start and whenever its shape changed,
 *                    that is the phase, what is open, only what is to fix, and `shape`. The focus comes
 *                    back to the element with the same data-at, else to the data-at with tabindex 0
 *   shape?(view)     what else the body's structure depends on (JSON)
 *   paint?(view)     after any other change: into the body that stands, only what has changed
 *   layout?(view, room)  sets widths inside the body for `room` px, when room, phase or fonts change; returns
 *                    {width, edge}: the widget's width, and where its top and foot end. Without: 820 px
 *   legend?(store)   {marks: [["main", word], ..], keys: sentence}; view.more is a line at its right end
 *   progress(store)  {parts: [has an answer, ..], unit: "rows"} (words progress_rows, answered_rows), or {text}
 *   closed?(store)   why Check is not open yet, or ""; without: it opens with the first answer
 *   firstToFix?(store)   what opens after Check: a key for store.open, or null
 *   canFilter?(store)    after Check: would «only what is to fix» leave something out?
 *   without?         names of buttons that make no sense here: ["check", "undo", "answer"]; without undo no Ctrl+Z either
 *
 * A kind listens to its own keys and pointers on its nodes; keys never reach the notebook, Ctrl+Z undoes.
 * It reads   store.face .words .mode .editing .phase ("edit", "checked", "answer") .seen (the value to show)
 *            .feedback .open (a key of the kind's own making) .onlyFix
 * and calls  store.change(patch, typing?)  one step of the student. A patch is nested objects; null takes
 *                    away; text, numbers and lists are leaves, replaced whole. A place of the value holds
 *                    either leaves or a leaf, always. Steps in a row with the same name
 *                    `typing` are one undo, and are sent when the typing pauses or the field is left
 *            store.toggle(key), store.say(sentence), view.update() after a change of the kind's own state
 * Why an answer is right or wrong: lines(store, feedback, state, empty) makes the node, the kind places it.
 */

// Every widget is a module of its own, so what one leaves for the next lies with the window.
const LEFT = (window.b2bLeft ??= new WeakMap()); // notebook cell -> {item, patch}
const PROTOCOL = 1; // as in base.py; a kernel of another release says «reload» and keeps what it was sent
// Ids must be unique over all exercises of a window, and each of them loads a copy of this module.
const unique = () => (window.b2bCount = (window.b2bCount ?? 0) + 1);
const SAVING_AFTER = 300; // ms; a write that is quicker stays quiet
const REPLY_WITHIN = 2500; // ms without a reply: the kernel is gone
const LOCKED_WITHIN = 15_000; // ms that a kernel may wait for another one; it gives up after 12 s
const TYPING_PAUSE = 600; // ms without a key: what was typed is sent
const NARROW = 900; // px of room below which everything draws together
const USUAL_WIDTH = 820; // px; of a kind that does not say how wide it is

// ---------------------------------------------------------------- helpers

/** An element with attributes (`onclick` and the like become listeners) and children. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

export function setAttribute(node, name, value) {
  if (value) node.setAttribute(name, value);
  else node.removeAttribute(name);
}

/** Draws a node again only when something about it has changed; says whether it did. */
export function redraws(node, drawn) {
  if (node.b2bDrawn === drawn) return false;
  node.b2bDrawn = drawn;
  return true;
}

export const MARKS = {
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
  grip: '<path d="M4 2v0M8 2v0M4 6v0M8 6v0M4 10v0M8 10v0" stroke-width="2" stroke-linecap="round"/>',
};

/** A drawing from the two tables above; glyphs of fonts differ too much in size. */
function drawing(kind, shapes, size, name) {
  const box = document.createElement("template");
  box.innerHTML = `<svg class="b2b-${kind}" viewBox="0 0 ${size} ${size}" aria-hidden="true">${shapes[name]}</svg>`;
  const svg = box.content.firstChild;
  svg.setAttribute(`data-${kind}`, name);
  return svg;
}

export const mark = (name) => drawing("mark", MARKS, 16, name);
export const markOrRoom = (name) => (name in MARKS ? mark(name) : h("span", { class: "b2b-no-mark" }));
export const icon = (name) => drawing("icon", ICONS, 12, name);

/** The template with each {name} replaced. */
export function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map(); // font -> text -> px; measured once, until other fonts arrive

/** The width of the widest text, in px. */
export function widest(view, texts, font) {
  const whole = `${font} ${view.family ?? familyOf(view)}`;
  if (!widths.has(whole)) widths.set(whole, new Map());
  const known = widths.get(whole);
  const unknown = texts.filter((text) => !known.has(text));
  if (unknown.length) pen.font = whole;
  for (const text of unknown) known.set(text, pen.measureText(text).width);
  return Math.ceil(Math.max(0, ...texts.map((text) => known.get(text))));
}

const familyOf = (view) => getComputedStyle(view.root).fontFamily;

// ---------------------------------------------------------------- values and patches

const INTO = "\n"; // between the steps of a path: no id holds a line break, some hold a "/"
const copy = (data) => JSON.parse(JSON.stringify(data ?? {}));
const isBranch = (data) => data !== null && typeof data === "object" && !Array.isArray(data);

/** The data at the path cells, row, column of a value; undefined where nothing is. */
function part(value, path) {
  return path.split(INTO).reduce((inner, key) => inner?.[key], value);
}

/** Puts data at a path of a value; null takes it away. */
function put(value, path, data, keepNull = false) {
  const keys = path.split(INTO);
  const last = keys.pop();
  let inner = value;
  for (const key of keys) inner = inner[key] ??= {};
  if (data === null && !keepNull) delete inner[last];
  else inner[last] = data;
}

/** A patch as [path, data] of its leaves; taking away a branch takes away every leaf it has in the value. */
function leaves(patch, value, above = "") {
  return Object.entries(patch).flatMap(([key, data]) => {
    const old = value?.[key];
    if (isBranch(data)) return leaves(data, old, `${above}${key}${INTO}`);
    if (data !== null || !isBranch(old)) return [[above + key, data]];
    const none = Object.fromEntries(Object.keys(old).map((inner) => [inner, null]));
    return leaves(none, old, `${above}${key}${INTO}`);
  });
}

/** Is there an answer anywhere in a value? An empty text or list and a mark of 0 are none. */
export function holdsAnswer(value) {
  if (isBranch(value)) return Object.values(value).some(holdsAnswer);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

// ---------------------------------------------------------------- what no kernel has heard yet

const DRAFT = "b2b-draft:"; // before the place of an answer, in the browser's own storage
const DRAFT_DAYS = 60;
const UNDECIDED = ":undecided"; // after the place: a draft about which the student has not decided yet

/** What a text says as JSON; null where it says nothing. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What was entered and is not on disk yet, kept by the browser from the very key press: a notebook closed at once, a
 * kernel that died, a browser that crashed. It is gone once the file holds it. A place belongs to one user, one folder
 * and one item (exercise.py), so that on a shared computer nobody's answer reaches another's file.
 */
class Draft {
  constructor(place) {
    this.key = place ? DRAFT + place : "";
  }

  /** The draft, {patch, was, time}, or null; very old ones of any place, and broken ones, are thrown away. */
  read(suffix = "") {
    return this.tried((storage) => {
      const oldest = Date.now() - DRAFT_DAYS * 86_400_000;
      for (const key of Object.keys(storage).filter((name) => name.startsWith(DRAFT))) {
        if (!(parsed(storage.getItem(key))?.time > oldest)) storage.removeItem(key);
      }
      return parsed(storage.getItem(this.key + suffix));
    });
  }

  keep(patch, was, time = Date.now(), suffix = "") {
    this.tried((storage) => storage.setItem(this.key + suffix, JSON.stringify({ patch, was, time })));
  }

  drop(suffix = "") {
    this.tried((storage) => storage.removeItem(this.key + suffix));
  }

  /** A browser may allow no storage, or have none left: then the kernel alone keeps answers. */
  tried(use) {
    if (!this.key) return null;
    try {
      return use(window.localStorage) ?? null;
    } catch {
      return null;
    }
  }
}

// ---------------------------------------------------------------- state and saving

const stores = new WeakMap();

/**
 * The one state of a widget, whatever the number of its views.
 * anywidget hands every view its own proxy of the model; the layout model is the object they share.
 */
function storeOf(model, kind) {
  const layout = model.get("layout");
  const key = layout !== null && typeof layout === "object" ? layout : model;
  if (!stores.has(key)) stores.set(key, new Store(model, kind));
  return stores.get(key);
}

/** What is on the screen, what of it is on disk, and what Check said. */
class Store {
  constructor(model, kind) {
    this.model = model;
    this.kind = kind;
    this.views = new Set();
    this.value = copy(model.get("value"));
    this.base = copy(model.get("value")); // what the file held when it was last heard of
    this.unsaved = new Map(); // path -> {data, n, was}: the newest data that no reply has confirmed
    this.draft = new Draft(this.mode === "preview" ? "" : model.get("place"));
    this.unsent = null; // a draft that no longer fits what is on disk: the student decides
    this.waiting = new Map(); // n -> {message, timers}
    this.past = []; // steps back: maps from path to the data that stood there
    this.typing = ""; // the name of the last step, if typing more belongs to it
    this.held = null; // timers while typed text waits for a pause
    this.n = Date.now(); // grows; two browser tabs on one kernel hear each other's replies, so no two start alike
    this.born = this.n; // tells the kernel whose numbers these are: it may hear messages in another order
    this.status = { kind: "saved", at: model.get("saved") };
    this.notes = model.get("notes") ?? [];
    this.offer = model.get("offer") ?? {};
    this.hints = [];
    this.moreHints = true;
    this.wasChecked = false;
    this.told = "";
    this.edit();
    this.listen();
    this.begin();
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

  /** What the body shows: the student's value, or the answer when that was asked for. */
  get seen() {
    return this.phase === "answer" ? this.answer : this.value;
  }

  /** Why Check is not open yet; "" when it is. */
  get closed() {
    if (this.kind.closed) return this.kind.closed(this);
    return holdsAnswer(this.value) ? "" : this.words.check_closed;
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
    this.model.on("change:offer", () => {
      this.offer = this.model.get("offer") ?? {};
      this.tell();
    });
    this.model.on("change:feedback", () => this.begin());
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

  /** An exercise that was judged before it was opened shows its verdict from the start. */
  begin() {
    const feedback = this.model.get("feedback") ?? {};
    if ("parts" in feedback) this.onChecked(feedback);
  }

  /** Back to (or at the start in) the state in which the student answers. */
  edit() {
    Object.assign(this, { phase: "edit", feedback: null, answer: null, open: null, onlyFix: false });
  }

  /** One step of the student; with a name `typing` it may be the same step as the one before. */
  change(patch, typing = "") {
    const entries = leaves(patch, this.value);
    if (!typing || typing !== this.typing) this.past.push(new Map());
    const step = this.past.at(-1);
    for (const [path] of entries) if (!step.has(path)) step.set(path, part(this.value, path) ?? null);
    this.typing = typing;
    this.told = "";
    this.apply(entries);
  }

  keepDraft() {
    if (this.unsaved.size) this.draft.keep(this.unsavedPatch(), this.unsavedPatch("was"));
    else this.draft.drop();
  }

  /** Hands on what an earlier page could not save, if the file still holds what that page believed. */
  recover() {
    if (this.recovered) return;
    this.recovered = true;
    this.unsent = this.draft.read(UNDECIDED);
    const found = this.draft.read();
    if (!found?.patch || this.unsaved.size) return;
    const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
    const open = leaves(found.patch, {}).filter(([path, data]) => !same(part(this.base, path), data));
    if (!open.length) this.draft.drop();
    else if (open.every(([path]) => same(part(this.base, path), part(found.was ?? {}, path)))) this.change(found.patch);
    else this.setAside(found);
    this.tell();
  }

  /** A draft waits for the student's word, whatever is entered meanwhile. */
  setAside(found) {
    this.unsent = found;
    this.draft.keep(found.patch, found.was, found.time, UNDECIDED);
    this.draft.drop();
  }

  /** The student's word on a draft: into the answer, or away with it. */
  settleDraft(putIn) {
    const { patch } = this.unsent;
    this.unsent = null;
    this.draft.drop(UNDECIDED);
    if (putIn) this.change(patch);
    this.tell();
  }

  undo() {
    const step = this.past.pop();
    if (!step) return;
    this.typing = "";
    this.told = this.words.undone;
    this.apply(step);
  }

  apply(entries) {
    for (const [path, data] of entries) {
      const was = this.unsaved.has(path) ? this.unsaved.get(path).was : (part(this.base, path) ?? null);
      put(this.value, path, data);
      this.unsaved.set(path, { data, n: null, was });
    }
    this.keepDraft();
    // «Saved» is not said of what is not: the line goes until the reply, but is not read out anew.
    if (this.status.kind === "saved") this.status = { ...this.status, kind: "pending" };
    if (this.typing) this.hold();
    else this.flush();
    this.tell();
  }

  /** Waits for a pause in the typing; what is not sent is not called saved meanwhile. */
  hold() {
    const slow = this.held?.slow ?? setTimeout(() => this.slow(), SAVING_AFTER);
    clearTimeout(this.held?.pause);
    this.held = { slow, pause: setTimeout(() => this.release(), TYPING_PAUSE) };
  }

  /** Sends at once what waits for a pause. */
  release() {
    if (this.held) this.flush();
  }

  /** Sends everything no reply has confirmed, so that a change after a failure heals it too. */
  flush() {
    clearTimeout(this.held?.slow);
    clearTimeout(this.held?.pause);
    this.held = null;
    if (this.mode === "preview") {
      this.unsaved.clear();
      return;
    }
    for (const entry of this.unsaved.values()) entry.n ??= this.n + 1; // the first message that carries this data
    this.send({ do: "change", patch: this.unsavedPatch() });
  }

  /** Another kernel may have written: what is on disk by now? Nothing waits for the reply. */
  look() {
    if (this.mode === "preview" || this.unsaved.size || this.waiting.size) return;
    try {
      this.model.send({ do: "look", n: 0, from: this.born, p: PROTOCOL });
    } catch {
      // The kernel is gone; the next change says so.
    }
  }

  /** Check, hint, answer, retry. What failed to be saved goes first; what is on its way is sent along. */
  ask(what) {
    if (this.mode === "preview") return;
    if (this.held || (this.unsaved.size && this.status.kind === "failed")) this.flush();
    this.send({ do: what, patch: this.unsavedPatch() });
  }

  send(message) {
    const n = (this.n += 1);
    const timers = [setTimeout(() => this.late(n), REPLY_WITHIN)];
    if (message.do === "change") timers.push(setTimeout(() => this.slow(), SAVING_AFTER));
    this.waiting.set(n, { message, timers });
    try {
      this.model.send({ ...message, n, from: this.born, p: PROTOCOL });
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
    this.leaveUnsaved();
    this.tell();
  }

  /** What no reply has confirmed, as one patch; or what stood there before. */
  unsavedPatch(what = "data") {
    const patch = {};
    for (const [path, entry] of this.unsaved) put(patch, path, entry[what], true);
    return patch;
  }

  /** Leaves what is unsaved with the notebook's cell: run again, it makes a widget that takes it over. */
  leaveUnsaved() {
    for (const { cell } of this.views) {
      if (!cell) continue;
      if (this.unsaved.size) LEFT.set(cell, { item: this.face.id, patch: this.unsavedPatch() });
      else LEFT.delete(cell);
    }
  }

  /** Saves what an earlier widget of the same cell could not. */
  takeOver(cell) {
    const left = LEFT.get(cell);
    if (left?.item !== this.face.id || this.mode === "preview") return;
    LEFT.delete(cell);
    this.change(left.patch);
  }

  receive(message) {
    const replies = {
      saved: () => this.onSaved(message),
      failed: () => this.settle(message.n) && this.fail(message.text),
      checked: () => this.settle(message.n) && this.onChecked(message.feedback),
      hint: () => this.settle(message.n) && this.onHint(message),
      answer: () => this.settle(message.n) && this.onAnswer(message),
      retry: () => this.settle(message.n) && this.heal(),
      waiting: () => this.onWaiting(message.n),
    };
    // What a kind asked for of its own comes as a trait; the reply only says that it was heard.
    (replies[message?.did] ?? (() => this.settle(message?.n) && this.heal()))();
  }

  /** The kernel lives, and waits for another one that is writing the same answer. */
  onWaiting(n) {
    const asked = this.waiting.get(n);
    if (!asked) return;
    asked.timers.forEach(clearTimeout);
    asked.timers = [setTimeout(() => this.late(n), LOCKED_WITHIN)];
    this.status = { kind: "saving", text: this.words.waiting };
    this.tell();
  }

  onSaved({ n, at, value, notes, offer }) {
    if (this.settle(n)) this.confirm(n);
    if (notes?.length) this.notes = notes;
    if (offer) this.offer = offer;
    this.at = at;
    this.heal();
    this.adopt(value);
  }

  /** The message n carried everything that was unsaved by then. */
  confirm(n) {
    for (const [path, entry] of this.unsaved) {
      if (entry.n !== null && entry.n <= n) this.unsaved.delete(path);
    }
    this.keepDraft();
    this.leaveUnsaved();
  }

  /** «Saved» only when nothing is left to confirm. */
  heal() {
    if (!this.unsaved.size) this.status = { kind: "saved", at: this.at ?? this.model.get("saved") };
    this.tell();
  }

  /** Takes over what is on disk (another kernel may have written), except what we changed since. */
  adopt(value) {
    if (value) {
      this.base = copy(value);
      this.value = copy(value);
      for (const [path, { data }] of this.unsaved) put(this.value, path, data);
    }
    this.tell();
  }

  onChecked(feedback) {
    Object.assign(this, { phase: "checked", feedback, onlyFix: false, wasChecked: true, told: "" });
    this.open = this.kind.firstToFix?.(this) ?? null;
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
    // A verdict that is still on its way must not come back over the answer being mended.
    for (const [n, { message }] of [...this.waiting]) if (message.do === "check") this.settle(n);
    this.ask("retry");
    this.edit();
    this.tell();
  }

  /** Opens what has this key, and only that; closes it if it is open. */
  toggle(key) {
    this.open = this.open === key ? null : key;
    this.tell();
  }
}

// ---------------------------------------------------------------- feedback

/** Is there anything to read when it opens? */
export function tells(feedback) {
  return Boolean(feedback && (feedback.lines?.length || feedback.read || feedback.state === "not attempted"));
}

export const isToFix = (state) => state === "partly" || state === "wrong";

export const verdictWord = (store, verdict) => store.words[verdict.replace(" ", "_")] ?? verdict;

/** The entries of a legend after Check: only what can be seen is explained. */
export function judgedMarks(store, seen) {
  const { words } = store;
  const judged = ["right", "partly", "wrong", "missed", "accepted"].filter((name) => seen.has(name));
  return judged.map((name) => [name, words[`${name}_legend`] ?? words[name]]);
}

/** A button around a name that opens and closes what is said under a key. */
export function disclosure(store, key, name) {
  const toggle = h("button", { type: "button", class: "b2b-toggle" }, icon("next"), name);
  toggle.setAttribute("aria-expanded", store.open === key ? "true" : "false");
  toggle.addEventListener("click", () => store.toggle(key));
  return toggle;
}

/** Sentences that say why, each with what was done in bold before it, and where to read again. */
export function lines(store, feedback, state, emptyText) {
  const told = feedback?.lines ?? [];
  const said = told.map(({ lead, text }) => h("p", {}, lead ? h("b", {}, lead) : null, lead && text ? " " : "", text));
  if (!said.length && state === "not attempted") said.push(h("p", {}, emptyText));
  if (feedback?.read) said.push(buildRead(store.words, feedback.read));
  const calm = isToFix(state) && store.phase === "checked" ? "" : " is-calm";
  return h("div", { class: `b2b-lines${calm}` }, said);
}

function buildRead(words, { label, href }) {
  // A new tab: leaving this page would cost the reader the place where the exercise stands.
  const link = h("a", { href, target: "_blank", rel: "noopener" }, label);
  return h("p", { class: "b2b-read" }, `${words.read_again} `, link);
}

// ---------------------------------------------------------------- the list that floats

/**
 * Opens a searchable list of names below the button that asked for it.
 * A list is {anchor, label, choices, current, take, gap?, shift?}: `choices()` gives [{id, name, note?}] in
 * their order, `current()` the id chosen now or null, `take(id)` is called with another id, null to clear.
 */
export function openList(view, asked) {
  closeList(view);
  if (!view.store.editing) return;
  const { words } = view.store;
  const { anchor, label } = asked;
  const id = `b2b-list-${unique()}`;
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
  const options = h("ul", { id, class: "b2b-options", role: "listbox", "aria-label": label });
  const noMatch = h("div", { class: "b2b-no-match", role: "status" });
  const foot = h("div", { class: "b2b-list-foot" }, words.list_keys);
  const find = h("label", { for: `${id}-find` }, label);
  const box = h("div", { class: "b2b-list", popover: "manual" }, find, input, options, noMatch, foot);
  view.list = { ...asked, box, input, options, noMatch, id, active: 0 };
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

export function closeList(view, keepFocus = false) {
  const { list } = view;
  if (!list) return;
  view.list = null;
  list.anchor.b2bListOpen = false;
  list.anchor.setAttribute("aria-expanded", "false");
  const had = list.box.contains(document.activeElement);
  list.box.remove();
  if (had && !keepFocus) list.anchor.focus({ preventScroll: true });
}

/** While answering a button opens a list; after Check it discloses what was said. */
export function announceButton(button, toList, isOpen) {
  setAttribute(button, "aria-haspopup", toList && "listbox");
  button.setAttribute("aria-expanded", (toList ? button.b2bListOpen : isOpen) ? "true" : "false");
}

/** Names that fit the search line; to clear is offered while nothing is sought. */
function matches({ store, list }) {
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  const sought = plain(list.input.value);
  const found = list.choices().filter((choice) => plain(choice.name).includes(sought));
  const clear = list.current() && !sought ? [{ id: null, name: store.words.clear }] : [];
  return [...found, ...clear];
}

function showOptions(view) {
  const { list, store } = view;
  list.entries = matches(view);
  const nodes = list.entries.map((entry, at) => buildOption(view, entry, at));
  list.options.replaceChildren(...nodes);
  list.options.hidden = !nodes.length;
  list.noMatch.textContent = nodes.length ? "" : store.words.no_match;
  list.noMatch.hidden = nodes.length > 0;
  activate(
    view,
    Math.max(
      0,
      list.entries.findIndex((entry) => isCurrent(list, entry)),
    ),
  );
}

const isCurrent = (list, { id }) => id !== null && id === list.current();

function buildOption(view, entry, at) {
  const { list } = view;
  return h(
    "li",
    {
      id: `${list.id}-${at}`,
      class: entry.id === null ? "b2b-option is-clear" : "b2b-option",
      role: "option",
      "aria-selected": isCurrent(list, entry) ? "true" : "false",
      onclick: () => take(view, at),
      onpointermove: () => list.active !== at && activate(view, at, false),
    },
    h("span", {}, entry.name),
    entry.note ? h("small", {}, entry.note) : null,
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
  const { list } = view;
  const entry = list.entries[at];
  if (!entry) return;
  closeList(view);
  if (entry.id !== (list.current() ?? null)) list.take(entry.id);
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

/** Below its anchor, inside the window; above when there is no room below. */
function placeList(view) {
  const { list } = view;
  if (!list) return;
  const { gap = 2, shift = 0 } = list;
  const from = list.anchor.getBoundingClientRect();
  const edge = view.edge.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list.box;
  const rightmost = Math.min(window.innerWidth - 8, Math.max(edge.right, from.right)) - width;
  const below = from.bottom + gap;
  const above = from.top - gap - height;
  const top = below + height > window.innerHeight - 8 && above > 8 ? above : below;
  list.box.style.left = `${Math.max(8, Math.min(from.left + shift, rightmost))}px`;
  list.box.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
}

// ---------------------------------------------------------------- keys that are not the notebook's

const has = (view, button) => !view.kind.without?.includes(button);

/** The notebook's shortcuts must not hear what is typed here. */
export function shield(root) {
  const stop = (event) => event.stopPropagation();
  for (const name of ["keydown", "keyup", "keypress", "contextmenu", "dragstart", "dragover", "drop"]) {
    root.addEventListener(name, stop);
  }
  // Notebook 7 hears keys before they get here, and asks only whatever has the focus itself.
  root.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
}

/** Keys and drags stay here; Ctrl+Z is ours, except in a text. */
function ownKeys(view) {
  shield(view.root);
  view.root.addEventListener("focusout", () => view.store.release());
  view.root.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || event.target.matches('textarea, input:not([type="radio"], [type="checkbox"])')) return;
    event.preventDefault();
    if (view.store.editing && has(view, "undo")) view.store.undo();
  });
}

// ---------------------------------------------------------------- the parts around the body

function buildTop(view) {
  const { face } = view.store;
  view.savedLine = h("span", { class: "b2b-saved", role: "status" });
  view.task = h("p", { class: "b2b-task" });
  view.notes = h("div", { role: "status" });
  const title = h("div", { class: "b2b-title" }, face.title);
  const told = face.case?.length ? h("div", { class: "b2b-case" }, story(face)) : "";
  view.edge = h("div", {}, h("div", { class: "b2b-top" }, title, view.savedLine), view.task, view.notes);
  view.edge.append(told);
}

/** The story; its paragraphs are numbered where they can be cited as evidence. */
function story({ case: paragraphs, evidence }) {
  if (!evidence) return paragraphs.map((text) => h("p", {}, text));
  return h(
    "ol",
    { class: "b2b-numbered" },
    paragraphs.map((text) => h("li", {}, text)),
  );
}

function paintTop(view) {
  const { store } = view;
  paintSaved(view);
  paintTask(view);
  const judged = store.phase === "checked" ? (store.feedback?.notes ?? []) : [];
  const notes = [...(store.mode === "preview" ? [store.words.preview] : []), ...store.notes];
  if (!redraws(view.notes, JSON.stringify([notes, judged, store.offer, store.unsent]))) return;
  const note = (name) => (text) => h("p", { class: name }, text);
  const told = [...notes.map(note("b2b-note")), ...judged.map(note("b2b-note is-judged"))];
  view.notes.replaceChildren(...told, ...unsent(store), ...offered(store));
}

/** A version of the answer that was set aside, how it looks, and the buttons that decide about it. */
function offered(store) {
  const { text, html, see, put_back: back, leave } = store.offer;
  if (!text) return [];
  const button = (what, label) => {
    const onclick = () => store.ask(what);
    return h("button", { type: "button", class: "b2b-button", "data-do": what, onclick }, label);
  };
  const shown = h("div", { class: "b2b-aside" });
  shown.innerHTML = html ?? ""; // made by the kernel, from the answer as text
  const folded = html ? h("details", {}, h("summary", {}, see), shown) : "";
  const buttons = [button("put_back", back), leave ? button("leave", leave) : ""];
  return [h("div", { class: "b2b-note is-offer" }, h("p", {}, text), folded, buttons)];
}

/** What an earlier page could not save, where the answer has become another since. */
function unsent(store) {
  if (!store.unsent) return [];
  const { words, face } = store;
  const time = new Intl.DateTimeFormat(face.lang, { dateStyle: "medium", timeStyle: "short" }).format(
    store.unsent.time,
  );
  const button = (what, putIn) => {
    const onclick = () => store.settleDraft(putIn);
    return h("button", { type: "button", class: "b2b-button", "data-do": what, onclick }, words[what]);
  };
  const texts = leaves(store.unsent.patch, {}).filter(([, data]) => typeof data === "string" && data.includes(" "));
  const said = texts.map(([, data]) => h("p", { class: "b2b-quoted" }, data));
  const told = h("p", {}, fill(words.unsent, { time }));
  return [h("div", { class: "b2b-note is-offer" }, told, said, button("put_in", true), button("throw", false))];
}

function paintSaved(view) {
  const { store } = view;
  const { kind, at, text } = store.status;
  const saved = at ? fill(store.words.saved, { time: at }) : "";
  const said = { saving: text ?? store.words.saving, failed: text, saved, pending: saved };
  const shown = store.mode === "preview" ? "" : said[kind];
  view.savedLine.dataset.kind = kind;
  if (view.savedLine.textContent === shown) return; // saying the same again would be read out again
  view.savedLine.replaceChildren(...(kind === "saved" && shown ? [icon("tick"), shown] : [shown]));
}

/** The task; after Check the score stands in its place. */
function paintTask(view) {
  const { store } = view;
  const { big, text } = store.feedback ?? {};
  const isResult = store.phase === "checked";
  const plain = store.phase === "answer" ? store.words.answer_shown : store.face.task;
  if (!redraws(view.task, isResult ? `${big}|${text}` : plain)) return;
  view.task.classList.toggle("is-result", isResult);
  if (isResult) view.task.replaceChildren(h("span", { class: "b2b-big" }, big ?? ""), text ?? "");
  else view.task.replaceChildren(plain);
  view.spoken.textContent = isResult ? `${big ?? ""} ${text ?? ""}` : store.editing ? "" : plain;
}

function paintLegend(view) {
  const { kind, store } = view;
  view.legend.hidden = !kind.legend;
  if (!kind.legend) return;
  const { marks = [], keys = "" } = kind.legend(store);
  const shown = marks.map(([name, word]) => h("span", {}, mark(name), word));
  view.legend.replaceChildren(...shown, ...(keys ? [h("span", {}, keys)] : []), view.more);
}

function buildFoot(view) {
  const { store } = view;
  const button = (name, onclick) => h("button", { type: "button", class: "b2b-button", "data-do": name, onclick });
  view.buttons = {
    main: button("main", () => onMain(store)),
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

function onMain(store) {
  if (!store.editing) store.retry();
  else if (!store.closed) store.ask("check");
}

function onOnlyFix(store) {
  store.onlyFix = !store.onlyFix;
  store.tell();
}

function paintFoot(view) {
  const { store, buttons } = view;
  const { words, editing, phase } = store;
  const practice = store.mode === "practice";
  const closed = editing ? store.closed : "";
  showButton(
    buttons.main,
    practice && has(view, "check"),
    editing ? words.check : words.retry,
    closed && view.reason.id,
  );
  showButton(buttons.hint, practice && editing, words.hint, !store.moreHints && view.reason.id);
  showButton(buttons.undo, editing && has(view, "undo"), words.undo, !store.past.length && "none");
  showButton(buttons.fix, phase === "checked" && view.kind.canFilter?.(store), words.only_fix, false);
  buttons.fix.setAttribute("aria-pressed", store.onlyFix ? "true" : "false");
  const answerable = practice && store.wasChecked && phase !== "answer" && has(view, "answer");
  showButton(buttons.answer, answerable, words.show_answer, false);
  const reason =
    practice && editing ? (has(view, "check") && closed) || (store.moreHints ? "" : words.no_more_hints) : "";
  if (redraws(view.reason, reason)) view.reason.textContent = reason;
  if (view.told.textContent !== store.told) view.told.textContent = store.told;
  view.reason.hidden = Boolean(store.told) || !view.reason.textContent;
  paintProgress(view);
  paintHints(view);
}

/** A closed button stays readable and keeps its place; it names its reason instead of turning grey. */
function showButton(button, shown, text, closedBecause) {
  button.hidden = !shown;
  if (button.textContent !== text) button.textContent = text;
  setAttribute(button, "aria-disabled", closedBecause && "true");
  setAttribute(button, "aria-describedby", closedBecause && closedBecause !== "none" && closedBecause);
}

function paintProgress(view) {
  const { kind, store } = view;
  if (!store.editing) {
    const tries = store.feedback?.tries ?? "";
    if (redraws(view.progress, tries)) view.progress.replaceChildren(tries);
    return;
  }
  const { parts = [], unit, text } = kind.progress(store);
  // A browser's undo forgets how typing belongs together when nodes come and go meanwhile.
  if (!redraws(view.progress, JSON.stringify([parts.map(Boolean), unit, text, store.mode, view.room < 700]))) return;
  const done = parts.filter(Boolean).length;
  const said = text ?? store.words[store.mode === "answer" ? `answered_${unit}` : `progress_${unit}`];
  const bars = parts.map((_, n) => h("i", { class: n < done ? "is-done" : "" }));
  const segments = h("span", { class: "b2b-segments", "aria-hidden": "true" }, bars);
  segments.style.setProperty("--b2b-segment", parts.length > 12 || view.room < 700 ? "8px" : "14px");
  view.progress.replaceChildren(...(bars.length ? [segments] : []), fill(said, { done, total: parts.length }));
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

/** One picture of a store on the page. */
class View {
  constructor(store, el) {
    this.store = store;
    this.kind = store.kind;
    this.el = el;
    this.uid = unique();
    this.root = h("section", { "data-lm-suppress-shortcuts": "true" });
    this.spoken = h("div", { class: "b2b-unseen", role: "status" });
    ownKeys(this);
    el.append(this.root);
    this.rebuild();
  }

  /** Everything anew: at the start, and when the face, the words or the mode change. */
  rebuild() {
    const { face } = this.store;
    closeList(this);
    this.root.className = `b2b-exercise b2b-${this.kind.name}`;
    this.root.lang = face.lang;
    this.root.dataset.item = face.id;
    this.root.setAttribute("aria-label", face.title);
    this.kind.begin?.(this);
    buildTop(this);
    buildFoot(this);
    this.body = h("div", { class: "b2b-body" });
    this.root.replaceChildren(this.edge, this.body, this.foot, this.spoken);
    this.buildBody();
    this.paintAround();
    this.layout();
  }

  /** What the structure of the body depends on; all else is painted into it. */
  get shape() {
    const { phase, open, onlyFix, feedback } = this.store;
    return JSON.stringify([phase, phase !== "edit" && open, onlyFix, feedback?.tries, this.kind.shape?.(this)]);
  }

  buildBody() {
    this.drawnShape = this.shape;
    this.body.replaceChildren(...[this.kind.build(this)].flat());
  }

  /** After any change of the store: a new body if its structure changed, else only what changed in it. */
  update() {
    if (this.shape === this.drawnShape) this.kind.paint?.(this);
    else this.restructure();
    this.paintAround();
  }

  /** A new body keeps the focus and the place that was scrolled to. */
  restructure() {
    const had = this.body.contains(document.activeElement) ? document.activeElement : null;
    const { scrollLeft: left, scrollTop: top } = this.body.querySelector(".b2b-scroll") ?? {};
    closeList(this, true);
    this.buildBody();
    this.layout();
    this.body.querySelector(".b2b-scroll")?.scrollTo({ left, top });
    if (had) this.standsFor(had)?.focus({ preventScroll: true });
  }

  standsFor({ dataset }) {
    const same = dataset.at && this.body.querySelector(`[data-at="${CSS.escape(dataset.at)}"]`);
    return same || this.body.querySelector('[data-at][tabindex="0"]');
  }

  /** Chooses every width from the room there is; called when the room, the phase or the fonts change. */
  layout() {
    const room = this.el.clientWidth - 8; // the root's padding
    if (room <= 0 || !this.root.isConnected) return;
    const usual = Math.min(room, USUAL_WIDTH);
    this.room = room;
    this.family = familyOf(this); // read once, before anything is written
    this.narrow = room < NARROW;
    this.root.classList.toggle("is-narrow", this.narrow);
    const { width, edge } = this.kind.layout?.(this, room) ?? { width: usual, edge: usual };
    this.root.style.setProperty("--b2b-view-w", `${edge}px`);
    this.root.style.width = `${width + 8}px`;
    this.edge.style.maxWidth = this.foot.style.maxWidth = `${edge}px`;
    paintProgress(this);
  }

  paintAround() {
    paintTop(this);
    paintLegend(this);
    paintFoot(this);
  }
}

/** Hides the static table that stands beside the live one for pages without widgets. */
function hideStatic(view, hidden) {
  for (const child of view.outputs?.querySelectorAll(":scope > .jp-OutputArea-child") ?? []) {
    const fallback = child.querySelector(".b2b-static");
    if (fallback?.dataset.item !== view.store.face.id) continue;
    if (fallback.closest(".b2b-exercise")) continue; // a version set aside, shown in the widget
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
    view.cell = view.el.closest(".jp-Cell");
    if (view.cell) view.store.takeOver(view.cell);
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
    view.layout();
    placeList(view);
  });
  const outside = (event) => {
    const { list } = view;
    const inside = list && (list.box.contains(event.target) || list.anchor.contains(event.target));
    if (list && !inside) closeList(view, true);
  };
  const follow = () => placeList(view);
  const leave = () => view.store.release();
  const back = () => (document.hidden ? leave() : view.store.look());
  resized.observe(view.el);
  document.fonts?.ready.then(() => {
    widths.clear();
    view.layout();
  });
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("scroll", follow, true);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", back);
  return () => {
    resized.disconnect();
    fallback.restore();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("scroll", follow, true);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", back);
  };
}

/** Was the page loaded again? Then the kernel has shown its exercises before. */
const isReload = () => performance.getEntriesByType("navigation")[0]?.type === "reload";

/** The widget of a kind, as anywidget wants it. */
export function exercise(kind) {
  return {
    /** Makes the state before any view, so that it outlives each of them. */
    initialize: ({ model }) => void storeOf(model, kind),
    /** Shows the widget in el; returns how to take it away. */
    render({ model, el }) {
      const store = storeOf(model, kind);
      store.recover();
      const view = new View(store, el);
      store.views.add(view);
      if (store.views.size > 1 || isReload()) store.look(); // a view that did not see the beginning
      const stopListening = listenOutside(view);
      return () => {
        store.release();
        store.views.delete(view);
        closeList(view, true);
        stopListening();
        view.root.remove();
      };
    },
  };
}
