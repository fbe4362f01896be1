/** Handing in beside an assignment: the server's own page in a column, where the window has room for it. */

import { PageConfig, URLExt } from "@jupyterlab/coreutils";
import "../style/handin.css";

/** @import { NotebookPanel } from "@jupyterlab/notebook" */

const BESIDE = "b2b-has-handin";
const PAUSE = 1500;
/** So wide a window has room for a column; the style sheet says the same. */
const ROOM = window.matchMedia("(width >= 1280px)");

export class HandInColumn {
  /** @param {NotebookPanel} panel @param {string} page the page's name with what it is asked */
  constructor(panel, page) {
    this.panel = panel;
    this.page = page;
    this.frame = document.createElement("iframe");
    this.frame.className = "b2b-handin";
    /** @type {number | undefined} */
    this.timer = undefined;
    const fits = () => this.fit();
    ROOM.addEventListener("change", fits);
    window.addEventListener("message", this.heard);
    panel.sessionContext.statusChanged.connect(this.changed);
    panel.disposed.connect(() => {
      ROOM.removeEventListener("change", fits);
      window.removeEventListener("message", this.heard);
      window.clearTimeout(this.timer);
    });
  }

  /**
   * Show it, or where the reader has JupyterLab's tools or a narrow window, leave the room to the notebook.
   * @param {boolean} isCalm
   * @param {string} title
   */
  show(isCalm, title) {
    this.isCalm = isCalm;
    this.frame.title = title;
    this.fit();
  }

  fit() {
    const isShown = Boolean(this.isCalm && ROOM.matches);
    this.panel.node.classList.toggle(BESIDE, isShown);
    if (!isShown) this.frame.remove();
    else if (!this.frame.isConnected) {
      this.frame.src = `${URLExt.join(PageConfig.getBaseUrl(), "b2bcourse")}/${this.page}&panel=1`;
      this.panel.node.append(this.frame);
    }
  }

  /** After an answer has been saved the kernel has been busy: then the page may have other counts. */
  changed = (/** @type {unknown} */ _, /** @type {string} */ status) => {
    if (status !== "idle" || !this.frame.isConnected) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tell("b2b-changed"), PAUSE);
  };

  /** @param {string} what */
  tell(what) {
    this.frame.contentWindow?.postMessage({ what }, window.location.origin);
  }

  /** Whether it is on the screen. */
  get isShown() {
    return this.frame.isConnected;
  }

  /** To where one hands in, from the bar: by keys the way through a whole notebook would be long. */
  focus() {
    const deeds = ["form[action$='handin'] button", "summary", "a"];
    const found = deeds.flatMap((kind) => [...(this.frame.contentDocument?.querySelectorAll(kind) ?? [])]);
    const first = /** @type {HTMLElement | undefined} */ (found.find((one) => one.checkVisibility()));
    this.frame.focus();
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }

  /** What somebody has written in the notebook itself is on disk before it is handed in. */
  async save() {
    if (this.panel.context.model.dirty && !this.panel.context.model.readOnly) {
      await this.panel.context.save().catch(() => undefined);
    }
    this.tell("b2b-saved");
  }

  /** The page asks to be led to an exercise, or to have the notebook saved. @param {MessageEvent} event */
  heard = (event) => {
    if (event.origin !== window.location.origin || event.source !== this.frame.contentWindow) return;
    if (event.data?.what === "b2b-save") void this.save();
    const item = event.data?.what === "b2b-go" ? String(event.data.item) : "";
    const shown = item && this.panel.node.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (!shown) return;
    shown.scrollIntoView({ block: "start" });
    const field = ["textarea", "[tabindex='0']", "input, button"]
      .map((kind) => shown.querySelector(kind))
      .find(Boolean);
    window.focus(); // from the frame, where the click was
    /** @type {HTMLElement | undefined} */ (field)?.focus({ preventScroll: true });
  };
}
