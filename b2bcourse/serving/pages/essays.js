/**
 * The essays' page: one essay beside its rubric, graded by keys alone.
 * What is typed stays in the window until the server has it; what another grader gave meanwhile is asked about.
 */

/** @import { Draft, Essay, EssaysPage, Open, Place } from "./types.d.ts" */

import { fill, h } from "../../widgets/shared/nodes.js";
import { ahead, beside, draftOf, isSame, missing, pointsOf, progress, start, sum, told, withLine } from "./model.js";
import { bodyOf } from "./paper.js";
import { fieldsOf } from "./rubric.js";
import { AskError, ask, sent, time, why } from "./server.js";

const PULSE = 15_000; // ms
const OFFERED = 3;

/** @type {EssaysPage} */
const page = sent();
const { words, rubric, lang } = page;
const main = /** @type {HTMLElement} */ (document.getElementById("b2b-main"));
const session = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("");
const stored = `b2b-essays:${page.here}:${rubric.item}:`;

const state = {
  at: start(page.queue, page.student),
  /** @type {Essay | null} */
  essay: null,
  /** @type {Draft} */
  draft: { points: {}, comment: "" },
  touched: false, // since this essay was turned to
  text: 0,
  /** @type {Open[]} */
  others: [],
  said: { kind: "", text: "" },
  busy: false,
  hidden: localStorage.getItem("b2b-hide-names") === "yes",
};

const here = () => page.queue[state.at];
/** @param {string} what */
const address = (what) =>
  `${page.here}/${encodeURIComponent(rubric.item)}/${what}?student=${encodeURIComponent(here().student)}`;
/** @param {Place} place */
const nameOf = (place) => (state.hidden ? fill(words.nth, { n: page.queue.indexOf(place) + 1 }) : place.name);
/** @param {string} student */
const nameBy = (student) => {
  const place = page.queue.find((each) => each.student === student);
  return place ? nameOf(place) : "";
};
/** @param {string} by */
const grader = (by) => (by === page.me ? words.same_person : by);

// ---------------------------------------------------------------- the page's parts, made once

const title = h("h1", {}, fill(words.head, { ...rubric, assignment: page.assignment }));
const saved = h("span", { class: "saved", role: "status" });
const counted = h("p", { class: "counted" });
const told_ = h("div", { class: "told", role: "status" });
const paper = h("section", { class: "paper", "aria-label": words.text_label });
const fields = fieldsOf(page, {
  typed: (id, text) => change({ points: { ...state.draft.points, [id]: text } }),
  done: () => void save(),
});
const comment = h("textarea", { id: "comment", rows: 3, oninput: () => change({ comment: comment.value }) });
const used = h("ol", { class: "used" });
const primary = h("button", { type: "button", class: "primary", onclick: () => void save() });
const later = h("button", { type: "button", onclick: () => void skip() }, words.later);
const lacking = h("span", { class: "lacking", id: "lacking" });
const queued = h("p", { class: "queued" });
const listed = h("details", { class: "listed" });
const names = h("button", { type: "button", class: "link", onclick: hideNames });

function build() {
  const keys = h(
    "ul",
    { class: "keys" },
    words.keys.split("|").map((text) => h("li", {}, text)),
  );
  const long = rubric.criteria.some((criterion) => criterion.maximum > 9) ? ` ${words.keys_long}` : "";
  main.append(
    h("header", {}, h("div", { class: "top" }, title, saved), counted, told_),
    h(
      "div",
      { class: "desk" },
      paper,
      h(
        "section",
        { class: "rubric", "aria-label": words.rubric_label },
        fields.node,
        h("label", { for: "comment", class: "small" }, words.comment),
        comment,
        h("div", { class: "small reuse" }, words.reuse),
        used,
        aside(words.notes, rubric.notes),
        aside(words.model, rubric.model),
      ),
    ),
    h(
      "footer",
      {},
      h("div", { class: "acts" }, primary, later, lacking, keys),
      h("p", { class: "small" }, `${words.in_comment}${long}`),
      queued,
      h("p", { class: "small around" }, names, ...around()),
      listed,
    ),
  );
}

/**
 * What only the grader may read, folded.
 * @param {string} name
 * @param {string} text
 */
function aside(name, text) {
  if (!text) return "";
  const paragraphs = text.split("\n\n").map((each) => h("p", {}, each));
  return h("details", { class: "aside" }, h("summary", {}, name), paragraphs);
}

