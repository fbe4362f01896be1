/** The plugin: watches which notebook is in front, and makes a lesson of the course alive and calm. */

import { ILabShell } from "@jupyterlab/application";
import { PageConfig, PathExt, URLExt } from "@jupyterlab/coreutils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { Bar } from "./bar.js";
import { Calm } from "./calm.js";
import { HandInColumn } from "./handin.js";
import { Lesson } from "./lesson.js";
import { ask } from "./server.js";
import "../style/lesson.css";

/** @import { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application" */
/** @import { NotebookPanel } from "@jupyterlab/notebook" */

const ID = "b2bcourse-lesson:plugin";
const UNMET = "b2b-unmet";

/**
 * What an instructor may switch off.
 * @param {ISettingRegistry | null} registry
 */
async function settings(registry) {
  const found = await registry?.load(ID).catch(() => null);
  return { alive: found?.get("alive").composite !== false, calm: found?.get("calm").composite !== false };
}

/**
 * @param {JupyterFrontEnd} app
 * @param {INotebookTracker} tracker
 * @param {ILabShell} shell
 * @param {ISettingRegistry | null} registry
 */
async function activate(app, tracker, shell, registry) {
  const wanted = await settings(registry);
  const calm = new Calm(shell);
  /** @type {Map<NotebookPanel, Lesson>} */
  const lessons = new Map();
  /** @type {WeakMap<NotebookPanel, HandInColumn>} */
  const columns = new WeakMap();

  const bar = new Bar({
    open: (path) => void open(path),
    address: (path) => URLExt.join(PageConfig.getBaseUrl(), "lab/tree", URLExt.encodeParts(path)),
    tools: () => {
      calm.hasTools = !calm.hasTools;
      front();
    },
    page: (name) => beside(name) || void leave(`${URLExt.join(PageConfig.getBaseUrl(), "b2bcourse")}/${name}`),
  });
  shell.add(bar, "header", { rank: 0 });
  bar.hide();

  /** Another lesson in the place of the one in front. */
  async function open(/** @type {string} */ path) {
    const before = tracker.currentWidget;
    await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    if (!before || before === tracker.currentWidget) return;
    await lessons.get(before)?.leave();
    before.close();
  }

  /** Whether a page stands beside the notebook in front already: then one is led there. */
  function beside(/** @type {string} */ name) {
    const column = tracker.currentWidget && columns.get(tracker.currentWidget);
    if (!column?.isShown || column.page !== name) return false;
    column.focus();
    return true;
  }

  /** A page of the server's, in this tab; what is not saved yet is saved first. */
  async function leave(/** @type {string} */ address) {
    await Promise.all([...lessons.values()].map((lesson) => lesson.leave()));
    window.location.assign(address);
  }

  /** What is in front now, in its dress. */
  function front() {
    const panel = tracker.currentWidget;
    const isFront = panel !== null && panel === shell.currentWidget;
    const lesson = isFront ? lessons.get(panel) : undefined;
    const told = lesson?.told;
    const isCalm = Boolean(told?.calm && wanted.calm);
    calm.show(isCalm ? panel : null, told?.lang ?? "");
    bar.setHidden(!isCalm);
    if (isCalm && told && panel) bar.tell(told, PathExt.dirname(panel.context.path), calm.hasTools);
    lesson?.follow(bar);
    if (panel && told?.hand_in) columnOf(panel, told.hand_in).show(isCalm && !calm.hasTools, told.words.hand_in);
  }

  function columnOf(/** @type {NotebookPanel} */ panel, /** @type {string} */ page) {
    const column = columns.get(panel) ?? new HandInColumn(panel, page);
    columns.set(panel, column);
    return column;
  }

  async function met(/** @type {NotebookPanel} */ panel) {
    if (lessons.has(panel)) return;
    const lesson = new Lesson(panel, app.serviceManager, () =>
      ask(app.serviceManager.serverSettings, panel.context.path),
    );
    lessons.set(panel, lesson);
    panel.disposed.connect(() => lessons.delete(panel));
    if (await lesson.learn()) front();
    if (panel.isDisposed) return;
    if (lesson.told) await lesson.begin(wanted.alive, bar);
    panel.removeClass(UNMET);
  }

  // Until it is known what a notebook is, what a former kernel has left in it is not shown.
  tracker.widgetAdded.connect((_, panel) => panel.addClass(UNMET));
  tracker.forEach((panel) => panel.addClass(UNMET));

  const look = () => {
    front();
    const panel = tracker.currentWidget;
    if (panel && panel === shell.currentWidget) void met(panel);
  };
  // Notebooks that JupyterLab brings back from another day wait until somebody looks at them.
  shell.currentChanged.connect(look);
  tracker.currentChanged.connect(look);
  look();
  // JupyterLab puts its panels as they were the last time, and then a lesson folds them away.
  void app.restored.then(look);
}

/** @type {JupyterFrontEndPlugin<void>} */
const plugin = {
  id: ID,
  description: "A lesson of the course opens alive and calm.",
  autoStart: true,
  requires: [INotebookTracker, ILabShell],
  optional: [ISettingRegistry],
  activate,
};

export default plugin;
