/** Keys that are not the notebook's. */

/** @import { View } from "./view.js" */

/**
 * Does a button make sense for the kind of this view?
 * @param {View} view
 * @param {string} button
 */
export const has = (view, button) => !view.kind.without?.includes(button);

/**
 * The notebook's shortcuts must not hear what is typed here.
 * @param {HTMLElement} root
 */
export function shield(root) {
  /** @param {Event} event */
  const stop = (event) => event.stopPropagation();
  for (const name of ["keydown", "keyup", "keypress", "contextmenu", "dragstart", "dragover", "drop"]) {
    root.addEventListener(name, stop);
  }
  // Notebook 7 hears keys before they get here, and asks only whatever has the focus itself.
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement) target.dataset.lmSuppressShortcuts = "true";
  });
}

/**
 * Keys and drags stay here; Ctrl+Z is ours, except in a text.
 * @param {View} view
 */
export function ownKeys(view) {
  shield(view.root);
  view.root.addEventListener("focusout", () => view.store.release());
  view.root.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    const target = /** @type {HTMLElement} */ (event.target);
    if (!isUndo || target.matches('textarea, input:not([type="radio"], [type="checkbox"])')) return;
    event.preventDefault();
    if (view.store.editing && has(view, "undo")) view.store.undo();
  });
}
