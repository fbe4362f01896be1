/** One sentence above a notebook and one button: what does not run by itself, and a kernel that went away. */

import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { element } from "./bar.js";

/** The line below it. */
const EDGE = 1;

export class Notice extends Widget {
  constructor() {
    super();
    this.addClass("b2b-notice");
    this.node.setAttribute("role", "status");
    this.hide();
    // JupyterLab's layout gives a part the height that its style asks for, and no more.
    this.fitting = new ResizeObserver(([{ target }]) => {
      this.node.style.minHeight = `${target.getBoundingClientRect().height + EDGE}px`;
      if (this.parent) MessageLoop.postMessage(this.parent, Widget.Msg.FitRequest);
    });
    this.disposed.connect(() => this.fitting.disconnect());
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
    this.fitting.disconnect();
    this.fitting.observe(inner);
    this.show();
  }
}
