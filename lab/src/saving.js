/** Saving without a word: what running leaves in a notebook is nobody's writing, so nobody is asked about it. */

/** @import { NotebookPanel } from "@jupyterlab/notebook" */
/** @import { ServiceManager } from "@jupyterlab/services" */

const PAUSE = 1500;

/**
 * What people have written in a notebook: all but what a run leaves.
 * @param {NotebookPanel} panel
 */
function written(panel) {
  const cells = panel.content.model?.sharedModel.cells ?? [];
  return JSON.stringify(cells.map((cell) => [cell.cell_type, cell.getSource()]));
}

/**
 * Save outputs quietly as they come; what somebody writes is left to JupyterLab, which asks where two disagree.
 * @param {NotebookPanel} panel
 * @param {ServiceManager.IManager} services
 * @param {boolean} writable whether the server could save it
 * @returns {{ flush: () => Promise<void> }} saves at once what is due
 */
export function saveQuietly(panel, services, writable) {
  let last = written(panel);
  /** @type {number | undefined} */
  let timer;

  /** One after the other: two at a time would take each other for another window, and JupyterLab would ask. */
  let saving = Promise.resolve();
  const inTurn = (/** @type {() => Promise<void>} */ deed) => {
    saving = saving.then(deed).catch(() => {});
    return saving;
  };

  async function save() {
    const { context } = panel;
    if (panel.isDisposed || !context.model.dirty || written(panel) !== last) return;
    if (writable && (await isAsRead(panel, services))) await context.save().catch(() => {});
    else context.model.dirty = false;
  }

  panel.context.model.stateChanged.connect((_, change) => {
    if (change.name !== "dirty") return;
    if (change.newValue && written(panel) === last) later();
    else if (!change.newValue) last = written(panel);
  });
  panel.context.model.contentChanged.connect(() => {
    if (panel.context.model.dirty) later();
  });
  panel.disposed.connect(() => window.clearTimeout(timer));

  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void inTurn(save), PAUSE);
  }

  /** Before the notebook is closed: what a run has left may go, what somebody has written may not. */
  async function flush() {
    const { context } = panel;
    await save();
    if (written(panel) === last) context.model.dirty = false;
    else if (context.model.dirty && writable) await context.save().catch(() => {});
  }

  return { flush: () => inTurn(flush) };
}

/**
 * Whether the file is still the one that this page has read or saved: else another window was here in the meantime.
 * @param {NotebookPanel} panel
 * @param {ServiceManager.IManager} services
 */
async function isAsRead(panel, services) {
  const known = panel.context.contentsModel;
  try {
    const disk = await services.contents.get(panel.context.path, { content: false, hash: true });
    return disk.hash && known?.hash ? disk.hash === known.hash : disk.last_modified === known?.last_modified;
  } catch {
    return false;
  }
}
