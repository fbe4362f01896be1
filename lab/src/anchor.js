/** The reader stays where she was while cells above grow or shrink. */

/** Views that are being led to a place of the reader's: that is held, and nothing else. @type {WeakSet<HTMLElement>} */
const led = new WeakSet();

/**
 * Hold what stands at the top of a view in its place until `done` is called or the reader scrolls.
 * @param {HTMLElement} view what scrolls
 * @param {() => Iterable<HTMLElement>} parts what stands in it, from top to bottom
 * @param {{ part: HTMLElement, top: number }} [place] what to hold and where; else the first that is in view, where it is
 * @returns {() => void} lets go
 */
export function hold(view, parts, place) {
  if (!place && led.has(view)) return () => {};
  const edge = view.getBoundingClientRect().top;
  const anchor = place?.part ?? [...parts()].find((one) => one.getBoundingClientRect().bottom > edge + 1);
  if (!anchor || (!place && view.scrollTop === 0)) return () => {};
  if (place) led.add(view);
  const before = place?.top ?? anchor.getBoundingClientRect().top;
  const keep = () => {
    if (!anchor.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) view.scrollTop += moved;
  };
  const observer = new ResizeObserver(keep);
  for (const one of parts()) observer.observe(one);
  const own = new AbortController();
  const letGo = () => {
    observer.disconnect();
    own.abort();
    if (place) led.delete(view);
  };
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    view.addEventListener(kind, letGo, { capture: true, passive: true, signal: own.signal });
  }
  if (place) keep();
  return () => {
    if (!own.signal.aborted) keep();
    letGo();
  };
}
