/** The state of one exercise: what is on the screen, what of it is on disk, and what Check said. */

/**
 * @import { Feedback, Json, Kept, Kind, Leaf, Message, Model, Offer, Patch, Reply, Unsaved, Value, Words } from "./types.d.ts"
 * @import { View } from "./view.js"
 */

import { Draft } from "./draft.js";
import { copy, holdsAnswer, leaves, part, put, same } from "./patch.js";

const PROTOCOL = 2; // as in base.py; a kernel of another release says «reload» and keeps what it was sent
const SAVING_AFTER = 300; // ms; a write that is quicker stays quiet
const REPLY_WITHIN = 2500; // ms without a reply: the kernel is gone
const LOCKED_WITHIN = 15_000; // ms that a kernel may wait for another one; it gives up after 12 s
const TYPING_PAUSE = 600; // ms without a key: what was typed is sent

/** @typedef {{ kind: "saved" | "pending" | "saving" | "failed", at?: string, text?: string, own?: boolean }} Status `own`: mended in the exercise */

/** @type {WeakMap<object, Store>} */
const stores = new WeakMap();

/**
 * The one state of a widget, whatever the number of its views.
 * anywidget hands every view its own proxy of the model; the layout model is the object they share.
 * @param {Model} model
 * @param {Kind} kind
 * @param {Words} words
 * @returns {Store}
 */
export function storeOf(model, kind, words) {
  const layout = model.get("layout");
  const key = layout !== null && typeof layout === "object" ? layout : model;
  const store = stores.get(key) ?? new Store(model, kind, words);
  stores.set(key, store);
  return store;
}

export class Store {
  /** "edit" while the student answers, "checked", or "answer" when that is shown. */
  phase = "edit";
  /** @type {Feedback | null} */
  feedback = null;
  /** @type {Value | null} */
  answer = null;
  /** What is open: a key of the kind's own making. @type {any} */
  open = null;
  onlyFix = false;
  /** @type {Set<View>} */
  views = new Set();
  /** @type {Map<string, Unsaved>} the newest data of a path that no reply has confirmed */
  unsaved = new Map();
  /** Drafts of other pages that no longer fit what is on disk: the student decides. @type {Kept[]} */
  unsent = [];
  /** Messages without a reply: what was asked, and the patch that went with it.
   * @type {Map<number, { what: string, patch: Patch, timers: ReturnType<typeof setTimeout>[] }>} */
  waiting = new Map();
  /** Steps back: maps from path to the data that stood there. @type {Map<string, Json>[]} */
  past = [];
  /** The name of the last step, if typing more belongs to it. */
  typing = "";
  /** Timers while typed text waits for a pause. @type {{ slow: any, pause: any } | null} */
  held = null;
  /** @type {string[]} */
  hints = [];
  moreHints = true;
  wasChecked = false;
  /** The last sentence for the student. */
  told = "";
  /** When the file was last written, as a reply said. @type {string | undefined} */
  at = undefined;
  recovered = false;
  /** Of an offer, by its id, the parts of which the student has chosen one. */
  chosen = { id: "", keys: /** @type {Set<string>} */ (new Set()) };

  /**
   * @param {Model} model
   * @param {Kind} kind
   * @param {Words} words
   */
  constructor(model, kind, words) {
    this.model = model;
    this.kind = kind;
    this.words = words;
    /** What is on the screen. */
    this.value = copy(model.get("value"));
    /** What the file held when it was last heard of. */
    this.base = copy(model.get("value"));
    /** The number of the last message: a kernel may handle them in another order. */
    this.n = 0;
    /** Whose numbers these are: two browser tabs on one kernel hear each other's replies. */
    this.born = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    this.draft = new Draft(this.mode === "preview" ? "" : model.get("place"), this.born);
    /** @type {Status} */
    this.status = { kind: "saved", at: model.get("saved") };
    this.notes = /** @type {string[]} */ (model.get("notes") ?? []);
    this.offer = /** @type {Offer} */ (model.get("offer") ?? {});
    this.listen();
    this.begin();
  }

