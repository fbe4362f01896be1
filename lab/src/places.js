/** Where the reader was in each notebook: she comes back there, and nothing jumps while she reads. */

import { PageConfig } from "@jupyterlab/coreutils";
import { hold } from "./anchor.js";

/** @import { NotebookPanel } from "@jupyterlab/notebook" */
/** @import { Cell } from "@jupyterlab/cells" */

const PAUSE = 400;
/** How long a page may go on being laid out after it was opened. */
const SETTLING = 4000;
/** What a reader does to move; what only JupyterLab moves is no place of hers. */
const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"];

/** @typedef {{ cell: string, above: number }} Place the cell at the top of the view, and how much of it is above */

/** @param {string} path */
const key = (path) => `b2b-place:${PageConfig.getBaseUrl()}${path}`;

/**
 * The place kept for a notebook; the browser may keep nothing.
 * @param {string} path
 * @returns {Place | null}
 */
function kept(path) {
  try {
    const found = JSON.parse(window.localStorage.getItem(key(path)) ?? "null");
    return typeof found?.cell === "string" && Number.isFinite(found.above) ? found : null;
  } catch {
    return null;
  }
}

/** @param {string} path @param {Place | null} place */
function keep(path, place) {
  try {
    if (place) window.localStorage.setItem(key(path), JSON.stringify(place));
    else window.localStorage.removeItem(key(path));
  } catch {
    // A full or a closed storage: she begins at the top the next time.
  }
}

/**
 * The same place in the other language: both copies have the same cells.
 * @param {string} from a notebook's path
 * @param {string} to
 */
export function carry(from, to) {
  keep(to, kept(from));
}

/** @param {Cell} cell */
const idOf = (cell) => cell.model.sharedModel.getId();

/** @param {NotebookPanel} panel @returns {Place | null} */
function placeOf(panel) {
  const view = panel.content.outerNode;
  if (view.scrollTop < 1) return null;
  const edge = view.getBoundingClientRect().top;
  const cell = panel.content.widgets.find((one) => one.node.getBoundingClientRect().bottom > edge + 1);
  return cell ? { cell: idOf(cell), above: edge - cell.node.getBoundingClientRect().top } : null;
}

/**
 * Lead the reader back to where she was, and remember from now on where she is.
 * @param {NotebookPanel} panel
 */
export function remember(panel) {
  const view = panel.content.outerNode;
  const own = new AbortController();
  let hasMoved = false;
  /** @type {number | undefined} */
  let timer;
  const note = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => panel.isVisible && keep(panel.context.path, placeOf(panel)), PAUSE);
  };
  const moves = () => {
    hasMoved = true;
    note();
  };
  for (const kind of MOVES) {
    panel.node.addEventListener(kind, moves, { capture: true, passive: true, signal: own.signal });
  }
  view.addEventListener("scroll", () => hasMoved && note(), { passive: true, signal: own.signal });
  panel.disposed.connect(() => {
    own.abort();
    window.clearTimeout(timer);
  });
  // An address that names a part of the page leads there.
  if (!window.location.hash) comeBack(panel, kept(panel.context.path), () => hasMoved);
}

/**
 * @param {NotebookPanel} panel
 * @param {Place | null} place
 * @param {() => boolean} hasMoved
 */
function comeBack(panel, place, hasMoved) {
  const view = panel.content.outerNode;
  const cell = place && panel.content.widgets.find((one) => idOf(one) === place.cell);
  if (!place || !cell || hasMoved() || view.scrollTop > 0) return;
  // What is below may not be laid out yet, and then the page is too short for it: it is led on as it grows.
  const top = view.getBoundingClientRect().top - place.above;
  const letGo = hold(view, () => panel.content.widgets.map((one) => one.node), { part: cell.node, top });
  window.setTimeout(letGo, SETTLING);
}