/** What else in this assignment waits, with ways there. */
function around() {
  const to = page.here.replace(/essays$/, "troubles");
  return [
    page.essays.length > 1 ? [`${words.others}: `, page.essays.map(otherEssay)] : "",
    page.troubles ? h("a", { href: to }, fill(words.troubles, { n: page.troubles })) : "",
    page.waits ? [fill(words.waits, { n: page.waits }), " "] : "",
    page.ungraded ? [fill(words.ungraded, { n: page.ungraded }), " "] : "",
    page.waits ? h("a", { href: page.formgrader }, words.formgrader) : "",
  ].map((part) => (part === "" ? "" : h("span", {}, part)));
}

/** @param {{ item: string, number: number }} essay */
function otherEssay({ item, number }) {
  const name = fill(words.essay_number, { number });
  if (item === rubric.item) return h("b", {}, `${name} `);
  return [h("a", { href: `${page.here}?item=${encodeURIComponent(item)}` }, name), " "];
}

// ---------------------------------------------------------------- what changes

function paint() {
  const { essay } = state;
  const place = here();
  counted.replaceChildren(...progressTold());
  paper.replaceChildren(bodyOf(page, { place, essay, name: nameOf(place), text: state.text, turn: (to) => turn(to) }));
  fields.show(state.draft, essay, here().state === "waits");
  if (comment.value !== state.draft.comment) comment.value = state.draft.comment;
  paintFoot();
}

function paintFoot() {
  const lacks = missing(rubric, state.draft);
  const following = ahead(page.queue, state.at, state.others);
  const name = following[0] ? fill(words.save_next, { name: nameOf(following[0]) }) : words.save_last;
  primary.textContent = name;
  primary.setAttribute("aria-disabled", String(!canSave()));
  later.hidden = !following.length;
  const one = lacks.length === 1 ? words.missing_one : fill(words.missing, { n: lacks.length });
  lacking.textContent = lacks.length && state.essay ? one : "";
  primary.setAttribute("aria-describedby", "lacking");
  paintSaved();
  paintUsed();
  paintQueue(following);
}

function progressTold() {
  const { done, all, left, isHere } = progress(page.queue, state.at);
  const open = isHere ? (left ? fill(words.read_left, { left }) : words.read_last) : "";
  const rest = open || (left ? fill(words.read_left, { left }) : words.read_all);
  return [
    h("b", {}, fill(words.read_of, { done, all })),
    lang === "ko" && !rest.startsWith(" ") ? ` ${rest}` : ` ${rest}`,
  ];
}

function paintSaved() {
  const { essay, said } = state;
  saved.className = `saved ${said.kind}`;
  const fresh = essay && !isSame(state.draft, draftOf(essay));
  if (said.text) saved.textContent = said.text;
  else if (fresh) saved.textContent = fill(words.unsaved, { me: page.me });
  else saved.textContent = essay?.by ? fill(words.given_by, { by: essay.by, time: time(essay.at, lang) }) : page.me;
}

function paintUsed() {
  used.replaceChildren(
    ...page.comments
      .slice(0, OFFERED)
      .map(([line, count], at) =>
        h(
          "li",
          {},
          h("kbd", {}, `Alt ${at + 1}`),
          h("button", { type: "button", class: "line", onclick: () => reuse(at) }, line),
          h("span", { class: "times" }, count === 1 ? words.once : fill(words.times, { n: count })),
        ),
      ),
  );
  const none = !page.comments.length;
  used.hidden = none;
  /** @type {HTMLElement} */ (used.previousElementSibling).hidden = none;
}

/** @param {Place[]} following */
function paintQueue(following) {
  const [first, ...rest] = following;
  const shown = rest.slice(0, 6).map(nameOf);
  if (rest.length > shown.length) shown.push(fill(words.and_more, { n: rest.length - shown.length }));
  const skips = state.others.filter((open) => open.student !== here().student && isWaiting(open.student));
  queued.replaceChildren(
    ...(first ? [words.next, h("b", {}, nameOf(first)), rest.length ? ", " : ". "] : []),
    rest.length ? `${fill(words.then, { names: shown.join(", ") })} ` : "",
    skips.map((open) => fill(words.skipped, { by: grader(open.by), name: nameBy(open.student) })).join(" "),
  );
  names.textContent = state.hidden ? words.show_names : words.hide_names;
  names.setAttribute("aria-pressed", String(state.hidden));
  if (listed.open) paintList();
}