  /** @returns {import("./types.d.ts").Face} */
  get face() {
    return this.model.get("face");
  }

  /** @returns {"practice" | "answer" | "preview"} */
  get mode() {
    return this.model.get("mode") || "practice";
  }

  get editing() {
    return this.phase === "edit";
  }

  /** What the body shows: the student's value, or the answer when that was asked for. */
  get seen() {
    return this.phase === "answer" ? /** @type {Value} */ (this.answer) : this.value;
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
    for (const name of ["face", "mode", "record"]) {
      this.model.on(`change:${name}`, () => this.views.forEach((view) => view.rebuild()));
    }
  }

  tell() {
    this.views.forEach((view) => view.update());
  }

  /** @param {string} sentence */
  say(sentence) {
    this.told = sentence;
    this.tell();
  }

  /** An exercise that was judged before it was opened shows its verdict from the start. */
  begin() {
    const feedback = this.model.get("feedback") ?? {};
    if ("parts" in feedback) this.onChecked(feedback);
  }

  /** Back to the state in which the student answers. */
  edit() {
    Object.assign(this, { phase: "edit", feedback: null, answer: null, open: null, onlyFix: false });
  }

  /**
   * One step of the student.
   * @param {Patch} patch
   * @param {string} [typing] with the same name as the step before it is the same step
   */
  change(patch, typing = "") {
    const entries = leaves(patch, this.value);
    if (!typing || typing !== this.typing) this.past.push(new Map());
    const step = /** @type {Map<string, Json>} */ (this.past.at(-1));
    for (const [path] of entries) if (!step.has(path)) step.set(path, part(this.value, path) ?? null);
    this.typing = typing;
    this.told = "";
    this.apply(entries);
  }

  undo() {
    const step = this.past.pop();
    if (!step) return;
    this.typing = "";
    this.told = this.words.undone;
    this.apply([...step]);
  }

  /** @param {Leaf[]} entries */
  apply(entries) {
    for (const [path, data] of entries) {
      const before = this.unsaved.get(path);
      const was = before ? before.was : (part(this.base, path) ?? null);
      put(this.value, path, data);
      this.unsaved.set(path, { data, n: null, was, sent: before?.sent });
    }
    this.keepDraft();
    // «Saved» is not said of what is not: the line goes until the reply, but is not read out anew.
    if (this.status.kind === "saved") this.status = { ...this.status, kind: "pending" };
    if (this.typing) this.hold();
    else this.flush();
    this.tell();
  }

  // -------------------------------------------------------------- what no kernel has heard yet

  keepDraft() {
    if (!this.unsaved.size) this.draft.drop();
    else this.draft.keep(this.unsavedPatch("data"), this.unsavedPatch("was"), this.unsavedPatch("sent"));
  }

  /** Hands on what earlier pages could not save, where the file still holds what they believed. */
  recover() {
    if (this.recovered) return;
    this.recovered = true;
    for (const kept of this.draft.left()) {
      const isNews = leaves(kept.patch, {}).some(([path, data]) => !same(part(this.value, path), data));
      if (isNews && !this.fits(kept)) this.unsent.push(kept);
      else {
        this.draft.drop(kept.key);
        if (isNews) this.change(kept.patch);
      }
    }
    this.tell();
  }

  /**
   * Does the file hold, wherever a draft would put something, what its page believed, or what it had sent?
   * @param {Kept} kept
   */
  fits({ patch, was = {}, sent = {} }) {
    return leaves(patch, {}).every(([path, data]) => {
      const now = part(this.base, path);
      const believed = [data, part(was, path), part(sent, path)];
      return believed.some((one) => same(now, one)) && !this.unsaved.has(path);
    });
  }

