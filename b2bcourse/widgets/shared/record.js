/** The case again, in a fold: an assignment tells it once, and several exercises rest on it. */

/**
 * @import { RecordLine } from "./types.d.ts"
 * @import { View } from "./view.js"
 */

import { h } from "./nodes.js";

/**
 * The case, where the notebook tells it far above; null where it does not.
 * @param {View} view
 */
export function buildRecord(view) {
  const { model, words } = view.store;
  const told = /** @type {RecordLine[]} */ (model.get("record") ?? []);
  if (!told.length) return null;
  const summary = h("summary", {}, words.record);
  const attributes = { class: "b2b-record-text", role: "region", tabindex: "0", "aria-label": words.record };
  const fold = h("details", { class: "b2b-record" }, summary, h("div", attributes, told.map(lineOf)));
  fold.open = view.opens ?? false;
  summary.addEventListener("click", () => {
    view.opens = !fold.open;
  });
  return fold;
}

/** @param {RecordLine} line */
function lineOf({ is, runs, n }) {
  const number = n ? h("span", { class: "b2b-record-n" }, String(n)) : null;
  const text = runs.map(([said, isBold]) => (isBold ? h("b", {}, said) : said));
  return h("p", { class: `is-${is}` }, number, text);
}
