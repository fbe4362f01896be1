/** What passes between kernel and browser, and between the shared modules and a kind's own. One place for all. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };

/** An answer: nested objects; a place of it holds either more objects or a leaf (text, number, list), always. */
export type Value = { [name: string]: any };

/** Part of an answer; null takes away. */
export type Patch = { [name: string]: any };

/** A leaf of a patch: its path, steps parted by a line break, and the data that is put there. */
export type Leaf = [path: string, data: Json];

/** What every kind's face has (b2bcourse/items/base.py, FaceBase); a kind adds its own fields. */
export interface Face {
  id: string;
  kind: string;
  lang: "ko" | "en";
  title: string;
  task: string;
  case?: string[];
  evidence?: boolean;
  [field: string]: any;
}

/** What has an id and a name: a row, a column, a category, a side. */
export interface Named {
  id: string;
  name: string;
}

/** An option, or a card. */
export interface Told {
  id: string;
  text: string;
}

/** b2bcourse/items/choice/face.py. */
export interface ChoiceFace extends Face {
  several: boolean;
  options: Told[];
}

/** b2bcourse/items/essay/face.py; the rubric is empty where a person grades. */
export interface EssayFace extends Face {
  words: { min: number; max: number };
  criteria: string[];
  rubric: { id: string; text: string; levels: string[] }[];
}

/** b2bcourse/items/matching/face.py; with a side a card can only lie there. */
export interface MatchingFace extends Face {
  heading: string;
  several: boolean;
  categories: Named[];
  cards: (Told & { side: string })[];
  sides: Named[];
  open: string[];
}

/** A matching in which each card is shown by lines of the case. */
export interface EvidenceFace extends MatchingFace {
  evidence: true;
  case: string[];
}

/** b2bcourse/items/ordering/face.py. */
export interface OrderingFace extends Face {
  mode: "sequence" | "cycle";
  slots: number;
  cards: Told[];
}

/** Numbers by row, and by row and field. */
export type ByRow = { [row: string]: number };
export type ByField = { [row: string]: { [field: string]: number } };

/** A thousand futures, drawn beforehand (b2bcourse/items/allocation/outcomes.py). */
export interface Outcomes {
  futures: number;
  sure: ByField;
  expected: ByField;
  chances: { [row: string]: { field: string; amount: number; when: string }[] };
}

/** b2bcourse/items/allocation/face.py; `line` names the columns of lead time and due date. */
export interface AllocationFace extends Face {
  row_head: string;
  rows: Named[];
  columns: (Named & { unit: string; values: ByRow })[];
  fields: (Named & { unit: string; min: number; step: number; max: ByRow })[];
  limits: (Named & { unit: string; uses: ByField; most?: number | null; least?: number | null })[];
  worth: string;
  unit: string;
  rule: string;
  line?: { lead: string; due: string } | null;
  ask?: string;
  outcomes?: Outcomes | null;
}

/** b2bcourse/items/matrix/face.py; marks are 1 or 2 kinds. */
export interface MatrixFace extends Face {
  form: "cells" | "left" | "right" | "both";
  marks: 1 | 2;
  mark_means?: string;
  corner?: string;
  rows: (Named & { card?: string })[];
  columns: (Named & { group?: string })[];
  groups?: Named[];
  row_choices?: Named[];
  column_choices?: Named[];
  given?: { [row: string]: { [column: string]: number } };
}

/** The sentences of a widget by name; {gaps} are filled in by `fill`. */
export type Words = { [name: string]: string };

/** What Check says of one part. */
export interface PartFeedback {
  state?: string;
  score?: string;
  lines?: { lead?: string; text?: string }[];
  read?: { label: string; href: string } | null;
  [more: string]: any;
}

/** What Check says of the whole (b2bcourse/items: `explain`). */
export interface Feedback {
  fraction?: number;
  big?: string;
  text?: string;
  /** How much is told: "first" judges what is there, "whole" tells all that was missed, "kept" nothing yet. */
  stage?: string;
  tries?: string;
  notes?: string[];
  parts?: { [part: string]: PartFeedback };
  [more: string]: any;
}