  /**
   * The student's word on a draft: into the answer, or away with it.
   * @param {boolean} putIn
   */
  settleDraft(putIn) {
    const kept = this.unsent.shift();
    if (!kept) return;
    this.draft.drop(kept.key);
    if (putIn) this.change(kept.patch);
    this.tell();
  }

  // -------------------------------------------------------------- sending

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
    if (this.mode === "preview") this.unsaved.clear();
    else this.send({ do: "change" });
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

  /**
   * Check, hint, answer, retry. What failed to be saved goes first; what is on its way is sent along.
   * @param {string} what
   */
  ask(what) {
    if (this.mode === "preview") return;
    if (this.held || (this.unsaved.size && this.status.kind === "failed")) this.flush();
    this.send({ do: what });
  }

  /**
   * Every message carries all that no reply has confirmed, and what the file is believed to hold there.
   * @param {Message} message
   */
  send(message) {
    const n = (this.n += 1);
    const timers = [setTimeout(() => this.late(n), REPLY_WITHIN)];
    if (message.do === "change") timers.push(setTimeout(() => this.slow(), SAVING_AFTER));
    const [patch, was] = [this.unsavedPatch("data"), this.unsavedPatch("was")];
    this.waiting.set(n, { what: message.do, patch, timers });
    for (const entry of this.unsaved.values()) {
      entry.n ??= n;
      entry.sent = entry.data;
    }
    try {
      this.model.send({ patch, was, ...message, n, from: this.born, p: PROTOCOL });
    } catch {
      this.settle(n);
      this.fail(this.words.not_saved);
    }
  }

  /**
   * What no reply has confirmed, as one patch; or what stood there before, or what was sent of it.
   * @param {"data" | "was" | "sent"} what
   */
  unsavedPatch(what) {
    const patch = {};
    for (const [path, entry] of this.unsaved) {
      const data = entry[what];
      if (data !== undefined) put(patch, path, data, true);
    }
    return patch;
  }

  /**
   * Ends the wait for a reply; what was asked, if this widget had asked.
   * @param {number} n
   */
  settle(n) {
    const asked = this.waiting.get(n);
    asked?.timers.forEach(clearTimeout);
    this.waiting.delete(n);
    return asked;
  }

  slow() {
    if (this.status.kind === "failed") return;
    this.status = { kind: "saving" };
    this.tell();
  }

  /**
   * The student's word on the version that is shown beside the answer: that one, be there a newer by now.
   * @param {"leave" | "put_back"} what
   */
  decide(what) {
    if (this.mode === "preview") return;
    if (this.held) this.flush();
    this.send({ do: what, kept: this.offer.id, saw: this.base });
  }

  /**
   * One part of it is chosen; with the last one nothing is left to be asked.
   * @param {string} key of the part
   * @param {string} said
   */
  settlePart(key, said) {
    this.settled.add(key);
    const left = this.kind.twice?.(this, this.offer.value ?? {}).parts ?? [];
    if (!left.length) this.decide("leave");
    this.say(said);
  }

  /** The parts of the present offer that are chosen: another offer asks anew. */
  get settled() {
    const { id = "" } = this.offer;
    if (this.chosen.id !== id) this.chosen = { id, keys: new Set() };
    return this.chosen.keys;
  }

  /** @param {number} n */
  late(n) {
    // The wait goes on: a reply that comes late still counts.
    if (this.waiting.has(n)) this.fail(this.words.not_saved);
  }

  /** @param {string | undefined} text */
  fail(text) {
    this.status = { kind: "failed", text };
    this.tell();
  }

  // -------------------------------------------------------------- replies

  /** @param {Reply} message */
  receive(message) {
    const isOurs = (message?.from ?? this.born) === this.born;
    if (!isOurs) this.onOthers(message);
    else this.onReply(message);
  }

  /**
   * What another view's state was told: of it only the file is news here.
   * @param {Reply} message
   */
  onOthers({ did, value }) {
    if (did === "saved") this.adopt(value);
  }

