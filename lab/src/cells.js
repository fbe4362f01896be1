/** The cells of code of an open notebook, and how far each is alive. */

import { CodeCell } from "@jupyterlab/cells";

/** @import { NotebookPanel } from "@jupyterlab/notebook" */
/** @import { Told } from "./server.js" */

const VIEW = "application/vnd.jupyter.widget-view+json";
const COMM = "jupyter.widget";

/**
 * The cells that hold code; empty ones do nothing.
 * @param {NotebookPanel} panel
 * @returns {CodeCell[]}
 */
export function codeCells(panel) {
  const cells = panel.content.widgets.filter((cell) => cell instanceof CodeCell);
  return cells.filter((cell) => source(cell).trim());
}

/** @param {CodeCell} cell */
const source = (cell) => cell.model.sharedModel.getSource();

/**
 * Whether all code on the page is what the server has read and allowed.
 * @param {CodeCell[]} cells
 * @param {Told} told
 */
export function areAllowed(cells, told) {
  const known = new Set(told.sources);
  return cells.every((cell) => known.has(source(cell)));
}

/**
 * The cells in the order in which they are run: those in view, those below, those above.
 * @param {CodeCell[]} cells
 * @param {Element} view
 */
export function inViewFirst(cells, view) {
  const { top, bottom } = view.getBoundingClientRect();
  /** @param {CodeCell} cell */
  const rank = (cell) => {
    const box = cell.node.getBoundingClientRect();
    if (box.bottom < top) return 2;
    return box.top > bottom ? 1 : 0;
  };
  return cells
    .map((cell) => ({ cell, at: rank(cell) }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell);
}

/**
 * The cells that a kernel does not know: it has no model of what they show, or they show nothing.
 * Of a kernel that has no model at all, that is new, they are all.
 * @param {CodeCell[]} cells
 * @param {Set<string>} models the models that live in the kernel
 */
export function asleep(cells, models) {
  if (!models.size) return cells;
  return cells.filter((cell) => {
    const shown = shownModels(cell);
    return cell.model.outputs.length === 0 || shown.some((model) => !models.has(model));
  });
}

/**
 * Whether the page lives, whoever has run it: all that the course's cells show is known to the kernel.
 * @param {CodeCell[]} cells
 * @param {Set<string>} models the models that live in the kernel
 */
export function areAwake(cells, models) {
  const ours = cells.filter((cell) => source(cell).includes("b2bcourse"));
  return models.size > 0 && ours.length > 0 && asleep(ours, models).length === 0;
}

/** @param {CodeCell} cell */
function shownModels(cell) {
  const outputs = Array.from({ length: cell.model.outputs.length }, (_, at) => cell.model.outputs.get(at));
  return outputs.map((output) => /** @type {any} */ (output.data[VIEW])?.model_id).filter(Boolean);
}

/**
 * The widgets' models that live in a panel's kernel.
 * @param {NotebookPanel} panel
 * @returns {Promise<Set<string>>}
 */
export async function liveModels(panel) {
  const reply = await panel.sessionContext.session?.kernel?.requestCommInfo({ target_name: COMM });
  const content = reply?.content;
  return new Set(content?.status === "ok" ? Object.keys(content.comms) : []);
}

/**
 * Run one cell where it stands: nothing is scrolled and no other cell becomes the active one.
 * @param {CodeCell} cell
 * @param {NotebookPanel} panel
 */
export async function run(cell, panel) {
  try {
    await CodeCell.execute(cell, panel.sessionContext, { deletedCells: [] });
  } catch {
    // A kernel that went away: what comes after it runs the cell again. What a cell says stands in it.
  }
}
