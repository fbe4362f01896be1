/** What the game's own modules share; what comes from the kernel is in shared/game.d.ts. */

import type { Draft } from "../shared/draft.js";
import type { Move, Planned } from "../shared/game.d.ts";
import type { Store as AnyStore } from "../shared/store.js";
import type { View as AnyView } from "../shared/view.js";

/** What opens below a line. */
export type Fold = "story" | "more" | "journal";

/** A move's form; `typed` holds what stands in its fields of numbers, be it one or not. */
export type Form = { key: string; move: Move; typed: { [field: string]: string }; n: number };

/** A turn that was planned and not played. */
export type Left = { patch: { moves?: Move[]; why?: string }; was?: { turns?: number }; time: number };

/** What left the plan last, and the key of what it left for. */
export type Given = Planned & { move: Move; instead: string };

/** What the player has open or has begun to fill in; see `fresh`. */
export type Ui = {
  account: string;
  person: string;
  form: Form | null;
  news: boolean;
  asking: boolean;
  why: string;
  heard: string;
  moves: Move[];
  kept: number;
  focus: string;
  sent: number;
  /** What ending the turn was asked about and is not answered yet; whether anything was, this turn. */
  doubt: string;
  doubted: boolean;
  /** The plans before this one, newest last: what Undo goes back to. */
  past: Move[][];
  given: Given | null;
  asked?: boolean;
  pause?: ReturnType<typeof setTimeout>;
  focusIn?: string;
} & { [fold in Fold]?: boolean };

/** Of a form's field; what is wrong it says there. */
export type NumberCheck = { input: HTMLInputElement; isRight(): boolean };

export type Store = AnyStore & { ui: Ui; desk: Draft; tab?: Window | null };

export type View = AnyView & {
  store: Store;
  why: HTMLInputElement;
  commit: HTMLElement | null;
  unready: HTMLElement;
  doubt: HTMLElement;
  scrolled: Map<string, number>;
  listensToKeys?: boolean;
};
