/** The bar above a lesson: its title, the way back and on, how far one is, the language, JupyterLab's tools. */

import { Widget } from "@lumino/widgets";
import { drawn } from "./marks.js";

/** @import { Told, Way, Exercise } from "./server.js" */

/**
 * @typedef {{
 *   open: (path: string) => void, turn: (path: string) => void, address: (path: string) => string, tools: () => void,
 *   page: (name: string) => void,
 * }} Deeds
 */

export class Bar extends Widget {
  /** @type {Told | null} */
  #told = null;

  /** @param {Deeds} deeds */
  constructor(deeds) {
    super({ node: document.createElement("nav") });
    this.deeds = deeds;
    this.id = "b2b-bar";
    this.addClass("b2b-bar");
  }

  /**
   * Show a notebook's bar.
   * @param {Told} told
   * @param {string} folder the notebook's folder
   * @param {boolean} hasTools whether JupyterLab's own tools are shown
   */
  tell(told, folder, hasTools) {
    const { words, bar } = told;
    this.#told = told;
    this.node.lang = told.lang;
    this.node.setAttribute("aria-label", words.where);
    const inner = element("div", "b2b-bar-in");
    inner.append(button(words.home, () => this.deeds.page("home")));
    inner.append(element("b", "b2b-bar-title", bar?.title ?? ""));
    if (bar?.back) inner.append(this.#way(bar.back, folder, "back"));
    if (bar?.next) inner.append(this.#way(bar.next, folder, "next"));
    inner.append(element("div", "b2b-bar-marks"), element("span", "b2b-bar-told"), element("span", "b2b-bar-gap"));
    const handIn = told.hand_in;
    if (handIn) inner.append(button(words.hand_in, () => this.deeds.page(handIn)));
    if (told.other) inner.append(this.#language(told.other));
    inner.append(button(hasTools ? words.calm : words.tools, this.deeds.tools));
    this.node.replaceChildren(inner);
    this.mark(told);
  }

  /**
   * How far one is, anew.
   * @param {Told} told
   */
  mark(told) {
    const marks = this.node.querySelector(".b2b-bar-marks");
    const said = this.node.querySelector(".b2b-bar-told");
    if (!marks || !said || !told.bar) return;
    said.textContent = told.bar.told;
    // The sentence beside it says it to ears; where that has no room, the marks do.
    marks.setAttribute("role", "img");
    marks.setAttribute("aria-label", told.words.marks.replace("{told}", told.bar.told));
    marks.replaceChildren(...told.bar.parts.map(group));
  }

  /**
   * The part that the reader is in.
   * @param {string} cell the id of the exercise nearest to where she reads
   */
  here(cell) {
    const at = this.#told?.bar?.parts.findIndex((part) => part.some((one) => one.cell === cell)) ?? -1;
    for (const [number, part] of this.node.querySelectorAll(".b2b-bar-part").entries()) {
      part.classList.toggle("is-here", number === at);
    }
  }

  /** @param {Way} way @param {string} folder @param {"back" | "next"} which */
  #way(way, folder, which) {
    const path = folder ? `${folder}/${way.name}` : way.name;
    const link = element("a", "b2b-bar-way");
    const [before, after = ""] = (this.#told?.words[which] ?? "").split("{number}");
    // Where there is little room the number stands alone.
    const words = element("span", "b2b-bar-words", before);
    const number = element("span", "", way.number + after);
    link.append(...(which === "back" ? [drawn("back"), words, number] : [words, number, drawn("next")]));
    link.setAttribute("aria-label", `${before}${way.number}${after} ${way.title}`);
    return this.#leads(link, path, this.deeds.open);
  }

  /** @param {string} path */
  #language(path) {
    const link = element("a", "b2b-bar-language", this.#told?.words.language ?? "");
    link.lang = this.#told?.lang === "ko" ? "en" : "ko";
    return this.#leads(link, path, this.deeds.turn);
  }

  /**
   * A link that opens in this tab; with a key held it is a link as any other.
   * @param {HTMLAnchorElement} link
   * @param {string} path
   * @param {(path: string) => void} deed
   */
  #leads(link, path, deed) {
    link.href = this.deeds.address(path);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      // JupyterLab has a way of its own with links, which would open another tab.
      event.stopPropagation();
      deed(path);
    });
    return link;
  }
}

/** @param {Exercise[]} part */
function group(part) {
  const shown = element("span", "b2b-bar-part");
  shown.append(...part.map((one) => drawn(one.mark)));
  return shown;
}

/** @param {string} text @param {() => void} deed */
function button(text, deed) {
  const made = element("button", "b2b-bar-button", text);
  made.type = "button";
  made.addEventListener("click", deed);
  return made;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
