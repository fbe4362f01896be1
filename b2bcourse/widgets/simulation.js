import { exercise, fill, h, icon, mark, redraws, setAttribute } from "./common.js";

/**
 * The sales game: a board of customers and their people, a turn that is planned, a journal that grows.
 * All that is drawn comes from the kernel's side as the trait `game`: the board, the moves there are, the plan so
 * far and what is left of it. A plan is sent whole whenever it changes; a turn is committed by one more entry of
 * the value's `turns`. In order: state; planning and committing; the resources; the board; the desk; forms;
 * the end; keys; the kind.
 */

const WIDEST = 1240; // px
const LONGEST_WHY = 200; // characters
const LONG = { ko: 22, en: 36 }; // characters of a fact that do not fit half the board
const SEEN_TURNS = 2; // an account without a visit for so long says so

// ---------------------------------------------------------------- state

/** What the player has open or has begun to fill in; all else is the game's. */
function fresh(game) {
  const open = game.board.accounts.find(({ state }) => state !== "closed") ?? game.board.accounts[0];
  return { account: open.id, person: "", form: null, why: "", told: "", kept: game.kept, focus: "", sent: 0 };
}

const gameOf = (store) => store.model.get("game");
const accountOf = (store) => gameOf(store).board.accounts.find(({ id }) => id === store.ui.account);
const personOf = (store) => accountOf(store)?.people.find(({ id }) => id === store.ui.person);

function listen(store) {
  store.ui ??= fresh(gameOf(store));
  if (store.hears) return;
  store.hears = true;
  store.model.on("change:game", () => onGame(store));
  store.model.on("change:page", () => showPage(store));
}

/** A plan was looked at, or a turn was played: the focus goes to what is new. */
function onGame(store) {
  const { ui } = store;
  const game = gameOf(store);
  if (game.kept < ui.kept) store.ui = fresh(game);
  else if (game.kept > ui.kept)
    Object.assign(ui, { form: null, why: "", kept: game.kept, focus: game.board.over ? "debrief" : "happened" });
  store.tell();
  const { focus } = store.ui;
  store.ui.focus = "";
  if (focus) store.views.forEach((view) => view.body.querySelector(`[data-at="${CSS.escape(focus)}"]`)?.focus());
}

function open(store, change) {
  Object.assign(store.ui, change);
  store.tell();
}

// ---------------------------------------------------------------- planning and committing

function plan(store, moves, focus) {
  store.ui.focus = focus;
  store.send({ do: "plan", moves });
}

/** Puts a move into the turn; what is believed of a person is noted once. */
function add(store, move) {
  const old = gameOf(store).plan;
  const same = (other) =>
    move.do === "note" && other.do === "note" && other.account === move.account && other.person === move.person;
  const rest = old.filter((other) => !same(other));
  const key = keyOf(move);
  store.ui.form = null;
  plan(store, [...rest, move], key);
}

function takeOut(store, at) {
  const { plan: moves } = gameOf(store);
  plan(
    store,
    moves.filter((_, n) => n !== at),
    moves.length > 1 ? `out/${Math.max(0, at - 1)}` : "why",
  );
}

/** Why the turn cannot be ended yet; "" when it can. */
function unready(store) {
  const { words, ui } = store;
  if (!gameOf(store).preview.ok) return words.plan_broken;
  return ui.why.trim() ? "" : words.why_first;
}

function commit(store) {
  const game = gameOf(store);
  if (unready(store) || (store.ui.sent === game.n && store.status.kind !== "failed")) return;
  store.ui.sent = game.n;
  const turn = { decisions: game.plan, why: store.ui.why.trim() };
  const patch = { turns: [...(store.value.turns ?? []).slice(0, game.kept), turn] };
  store.change(patch);
  if (store.mode === "preview") store.send({ do: "change", patch });
}

// ---------------------------------------------------------------- numbers

/** "2일 · 1명"; nothing where a move costs nothing. */
function costText(store, cost) {
  const { words } = store;
  const units = Object.fromEntries(gameOf(store).board.resources.map(({ id, unit }) => [id, unit]));
  const said = Object.entries(cost)
    .filter(([, n]) => n)
    .map(([name, n]) => fill(words[`cost_${name}${n === 1 ? "_1" : ""}`] ?? words.cost, { n, unit: units[name] }));
  return said.length ? said.join(" · ") : words.free;
}

