/** What the kinds' modules take for granted: every node of a widget is an HTMLElement, and may carry ways of its own. */

interface Element {
  readonly dataset: DOMStringMap;
  readonly offsetHeight: number;
  focus(options?: FocusOptions): void;
  /** Paints what has changed; asks whether a number fits; clears a place; where it stands; what was last said. */
  b2bPaint?: () => void;
  b2bCheck?: any;
  b2bClear?: any;
  b2bPlace?: any;
  b2bSaid?: any;
}

interface EventTarget {
  readonly dataset: DOMStringMap;
  closest: Element["closest"];
}
