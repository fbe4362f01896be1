/**
 * A list of exercises to pick from: further practice of a lesson, or the questions of a test.
 * The picked exercise is a widget of its own, below; the kernel's side puts it there.
 */

import { fill, h, mark } from "./common.js";

/** The notebook's shortcuts must not hear what is typed here; Notebook 7 asks what has the focus. */
function shield(root) {
  for (const name of ["keydown", "keyup", "keypress"]) root.addEventListener(name, (event) => event.stopPropagation());
  root.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
}

const SHAPES = { done: "right", review: "partly", begun: "also", answered: "main" };

function shapeOf(state) {
  return state in SHAPES ? mark(SHAPES[state]) : h("span", { class: "b2b-no-mark" });
}

function entryLine(model, entry, at) {
  const words = model.get("words");
  const opened = model.get("opened") === entry.id;
  const button = h(
    "button",
    {
      type: "button",
      class: "b2b-entry",
      "data-at": entry.id,
      "aria-current": opened && "true",
      onclick: () => model.send({ do: "open", item: entry.id }),
    },
    h("span", { class: "b2b-number" }, String(at + 1)),
    h("span", { class: "b2b-entry-title" }, entry.title),
    h("span", { class: "b2b-entry-note" }, entry.note),
    h("span", { class: "b2b-entry-state" }, shapeOf(entry.state), words[`state_${entry.state}`] ?? ""),
  );
  return h("li", {}, button);
}

function foot(model) {
  const words = model.get("words");
  const entries = model.get("entries");
  if (!model.get("closing")) return [];
  const done = entries.filter(({ state }) => state === "answered").length;
  const said = fill(words.answered, { done, all: entries.length });
  const finish = h("button", { type: "button", class: "b2b-button is-primary", onclick: () => model.send({ do: "finish" }) }, words.finish);
  return [h("div", { class: "b2b-foot" }, finish, h("span", { class: "b2b-progress", role: "status" }, said))];
}

function render({ model, el }) {
  const root = h("div", { class: "b2b-exercise b2b-listing", lang: model.get("lang") });
  const draw = () => {
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.at : "";
    const lines = model.get("entries").map((entry, at) => entryLine(model, entry, at));
    const told = model.get("told") ? h("p", { class: "b2b-told", role: "status" }, model.get("told")) : "";
    root.replaceChildren(
      h("div", { class: "b2b-title" }, model.get("title")),
      told,
      h("ol", { class: "b2b-entries" }, lines),
      ...foot(model),
    );
    if (focused) root.querySelector(`[data-at="${focused}"]`)?.focus();
  };
  shield(root);
  draw();
  for (const trait of ["entries", "opened", "told", "closing"]) model.on(`change:${trait}`, draw);
  el.append(root);
}

export default { render };