function buildResources(view) {
  const { resources } = gameOf(view.store).preview;
  const now = Object.fromEntries(gameOf(view.store).board.resources.map((each) => [each.id, each]));
  return h(
    "ul",
    { class: "b2b-resources", "aria-label": view.store.words.resources },
    resources.map((each) => meter(view.store, each, now[each.id])),
  );
}

/** What is left, and behind it what the plan takes. */
function meter({ words }, { name, unit, left, of }, before) {
  const share = (n) => `${of ? (100 * n) / of : 0}%`;
  const planned = h("i", { class: "is-planned", style: `width:${share(before.left)}` });
  const bar = h(
    "span",
    { class: "b2b-bar", "aria-hidden": "true" },
    planned,
    h("i", { style: `width:${share(left)}` }),
  );
  const number = h("span", { class: "b2b-left" }, h("b", {}, left), ` / ${of}`);
  return h("li", {}, h("span", { class: "b2b-small" }, fill(words.left, { name, unit })), number, bar);
}

// ---------------------------------------------------------------- the board

function buildBoard(view) {
  const { board } = gameOf(view.store);
  const heads = board.steps.map(({ number, short }) => h("span", {}, h("i", {}, `${number} `), short));
  const steps = h("div", { class: "b2b-steps", "aria-hidden": "true" }, heads);
  return h(
    "div",
    { class: "b2b-board" },
    steps,
    board.accounts.map((account) => buildAccount(view, account)),
    buildLegend(view),
  );
}

function buildAccount(view, account) {
  const { store } = view;
  const isOpen = store.ui.account === account.id;
  const head = h(
    "button",
    {
      type: "button",
      class: "b2b-account-head",
      "data-at": `account/${account.id}`,
      "aria-expanded": isOpen ? "true" : "false",
      onclick: () => open(store, { account: isOpen ? "" : account.id, person: "", form: null }),
    },
    icon("next"),
    h("b", {}, account.name),
    h("span", { class: "b2b-small" }, standing(store, account)),
    h("span", { class: "b2b-signals" }, signals(store, account)),
    h("span", { class: "b2b-small b2b-step-of" }, stepText(store, account)),
  );
  return h(
    "section",
    { class: `b2b-account is-${account.state}`, "aria-label": account.name },
    head,
    path(account, gameOf(store).board.steps),
    isOpen ? buildOpened(view, account) : null,
  );
}

function standing({ words }, { size_name: size, state, state_name: name, trust }) {
  const said = [size, fill(words.trust, { n: trust })];
  return (state === "open" ? said : [...said, name]).join(" · ");
}

/** What waits for an answer there, in words. */
function signals({ words }, account) {
  const { question, orders, defect, quiet, state, step } = account;
  const waiting = [
    question && words.has_question,
    orders.length && fill(words.has_orders, { n: orders.length }),
    defect && words.has_defect,
  ].filter(Boolean);
  const alone = (state === "signed" || (state === "open" && step > 1)) && quiet >= SEEN_TURNS;
  return [
    ...waiting.map((text) => h("span", { class: "is-waiting" }, text)),
    alone ? h("span", {}, fill(words.quiet, { n: quiet })) : null,
  ];
}

function stepText({ words, model }, { step }) {
  const { length } = model.get("game").board.steps;
  return step ? fill(words.step_of, { n: step, total: length }) : words.not_begun;
}

/** The ten steps as a line, walked so far. */
function path({ step }, steps) {
  const at = (n) => `${(100 * (n - 1)) / steps.length}%`;
  const ticks = steps.map(({ number }) => h("i", { class: "b2b-tick", style: `left:${at(number)}` }));
  const walked = h("i", { class: "b2b-walked", style: `width:${step ? at(step) : 0}` });
  const here = step
    ? [
        h("i", { class: "b2b-dot", style: `left:${at(step)}` }),
        h("b", { style: `left:${at(step)}` }, steps[step - 1].short),
      ]
    : [];
  return h("div", { class: "b2b-path", "aria-hidden": "true" }, ticks, walked, here);
}

