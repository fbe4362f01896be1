/** One sentence above a notebook and one button: what does not run by itself, and a kernel that went away. */

import { Widget } from "@lumino/widgets";
import { element } from "./bar.js";

export class Notice extends Widget {
  constructor() {
    super();
    this.addClass("b2b-notice");
    this.node.setAttribute("role", "status");
    this.hide();
  }

  /**
   * Say something, with a button under it.
   * @param {string} lang
   * @param {string} text
   * @param {string} label
   * @param {() => void} deed
   */
  say(lang, text, label, deed) {
    const inner = element("div", "b2b-notice-in");
    const button = element("button", "b2b-notice-button", label);
    button.type = "button";
    button.addEventListener("click", () => {
      this.hide();
      deed();
    });
    inner.append(element("p", "", text), button);
    this.node.lang = lang;
    this.node.replaceChildren(inner);
    this.show();
  }
}
