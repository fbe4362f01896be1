/** What the last turn brought. */

import { fill, h, icon, mark } from "../common.js";
import { fold, head } from "./parts.js";
import { gameOf, open } from "./state.js";

/**
 * @import { Words } from "../shared/types.d.ts"
 * @import { Event } from "../shared/game.d.ts"
 * @import { Store, View } from "./types.d.ts"
 */

export const FEW = 4; // events of a turn that stand open; of more the firm below would go out of sight

export const TONES = { good: "right", bad: "wrong", news: "news" };

/**
 * What the last turn brought, or at the start where the player stands; it folds once she looks elsewhere.
 * @param {View} view
 */
export function buildHappened({ store }) {
  const { words, ui } = store;
  const { board } = gameOf(store);
  const isFirst = !board.happened.length && board.turn === 1 && !board.over;
  const toggle = h(
    "button",
    {
      type: "button",
      class: "b2b-toggle",
      "data-at": "happened",
      "aria-expanded": ui.news ? "true" : "false",
      onclick: () => open(store, { news: !ui.news }),
    },
    icon("next"),
    isFirst ? words.story : words.happened,
  );
  const story = board.intro.map((text) => h("p", {}, text));
  const inside = isFirst ? story : [...buildEvents(store), fold(store, "story", words.story_again, story, ui.story)];
  return h("section", { class: "b2b-happened" }, head(toggle), ui.news ? inside : null);
}

/** @param {Store} store */
export function buildEvents(store) {
  const { words, ui } = store;
  const { happened } = gameOf(store).board;
  if (!happened.length) return [h("p", { class: "b2b-small" }, words.nothing_happened)];
  const shown = firstOf(happened);
  const rest = happened.filter((event) => !shown.includes(event));
  const more = fill(words.happened_more, { n: rest.length });
  return [eventList(store, shown), rest.length ? fold(store, "more", more, eventList(store, rest), ui.more) : null];
}

/**
 * Of many events those that went wrong or want an answer, then what else there is room for; in their order.
 * @param {Event[]} happened
 */
export function firstOf(happened) {
  if (happened.length <= FEW + 1) return happened;
  const urgent = happened.filter(({ tone }) => tone !== "good");
  const good = happened.filter(({ tone }) => tone === "good").slice(0, Math.max(0, FEW - urgent.length));
  return happened.filter((event) => urgent.includes(event) || good.includes(event));
}

/**
 * Where several in a row belong to one lesson, it is named once, below the last of them.
 * @param {Store} store
 * @param {Event[]} events
 */
export function eventList(store, events) {
  const { lessons } = gameOf(store);
  const isLast = (/** @type {Event} */ event, /** @type {number} */ n) => events[n + 1]?.lesson !== event.lesson;
  const lines = events.map((event, n) => buildEvent(store.words, event, isLast(event, n) ? lessons[event.lesson] : ""));
  return h("ul", { class: "b2b-events" }, lines);
}

/**
 * @param {Words} words
 * @param {Event} event
 * @param {string | undefined} title
 */
export function buildEvent(words, { text, tone, lesson }, title) {
  const said = h("span", { class: "b2b-unseen" }, `${words[`tone_${tone}`]}: `);
  const link = title ? h("a", { href: `${lesson}.ipynb`, target: "_blank", rel: "noopener" }, title) : null;
  return h(
    "li",
    {},
    TONES[tone] === "news" ? newsMark() : mark(TONES[tone]),
    h("span", {}, said, text, link ? h("span", { class: "b2b-why-read" }, link) : null),
  );
}

/** Neither good nor bad: the dashed ring of what is not sure. */
export function newsMark() {
  const made = mark("also");
  made.classList.add("is-news");
  return made;
}
