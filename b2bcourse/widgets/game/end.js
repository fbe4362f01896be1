/** The end of a game: its points, the debrief, starting over. */

import { h } from "../common.js";
import { keepDesk, sendDesk } from "./desk.js";
import { head } from "./parts.js";
import { gameOf, open } from "./state.js";

/**
 * @import { Store, View } from "./types.d.ts"
 */

/** @param {View} view */
export function buildEnd(view) {
  const { store } = view;
  const { words } = store;
  const { board } = gameOf(store);
  const { points = 0, of = 0, parts = [] } = board.result ?? {};
  const rows = parts.map((part) =>
    h(
      "li",
      {},
      h(
        "span",
        { class: "b2b-part-head" },
        h("b", {}, part.name),
        h("span", { class: "b2b-small" }, `${part.points} / ${part.of}`),
      ),
      h(
        "span",
        { class: "b2b-bar", "aria-hidden": "true" },
        h("i", { style: `width:${(100 * part.points) / part.of}%` }),
      ),
      h("span", { class: "b2b-small" }, part.text),
    ),
  );
  const debrief = h(
    "button",
    { type: "button", class: "b2b-button is-primary", "data-at": "debrief", onclick: () => openPage(store) },
    words.debrief,
  );
  return h(
    "section",
    { class: "b2b-end" },
    head(words.over, { class: "b2b-unseen" }),
    h("p", {}, h("span", { class: "b2b-big" }, `${points} / ${of}`), words.points_of),
    h("ul", { class: "b2b-parts" }, rows),
    h("div", { class: "b2b-buttons" }, debrief, buildAgain(view)),
    buildUnplayed(store),
  );
}

/**
 * Starting over is asked about in its place; Esc takes the question back.
 * @param {View} view
 */
export function buildAgain({ store, uid }) {
  const { words, ui } = store;
  if (!gameOf(store).again) return null;
  /** @type {(name: string, label: string, onclick: () => void) => HTMLElement} */
  const button = (name, label, onclick) =>
    h("button", { type: "button", class: "b2b-button", "data-at": name, onclick }, label);
  if (!ui.asking) return button("again", words.again, () => open(store, { asking: true }, "again/no"));
  const back = () => open(store, { asking: false }, "again");
  const id = `b2b-again-${uid}`;
  const group = h(
    "div",
    { class: "b2b-again", role: "group", "aria-labelledby": id },
    h("span", { id }, words.again_sure),
    button("again/yes", words.again_yes, () => store.send({ do: "again" })),
    button("again/no", words.again_no, back),
  );
  group.addEventListener("keydown", (event) => event.key === "Escape" && back());
  return group;
}

/**
 * A reason that was being written while another window ended the game: it is hers to copy or to drop.
 * @param {Store} store
 */
export function buildUnplayed(store) {
  const { words, ui } = store;
  if (!ui.why.trim()) return null;
  const drop = () => {
    Object.assign(ui, { why: "", moves: [] });
    keepDesk(store);
    sendDesk(store, true);
    store.tell();
  };
  const button = h("button", { type: "button", class: "b2b-button", "data-at": "drop", onclick: drop }, words.throw);
  return h(
    "div",
    { class: "b2b-note is-offer" },
    h("p", {}, words.not_played),
    h("p", { class: "b2b-quoted" }, ui.why),
    button,
  );
}

/**
 * A page of its own: the tab opens with the click, or browsers would forbid it, and is filled when it is made.
 * @param {Store} store
 */
export function openPage(store) {
  store.tab = window.open("", "_blank");
  if (store.model.get("page")) showPage(store);
  else store.send({ do: "debrief" });
}

/** @param {Store} store */
export function showPage(store) {
  const page = store.model.get("page");
  if (!page || store.tab === undefined) return;
  if (store.tab === null) store.say(store.words.tab_blocked);
  else {
    // A page made here has no place of its own; its links lead from where the notebook is.
    const placed = page.replace("<head>", `<head><base href="${document.baseURI}" target="_blank">`);
    store.tab.location = URL.createObjectURL(new Blob([placed], { type: "text/html" }));
  }
  store.tab = undefined;
}
