/** The essay as it is read: who wrote it, how long it is, what the kit tells of it, the text. */

/** @import { Essay, EssaysPage, Place } from "./types.d.ts" */

import { fill, h } from "../../widgets/shared/nodes.js";
import { localTimes, time } from "./server.js";

const NAMED = 3; // other texts; with many, V goes through all of them

/**
 * @typedef {object} Shown
 * @property {Place} place
 * @property {Essay | null} essay null while it is loading
 * @property {string} name as it is shown
 * @property {number} text which of the texts
 * @property {(to: number) => void} turn
 */

/**
 * @param {EssaysPage} page
 * @param {Shown} shown
 */
export function bodyOf(page, shown) {
  const { essay, name, place, text } = shown;
  const { words, lang } = page;
  const found = essay?.texts[text];
  const length = found ? [fill(words.words, { n: found.words }), range(page)] : [];
  const when = essay?.saved
    ? fill(words.saved_at, { time: time(essay.saved, lang) })
    : place.handed_in && fill(words.handed_in, { time: time(place.handed_in, lang) });
  return h(
    "div",
    {},
    h("div", { class: "top" }, h("h2", {}, name), h("span", { class: "length" }, length)),
    h("p", { class: "small" }, when),
    essay ? notesOf(page, shown, essay) : "",
    essay ? textOf(page, essay, text) : "",
  );
}

/** @param {EssaysPage} page */
function range({ words, rubric }) {
  if (!rubric.max_words) return "";
  return h("span", { class: "range" }, ` · ${fill(words.range, { min: rubric.min_words, max: rubric.max_words })}`);
}

/**
 * @param {EssaysPage} page
 * @param {Shown} shown
 * @param {Essay} essay
 */
function notesOf(page, { text, turn }, essay) {
  const { words } = page;
  const wrong = essay.troubles.map((trouble) => h("li", {}, fill(words.trouble, trouble)));
  const asked = essay.asked ? [h("li", {}, fill(words.asked, { text: essay.asked }))] : [];
  const notes = essay.notes.map((note) => h("li", {}, note));
  const all = [...wrong, ...asked, ...notes];
  return [all.length ? h("ul", { class: "notes" }, all) : "", several(page, essay, text, turn)];
}

/**
 * Where there are several texts: which is read, and ways to the others, the next one first.
 * @param {EssaysPage} page
 * @param {Essay} essay
 * @param {number} text
 * @param {(to: number) => void} turn
 */
function several({ words, lang }, { texts }, text, turn) {
  if (texts.length < 2) return "";
  /** @param {number} at */
  const name = (at) => localTimes(texts[at].name, lang) || words.unnamed;
  const others = texts.map((_, step) => (text + step) % texts.length).slice(1);
  const named = others.slice(0, NAMED);
  const links = named.flatMap((at) => {
    const told = fill(words.other_text, { name: name(at), n: texts[at].words });
    return [" ", h("button", { type: "button", class: "link", onclick: () => turn(at) }, told)];
  });
  const more = others.length - named.length;
  const rest = more ? ` ${fill(words.more_texts, { n: more })}` : "";
  return h("p", { class: "small texts" }, fill(words.this_text, { n: texts.length, name: name(text) }), links, rest);
}

/**
 * The text itself. The server has cleaned it, and the page's policy lets no script of it run.
 * @param {EssaysPage} page
 * @param {Essay} essay
 * @param {number} text
 */
function textOf({ words, lang }, essay, text) {
  const found = essay.texts[text];
  if (!found) return h("p", { class: "empty" }, words.no_text);
  const box = document.createElement("template");
  box.innerHTML = found.html;
  const node = h("div", { class: "text", lang });
  node.append(box.content);
  return node;
}