/** @param {string} student */
const isWaiting = (student) => page.queue.some((place) => place.student === student && place.state === "waits");

/** All essays, to go to any of them; drawn when it is opened. */
function paintList() {
  const rows = page.queue.map((place, at) => {
    const how = {
      waits: words.state_waits,
      empty: words.state_empty,
      given: `${told(place.total ?? 0)} / ${rubric.maximum}`,
    };
    const current = at === state.at ? "true" : null;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "link", "aria-current": current, onclick: () => void go(at) },
        nameOf(place),
      ),
      h("span", { class: "times" }, how[place.state]),
    );
  });
  listed.querySelector("ol")?.replaceChildren(...rows);
}

/** @param {Partial<Draft>} part */
function change(part) {
  state.draft = { ...state.draft, ...part };
  state.said = { kind: "", text: "" };
  state.touched = true;
  const { essay } = state;
  if (essay && isSame(state.draft, draftOf(essay))) sessionStorage.removeItem(stored + essay.student);
  else sessionStorage.setItem(stored + here().student, JSON.stringify(state.draft));
  fields.show(state.draft, essay, here().state === "waits");
  paintFoot();
}

/** @param {string} text @param {string} [kind] */
function say(text, kind = "") {
  state.said = { kind, text };
  paintSaved();
}

// ---------------------------------------------------------------- going from one to the next

/** @param {number} to */
async function go(to) {
  if (!page.queue[to]) return;
  state.at = to;
  state.essay = null;
  const { student } = here();
  state.draft = keptOf(student) ?? { points: {}, comment: "" };
  state.touched = false;
  state.text = 0;
  state.said = { kind: "", text: "" };
  told_.replaceChildren();
  paint();
  fields.focus(); // who types faster than the text comes types into the right field
  try {
    const [essay] = await Promise.all([ask(address("data")), pulse()]);
    if (here().student === student) shown(essay);
  } catch (error) {
    if (here().student === student) say(fill(words.not_loaded, { why: why(error, words) }), "failed");
  }
}

/** @param {Essay} essay */
function shown(essay) {
  const given = draftOf(essay);
  const { draft, touched } = state;
  const typed = { points: { ...given.points, ...draft.points }, comment: draft.comment || given.comment };
  state.essay = essay;
  state.draft = touched ? typed : (keptOf(essay.student) ?? given);
  paint();
  if (!touched) fields.focus();
  window.scrollTo(0, 0);
}

/**
 * What was typed for an essay in this window and not saved.
 * @param {string} student
 * @returns {Draft | null}
 */
const keptOf = (student) => JSON.parse(sessionStorage.getItem(stored + student) ?? "null");

async function skip() {
  const [next] = ahead(page.queue, state.at, state.others);
  if (next) await go(page.queue.indexOf(next));
}

/** @param {number} to */
function turn(to) {
  state.text = to;
  paint();
}

function hideNames() {
  state.hidden = !state.hidden;
  localStorage.setItem("b2b-hide-names", state.hidden ? "yes" : "no");
  paint();
}

/** @param {number} at */
function reuse(at) {
  const line = page.comments[at]?.[0];
  if (!line || at >= OFFERED || !state.essay) return;
  comment.value = withLine(state.draft.comment, line);
  change({ comment: comment.value });
}

// ---------------------------------------------------------------- saving

const canSave = () => Boolean(state.essay && !state.busy && !missing(rubric, state.draft).length);

/** @param {string} [was] the version that another grader made, where ours shall stand in its place */
async function save(was) {
  const { essay, draft } = state;
  if (!canSave() || !essay) return fields.focus();
  state.busy = true;
  const soon = setTimeout(() => say(words.saving), 300);
  try {
    const giving = { points: pointsOf(rubric, draft), comment: draft.comment, was: was ?? essay.version };
    given(await ask(address("data"), giving));
  } catch (error) {
    const clash = error instanceof AskError && error.body?.clash;
    if (clash) clashes(clash);
    else say(fill(words.not_saved, { why: why(error, words) }), "failed");
  } finally {
    clearTimeout(soon);
    state.busy = false;
    paintFoot();
  }
}

