/** What was entered and is not on disk yet, kept by the browser. */

/** @import { Kept, Patch } from "./types.d.ts" */

const DRAFT = "b2b-draft:"; // before the place of an answer, in the browser's own storage
const DAYS = 60;

/** Where the browser allows no storage, what is kept ends with the page.
 * @type {Map<string, string>} */
const onlyHere = new Map();

/**
 * What a text says as JSON; null where it says nothing.
 * @param {string | null | undefined} text
 */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** All that is kept, by key. @returns {[string, string | null][]} */
function everything() {
  try {
    const storage = window.localStorage;
    const keys = Array.from({ length: storage.length }, (_, at) => /** @type {string} */ (storage.key(at)));
    return [...keys.map((key) => /** @type {[string, string | null]} */ ([key, storage.getItem(key)])), ...onlyHere];
  } catch {
    return [...onlyHere];
  }
}

/** @param {string} key */
function forget(key) {
  onlyHere.delete(key);
  try {
    window.localStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}

/**
 * Kept from the very key press: a notebook closed at once, a kernel that died, a browser that crashed. It is gone
 * once the file holds it. A place belongs to one user, one folder and one item (exercise.py), so that on a shared
 * computer nobody's answer reaches another's file. Every view's state keeps its own: two tabs do not take away one
 * another's.
 */
export class Draft {
  /**
   * @param {string} place of the answer; without one nothing is kept
   * @param {string} page whose draft it is
   */
  constructor(place, page) {
    this.place = place ? `${DRAFT}${place}:` : "";
    this.key = `${this.place}${page}`;
  }

  /**
   * What other pages left here, the oldest first; very old ones of any place, and broken ones, are thrown away.
   * @returns {Kept[]}
   */
  left() {
    if (!this.place) return [];
    const oldest = Date.now() - DAYS * 86_400_000;
    const found = [];
    for (const [key, text] of everything()) {
      if (!key.startsWith(DRAFT)) continue;
      const kept = parsed(text);
      if (!(kept?.time > oldest)) forget(key);
      else if (kept.patch && key.startsWith(this.place) && key !== this.key) found.push({ ...kept, key });
    }
    return found.sort((one, other) => one.time - other.time);
  }

  /**
   * @param {Patch} patch
   * @param {Patch} was what the file held at the same places
   * @param {Patch} sent what was sent of it, of which no reply came
   */
  keep(patch, was, sent) {
    if (!this.place) return;
    const text = JSON.stringify({ patch, was, sent, time: Date.now() });
    try {
      window.localStorage.setItem(this.key, text);
    } catch {
      onlyHere.set(this.key, text);
    }
  }

  /** @param {string} [key] of another page's; without one the own */
  drop(key = this.key) {
    if (this.place) forget(key);
  }
}
