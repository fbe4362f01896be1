/** Nothing of JupyterLab but the notebook, and its own tools one click away. */

import { Dialog } from "@jupyterlab/apputils";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";

/** @import { ILabShell } from "@jupyterlab/application" */
/** @import { NotebookPanel } from "@jupyterlab/notebook" */

const CALM = "b2b-calm";
const LESSON = "b2b-lesson";
const TOOLS = "b2b-tools";
const DEPTH = 6;

export class Calm {
  /** @param {ILabShell} shell */
  constructor(shell) {
    this.shell = shell;
    /** @type {NotebookPanel | null} */
    this.panel = null;
  }

  /** Whether the reader has asked for JupyterLab's tools; as long as this window is open. */
  get hasTools() {
    return window.sessionStorage.getItem(TOOLS) !== null;
  }

  set hasTools(asked) {
    if (asked) window.sessionStorage.setItem(TOOLS, "");
    else window.sessionStorage.removeItem(TOOLS);
    this.#dress();
  }

  /**
   * Show a lesson, or whatever else is in front, which JupyterLab shows as it does.
   * @param {NotebookPanel | null} panel
   * @param {string} lang
   */
  show(panel, lang) {
    if (panel && panel !== this.panel) this.#prepare(panel, lang);
    this.panel = panel;
    this.#dress();
  }

  #dress() {
    const isCalm = this.panel !== null && !this.hasTools;
    document.body.classList.toggle(CALM, isCalm);
    if (isCalm) this.shell.collapseLeft();
    if (isCalm) this.shell.collapseRight();
    refit(this.shell);
  }

  /** @param {NotebookPanel} panel @param {string} lang */
  #prepare(panel, lang) {
    if (panel.hasClass(LESSON)) return;
    panel.addClass(LESSON);
    panel.content.node.lang = lang;
    const isCalm = () => document.body.classList.contains(CALM);
    // A double click in text marks a word; JupyterLab would open the cell's Markdown.
    const inText = (/** @type {Event} */ event) =>
      event.target instanceof Element && event.target.closest(".jp-MarkdownCell") !== null;
    panel.node.addEventListener("dblclick", (event) => isCalm() && inText(event) && event.stopPropagation(), true);
    // A letter that is typed by chance must not delete a cell: JupyterLab's shortcuts rest in a calm lesson.
    panel.node.addEventListener("keydown", (event) => isCalm() && event.stopPropagation());
  }
}

/**
 * No dialog about a server that cannot be reached, where a line above the lesson tells it: she could only press «OK».
 * @param {string} title the dialog's title in JupyterLab's language
 * @param {() => boolean} isTold
 */
export function withoutDialog(title, isTold) {
  Dialog.tracker.widgetAdded.connect((_, dialog) => {
    // Its title is drawn later; what ears hear of it stands there from the beginning.
    const isMeant = dialog.node.getAttribute("aria-label")?.startsWith(title);
    if (isMeant && isTold()) void dialog.ready.then(() => dialog.reject());
  });
}

/** What a style sheet hides takes no room once its neighbours are laid out again. */
function refit(/** @type {Widget} */ widget, depth = DEPTH) {
  MessageLoop.postMessage(widget, Widget.Msg.FitRequest);
  if (depth) for (const child of widget.children()) refit(child, depth - 1);
}
