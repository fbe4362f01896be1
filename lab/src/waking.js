/** A notebook comes alive when its kernel is new, if the server allows it; else a button waits for its reader. */

import { hold } from "./anchor.js";
import { areAllowed, areAwake, asleep, codeCells, inViewFirst, liveModels, run } from "./cells.js";

/** @import { NotebookPanel } from "@jupyterlab/notebook" */
/** @import { CodeCell } from "@jupyterlab/cells" */
/** @import { Told } from "./server.js" */

const WAKING = "b2b-waking";
const SETTLED = 800;
/** A run that takes longer is not waited for, in ms. */
const SETTLING = 30000;
const POLL = 100;
const PATIENCE = 6000;
/** While a reader waits for a server that is away, it is looked for so often, in ms, and so many times. */
const SEEK = 2000;
const LOOKS = 30;
const NEW = new Set(["restarting", "autorestarting"]);
const GONE = new Set(["dead", "terminating"]);
const HERE = ["pointerdown", "keydown", "visibilitychange"];

const pause = (/** @type {number} */ ms) => new Promise((resolve) => window.setTimeout(resolve, ms));

/**
 * What the reader is told: nothing, that a click is needed and why, or that the kernel went away.
 * @typedef {"opening" | "alive" | "asked" | "asleep"} State
 */

export class Waking {
  #isNew = false;
  #isGone = false;
  #isReviving = false;
  /** Whether the reader is here and waits for a kernel that cannot be reached. */
  #isAwaited = false;
  #isSeeking = false;
  /** Whether a click is waited for: the reader may also run the page by a menu. */
  #isAsked = false;
  #turn = 0;
  /** The last time that it was looked what sleeps, and the run that came of it. @type {Promise<unknown>} */
  #woken = Promise.resolve();
  /** The last run, until what it has shown is laid out. @type {Promise<unknown>} */
  #running = Promise.resolve();
  /** @type {() => void} */
  #letGo = () => {};

  /**
   * @param {NotebookPanel} panel
   * @param {() => Promise<Told | null>} ask asks the server anew
   * @param {(state: State, told: Told | null) => void} tell
   */
  constructor(panel, ask, tell) {
    this.panel = panel;
    this.ask = ask;
    this.tell = tell;
  }

  /**
   * Wake what sleeps, now and whenever the kernel is new.
   * @param {Told} told
   */
  begin(told) {
    this.#listen();
    if (told.runs) this.#dim(codeCells(this.panel));
    void this.#first(told);
  }

  async #first(/** @type {Told} */ told) {
    const { sessionContext } = this.panel;
    await sessionContext.ready;
    if (sessionContext.session?.kernel && !this.panel.isDisposed) await (this.#woken = this.#wake(told));
  }

  /** Whatever the server says: the reader has pressed the button. */
  async wake() {
    this.#isAsked = false;
    await this.#run(codeCells(this.panel));
    this.tell("alive", null);
  }

