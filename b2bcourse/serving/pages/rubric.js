/** The rubric with its fields: only the criterion in focus shows all levels, one that is done the level reached. */

/** @import { Criterion, Draft, Essay, EssaysPage } from "./types.d.ts" */

import { fill, h, setAttribute } from "../../widgets/shared/nodes.js";
import { isShort, levelAt, missing, pointsIn, pointsOf, sum, told } from "./model.js";

/**
 * @typedef {object} Heard
 * @property {(criterion: string, text: string) => void} typed
 * @property {() => void} done Enter was pressed, and nothing is missing
 */

/**
 * @param {EssaysPage} page
 * @param {Heard} heard
 */
export function fieldsOf(page, heard) {
  const { rubric, words } = page;
  /** @type {Draft} */
  let draft = { points: {}, comment: "" };
  const rows = rubric.criteria.map((criterion) => rowOf(page, criterion, { set, enter }));
  const total = h("b", { class: "total" });
  const note = h("p", { class: "small" });
  const node = h(
    "div",
    {},
    rows.map((row) => row.node),
    h(
      "div",
      { class: "sum" },
      h("b", {}, words.sum),
      total,
      h("span", { class: "of" }, fill(words.of, { n: rubric.maximum })),
    ),
    note,
  );

  /** The first field without points, else the first one. */
  function focus() {
    const [first] = missing(rubric, draft);
    rows[Math.max(0, rubric.criteria.indexOf(first))]?.field.focus();
  }

  /**
   * @param {Criterion} criterion
   * @param {string} text
   * @param {boolean} moves whether the next field follows
   */
  function set(criterion, text, moves) {
    heard.typed(criterion.id, text);
    if (moves && pointsIn(criterion, text) !== null) forward(criterion);
  }

  /** @param {Criterion} criterion */
  function forward(criterion) {
    const lacks = missing(rubric, draft);
    const at = rubric.criteria.indexOf(criterion);
    const next = lacks.find((other) => rubric.criteria.indexOf(other) > at) ?? lacks[0];
    if (next) rows[rubric.criteria.indexOf(next)].field.focus();
  }

  /** @param {Criterion} criterion */
  function enter(criterion) {
    if (missing(rubric, draft).length) forward(criterion);
    else heard.done();
  }

  /**
   * @param {Draft} now
   * @param {Essay | null} essay
   * @param {boolean} waits whether somebody has still to look at it
   */
  function show(now, essay, waits) {
    draft = now;
    rows.forEach((row) => row.show(draft.points[row.criterion.id] ?? ""));
    const points = pointsOf(rubric, draft);
    const some = Object.keys(points).length > 0;
    total.textContent = some ? told(sum(points)) : "";
    note.textContent = essay ? standing(essay, waits) : "";
  }

  /**
   * What the gradebook holds, where that is not what the fields say, or is to be looked at again.
   * @param {Essay} essay
   * @param {boolean} waits
   */
  function standing(essay, waits) {
    if (essay.total === null) return "";
    const total = told(essay.total);
    const elsewhere = Object.keys(essay.points).length ? "" : fill(words.elsewhere, { total });
    return waits ? `${fill(words.again, { total })} ${elsewhere}` : elsewhere;
  }

  return { node, show, focus };
}

/**
 * @typedef {object} Acts
 * @property {(criterion: Criterion, text: string, moves: boolean) => void} set
 * @property {(criterion: Criterion) => void} enter
 */

/**
 * One criterion.
 * @param {EssaysPage} page
 * @param {Criterion} criterion
 * @param {Acts} acts
 */
function rowOf({ words }, criterion, { set, enter }) {
  const name = criterion.text || words.points_only;
  const max = told(criterion.maximum);
  const id = `levels-${criterion.id}`;
  const field = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 7,
    "aria-label": fill(words.points_label, { criterion: name, max }),
    "aria-describedby": id,
    onfocus: () => field.select(),
    oninput: () => {
      const text = field.value.replace(/[^\d.,]/g, "");
      const whole = isShort(criterion) && /^\d$/.test(text);
      set(criterion, text, whole);
      if (whole && pointsIn(criterion, text) === null) field.select(); // the next digit takes its place
    },
    /** @param {KeyboardEvent} event */
    onkeydown: (event) => {
      if (event.key === "Enter") enter(criterion);
    },
  });
  const levels = criterion.levels.map((level) => {
    const choose = h(
      "button",
      { type: "button", tabindex: -1, onclick: () => set(criterion, told(level.points), true) },
      h("span", { class: "points" }, told(level.points)),
      h("span", {}, level.text),
    );
    return { level, node: h("li", {}, choose) };
  });
  const unfit = h("p", { class: "unfit", hidden: true }, fill(words.unfit, { max }));
  const node = h(
    "div",
    { class: "criterion" },
    h(
      "div",
      { class: "head" },
      h("span", { class: "name" }, name),
      field,
      h("span", { class: "of" }, fill(words.of, { n: max })),
    ),
    unfit,
    h(
      "ul",
      { class: "levels", id },
      levels.map((each) => each.node),
    ),
  );

  /** @param {string} text */
  function show(text) {
    if (field.value !== text) field.value = text;
    const points = pointsIn(criterion, text);
    const reached = levelAt(criterion, points);
    unfit.hidden = !text || points !== null;
    setAttribute(field, "aria-invalid", unfit.hidden ? null : "true");
    node.classList.toggle("is-done", points !== null);
    for (const { level, node: each } of levels) each.classList.toggle("is-reached", level === reached);
  }

  return { criterion, node, field, show };
}