function buildOpened(view, account) {
  return h(
    "div",
    { class: "b2b-opened" },
    h("p", {}, account.about),
    account.question
      ? h("p", { class: "b2b-question" }, h("b", {}, view.store.words.question), ` «${account.question.text}»`)
      : null,
    buildFacts(view, account),
    buildWork(view, account),
    buildPeople(view, account),
    buildPerson(view),
  );
}

function buildFacts({ store }, { facts }) {
  const known = facts.filter((fact) => fact.known);
  const unknown = facts.filter((fact) => !fact.known).map(({ label }) => label);
  const rows = known.map(({ label, text }) =>
    h("div", { class: text.length > LONG[store.face.lang] ? "is-long" : "" }, h("dt", {}, label), h("dd", {}, text)),
  );
  if (unknown.length)
    rows.push(h("div", { class: "is-unknown" }, h("dt", {}, store.words.not_known), h("dd", {}, unknown.join(" · "))));
  return h("dl", { class: "b2b-facts" }, rows);
}

const TEST_MARKS = { passed: "right", failed: "wrong", next: "partly", later: "also" };

/** Tests, orders that wait, and what the factory makes. */
function buildWork({ store }, { tests, orders, making, defect }) {
  const { words } = store;
  const test = ({ name, state }) =>
    h(
      "li",
      { class: `is-${state}` },
      mark(TEST_MARKS[state]),
      name,
      h("span", { class: "b2b-unseen" }, words[`test_${state}`]),
    );
  const lines = [
    ...orders.map(({ id, text }) => fill(words.order, { id, text })),
    ...making.map(({ text }) => fill(words.making, { text })),
    ...(defect ? [words.defect_open] : []),
  ];
  return h(
    "div",
    { class: "b2b-work" },
    tests.length ? h("ul", { class: "b2b-tests", "aria-label": words.tests }, tests.map(test)) : null,
    lines.length
      ? h(
          "ul",
          { class: "b2b-orders", "aria-label": words.orders },
          lines.map((text) => h("li", {}, text)),
        )
      : null,
  );
}

// ---------------------------------------------------------------- people

function buildPeople(view, account) {
  const { store } = view;
  if (!account.people.length) {
    const unknown = fill(store.words.people_unknown, { n: account.people_count });
    return h("p", { class: "b2b-small" }, unknown);
  }
  const chosen = account.people.some(({ id }) => id === store.ui.person) ? store.ui.person : account.people[0].id;
  const cards = account.people.map((person) => buildCard(store, account, person, person.id === chosen));
  return h(
    "div",
    { class: "b2b-people", role: "group", "aria-label": fill(store.words.people_of, { name: account.name }) },
    cards,
  );
}

function buildCard(store, account, person, isStop) {
  const { words, ui } = store;
  const noted = notedOf(store, account, person);
  return h(
    "button",
    {
      type: "button",
      class: `b2b-person${person.met ? "" : " is-unmet"}`,
      "data-at": `person/${account.id}/${person.id}`,
      "data-group": "people",
      tabindex: isStop ? "0" : "-1",
      "aria-pressed": ui.person === person.id ? "true" : "false",
      onclick: () => open(store, { person: ui.person === person.id ? "" : person.id, form: null }),
    },
    h("span", { class: "b2b-person-top" }, h("b", {}, person.name), support(words, person)),
    h("span", { class: "b2b-small" }, person.title),
    h("span", { class: "b2b-belief" }, beliefText(store, person, noted)),
  );
}

/** What is believed of a person, with what the plan is about to note. */
function notedOf(store, account, person) {
  const planned = gameOf(store).plan.findLast(
    (move) => move.do === "note" && move.account === account.id && move.person === person.id,
  );
  return planned ?? person.noted;
}

const nameIn = (list, id) => list.find((each) => each.id === id)?.name ?? id;

function beliefText(store, person, noted) {
  const { words } = store;
  const { choices } = gameOf(store).board;
  if (!person.met && !noted.roles.length) return words.not_met;
  const roles = noted.roles.map((id) => nameIn(choices.roles, id)).join(" · ") || words.role_unknown;
  const wishes = noted.interests.map((id) => nameIn(choices.benefits, id)).join(" · ") || words.wish_unknown;
  return `${roles}. ${wishes}`;
}