  /**
   * Some exercises could not save: they come back to the kernel, which may have to be reached first.
   * @param {(cell: CodeCell) => boolean} which
   */
  async again(which) {
    this.reach();
    if (this.#isGone) await this.revive();
    else await this.#run(codeCells(this.panel).filter(which));
  }

  /** A kernel that could not be reached for long is given up by JupyterLab; its reader is here again. */
  reach() {
    const kernel = this.panel.sessionContext.session?.kernel;
    if (!kernel || this.#isGone || kernel.connectionStatus === "connected") return;
    this.#isAwaited = true;
    if (!kernel.isDisposed && kernel.connectionStatus === "disconnected") void kernel.reconnect().catch(() => {});
    void this.#seek();
  }

  /** A server that was begun anew has no such kernel; JupyterLab may take minutes to ask for it. */
  async #seek() {
    if (this.#isSeeking) return;
    this.#isSeeking = true;
    for (let looked = 0; looked < LOOKS && this.#isAwaited && !this.#isGone && !this.panel.isDisposed; looked += 1) {
      await this.#refresh();
      await pause(SEEK);
    }
    this.#isSeeking = false;
  }

  /** Let JupyterLab hear which sessions there are. */
  #refresh() {
    return this.panel.sessionContext.sessionManager.refreshRunning().catch(() => {});
  }

  /** The kernel is gone, and its reader is here again: another one is started, and the page wakes. */
  async revive() {
    if (!this.#isGone || this.#isReviving) return;
    this.#isReviving = true;
    const { sessionContext } = this.panel;
    const name = sessionContext.kernelPreference.name ?? "python3";
    // JupyterLab hears that the kernel is dead before it hears that its session is gone with it.
    void this.#refresh();
    for (let waited = 0; sessionContext.session && waited < PATIENCE; waited += POLL) await pause(POLL);
    try {
      if (!this.panel.isDisposed) await sessionContext.changeKernel({ name });
    } catch {
      this.#sleep();
    } finally {
      this.#isReviving = false;
    }
  }

  /**
   * The page has found its kernel, and its run is over. JupyterLab forgets a connection to the kernel that comes after
   * the page was closed, and while there is one no other page of this tab hears of the kernel's widgets; what is made
   * after the page was closed it takes away from the kernel too. Whoever came back would see «model not found».
   */
  settled() {
    const all = async () => {
      await this.panel.sessionContext.ready;
      await this.#woken;
      await this.#running;
    };
    return Promise.race([all(), pause(SETTLING)]);
  }

  #listen() {
    const { panel } = this;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (NEW.has(status)) this.#isNew = true;
      else if (GONE.has(status)) this.#sleep();
      else if (status === "idle" && this.#isNew) this.#again();
      else if (status === "idle" && this.#isAsked) void this.#look();
    });
    panel.sessionContext.kernelChanged.connect((_, { oldValue, newValue }) => {
      if (!newValue && oldValue) this.#sleep();
      else if (newValue) this.#renew();
    });
    panel.sessionContext.connectionStatusChanged.connect((_, status) => {
      if (status === "connected") this.#isAwaited = false;
    });
    const own = new AbortController();
    for (const kind of HERE) {
      const here = () => {
        if (document.visibilityState !== "visible" || !panel.isVisible) return;
        this.reach();
        void this.revive();
      };
      document.addEventListener(kind, here, { capture: true, signal: own.signal });
    }
    panel.disposed.connect(() => own.abort());
  }

  /** The page was not run by its button; was it run by a menu, or by keys? */
  async #look() {
    const models = await liveModels(this.panel);
    if (!this.#isAsked || this.panel.isDisposed || !areAwake(codeCells(this.panel), models)) return;
    this.#isAsked = false;
    this.tell("alive", null);
  }

  /** Another kernel: what was gone is there again, and what stands on the page knows nothing of it. */
  #renew() {
    this.#isAwaited = false;
    this.#isNew = true;
    this.#isGone = false;
  }

  #sleep() {
    if (this.panel.isDisposed) return;
    this.#isGone = true;
    this.tell("asleep", null);
    if (this.#isAwaited) void this.revive();
  }

  async #again() {
    this.#isNew = false;
    this.#isGone = false;
    // What lies beside the notebook may be another thing than yesterday.
    const told = await this.ask();
    if (told && !this.panel.isDisposed) await (this.#woken = this.#wake(told));
  }

  /** @param {Told} told */
  async #wake(told) {
    const { panel } = this;
    const cells = codeCells(panel);
    this.#isNew = false;
    if (!told.runs || !areAllowed(cells, told)) {
      this.#undim(cells);
      this.#isAsked = true;
      this.tell("asked", told);
      await this.#look();
      return;
    }
    this.#isAsked = false;
    this.tell("opening", told);
    const models = await liveModels(panel);
    if (panel.isDisposed) return;
    await this.#run(asleep(cells, models));
    this.#undim(cells);
    if (!panel.isDisposed) this.tell("alive", told);
  }

  /** @param {CodeCell[]} cells */
  async #run(cells) {
    const { panel } = this;
    const view = panel.content.outerNode;
    const turn = ++this.#turn;
    this.#letGo();
    this.#letGo = hold(view, () => panel.content.widgets.map((cell) => cell.node));
    this.#dim(cells);
    const one = async (/** @type {CodeCell} */ cell) => {
      await run(cell, panel);
      cell.removeClass(WAKING);
    };
    const done = Promise.all(inViewFirst(cells, view).map(one));
    // What a cell has shown is laid out a little later.
    this.#running = done.then(() => pause(SETTLED)).then(() => turn === this.#turn && this.#letGo());
    await done;
  }

  /** What a former kernel has left says «model not found»: it is not shown while its cell waits. */
  #dim(/** @type {CodeCell[]} */ cells) {
    for (const cell of cells) cell.addClass(WAKING);
  }

  #undim(/** @type {CodeCell[]} */ cells) {
    for (const cell of cells) cell.removeClass(WAKING);
  }
}