/** @param {{ essay: Essay, comments: EssaysPage["comments"] }} answer */
function given({ essay, comments }) {
  sessionStorage.removeItem(stored + essay.student);
  page.comments = comments;
  const place = page.queue.find((each) => each.student === essay.student);
  if (place) Object.assign(place, { state: "given", total: essay.total });
  const [next] = ahead(page.queue, state.at, state.others);
  const text = fill(words.saved, { me: page.me, time: time(essay.at, lang) });
  if (next) void go(page.queue.indexOf(next)).then(() => say(text));
  else {
    state.essay = { ...essay, texts: state.essay?.texts ?? [], notes: state.essay?.notes ?? [] };
    state.draft = draftOf(essay);
    told_.replaceChildren();
    paint();
    say(text);
  }
}

/**
 * Somebody else gave points meanwhile: both sums, and the question which shall stand.
 * @param {Essay} theirs
 */
function clashes(theirs) {
  const mine = told(sum(pointsOf(rubric, state.draft)));
  const total = theirs.total === null ? words.no_points : told(theirs.total);
  const values = { by: grader(theirs.by), mine, theirs: total, comment: theirs.comment };
  const keep = h("button", { type: "button", onclick: () => void save(theirs.version) }, fill(words.keep_mine, values));
  const leave = h("button", { type: "button", onclick: () => taken(theirs) }, fill(words.keep_theirs, values));
  told_.replaceChildren(
    h("p", {}, fill(theirs.by ? words.clash : words.clash_elsewhere, values)),
    theirs.comment ? h("p", { class: "small" }, fill(words.clash_comment, values)) : "",
    h("p", { class: "acts" }, leave, keep),
  );
  say("");
  leave.focus();
}

/** @param {Essay} theirs */
function taken(theirs) {
  sessionStorage.removeItem(stored + theirs.student);
  state.touched = false;
  told_.replaceChildren();
  shown(theirs);
}

// ---------------------------------------------------------------- two graders

/** Tells what is open here, and hears what is elsewhere. */
async function pulse() {
  const { student } = here();
  const answer = await ask(`${page.here}/${encodeURIComponent(rubric.item)}/open`, { session, student });
  state.others = answer.others;
  for (const place of page.queue)
    [place.state, place.total] = answer.states[place.student] ?? [place.state, place.total];
  if (here().student !== student) return;
  const too = state.others.filter((open) => open.student === student);
  if (!told_.querySelector("button")) {
    told_.replaceChildren(...too.map((open) => h("p", {}, fill(words.open_too, { by: grader(open.by) }))));
  }
  counted.replaceChildren(...progressTold());
  paintFoot();
}

// ---------------------------------------------------------------- keys

/** By the place of the key, so that they work while Hangul is typed.
 * @type {{ [code: string]: () => unknown }} */
const KEYS = {
  KeyJ: () => go(beside(page.queue, state.at, 1)),
  KeyK: () => go(beside(page.queue, state.at, -1)),
  KeyC: () => comment.focus(),
  KeyV: () => state.essay && turn((state.text + 1) % Math.max(1, state.essay.texts.length)),
  KeyN: hideNames,
};

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.altKey && /^Digit[1-3]$/.test(event.code)) {
    event.preventDefault();
    reuse(Number(event.code.slice(-1)) - 1);
    return;
  }
  const target = /** @type {HTMLElement} */ (event.target);
  if (target === comment) {
    if (event.key === "Escape") fields.focus();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const act = KEYS[event.code];
  if (act) {
    event.preventDefault();
    void act();
  } else if (event.key === "Enter" && !target.closest("button, a, summary, input")) void save();
}

function begin() {
  build();
  if (!page.queue.length) {
    main.replaceChildren(h("header", {}, title, h("p", {}, words.no_essays), h("p", { class: "small" }, ...around())));
    return;
  }
  const n = page.queue.length;
  listed.append(h("summary", {}, fill(words.list, { n })), h("ol", {}));
  listed.addEventListener("toggle", paintList);
  document.addEventListener("keydown", pressed);
  window.addEventListener("pagehide", () => {
    const closed = { session, student: "" };
    ask(`${page.here}/${encodeURIComponent(rubric.item)}/open`, closed, { keepalive: true }).catch(() => {});
  });
  setInterval(() => pulse().catch(() => {}), PULSE);
  void go(state.at);
}

begin();
