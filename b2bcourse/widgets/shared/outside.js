/** What a view hears of the page around it. */

/** @import { View } from "./view.js" */

import { forgetWidths } from "./measure.js";
import { closeList, placeList } from "./picker.js";

/**
 * Hides the static table that stands beside the live one for pages without widgets.
 * @param {View} view
 * @param {Map<HTMLElement, string>} hidden what was hidden, and how it was displayed before
 */
function hideStatic(view, hidden) {
  const children = view.outputs?.querySelectorAll(":scope > .jp-OutputArea-child") ?? [];
  for (const child of /** @type {Iterable<HTMLElement>} */ (children)) {
    const fallback = /** @type {HTMLElement | null} */ (child.querySelector(".b2b-static"));
    if (fallback?.dataset.item !== view.store.face.id) continue;
    if (fallback.closest(".b2b-exercise")) continue; // a version set aside, shown in the widget
    if (hidden.has(child)) continue;
    hidden.set(child, child.style.display);
    child.style.display = "none";
  }
}

/**
 * Outputs arrive one by one: looks when the view is on the page and whenever outputs are added.
 * @param {View} view
 */
function watchStatic(view) {
  const hidden = new Map();
  const watcher = new MutationObserver(() => hideStatic(view, hidden));
  const attach = () => {
    if (view.outputs || !view.root.isConnected) return;
    view.outputs = view.el.closest(".jp-OutputArea");
    if (view.outputs) watcher.observe(view.outputs, { childList: true, subtree: true });
    hideStatic(view, hidden);
  };
  const restore = () => {
    watcher.disconnect();
    for (const [child, display] of hidden) child.style.display = display;
  };
  return { attach, restore };
}

/**
 * Everything outside the widget that it listens to; returns how to stop.
 * @param {View} view
 */
export function listenOutside(view) {
  const fallback = watchStatic(view);
  const resized = new ResizeObserver(() => {
    fallback.attach();
    view.resized();
    placeList(view);
  });
  /** @param {PointerEvent} event */
  const outside = ({ target }) => {
    const { list } = view;
    const node = /** @type {Node} */ (target);
    if (list && !list.box.contains(node) && !list.anchor.contains(node)) closeList(view, true);
  };
  const follow = () => placeList(view);
  const leave = () => view.store.release();
  const back = () => (document.hidden ? leave() : view.store.look());
  fallback.attach();
  resized.observe(view.el);
  if (document.fonts?.status === "loading") {
    document.fonts.ready.then(() => {
      forgetWidths();
      view.layout();
    });
  }
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("scroll", follow, true);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", back);
  return () => {
    resized.disconnect();
    fallback.restore();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("scroll", follow, true);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", back);
  };
}