/** Two boxes against, two for; the words say the same. */
function support(words, { support: n }) {
  const box = (filled, kind) => h("i", { class: filled ? kind : "" });
  const against = [2, 1].map((level) => box(n !== null && n <= -level, "is-against"));
  const inFavour = [1, 2].map((level) => box(n !== null && n >= level, "is-for"));
  const said = n === null ? words.support_unknown : words[`support_${n}`];
  return h(
    "span",
    { class: "b2b-support" },
    against,
    h("i", { class: "is-middle" }),
    inFavour,
    h("span", { class: "b2b-unseen" }, said),
  );
}

const CLUES = ["role", "wish", "fear", "ear", "gate"];

/** Everything that was heard from the person whose card is chosen. */
function buildPerson({ store }) {
  const person = personOf(store);
  if (!person) return null;
  const { words } = store;
  const { choices } = gameOf(store).board;
  const clue = ({ kind, text }) =>
    h(
      "li",
      {},
      h("span", { class: "b2b-small" }, words[`clue_${CLUES.includes(kind) ? kind : "other"}`]),
      h("span", {}, text),
    );
  const told = (person.told ?? []).map((id) => nameIn(choices.benefits, id));
  const fear = notedOf(store, accountOf(store), person).fear;
  const lines = [
    ...person.clues.map(clue),
    told.length ? clue({ kind: "told", text: fill(words.told, { list: told.join(" · ") }) }) : null,
    fear ? clue({ kind: "note", text: fill(words.noted_fear, { fear: nameIn(choices.fears, fear) }) }) : null,
  ];
  const nothing = h("p", { class: "b2b-small" }, words.nothing_heard);
  return h(
    "div",
    { class: "b2b-heard", role: "group", "aria-label": person.name },
    h("b", {}, person.name),
    person.clues.length ? h("ul", {}, lines) : nothing,
  );
}

function buildLegend({ store }) {
  const { words } = store;
  const boxes = (n) => support(words, { support: n });
  const entry = (n, word) => h("span", { "aria-hidden": "true" }, boxes(n), word);
  const { vendor } = gameOf(store).board;
  const strengths = vendor.strengths.map(({ name }) => name).join(" · ");
  return h(
    "div",
    { class: "b2b-board-foot b2b-small" },
    entry(2, words.support_1),
    entry(-2, words["support_-1"]),
    h("span", {}, fill(words.strengths, { vendor: vendor.name, list: strengths })),
  );
}

/** Says what stands below it; no heading, since the notebook's own headings know nothing of it. */
const head = (attributes, text) => h("div", { class: "b2b-head", ...attributes }, text);

// ---------------------------------------------------------------- the desk: what happened, what can be done, the turn

function buildDesk(view) {
  const { board } = gameOf(view.store);
  return h("div", { class: "b2b-desk" }, buildHappened(view), board.over ? null : buildMoves(view));
}

const TONES = { good: "right", bad: "wrong", news: "news" };

function buildHappened({ store }) {
  const { words, ui } = store;
  const { board, lessons } = gameOf(store);
  const isFirst = !board.happened.length && board.turn === 1 && !board.over;
  const top = head({ tabindex: "-1", "data-at": "happened" }, isFirst ? words.story : words.happened);
  if (isFirst)
    return h(
      "section",
      { class: "b2b-happened" },
      top,
      board.intro.map((text) => h("p", {}, text)),
    );
  // Where several in a row belong to one lesson, it is named once, below the last of them.
  const isLast = (event, at) => board.happened[at + 1]?.lesson !== event.lesson;
  const lines = board.happened.map((event, at) =>
    buildEvent(words, event, isLast(event, at) ? lessons[event.lesson] : ""),
  );
  const list = lines.length ? h("ul", {}, lines) : h("p", { class: "b2b-small" }, words.nothing_happened);
  const story = h(
    "div",
    { class: "b2b-story" },
    board.intro.map((text) => h("p", {}, text)),
  );
  return h("section", { class: "b2b-happened" }, top, list, fold(store, "story", words.story_again, story, ui.story));
}

