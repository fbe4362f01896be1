/** The plugin: watches which notebook is in front, and makes a lesson of the course alive and calm. */

import { ILabShell, IRouter } from "@jupyterlab/application";
import { PageConfig, PathExt, URLExt } from "@jupyterlab/coreutils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { asked, follow, name } from "./address.js";
import { Bar } from "./bar.js";
import { Calm, withoutDialog } from "./calm.js";
import { HandInColumn } from "./handin.js";
import { Lesson } from "./lesson.js";
import { carry } from "./places.js";
import { ask } from "./server.js";
import "../style/lesson.css";

/** @import { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application" */
/** @import { NotebookPanel } from "@jupyterlab/notebook" */

const ID = "b2bcourse-lesson:plugin";
const UNMET = "b2b-unmet";
/** How long it is waited for the notebook that the address names, after all else is there. */
const PATIENCE = 3000;

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
 * @param {IRouter | null} router
 * @param {ITranslator | null} translator
 */
async function activate(app, tracker, shell, registry, router, translator) {
  const wanted = await settings(registry);
  const calm = new Calm(shell);
  /** @type {Map<NotebookPanel, Lesson>} */
  const lessons = new Map();
  /** @type {WeakMap<NotebookPanel, HandInColumn>} */
  const columns = new WeakMap();

  const bar = new Bar({
    open: (path) => void open(path),
    turn: (path) => {
      if (tracker.currentWidget) carry(tracker.currentWidget.context.path, path);
      void open(path);
    },
    address: (path) => URLExt.join(PageConfig.getBaseUrl(), "lab/tree", URLExt.encodeParts(path)),
    tools: () => {
      calm.hasTools = !calm.hasTools;
      front();
    },
    page: (name) => beside(name) || void leave(`${URLExt.join(PageConfig.getBaseUrl(), "b2bcourse")}/${name}`),
  });
  shell.add(bar, "header", { rank: 0 });
  bar.hide();

  /** The lesson that was asked for last, until it is in front. @type {string | null} */
  let goal = null;
  /** Lessons that are on their way out: until they are gone they cannot be opened anew. @type {Map<string, Promise<unknown>>} */
  const closing = new Map();
  /** Steps of a hasty reader are gone one after the other; those that she has thought better of are left out. */
  let steps = Promise.resolve();
  /** Another lesson in the place of the one in front. */
  function open(/** @type {string} */ path) {
    goal = path;
    steps = steps.then(() => step(path)).catch(() => {});
    return steps;
  }

  async function step(/** @type {string} */ path) {
    if (path !== goal) return;
    await closing.get(path);
    const before = tracker.currentWidget;
    try {
      if (before?.context.path === path) return;
      await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    } finally {
      if (path === goal) goal = null;
    }
    if (before && before !== tracker.currentWidget) void close(before);
  }

  async function close(/** @type {NotebookPanel} */ panel) {
    const { path } = panel.context;
    await lessons.get(panel)?.rest();
    // In the meantime «back» may have led to it again.
    if (panel.isDisposed || panel === tracker.currentWidget || path === goal) return;
    const gone = new Promise((resolve) => panel.disposed.connect(() => resolve(undefined)));
    panel.close();
    // JupyterLab may ask whether to save it, and the answer may be to keep it.
    const patience = new Promise((resolve) => window.setTimeout(resolve, PATIENCE));
    closing.set(path, Promise.race([gone, patience]));
    await closing.get(path);
    closing.delete(path);
  }

  /**
   * In a calm lesson no tabs are seen: those that JupyterLab brings back from another day are closed, the course's
   * own only, and none that somebody has written in.
   */
  async function tidy(/** @type {NotebookPanel} */ front) {
    /** @type {NotebookPanel[]} */
    const others = [];
    tracker.forEach((panel) => panel !== front && others.push(panel));
    for (const panel of others) {
      const told = lessons.get(panel)?.told ?? (await ask(app.serviceManager.serverSettings, panel.context.path));
      const isShown = panel.isDisposed || panel.isVisible || calm.panel !== front || calm.hasTools;
      if (!isShown && told?.calm && !panel.context.model.dirty) await close(panel);
    }
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
    if (panel && told?.hand_in && told.beside)
      columnOf(panel, told.hand_in).show(isCalm && !calm.hasTools, told.words.hand_in);
    // After JupyterLab has written its own address; where another lesson is on its way, the address is that one's.
    if (isCalm && panel) window.setTimeout(() => !goal && shown() === panel.context.path && name(panel.context.path));
  }

  function columnOf(/** @type {NotebookPanel} */ panel, /** @type {string} */ page) {
    const column = columns.get(panel) ?? new HandInColumn(panel, page);
    columns.set(panel, column);
    return column;
  }

  /** The path of the lesson that is shown calm. */
  const shown = () => (calm.panel?.isDisposed === false ? calm.panel.context.path : null);
  const said = (translator ?? nullTranslator).load("jupyterlab");
  withoutDialog(said.__("Server Connection Error"), () => shown() !== null);
  const isOurs = () => wanted.calm && !calm.hasTools && [...lessons.values()].some((one) => one.told?.calm);
  const address = { shown, isOurs, goal: () => goal };
  follow(router, address, (path) => void open(path));

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
    await app.restored;
    if (calm.panel === panel) {
      front();
      await tidy(panel);
    }
  }

  // Until it is known what a notebook is, what a former kernel has left in it is not shown.
  tracker.widgetAdded.connect((_, panel) => panel.addClass(UNMET));
  tracker.forEach((panel) => panel.addClass(UNMET));

  /** What the address asks for when the page is loaded; what JupyterLab puts before it for a moment is not run. */
  let wish = asked();
  void app.restored.then(() => window.setTimeout(giveUp, PATIENCE));
  function giveUp() {
    wish = null;
    look();
  }

  const look = () => {
    front();
    const panel = tracker.currentWidget;
    if (!panel || panel !== shell.currentWidget) return;
    if (wish && panel.context.path !== wish) return;
    wish = null;
    void met(panel);
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
  optional: [ISettingRegistry, IRouter, ITranslator],
  activate,
};

export default plugin;
