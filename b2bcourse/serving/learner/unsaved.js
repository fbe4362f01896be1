/** Tells on the page of handing in what this browser holds that is in no file yet; widgets/shared/draft.js keeps it. */

const DRAFT = "b2b-draft:";

/** @typedef {{ places: Record<string, string>, sentence: string }} Asked */

/** @param {string | null} text */
function holds(text) {
  try {
    return Object.keys(JSON.parse(text ?? "null")?.patch ?? {}).length > 0;
  } catch {
    return false;
  }
}

/** The titles of the exercises of which something is not saved. @param {Asked} asked */
function unsaved({ places }) {
  const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "");
  const titles = Object.entries(places).filter(([place]) =>
    keys.some((key) => key.startsWith(`${DRAFT}${place}:`) && holds(localStorage.getItem(key))),
  );
  return titles.map(([, title]) => title);
}

/** @param {Asked} asked */
function tell(asked) {
  const found = unsaved(asked);
  const told = document.getElementById("b2b-told");
  if (told) told.textContent = found.length ? asked.sentence.replace("{items}", found.join(", ")) : "";
  for (const button of document.querySelectorAll("main form button")) {
    button.classList.toggle("is-unsure", found.length > 0);
  }
}

const asked = JSON.parse(document.getElementById("b2b-unsaved")?.textContent ?? "null");
if (asked) {
  tell(asked);
  // Another window may save it meanwhile.
  window.addEventListener("storage", () => tell(asked));
}