function buildEvent(words, { text, tone, lesson }, title) {
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
function newsMark() {
  const made = mark("also");
  made.classList.add("is-news");
  return made;
}

/** A line that opens something below it. */
function fold(store, name, label, inside, isOpen) {
  const toggle = h(
    "button",
    { type: "button", class: "b2b-toggle b2b-small", "data-at": name, "aria-expanded": isOpen ? "true" : "false" },
    icon("next"),
    label,
  );
  toggle.addEventListener("click", () => open(store, { [name]: !isOpen }));
  return h("div", { class: "b2b-fold" }, toggle, isOpen ? inside : null);
}

function keyOf({ do: name, account, person = "", order = "" }) {
  return ["move", name, account, person || order].join("/");
}

/** The moves at the account that is open, those towards the chosen person first. */
function buildMoves(view) {
  const { store } = view;
  const { words, ui } = store;
  const account = accountOf(store);
  if (!account)
    return h(
      "section",
      { class: "b2b-moves" },
      head({}, words.moves),
      h("p", { class: "b2b-small" }, words.choose_account),
    );
  const here = gameOf(store).moves.filter((each) => each.account === account.id);
  const person = personOf(store);
  const towards = here.filter((each) => each.person && each.person === ui.person);
  const firm = here
    .filter((each) => !each.person)
    .sort((one, two) => (one.move.do === "give_up") - (two.move.do === "give_up"));
  return h(
    "section",
    { class: "b2b-moves" },
    person
      ? [head({}, fill(words.moves_person, { name: person.name })), buildList(view, towards, words.no_moves_person)]
      : null,
    head({}, fill(words.moves_account, { name: account.name })),
    buildList(view, firm, words.no_moves),
    !person && account.people.length ? h("p", { class: "b2b-small" }, words.choose_person) : null,
  );
}

function buildList(view, entries, empty) {
  if (!entries.length) return h("p", { class: "b2b-small" }, empty);
  return h(
    "ul",
    { class: "b2b-list-moves" },
    entries.map((entry) => buildMove(view, entry)),
  );
}

function buildMove(view, entry) {
  const { store } = view;
  const key = keyOf(entry.move);
  const isOpen = store.ui.form?.key === key;
  const hasForm = entry.fields.length > 0;
  const isPlanned = gameOf(store).plan.some((move) => keyOf(move) === key);
  const button = h(
    "button",
    {
      type: "button",
      class: "b2b-move-button",
      "data-at": key,
      "aria-expanded": hasForm && (isOpen ? "true" : "false"),
      onclick: () => choose(store, entry, isOpen),
    },
    h("span", { class: `b2b-choose${isPlanned ? " is-planned" : ""}` }),
    h("span", { class: "b2b-move-name" }, entry.label),
    isPlanned ? h("span", { class: "b2b-unseen" }, store.words.is_planned) : null,
    h("span", { class: "b2b-small" }, costText(store, entry.cost)),
  );
  return h("li", { class: isOpen ? "is-open" : "" }, button, isOpen ? buildForm(view, entry) : null);
}

function choose(store, entry, isOpen) {
  if (!entry.fields.length) add(store, entry.move);
  else open(store, { form: isOpen ? null : { key: keyOf(entry.move), move: structuredClone(entry.move), n: 0 } });
}

/** The turn as planned, the reason, and its end. */
function buildTurn(view) {
  const { store } = view;
  const { words } = store;
  const { preview } = gameOf(store);
  const rows = preview.moves.map((move, at) => buildPlanned(store, move, at));
  const list = rows.length ? h("ol", { class: "b2b-plan" }, rows) : h("p", { class: "b2b-small" }, words.plan_empty);
  const id = `b2b-why-${view.uid}`;
  const input = h("input", {
    id,
    type: "text",
    maxlength: String(LONGEST_WHY),
    "data-at": "why",
    autocomplete: "off",
    value: store.ui.why,
  });
  input.addEventListener("input", () => open(store, { why: input.value }));
  input.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && commit(store));
  view.why = input;
  view.commit = h(
    "button",
    { type: "button", class: "b2b-button is-primary", "data-at": "commit", onclick: () => commit(store) },
    words.end_turn,
  );
  view.unready = h("span", { class: "b2b-reason", id: `${id}-not` });
  return h(
    "section",
    { class: "b2b-turn" },
    head({}, words.plan),
    list,
    h("label", { class: "b2b-why", for: id }, words.why),
    input,
    h("div", { class: "b2b-buttons" }, view.commit, view.unready),
  );
}