  /** @param {Reply} message */
  onReply(message) {
    const replies = /** @type {{ [did: string]: () => unknown }} */ ({
      saved: () => this.onSaved(message),
      failed: () => this.settle(message.n) && this.fail(message.text),
      checked: () => this.settle(message.n) && this.onChecked(message.feedback ?? {}),
      hint: () => this.settle(message.n) && this.onHint(message),
      answer: () => this.settle(message.n) && this.onAnswer(message),
      retry: () => this.settle(message.n) && this.heal(),
      waiting: () => this.onWaiting(message.n),
    });
    // What a kind asked for of its own comes as a trait; the reply only says that it was heard.
    (replies[message?.did] ?? (() => this.settle(message?.n) && this.heal()))();
  }

  /**
   * The kernel lives, and waits for another one that is writing the same answer.
   * @param {number} n
   */
  onWaiting(n) {
    const asked = this.waiting.get(n);
    if (!asked) return;
    asked.timers.forEach(clearTimeout);
    asked.timers = [setTimeout(() => this.late(n), LOCKED_WITHIN)];
    this.status = { kind: "saving", text: this.words.waiting };
    this.tell();
  }

  /** @param {Reply} reply */
  onSaved({ n, at, value, notes, offer, told }) {
    const asked = this.settle(n);
    if (asked) this.confirm(n, asked.patch);
    if (notes?.length) this.notes = notes;
    if (offer) this.offer = offer;
    if (told) this.told = told;
    this.at = at;
    this.heal();
    this.adopt(value);
  }

  /**
   * The message n carried everything that was unsaved by then; what has changed since stands in its place.
   * @param {number} n
   * @param {Patch} patch
   */
  confirm(n, patch) {
    for (const [path, entry] of this.unsaved) {
      if (entry.n !== null && entry.n <= n) this.unsaved.delete(path);
      else entry.was = part(patch, path) ?? entry.was;
    }
    this.keepDraft();
  }

  /** «Saved» only when nothing is left to confirm. */
  heal() {
    if (!this.unsaved.size) this.status = { kind: "saved", at: this.at ?? this.model.get("saved") };
    this.tell();
  }

  /**
   * Takes over what is on disk (another kernel may have written), except what we changed since.
   * @param {Value | undefined} value
   */
  adopt(value) {
    if (value) {
      this.base = copy(value);
      this.value = copy(value);
      for (const [path, { data }] of this.unsaved) put(this.value, path, data);
    }
    this.tell();
  }

  /** @param {Feedback} feedback */
  onChecked(feedback) {
    // A first guess is kept and not judged: it stays as it is, and one sentence says so.
    if (feedback.stage === "kept") {
      Object.assign(this, { wasChecked: true, told: feedback.text ?? "" });
      this.heal();
      return;
    }
    Object.assign(this, { phase: "checked", feedback, onlyFix: false, wasChecked: true, told: "" });
    this.open = this.kind.firstToFix?.(this) ?? null;
    this.heal();
  }

  /** @param {Reply} reply */
  onAnswer({ value, feedback, told }) {
    this.edit();
    Object.assign(this, { phase: "answer", answer: copy(value), feedback: feedback ?? {}, told: told ?? "" });
    this.heal();
  }

  /** @param {Reply} reply */
  onHint({ text, more }) {
    this.hints.push(text ?? "");
    this.moreHints = more !== false;
    this.heal();
  }

  retry() {
    // A verdict that is still on its way must not come back over the answer being mended.
    for (const [n, { what }] of [...this.waiting]) if (what === "check") this.settle(n);
    this.ask("retry");
    this.edit();
    this.tell();
  }

  /**
   * Opens what has this key, and only that; closes it if it is open.
   * @param {any} key
   */
  toggle(key) {
    this.open = this.open === key ? null : key;
    this.tell();
  }
}
