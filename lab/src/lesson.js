/** One open notebook of the course: what the server says of it, whether it is alive, where its reader is. */

import { codeCells, run } from "./cells.js";
import { Notice } from "./notice.js";
import { remember } from "./places.js";
import { saveQuietly } from "./saving.js";
import { Waking } from "./waking.js";

/** @import { NotebookPanel } from "@jupyterlab/notebook" */
/** @import { ServiceManager } from "@jupyterlab/services" */
/** @import { Bar } from "./bar.js" */
/** @import { State } from "./waking.js" */
/** @import { Told } from "./server.js" */

const PAUSE = 600;
/** What a cell shows that follows from all answers: it is shown anew when they are others. */
const FOLLOWS = /\bb2b\.(progress|gain)\(\)$/;
/** So long a connection may be broken before a word is said of it, in ms. */
const LOST = 3000;
/** So long it is tried to reach the server before that word is said again, in ms. */
const TRIED = 15000;
/** The line of an exercise that says that nothing was saved. */
const FAILED = ".b2b-saved[data-lost]";
/** Where on the page one reads: a third from the top. */
const READING = 3;

/**
 * A kernel that crashed is there again in a moment, and the page wakes: nobody has to press «OK» for it. JupyterLab
 * has no setting for its dialog; where its name for it is another one, the dialog is shown.
 * @param {NotebookPanel} panel
 */
function hush(panel) {
  const asks = /** @type {any} */ (panel)._onSessionStatusChanged;
  if (typeof asks === "function") panel.sessionContext.statusChanged.disconnect(asks, panel);
}

export class Lesson {
  /** @type {Told | null} */
  told = null;
  /** @type {Bar | null} */
  #bar = null;
  /** @type {{ flush: () => Promise<void> } | null} */
  #saving = null;
  /** @type {Waking | null} */
  #waking = null;
  /** Looks whether an exercise could not save. */
  #look = () => {};
  /** Whether something is told above the page already. */
  #isTold = false;

  /**
   * @param {NotebookPanel} panel
   * @param {ServiceManager.IManager} services
   * @param {() => Promise<Told | null>} ask
   */
  constructor(panel, services, ask) {
    this.panel = panel;
    this.services = services;
    this.ask = ask;
    this.notice = new Notice();
  }

  /** Learn from the server what this is; whether it is the course's. */
  async learn() {
    this.told = await this.ask();
    return this.told !== null && !this.panel.isDisposed;
  }