function buildPlanned(store, { text, cost, problem }, at) {
  const { words } = store;
  const out = h(
    "button",
    {
      type: "button",
      class: "b2b-out",
      "data-at": `out/${at}`,
      "aria-label": fill(words.take_out, { text }),
      onclick: () => takeOut(store, at),
    },
    words.out,
  );
  return h(
    "li",
    { class: problem ? "is-problem" : "" },
    h("span", {}, text, problem ? h("span", { class: "b2b-problem" }, problem) : null),
    h("span", { class: "b2b-small" }, costText(store, cost)),
    out,
  );
}

/** Below the board: the turn that is planned, and the journal. */
function buildBelow(view) {
  const { board } = gameOf(view.store);
  return h("div", { class: "b2b-below" }, board.over ? null : buildTurn(view), buildJournal(view));
}

/** What was done and why, turn by turn; it is only read. */
function buildJournal({ store }) {
  const { words, ui } = store;
  const { journal } = gameOf(store);
  if (!journal.length) return null;
  const entries = journal.map(({ turn, moves, why }) =>
    h(
      "li",
      {},
      h("b", {}, fill(words.turn_n, { n: turn })),
      h("span", { class: "b2b-journal-why" }, why),
      h("span", { class: "b2b-small" }, moves.map(({ text }) => text).join("; ") || words.nothing_done),
    ),
  );
  const list = h("ol", { class: "b2b-journal", reversed: true }, entries.reverse());
  return fold(store, "journal", fill(words.journal, { n: journal.length }), list, ui.journal);
}

// ---------------------------------------------------------------- forms

function buildForm(view, entry) {
  const { store } = view;
  const { form } = store.ui;
  const node = h(
    "form",
    { class: "b2b-form" },
    entry.fields.map((field) => FIELDS[field.kind](view, field, form.move)),
  );
  node.append(h("button", { type: "submit", class: "b2b-button", "data-at": "put-in" }, store.words.put_in));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (node.reportValidity()) add(store, form.move);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    store.ui.focus = form.key;
    open(store, { form: null });
    view.body.querySelector(`[data-at="${CSS.escape(form.key)}"]`)?.focus();
  });
  return node;
}

const FIELDS = {
  number: numberField,
  one: oneField,
  several: severalField,
  persons: severalField,
  messages: messagesField,
};

function numberField(_view, { name, label, min, max, unit }, move) {
  const input = h("input", {
    type: "number",
    min: String(min),
    max: String(max),
    step: "1",
    required: true,
    value: String(move[name]),
    "data-at": `field/${name}`,
  });
  input.addEventListener("input", () => (move[name] = input.valueAsNumber || 0));
  return h("label", { class: "b2b-number" }, h("span", {}, label), input, h("span", { class: "b2b-small" }, unit));
}

/** What a field offers: its own options, else the game's lists of roles, benefits and fears. */
function optionsOf({ store }, { name, options }) {
  const { choices } = gameOf(store).board;
  if (options) return options;
  return name === "fear"
    ? [{ id: "", name: store.words.fear_open }, ...choices.fears]
    : { roles: choices.roles, interests: choices.benefits }[name];
}

function fieldset(label, rows) {
  return h("fieldset", {}, h("legend", {}, label), rows);
}

function oneField(view, field, move) {
  const { store } = view;
  if (!field.options)
    return h(
      "div",
      {},
      h("div", { class: "b2b-small" }, field.label),
      select(field.label, optionsOf(view, field), move, field.name, `field/${field.name}`),
    );
  const group = `b2b-${field.name}-${view.uid}`;
  const row = ({ id, name, cost }) => {
    const input = h("input", {
      type: "radio",
      name: group,
      checked: move[field.name] === id,
      "data-at": `field/${field.name}/${id}`,
    });
    input.addEventListener("change", () => (move[field.name] = id));
    return h(
      "label",
      {},
      input,
      h("span", {}, name),
      cost ? h("span", { class: "b2b-small" }, costText(store, cost)) : null,
    );
  };
  return fieldset(field.label, optionsOf(view, field).map(row));
}