/** A version of the answer that was set aside, with the names of the buttons that decide about it. */
export interface Offer {
  /** What the kernel calls it. */
  id?: string;
  text?: string;
  html?: string;
  see?: string;
  put_back?: string;
  leave?: string;
  /** That version, where it can be put beside the present one; what the two are called; which one counts. */
  value?: Value;
  now?: string;
  then?: string;
  counts?: string;
}

/** What the browser sends. */
export interface Message {
  do: string;
  n?: number;
  from?: string;
  p?: number;
  patch?: Patch;
  was?: Patch;
  /** The version that the student decides about, and the answer that was shown beside it. */
  kept?: string;
  saw?: Value;
  [more: string]: any;
}

/** What the kernel replies. */
export interface Reply {
  did: "saved" | "failed" | "checked" | "hint" | "answer" | "retry" | "waiting" | string;
  n: number;
  /** Whose message is replied to. */
  from?: string;
  at?: string;
  text?: string;
  value?: Value;
  notes?: string[];
  offer?: Offer;
  /** A sentence for the student, once. */
  told?: string;
  feedback?: Feedback;
  more?: boolean;
}

/** anywidget's proxy of a model. */
export interface Model {
  get(trait: string): any;
  on(event: string, handler: (data: any) => void): void;
  off(event: string, handler: (data: any) => void): void;
  send(message: Message): void;
  widget_manager?: { get_model(id: string): Promise<{ get(trait: string): any }> };
}

export interface Progress {
  parts?: unknown[];
  unit?: string;
  text?: string;
}

export interface Legend {
  marks?: [mark: string, word: string][];
  keys?: string;
}

/** The names of the parts that have two answers; `own`: the kind lets each be chosen in its place. */
export interface Twice {
  parts: string[];
  own?: boolean;
}

/** A kind of exercise; see common.js for what each part is for. */
export interface Kind {
  name: string;
  begin?(view: any): void;
  build(view: any): Node | Node[];
  shape?(view: any): unknown;
  paint?(view: any): void;
  layout?(view: any, room: number): { width: number; edge: number };
  settle?(view: any): void;
  legend?(store: any): Legend;
  progress(store: any): Progress;
  closed?(store: any): string;
  firstToFix?(store: any): any;
  canFilter?(store: any): boolean;
  twice?(store: any, other: Value): Twice;
  placesRecord?: boolean;
  without?: string[];
}

/** A line of a case: what it is, its text in runs of which some are bold, and its number if it has one. */
export interface RecordLine {
  is: string;
  runs: [text: string, isBold: boolean][];
  n?: number;
}

/** Data that no reply has confirmed. */
export interface Unsaved {
  data: Json;
  /** The first message that carried it; null while none has. */
  n: number | null;
  /** What the file held before. */
  was: Json;
  /** What was last sent of it; undefined if nothing was. */
  sent?: Json;
}

/** What was entered and is on no disk, as the browser keeps it. */
export interface Kept {
  key: string;
  patch: Patch;
  was?: Patch;
  sent?: Patch;
  time: number;
}

/** A list of names that floats below the button that asked for it; see picker.js. */
export interface Picker {
  anchor: Anchor;
  label: string;
  choices(): Choice[];
  current(): string | null | undefined;
  take(id: string | null): void;
  gap?: number;
  shift?: number;
}

export interface OpenPicker extends Picker {
  box: HTMLElement;
  input: HTMLInputElement;
  options: HTMLElement;
  noMatch: HTMLElement;
  id: string;
  active: number;
  entries: Choice[];
}

export interface Choice {
  id: string | null;
  name: string;
  note?: string;
}

export type Anchor = HTMLElement & { b2bListOpen?: boolean };

declare global {
  interface Window {
    /** Counts what must be unique in a window; see nodes.js. */
    b2bCount?: number;
    /** What one part of a list leaves for another, by the notebook's cell; see lists.js. */
    b2bOpened?: WeakMap<object, string>;
    b2bMoved?: WeakMap<object, { part: string; item?: string }>;
    /** Modules that have reached this page, by the hash of their text; see loader.js. */
    b2bLoaded?: Map<string, Promise<any>>;
  }
  interface Node {
    /** What a node shows, as `redraws` last heard it. */
    b2bDrawn?: string;
  }
}
