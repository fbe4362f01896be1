/** The widget of a kind, as anywidget wants it. */

/** @import { Kind, Model, Words } from "./types.d.ts" */

import { closeList } from "./picker.js";
import { storeOf } from "./store.js";
import { View } from "./view.js";

/** Was the page loaded again? Then the kernel has shown its exercises before. */
const isReload = () => {
  const [entry] = performance.getEntriesByType("navigation");
  return /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type === "reload";
};

/** @param {Kind} kind */
export function exercise(kind) {
  return {
    /**
     * Makes the state before any view, so that it outlives each of them.
     * @param {{ model: Model, words: Words }} given
     */
    initialize({ model, words }) {
      storeOf(model, kind, words);
    },
    /**
     * Shows the widget in el; returns how to take it away.
     * @param {{ model: Model, el: HTMLElement, words: Words }} given
     */
    render({ model, el, words }) {
      const store = storeOf(model, kind, words);
      store.recover();
      const view = new View(store, el);
      store.views.add(view);
      if (store.views.size > 1 || isReload()) store.look(); // a view that did not see the beginning
      return () => {
        store.release();
        store.views.delete(view);
        closeList(view, true);
        view.stopListening();
        view.root.remove();
      };
    },
  };
}