function severalField(view, field, move) {
  const { store } = view;
  const row = ({ id, name }) => {
    const input = h("input", {
      type: "checkbox",
      checked: move[field.name].includes(id),
      "data-at": `field/${field.name}/${id}`,
    });
    input.addEventListener("change", () => tick(store, field, move, id, input));
    return h("label", {}, input, h("span", {}, name));
  };
  return fieldset(field.label, h("div", { class: "b2b-ticks" }, optionsOf(view, field).map(row)));
}

function tick(store, { name, max }, move, id, input) {
  const rest = move[name].filter((other) => other !== id);
  if (input.checked && rest.length >= max) {
    input.checked = false;
    store.say(fill(store.words.at_most, { n: max }));
    return;
  }
  move[name] = input.checked ? [...rest, id] : rest;
}

/** Who is told which benefit, a row each. */
function messagesField(view, field, move) {
  const { store } = view;
  const { words } = store;
  const change = () => open(store, { form: { ...store.ui.form, n: store.ui.form.n + 1 } });
  const rows = move.messages.map((message, at) => messageRow(view, field, move, message, at, change));
  const more = h(
    "button",
    { type: "button", class: "b2b-button b2b-plain", "data-at": "message/more" },
    icon("plus"),
    words.message_more,
  );
  more.addEventListener("click", () => {
    store.ui.focusIn = `message/${move.messages.length}/person`;
    const person = store.ui.person || field.persons[0];
    const ours = gameOf(store).board.choices.benefits.find((benefit) => benefit.ours);
    move.messages.push({ person, benefit: ours?.id ?? field.benefits[0] });
    change();
  });
  return fieldset(field.label, [...rows, move.messages.length < field.max ? more : null].filter(Boolean));
}

function messageRow(view, field, move, message, at, change) {
  const { store } = view;
  const { words } = store;
  const { people } = accountOf(store);
  const { benefits } = gameOf(store).board.choices;
  const persons = field.persons.map((id) => ({ id, name: nameIn(people, id) }));
  const offered = field.benefits.map((id) => benefits.find((benefit) => benefit.id === id));
  const named = offered.map(({ id, name, ours }) => ({ id, name: ours ? fill(words.ours, { name }) : name }));
  const remove = h(
    "button",
    {
      type: "button",
      class: "b2b-out",
      "aria-label": fill(words.message_out, { n: at + 1 }),
      "data-at": `message/${at}/out`,
    },
    words.out,
  );
  remove.addEventListener("click", () => {
    move.messages.splice(at, 1);
    change();
  });
  return h(
    "div",
    { class: "b2b-message" },
    select(words.message_person, persons, message, "person", `message/${at}/person`),
    select(words.message_benefit, named, message, "benefit", `message/${at}/benefit`),
    remove,
  );
}

function select(label, choices, target, name, at) {
  const options = choices.map((choice) =>
    h("option", { value: choice.id, selected: target[name] === choice.id }, choice.name),
  );
  const box = h("select", { "aria-label": label, "data-at": at }, options);
  box.addEventListener("change", () => (target[name] = box.value));
  return box;
}

// ---------------------------------------------------------------- the end

function buildEnd(view) {
  const { store } = view;
  const { words } = store;
  const { board, again } = gameOf(store);
  const { points, of, parts } = board.result;
  const rows = parts.map((part) =>
    h(
      "li",
      {},
      h(
        "span",
        { class: "b2b-part-head" },
        h("b", {}, part.name),
        h("span", { class: "b2b-small" }, `${part.points} / ${part.of}`),
      ),
      h(
        "span",
        { class: "b2b-bar", "aria-hidden": "true" },
        h("i", { style: `width:${(100 * part.points) / part.of}%` }),
      ),
      h("span", { class: "b2b-small" }, part.text),
    ),
  );
  const debrief = h(
    "button",
    { type: "button", class: "b2b-button is-primary", "data-at": "debrief", onclick: () => openPage(store) },
    words.debrief,
  );
  const anew = again
    ? h(
        "button",
        { type: "button", class: "b2b-button", "data-at": "again", onclick: () => store.send({ do: "again" }) },
        words.again,
      )
    : null;
  return h(
    "section",
    { class: "b2b-end" },
    h("p", {}, h("span", { class: "b2b-big" }, `${points} / ${of}`), words.points_of),
    h("ul", { class: "b2b-parts" }, rows),
    h("div", { class: "b2b-buttons" }, debrief, anew),
  );
}

