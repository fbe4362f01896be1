/** What is said after Check: verdicts, reasons, where to read again. */

/**
 * @import { PartFeedback, Words } from "./types.d.ts"
 * @import { Store } from "./store.js"
 */

import { icon } from "./marks.js";
import { h } from "./nodes.js";

/**
 * Is there anything to read when it opens?
 * @param {PartFeedback | undefined} feedback
 */
export function tells(feedback) {
  return Boolean(feedback && (feedback.lines?.length || feedback.read || feedback.state === "not attempted"));
}

/** @param {string | undefined} state */
export const isToFix = (state) => state === "partly" || state === "wrong";

/**
 * @param {{ words: Words }} store
 * @param {string} verdict
 */
export const verdictWord = (store, verdict) => store.words[verdict.replace(" ", "_")] ?? verdict;

/**
 * The entries of a legend after Check: only what can be seen is explained.
 * @param {Store} store
 * @param {Set<string | undefined>} seen
 * @returns {[string, string][]}
 */
export function judgedMarks(store, seen) {
  const { words } = store;
  const judged = ["right", "partly", "wrong", "missed", "accepted"].filter((name) => seen.has(name));
  return judged.map((name) => [name, words[`${name}_legend`] ?? words[name]]);
}

/**
 * A button around a name that opens and closes what is said under a key.
 * @param {Store} store
 * @param {any} key
 * @param {Node | string} name
 */
export function disclosure(store, key, name) {
  const toggle = h("button", { type: "button", class: "b2b-toggle" }, icon("next"), name);
  toggle.setAttribute("aria-expanded", store.open === key ? "true" : "false");
  toggle.addEventListener("click", () => store.toggle(key));
  return toggle;
}

/**
 * Sentences that say why, each with what was done in bold before it, and where to read again.
 * @param {Store} store
 * @param {PartFeedback | undefined} feedback
 * @param {string | undefined} state
 * @param {string} [emptyText] what is said of a part that was not attempted
 */
export function lines(store, feedback, state, emptyText) {
  const told = feedback?.lines ?? [];
  const said = told.map(({ lead, text }) => h("p", {}, lead ? h("b", {}, lead) : null, lead && text ? " " : "", text));
  if (!said.length && state === "not attempted") said.push(h("p", {}, emptyText));
  if (feedback?.read) said.push(buildRead(store.words, feedback.read));
  const calm = isToFix(state) && store.phase === "checked" ? "" : " is-calm";
  return h("div", { class: `b2b-lines${calm}` }, said);
}

/**
 * @param {Words} words
 * @param {{ label: string, href: string }} place
 */
function buildRead(words, { label, href }) {
  // A new tab: leaving this page would cost the reader the place where the exercise stands.
  const link = h("a", { href, target: "_blank", rel: "noopener" }, label);
  return h("p", { class: "b2b-read" }, `${words.read_again} `, link);
}
