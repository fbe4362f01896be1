/**
 * What every kind of exercise shares: saving, phases, the parts around the body, the list that floats.
 *
 * A kind's module starts with ONE import from "./common.js" and ends with `export default exercise(KIND)`.
 * The two are one module in a notebook (base.py). KIND is an object; what has a ? may be left out:
 *
 *   name             "ordering"; the root has the classes b2b-exercise and b2b-ordering
 *   begin?(view)     at the start and when face or mode changed: what follows from the face alone
 *   build(view)      returns the body's node or nodes, anew: at the start and whenever its shape changed,
 *                    that is the phase, what is open, only what is to fix, and `shape`. The focus comes
 *                    back to the element with the same data-at, else to the data-at with tabindex 0
 *   shape?(view)     what else the body's structure depends on (JSON)
 *   paint?(view)     after any other change: into the body that stands, only what has changed
 *   layout?(view, room)  sets widths inside the body for `room` px, when room, phase or fonts change; returns
 *                    {width, edge}: the widget's width, and where its top and foot end. Without: 820 px. What it
 *                    reads of the page must not be the body, which is not shown yet the first time
 *   settle?(view)    once the page is laid out with these widths: what follows from what is really seen
 *   legend?(store)   {marks: [["main", word], ..], keys: sentence}; view.more is a line at its right end
 *   progress(store)  {parts: [has an answer, ..], unit: "rows"} (words progress_rows, answered_rows), or {text}
 *   closed?(store)   why Check is not open yet, or ""; without: it opens with the first answer
 *   firstToFix?(store)   what opens after Check: a key for store.open, or null
 *   canFilter?(store)    after Check: would «only what is to fix» leave something out?
 *   twice?(store, other)  of a version set aside, which stands beside the answer: {parts: [name of what has two
 *                    answers, ..], own: is each chosen in its place?}; the kind shows `otherwise(..)` there
 *   placesRecord?    puts `buildRecord(view)` into its body itself; else the case stands above the body
 *   without?         names of buttons that make no sense here: ["check", "undo", "answer"]; without undo no Ctrl+Z either
 *
 * A kind listens to its own keys and pointers on its nodes; keys never reach the notebook, Ctrl+Z undoes.
 * It reads   store.face .words .mode .editing .phase ("edit", "checked", "answer") .seen (the value to show)
 *            .feedback .open (a key of the kind's own making) .onlyFix
 * and calls  store.change(patch, typing?)  one step of the student. A patch is nested objects; null takes
 *                    away; text, numbers and lists are leaves, replaced whole. A place of the value holds
 *                    either leaves or a leaf, always. Steps in a row with the same name
 *                    `typing` are one undo, and are sent when the typing pauses or the field is left
 *            store.toggle(key), store.say(sentence), view.update() after a change of the kind's own state
 * Why an answer is right or wrong: lines(store, feedback, state, empty) makes the node, the kind places it.
 */

export { keepRoles, PART } from "./shared/ears.js";
export { exercise } from "./shared/exercise.js";
export { disclosure, isToFix, judgedMarks, lines, tells, verdictWord } from "./shared/feedback.js";
export { choiceOf, otherOf, otherwise } from "./shared/kept.js";
export { shield } from "./shared/keys.js";
export { icon, MARKS, mark, markOrRoom } from "./shared/marks.js";
export { sizeOf, widest } from "./shared/measure.js";
export { inWon, won } from "./shared/money.js";
export { fill, h, redraws, setAttribute, targetOf, unique } from "./shared/nodes.js";
export { holdsAnswer } from "./shared/patch.js";
export { announceButton, closeList, openList } from "./shared/picker.js";
export { buildRecord } from "./shared/record.js";