/** A page of its own: the tab opens with the click, or browsers would forbid it, and is filled when it is made. */
function openPage(store) {
  store.tab = window.open("", "_blank");
  if (store.model.get("page")) showPage(store);
  else store.send({ do: "debrief" });
}

function showPage(store) {
  const page = store.model.get("page");
  if (!page || store.tab === undefined) return;
  if (store.tab === null) store.say(store.words.tab_blocked);
  else {
    // A page made here has no place of its own; its links lead from where the notebook is.
    const placed = page.replace("<head>", `<head><base href="${document.baseURI}" target="_blank">`);
    store.tab.location = URL.createObjectURL(new Blob([placed], { type: "text/html" }));
  }
  store.tab = undefined;
}

// ---------------------------------------------------------------- keys

const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The cards of an account's people are one stop of the Tab key; arrows go from card to card. */
function onKey(event) {
  const group = event.target.dataset?.group;
  const way = WAYS[event.key];
  if (!group || (!way && !["Home", "End"].includes(event.key))) return;
  const cards = [...event.target.parentElement.querySelectorAll(`[data-group="${group}"]`)];
  const last = cards.length - 1;
  const to = { Home: 0, End: last }[event.key] ?? Math.max(0, Math.min(last, cards.indexOf(event.target) + way));
  event.preventDefault();
  cards.forEach((card, at) => card.setAttribute("tabindex", at === to ? "0" : "-1"));
  cards[to].focus();
}

// ---------------------------------------------------------------- the kind

function layout(_view, room) {
  const width = Math.min(room, WIDEST);
  return { width, edge: width };
}

/** The turn stands beside the title. */
function paintTurn(view) {
  const { words } = view.store;
  const { board } = gameOf(view.store);
  const said = board.over ? words.over : fill(words.turn_of, { n: board.turn, total: board.turns });
  const title = view.edge.querySelector(".b2b-title");
  title.querySelector(".b2b-turn-of")?.remove();
  title.append(h("span", { class: "b2b-turn-of" }, said));
}

function paint(view) {
  const { store } = view;
  if (!view.commit) return;
  if (view.why.value !== store.ui.why) view.why.value = store.ui.why;
  const reason = unready(store);
  setAttribute(view.commit, "aria-disabled", reason && "true");
  setAttribute(view.commit, "aria-describedby", reason && view.unready.id);
  if (redraws(view.unready, reason)) view.unready.textContent = reason;
}

export default exercise({
  name: "simulation",
  without: ["check", "undo", "answer"],
  begin(view) {
    listen(view.store);
    if (!view.listensToKeys) view.root.addEventListener("keydown", onKey);
    view.listensToKeys = true;
  },
  build(view) {
    paintTurn(view);
    const notes = gameOf(view.store).notes.map((text) => h("p", { class: "b2b-note" }, text));
    view.commit = null;
    const parts = [buildBoard(view), buildDesk(view), buildBelow(view)];
    const first = gameOf(view.store).board.over ? buildEnd(view) : buildResources(view);
    const nodes = [...notes, first, h("div", { class: "b2b-game" }, parts)];
    queueMicrotask(() => focusInside(view));
    paint(view);
    return nodes;
  },
  shape({ store }) {
    const { account, person, form, story, journal } = store.ui;
    return [gameOf(store).n, account, person, form?.key, form?.n, story, journal];
  },
  paint,
  layout,
  progress(store) {
    const { board, journal } = gameOf(store);
    return { parts: Array.from({ length: board.turns }, (_, n) => n < journal.length), unit: "turns" };
  },
});

/** A row that was just added to a form gets the focus. */
function focusInside(view) {
  const { ui } = view.store;
  if (!ui.focusIn) return;
  view.body.querySelector(`[data-at="${CSS.escape(ui.focusIn)}"]`)?.focus();
  ui.focusIn = "";
}
