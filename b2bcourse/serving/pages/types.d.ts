/** The shapes of what the pages for who grades are sent: b2bcourse/grading/essays.py and serving/ have them too. */

export type Words = { [name: string]: string };

export type Level = { points: number; text: string };
export type Criterion = { id: string; text: string; maximum: number; levels: Level[] };
export type Rubric = {
  item: string;
  number: number;
  title: string;
  maximum: number;
  criteria: Criterion[];
  min_words: number;
  max_words: number;
  notes: string;
  model: string;
};
export type State = "waits" | "given" | "empty";
export type Place = { student: string; name: string; state: State; handed_in: string; total: number | null };
export type Written = { name: string; html: string; words: number };
export type Points = { [criterion: string]: number };
export type Essay = {
  item: string;
  student: string;
  texts: Written[];
  notes: string[];
  troubles: { found: string; done: string; id: string }[];
  saved: string;
  points: Points;
  total: number | null;
  comment: string;
  by: string;
  at: string;
  version: string;
  asked: string;
};
export type Open = { session: string; by: string; item: string; student: string; at: string };
export type Used = [line: string, count: number];

export type EssaysPage = {
  lang: "ko" | "en";
  words: Words;
  assignment: string;
  here: string;
  me: string;
  student: string;
  rubric: Rubric;
  essays: { item: string; number: number }[];
  queue: Place[];
  comments: Used[];
  ungraded: number;
  waits: number;
  troubles: number;
  formgrader: string;
};

export type Row = {
  student: string;
  id: string;
  name: string;
  what: "unmatched" | "unread" | "unwhole" | "refused";
  file: string;
  found: string;
  done: string;
  todo: string;
  kept: string;
  download: string;
  read: string;
  waits: boolean;
  seen: { by: string; at: string } | null;
};
export type TroublesPage = {
  lang: "ko" | "en";
  words: Words;
  assignment: string;
  here: string;
  essays: string;
  me: string;
  rows: Row[];
};

/** What is typed so far for one essay: as it stands in the fields. */
export type Draft = { points: { [criterion: string]: string }; comment: string };