  /**
   * Come alive, and stay so.
   * @param {boolean} alive whether anything may run by itself here
   * @param {Bar} bar
   */
  async begin(alive, bar) {
    const { panel, told } = this;
    if (!told) return;
    await panel.context.ready;
    if (panel.isDisposed || !alive) return;
    this.#bar = bar;
    panel.contentHeader.addWidget(this.notice);
    if (told.calm) this.#saving = saveQuietly(panel, this.services, told.writable);
    await panel.revealed;
    if (panel.isDisposed) return;
    if (told.calm) remember(panel);
    if (told.calm && told.runs) hush(panel);
    const waking = new Waking(panel, this.ask, (state, news) => this.#say(state, news, waking));
    if (told.bar?.parts.length) this.#watch();
    this.#waking = waking;
    this.#hear(waking);
    this.#link(waking);
    waking.begin(told);
  }

  /** Before this tab shows another page. */
  async leave() {
    await this.#saving?.flush();
  }

  /** Before it is closed, another lesson being in its place. */
  async rest() {
    await (this.#waking?.settled() ?? this.panel.sessionContext.ready);
    await this.leave();
  }

  /**
   * The bar shows this lesson now: tell it where the reader is.
   * @param {Bar} bar
   */
  follow(bar) {
    const exercise = this.#nearest();
    if (exercise) bar.here(exercise);
  }

  /** @param {State} state @param {Told | null} news @param {Waking} waking */
  #say(state, news, waking) {
    const told = news ?? this.told;
    if (!told) return;
    const { words } = told;
    this.#isTold = state === "asked" || state === "asleep";
    this.panel.toggleClass("b2b-alive", state === "alive" || state === "opening");
    if (state === "asked") {
      // The server allows what stands in the file; what stands on this page is something else.
      const { text, button } = told.notice ?? { text: words.unlike, button: words.open };
      this.notice.say(told.lang, text, button, () => void waking.wake());
    } else if (state === "asleep") {
      this.notice.say(told.lang, words.asleep, words.wake, () => void waking.revive());
    } else {
      this.notice.hide();
    }
  }

  /**
   * The server cannot be reached: a net that is gone, a computer that has slept, a course that was ended.
   * @param {Waking} waking
   */
  #link(waking) {
    const { panel } = this;
    /** @type {number | undefined} */
    let timer;
    let isLost = false;
    const lost = () => {
      const { told } = this;
      if (!told || this.#isTold || panel.isDisposed) return;
      if (panel.sessionContext.session?.kernel?.connectionStatus === "connected") return;
      isLost = this.#isTold = true;
      this.notice.say(told.lang, told.words.lost, told.words.reach, () => {
        this.#isTold = isLost = false;
        waking.reach();
        window.clearTimeout(timer);
        timer = window.setTimeout(lost, TRIED);
      });
    };
    panel.sessionContext.connectionStatusChanged.connect((_, status) => {
      window.clearTimeout(timer);
      if (status !== "connected") timer = window.setTimeout(lost, LOST);
      else if (isLost) {
        isLost = this.#isTold = false;
        this.notice.hide();
        this.#look();
      }
    });
    panel.disposed.connect(() => window.clearTimeout(timer));
  }

  /**
   * An exercise says that it could not save: the button that helps stands above the page.
   * @param {Waking} waking
   */
  #hear(waking) {
    const node = this.panel.content.node;
    let isOffered = false;
    this.#look = () => {
      const { told } = this;
      if (!told || this.#isTold) return;
      const failed = node.querySelector(FAILED) !== null;
      if (failed === isOffered) return;
      isOffered = failed;
      if (!failed) this.notice.hide();
      else {
        const deed = () => {
          isOffered = false;
          void waking.again((cell) => cell.node.querySelector(FAILED) !== null);
        };
        this.notice.say(told.lang, told.words.unsaved, told.words.again, deed);
      }
    };
    const observer = new MutationObserver(() => this.#look());
    observer.observe(node, { subtree: true, attributes: true, attributeFilter: ["data-lost"] });
    this.panel.disposed.connect(() => observer.disconnect());
  }

  /** After each answer that is saved the kernel has been busy: then the marks may be others. */
  #watch() {
    const { panel } = this;
    /** @type {number | undefined} */
    let timer;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status !== "idle") return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void this.#count(), PAUSE);
    });
    let waits = false;
    const moved = () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        if (this.#bar && panel.isVisible) this.follow(this.#bar);
      });
    };
    panel.content.outerNode.addEventListener("scroll", moved, { passive: true });
    panel.disposed.connect(() => window.clearTimeout(timer));
  }

  async #count() {
    const told = this.panel.isDisposed ? null : await this.ask();
    if (!told || !this.panel.isVisible) return;
    const isNew = JSON.stringify(told.bar?.parts) !== JSON.stringify(this.told?.bar?.parts);
    this.told = told;
    this.#bar?.mark(told);
    if (this.#bar) this.follow(this.#bar);
    if (isNew && told.runs) await this.#runAgain(told);
  }

  /** @param {Told} told */
  async #runAgain(told) {
    const allowed = new Set(told.sources);
    for (const cell of codeCells(this.panel)) {
      const source = cell.model.sharedModel.getSource();
      if (FOLLOWS.test(source) && allowed.has(source)) await run(cell, this.panel);
    }
  }

  /** The exercise where one reads: the last one that begins above that line, else the first. */
  #nearest() {
    const ids = new Set(this.told?.bar?.parts.flat().map((one) => one.cell));
    const cells = this.panel.content.widgets.filter((cell) => ids.has(cell.model.sharedModel.getId()));
    const view = this.panel.content.outerNode.getBoundingClientRect();
    const line = view.top + view.height / READING;
    const above = cells.filter((cell) => cell.node.getBoundingClientRect().top <= line);
    return (above.at(-1) ?? cells[0])?.model.sharedModel.getId();
  }
}
