/** What the game's kernel side sends as its trait `game` (b2bcourse/simulation/view.py, choosing.py); see docs/simulation.md. */

import type { Named } from "./types.d.ts";

/** What a move takes, by resource. */
export type Cost = { [resource: string]: number };

export interface Resource extends Named {
  unit: string;
  left: number;
  of: number;
}

export interface Step extends Named {
  number: number;
  short: string;
}

/** What a player believes of a person. */
export interface Noted {
  roles: string[];
  interests: string[];
  fear: string;
}

export interface Person extends Named {
  title: string;
  met: number;
  /** What stands in the person's circle; the mood in a word and what the person says, once met. */
  initials: string;
  mood: string;
  quote: string;
  /** From -2, firmly against us, to 2; null before anybody has met. */
  support: number | null;
  clues: { kind: string; text: string }[];
  told?: string[];
  noted: Noted;
}

/** A step of an account's road. */
export interface Stop {
  number: number;
  name: string;
  state: "walked" | "now" | "ahead" | "skipped";
}

/** What was said at an account last turn, and by whom. */
export interface Said {
  person: string;
  name: string;
  title: string;
  text: string;
}

/** A line of an account's map; from "" it is our own. */
export interface Tie {
  from: string;
  to: string;
  kind: "met" | "closest" | "holds" | "listens";
  text: string;
}

/** What falls due when; `own` is what we promised ourselves. */
export interface Due {
  turn: number;
  account: string;
  own: boolean;
  text: string;
}

export interface Calendar {
  months: { turn: number; name: string }[];
  dues: Due[];
}

export interface Account extends Named {
  about: string;
  size_name: string;
  state: "closed" | "open" | "signed" | string;
  state_name: string;
  trust: number;
  step: number;
  facts: { id: string; label: string; text: string; known: boolean }[];
  people: Person[];
  people_count: number;
  question: { id: string; text: string } | null;
  orders: { id: string; text: string }[];
  making: { text: string }[];
  tests: { name: string; state: string }[];
  defect: boolean;
  quiet: number;
  road: Stop[];
  said: Said | null;
  /** What was promised beyond what is so; empty where nothing was. */
  promised: string;
  relations: Tie[];
}

export interface Event {
  text: string;
  tone: "good" | "bad" | "news";
  lesson: string;
}

export interface Board {
  turn: number;
  turns: number;
  over: boolean;
  intro: string[];
  vendor: { name: string; strengths: Named[] };
  resources: Resource[];
  steps: Step[];
  calendar: Calendar;
  accounts: Account[];
  happened: Event[];
  choices: { roles: Named[]; benefits: (Named & { ours: boolean })[]; fears: Named[] };
  /** Once the game is over. */
  result: { points: number; of: number; parts: { name: string; points: number; of: number; text: string }[] } | null;
}

/** Who is told which benefit. */
export interface Message {
  person: string;
  benefit: string;
}

/** What is decided; each move has the fields of its own form beside these. */
export interface Move {
  do: string;
  account: string;
  person?: string;
  order?: string;
  [field: string]: any;
}

export interface Option extends Named {
  cost?: Cost;
}

/** A field of a move's form; what it has depends on its kind. */
export interface Field {
  name: string;
  label: string;
  kind: "number" | "one" | "several" | "persons" | "messages";
  min?: number;
  max?: number;
  /** The field below which this number may not be. */
  least?: string;
  unit?: string;
  options?: Option[];
  persons?: string[];
  benefits?: string[];
}

/** A move that can be made. */
export interface Entry {
  account: string;
  person: string;
  label: string;
  cost: Cost;
  fields: Field[];
  move: Move;
  /** Of a move for which the plan leaves too little: the place of the one that would leave it, and that in words. */
  swap?: { out: number; text: string };
}

/** A move of the plan as it is told. */
export interface Planned {
  text: string;
  cost: Cost;
  problem?: string;
}

export interface Game {
  board: Board;
  moves: Entry[];
  plan: Move[];
  preview: { ok: boolean; resources: Resource[]; moves: Planned[] };
  journal: { turn: number; moves: { text: string }[]; why: string }[];
  /** How many turns the file holds; the number of this drawing. */
  kept: number;
  n: number;
  notes: string[];
  /** That another window has played on; else empty. */
  elsewhere: string;
  again: boolean;
  lessons: { [lesson: string]: string };
}
