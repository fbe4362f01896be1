/** The reader stays where she was while cells above grow or shrink. */

/**
 * Hold what stands at the top of a view in its place until `done` is called or the reader scrolls.
 * @param {HTMLElement} view what scrolls
 * @param {() => Iterable<HTMLElement>} parts what stands in it, from top to bottom
 * @param {HTMLElement} [part] the one to hold; else the first that is in view
 * @returns {() => void} lets go
 */
export function hold(view, parts, part) {
  const edge = view.getBoundingClientRect().top;
  const anchor = part ?? [...parts()].find((one) => one.getBoundingClientRect().bottom > edge + 1);
  if (!anchor || view.scrollTop === 0) return () => {};
  const before = anchor.getBoundingClientRect().top;
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
  };
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    view.addEventListener(kind, letGo, { capture: true, passive: true, signal: own.signal });
  }
  return () => {
    keep();
    letGo();
  };
}
