// What an exercise shows: each part that can be answered, by its place, in the order on the page.
// Both browsers' tests put this function into the page, so it uses nothing outside itself.
export default (root) =>
  [...root.querySelectorAll("[data-at]")].map((part) => {
    const isField = part.matches("textarea, input:not([type=radio], [type=checkbox])");
    const state = isField ? part.value : (part.checked ?? part.getAttribute("aria-pressed"));
    return [part.dataset.at, state, part.getAttribute("aria-label") ?? part.textContent].join(" | ");
  });
