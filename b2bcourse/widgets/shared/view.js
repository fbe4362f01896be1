/** One view of an exercise: the frame, the body, their widths. */

/**
 * @import { OpenPicker } from "./types.d.ts"
 * @import { Store } from "./store.js"
 */

import { buildFoot, buildTop, paintFoot, paintLegend, paintProgress, paintTop } from "./frame.js";
import { ownKeys } from "./keys.js";
import { familyOf } from "./measure.js";
import { h, unique } from "./nodes.js";
import { listenOutside } from "./outside.js";
import { closeList } from "./picker.js";

const NARROW = 900; // px of room below which everything draws together
const USUAL_WIDTH = 820; // px; of a kind that does not say how wide it is
const PADDING = 8; // px; the root's, left and right together

const LATER = /** @type {any} */ (undefined); // set before anybody asks

/** One picture of a store on the page. Kinds keep what they need of their own in it. */
export class View {
  /** @type {OpenPicker | null} */
  list = null;
  /** px that the widget may take. */
  room = 0;
  narrow = false;
  /** The font, as `layout` last read it. @type {string | undefined} */
  family = undefined;
  drawnShape = "";
  /** Whether the student has opened the case again, or closed it; undefined while she has done neither. */
  opens = /** @type {boolean | undefined} */ (undefined);
  /** Whether the page has been laid out with the view in it, for the first time. */
  isSettled = false;
  /** Where outputs of the notebook's cell stand. @type {Element | null} */
  outputs = null;
  body = /** @type {HTMLElement} */ (LATER);
  top = /** @type {ReturnType<typeof buildTop>} */ (LATER);
  bottom = /** @type {ReturnType<typeof buildFoot>} */ (LATER);
  edge = /** @type {HTMLElement} */ (LATER);
  foot = /** @type {HTMLElement} */ (LATER);
  /** A line at the legend's right end, for the kind. */
  more = /** @type {HTMLElement} */ (LATER);

  /**
   * @param {Store} store
   * @param {HTMLElement} el
   */
  constructor(store, el) {
    this.store = store;
    this.kind = store.kind;
    this.el = el;
    this.uid = unique();
    this.root = h("section", { "data-lm-suppress-shortcuts": "true" });
    this.spoken = h("div", { class: "b2b-unseen", role: "status" });
    ownKeys(this);
    el.append(this.root);
    this.stopListening = listenOutside(this); // first: the page is laid out without what it hides
    this.rebuild();
  }

  /** Everything anew: at the start, and when the face or the mode changes. */
  rebuild() {
    const { face } = this.store;
    closeList(this);
    this.root.className = `b2b-exercise b2b-${this.kind.name}`;
    this.root.lang = face.lang;
    this.root.dataset.item = face.id;
    this.root.setAttribute("aria-label", face.title);
    this.kind.begin?.(this);
    this.top = buildTop(this);
    this.edge = this.top.edge;
    this.bottom = buildFoot(this);
    this.foot = this.bottom.foot;
    this.more = this.bottom.more;
    this.body = h("div", { class: "b2b-body", hidden: true }); // until its widths are chosen, once
    this.root.replaceChildren(this.edge, this.body, this.foot, this.spoken);
    this.buildBody();
    this.paintAround();
    this.layout();
  }

  /** What the structure of the body depends on; all else is painted into it. */
  get shape() {
    const { phase, open, onlyFix, feedback } = this.store;
    return JSON.stringify([phase, phase !== "edit" && open, onlyFix, feedback?.tries, this.kind.shape?.(this)]);
  }

  buildBody() {
    this.drawnShape = this.shape;
    this.body.replaceChildren(...[this.kind.build(this)].flat());
  }

  /** After any change of the store: a new body if its structure changed, else only what changed in it. */
  update() {
    if (this.shape === this.drawnShape) this.kind.paint?.(this);
    else this.restructure();
    this.paintAround();
  }

  /** A new body keeps the focus and the place that was scrolled to. */
  restructure() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const had = focused && this.body.contains(focused) ? focused : null;
    const { scrollLeft: left, scrollTop: top } = this.scroller ?? {};
    closeList(this, true);
    this.buildBody();
    this.layout();
    this.scroller?.scrollTo({ left, top });
    if (had) this.standsFor(had)?.focus({ preventScroll: true });
  }

  /** The focus goes into the body: to what Tab reaches first there. */
  stand() {
    const first = this.body.querySelector('[data-at]:not([tabindex="-1"]), textarea, input');
    /** @type {HTMLElement | null} */ (first)?.focus({ preventScroll: true });
  }

  get scroller() {
    return this.body.querySelector(".b2b-scroll");
  }

  /**
   * The node of the new body that stands where this one stood.
   * @param {HTMLElement} node
   * @returns {HTMLElement | null}
   */
  standsFor({ dataset }) {
    const same = dataset.at && this.body.querySelector(`[data-at="${CSS.escape(dataset.at)}"]`);
    return /** @type {HTMLElement | null} */ (same || this.body.querySelector('[data-at][tabindex="0"]'));
  }

  /**
   * The widget's size is another, or heard of for the first time. By then the page has been laid out, so that
   * what `settle` reads costs nothing; and nothing is to be chosen anew unless there is more room, or less.
   */
  resized() {
    this.isSettled = true;
    if (this.el.clientWidth - PADDING === this.room) this.kind.settle?.(this);
    else this.layout();
  }

  /**
   * Chooses every width from the room there is; called when the room, the phase or the fonts change.
   * A body that is new stays hidden until they are chosen: the page is laid out once, as it will be.
   */
  layout() {
    const room = this.el.clientWidth - PADDING;
    if (room <= 0 || !this.root.isConnected) return;
    const usual = Math.min(room, USUAL_WIDTH);
    this.room = room;
    this.family = familyOf(this); // read once, before anything is written
    this.narrow = room < NARROW;
    this.root.classList.toggle("is-narrow", this.narrow);
    const { width, edge } = this.kind.layout?.(this, room) ?? { width: usual, edge: usual };
    this.root.style.setProperty("--b2b-view-w", `${edge}px`);
    this.root.style.width = `${width + PADDING}px`;
    this.edge.style.maxWidth = this.foot.style.maxWidth = `${edge}px`;
    this.body.hidden = false;
    paintProgress(this);
    if (this.isSettled) this.kind.settle?.(this);
  }

  paintAround() {
    paintTop(this);
    paintLegend(this);
    paintFoot(this);
  }
}
