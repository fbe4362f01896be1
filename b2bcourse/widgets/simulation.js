import { exercise, fill, h, icon, mark, redraws, setAttribute, targetOf, won } from "./common.js";

/**
 * The sales game: a board of customers and their people, a turn that is planned, a journal that grows.
 * All that is drawn comes from the kernel's side as the trait `game`: the board, the moves there are, the plan so
 * far and what is left of it; the trait `desk` holds the reason that is being written. A plan is sent whole whenever
 * it changes; a turn is committed by one more entry of the value's `turns`. Where another window has played on, the
 * kernel plays nothing and leaves plan and reason on the desk.
 * In order: state; the desk; planning and committing; the resources; the board; people; the desk as it looks; forms;
 * the end; keys; the kind.
 */

/**
 * @import { Named, Patch, Words } from "./shared/types.d.ts"
 * @import { Draft } from "./shared/draft.js"
 * @import { Store as AnyStore } from "./shared/store.js"
 * @import { View as AnyView } from "./shared/view.js"
 * @import { Account, Board, Cost, Entry, Event, Field, Game, Message, Move, Noted, Option, Person, Planned, Resource, Step } from "./shared/game.d.ts"
 */

/** @typedef {"story" | "more" | "journal"} Fold what opens below a line */
/** @typedef {{ key: string, move: Move, typed: { [field: string]: string }, n: number }} Form */
/** @typedef {{ patch: { moves?: Move[], why?: string }, was?: { turns?: number }, time: number }} Left a turn that was planned and not played */
/**
 * What the player has open or has begun to fill in; see `fresh`.
 * @typedef {{ account: string, person: string, form: Form | null, news: boolean, asking: boolean, why: string, heard: string,
 *   moves: Move[], kept: number, focus: string, sent: number, asked?: boolean, pause?: ReturnType<typeof setTimeout>,
 *   focusIn?: string } & { [fold in Fold]?: boolean }} Ui
 */
/** @typedef {{ input: HTMLInputElement, isRight(): boolean }} NumberCheck of a form's field; what is wrong it says there */
/** @typedef {AnyStore & { ui: Ui, desk: Draft, tab?: Window | null }} Store */
/**
 * @typedef {AnyView & { store: Store, why: HTMLInputElement, commit: HTMLElement | null, unready: HTMLElement,
 *   scrolled: Map<string, number>, listensToKeys?: boolean }} View
 */

const WIDEST = 1240; // px
const STACKED = 800; // px of room below which the board stands above the desk and nothing scrolls inside
const SLIM = 600; // px of room below which everything stands in one column
const LONGEST_WHY = 200; // characters
const LONG = { ko: 22, en: 36 }; // characters of a fact that do not fit half the board
const FEW = 4; // events of a turn that stand open; of more the firm below would go out of sight
const SEEN_TURNS = 2; // an account without a visit for so long says so
const PAUSE = 600; // ms without a key: the kernel hears of the reason

// ---------------------------------------------------------------- state

/**
 * @param {Store} store
 * @returns {Game}
 */
const gameOf = (store) => store.model.get("game");
/**
 * @param {Store} store
 * @returns {{ why: string, time: number }}
 */
const deskOf = (store) => ({ why: "", time: 0, ...store.model.get("desk") });
/**
 * @param {Store} store
 * @returns {Account | undefined}
 */
const accountOf = (store) => gameOf(store).board.accounts.find(({ id }) => id === store.ui.account);
/** @param {Store} store */
const personOf = (store) => accountOf(store)?.people.find(({ id }) => id === store.ui.person);
/**
 * @param {AnyView} view
 * @param {string} name
 * @returns {HTMLElement | null}
 */
const named = (view, name) =>
  /** @type {HTMLElement | null} */ (view.body.querySelector(`[data-at="${CSS.escape(name)}"]`));
/**
 * @param {HTMLElement} body
 * @param {string} selector
 */
const within = (body, selector) => /** @type {HTMLElement | null} */ (body.querySelector(selector));
/** @param {unknown} data */
const plain = (data) => JSON.stringify(data);
/**
 * The name of a button that is a small table to the eye: its parts with commas, since a dot is read as «dot».
 * @param {...string | false | null | undefined} parts
 */
const heardAs = (...parts) => parts.filter(Boolean).join(", ").replaceAll(" · ", ", ");

/**
 * What the player has open or has begun to fill in; all else is the game's.
 * @param {Store} store
 * @returns {Ui}
 */
function fresh(store) {
  const game = gameOf(store);
  const { why } = deskOf(store);
  const first = game.board.accounts.find(({ state }) => state !== "closed") ?? game.board.accounts[0];
  return {
    account: first.id,
    person: "",
    form: null,
    news: true, // whether what happened last turn stands open
    asking: false, // whether to start over
    why,
    heard: why, // the reason as the kernel last said it
    moves: game.plan, // the plan as last asked for
    kept: game.kept,
    focus: "",
    sent: 0, // the number of the drawing on which the turn was ended
  };
}

/** @param {Store} store */
function listen(store) {
  if (store.ui) return;
  store.desk = store.draft.beside("turn");
  store.ui = fresh(store);
  store.model.on("change:desk", () => {
    hearReason(store);
    store.tell();
  });
  store.model.on("change:game", () => onGame(store));
  store.model.on("change:page", () => showPage(store));
  restore(store);
}

/**
 * A plan was looked at, or a turn was played, here or elsewhere: the focus goes to what is new.
 * @param {Store} store
 */
function onGame(store) {
  const game = gameOf(store);
  const isMine = store.ui.sent > 0 && game.kept > store.ui.kept;
  if (game.kept < store.ui.kept) store.ui = { ...fresh(store), focus: "happened" };
  else if (game.kept > store.ui.kept) turnOver(store, game, isMine);
  const { ui } = store;
  if (plain(game.plan) === plain(ui.moves)) ui.asked = false;
  if (!ui.asked) ui.moves = game.plan;
  hearReason(store);
  keepDesk(store);
  moveFocus(store);
  announce(store, game, isMine);
}

/**
 * @param {Store} store
 * @param {Game} game
 * @param {boolean} isMine
 */
function turnOver(store, { kept, board }, isMine) {
  const focus = board.over ? "debrief" : "happened";
  Object.assign(store.ui, {
    form: null,
    news: true,
    more: false,
    kept,
    sent: 0,
    asked: false,
    focus: isMine ? focus : "",
  });
}

/** @param {Store} store */
function moveFocus(store) {
  const views = [...store.views];
  const here = views.find(({ root }) => root.contains(document.activeElement)) ?? views[0];
  store.tell();
  const { focus } = store.ui;
  store.ui.focus = "";
  if (focus && here) named(here, focus)?.focus();
}

/**
 * What came of a turn, once and shortly, for who does not see it.
 * @param {Store} store
 * @param {Game} game
 * @param {boolean} isMine
 */
function announce(store, { board, elsewhere }, isMine) {
  const [view] = store.views;
  const { words } = store;
  if (!view || !(isMine || elsewhere)) return;
  const count = (/** @type {string} */ tone) => board.happened.filter((event) => event.tone === tone).length;
  const tones = { good: count("good"), bad: count("bad"), news: count("news") };
  const said = board.over
    ? fill(words.over_told, { ...board.result })
    : fill(words.turn_told, { n: board.turn - 1, ...tones });
  view.spoken.textContent = elsewhere || said;
}

/**
 * @param {Store} store
 * @param {Partial<Ui>} change
 * @param {string} [focus]
 */
function open(store, change, focus = "") {
  Object.assign(store.ui, change);
  store.tell();
  if (focus) store.views.forEach((view) => named(view, focus)?.focus());
}

// ---------------------------------------------------------------- the desk: what is not played yet

/**
 * The browser keeps plan and reason from the very key press until the turn is played: a page closed at once, a kernel
 * that died. What is newer, this or what the kernel knows, comes back to the desk.
 * @param {Store} store
 */
function keepDesk(store) {
  const { why, moves, kept } = store.ui;
  if (why.trim() || moves.length) store.desk.keep({ moves, why }, { turns: kept });
  else store.desk.drop();
}

/** @param {Store} store */
function restore(store) {
  const { ui } = store;
  const found = store.desk.read() ?? lostTurn(store);
  if (!found?.patch) return;
  const { moves = [], why = "" } = found.patch;
  const lost = lostTurn(store);
  if (lost && lost.patch.why === why.trim()) store.settleDraft(false);
  const isPlayed = store.value.turns?.[found.was?.turns]?.why === why.trim();
  if (isPlayed) store.desk.drop();
  if (isPlayed || found.time <= deskOf(store).time || (why === ui.why && plain(moves) === plain(ui.moves))) return;
  Object.assign(ui, { why, moves, asked: true });
  sendDesk(store, true);
  if (!gameOf(store).board.over) store.told = store.words.desk_back;
}

/**
 * A turn that was ended and not saved, where the game has gone on meanwhile.
 * @param {Store} store
 * @returns {Left | null}
 */
function lostTurn({ unsent: [first] }) {
  const turns = first?.patch?.turns;
  const turn = Array.isArray(turns) && turns.at(-1);
  if (!turn) return null;
  return { patch: { moves: turn.decisions, why: turn.why }, was: { turns: turns.length - 1 }, time: first.time };
}

/** @param {Store} store */
function hearReason(store) {
  const { ui } = store;
  const { why } = deskOf(store);
  if (ui.why === ui.heard) ui.why = why; // else more has been typed since
  ui.heard = why;
}

/**
 * @param {Store} store
 * @param {boolean} [withPlan]
 */
function sendDesk(store, withPlan = false) {
  const { ui } = store;
  clearTimeout(ui.pause);
  ui.pause = 0;
  store.send({ do: "plan", why: ui.why, time: Date.now(), ...(withPlan && { moves: ui.moves }) });
}

/**
 * @param {Store} store
 * @param {string} why
 */
function write(store, why) {
  const { ui } = store;
  ui.why = why;
  keepDesk(store);
  clearTimeout(ui.pause);
  ui.pause = setTimeout(() => sendDesk(store), PAUSE);
  store.tell();
}

/**
 * What was typed is sent when the field is left.
 * @param {Store} store
 */
function leaveReason(store) {
  if (store.ui.pause) sendDesk(store);
}

// ---------------------------------------------------------------- planning and committing

/**
 * @param {Store} store
 * @param {Move[]} moves
 * @param {string} focus
 */
function plan(store, moves, focus) {
  Object.assign(store.ui, { moves, asked: true, focus });
  keepDesk(store);
  sendDesk(store, true);
}

/**
 * Puts a move into the turn; what is believed of a person is noted once.
 * @param {Store} store
 * @param {Move} move
 */
function add(store, move) {
  const same = (/** @type {Move} */ other) =>
    move.do === "note" && other.do === "note" && other.account === move.account && other.person === move.person;
  const rest = store.ui.moves.filter((other) => !same(other));
  store.ui.form = null;
  plan(store, [...rest, move], keyOf(move));
}

/**
 * @param {Store} store
 * @param {number} place
 */
function takeOut(store, place) {
  const { plan: moves } = gameOf(store);
  const rest = moves.filter((_, n) => n !== place);
  plan(store, rest, rest.length ? `out/${Math.max(0, place - 1)}` : "why");
}

/**
 * Why the turn cannot be ended yet; "" when it can.
 * @param {Store} store
 */
function unready(store) {
  const { words, ui } = store;
  if (!gameOf(store).preview.ok) return words.plan_broken;
  return ui.why.trim() ? "" : words.why_first;
}

/** @param {Store} store */
function commit(store) {
  const game = gameOf(store);
  const { ui } = store;
  if (unready(store) || (ui.sent === game.n && store.status.kind !== "failed")) return;
  clearTimeout(ui.pause);
  Object.assign(ui, { sent: game.n, heard: ui.why, pause: 0 });
  const turn = { decisions: game.plan, why: ui.why.trim() };
  const patch = { turns: [...(store.value.turns ?? []).slice(0, game.kept), turn] };
  store.change(patch);
  if (store.mode === "preview") store.send({ do: "change", patch });
}

// ---------------------------------------------------------------- numbers

/**
 * "2일 · 1명"; nothing where a move costs nothing.
 * @param {Store} store
 * @param {Cost} cost
 */
function costText(store, cost) {
  const { words, face } = store;
  const units = Object.fromEntries(gameOf(store).board.resources.map(({ id, unit }) => [id, unit]));
  /** @type {(name: string, n: number) => string | number} */
  const number = (name, n) => (name === "money" && face.lang === "ko" ? won(n * 1e6) : n);
  const said = Object.entries(cost)
    .filter(([, n]) => n)
    .map(([name, n]) => {
      const template = words[`cost_${name}${n === 1 ? "_1" : ""}`] ?? words.cost;
      return fill(template, { n: number(name, n), unit: units[name] });
    });
  return said.length ? said.join(" · ") : words.free;
}

/** @param {View} view */
function buildResources(view) {
  const { resources } = gameOf(view.store).preview;
  const now = Object.fromEntries(gameOf(view.store).board.resources.map((each) => [each.id, each]));
  return h(
    "ul",
    { class: "b2b-resources", "aria-label": view.store.words.resources },
    resources.map((each) => meter(view.store, each, now[each.id])),
  );
}

/**
 * What is left, and behind it what the plan takes.
 * @param {Store} store
 * @param {Resource} resource
 * @param {Resource} before
 */
function meter({ words }, { name, unit, left, of }, before) {
  const share = (/** @type {number} */ n) => `${of ? (100 * n) / of : 0}%`;
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

/**
 * A heading of a part of the game; the exercise itself stands below a lesson's section.
 * @param {string | Node} text
 * @param {{ [name: string]: string }} [attributes]
 */
const head = (text, attributes = {}) => h("h4", { class: "b2b-head", ...attributes }, text);

// ---------------------------------------------------------------- the board

/**
 * The customers side by side, each with its road; one of them is open below.
 * @param {View} view
 */
function buildAccounts(view) {
  const { board } = gameOf(view.store);
  const strip = h(
    "ul",
    { class: "b2b-accounts" },
    board.accounts.map((account) => h("li", {}, buildAccount(view, account))),
  );
  strip.style.setProperty("--b2b-accounts", String(board.accounts.length));
  return h("section", { class: "b2b-strip" }, head(view.store.words.accounts, { class: "b2b-unseen" }), strip);
}

/**
 * @param {View} view
 * @param {Account} account
 */
function buildAccount(view, account) {
  const { store } = view;
  const isOpen = store.ui.account === account.id;
  const waiting = signals(store, account);
  const said = waiting.map(({ text }) => text);
  return h(
    "button",
    {
      type: "button",
      class: `b2b-account is-${account.state}`,
      "data-at": `account/${account.id}`,
      "aria-label": heardAs(account.name, stepSaid(store, account), standing(store, account), ...said),
      "aria-pressed": isOpen ? "true" : "false",
      onclick: () =>
        open(store, { account: account.id, person: isOpen ? store.ui.person : "", form: null, news: false }),
    },
    h("span", { class: "b2b-account-top" }, h("b", {}, account.name), stepNow(store, account)),
    h("span", { class: "b2b-small" }, standing(store, account)),
    path(account, gameOf(store).board.steps),
    h(
      "span",
      { class: "b2b-signals" },
      waiting.map(({ text, name }) => h("span", { class: name }, text)),
    ),
  );
}

/**
 * @param {Store} store
 * @param {Account} account
 */
function standing({ words }, { size_name: size, state, state_name: name, trust }) {
  const said = [size, fill(words.trust, { n: trust })];
  return (state === "open" ? said : [...said, name]).join(" · ");
}

/**
 * What waits for an answer there, in words; once the game is over nothing does.
 * @param {Store} store
 * @param {Account} account
 * @returns {{ text: string, name: string }[]}
 */
function signals(store, account) {
  const { words } = store;
  if (gameOf(store).board.over) return [];
  const { question, orders, defect, quiet, state, step } = account;
  const waiting = [
    question ? words.has_question : "",
    orders.length ? fill(words.has_orders, { n: orders.length }) : "",
    defect ? words.has_defect : "",
  ].filter(Boolean);
  const alone = (state === "signed" || (state === "open" && step > 1)) && quiet >= SEEN_TURNS;
  const told = waiting.map((text) => ({ text, name: "is-waiting" }));
  return alone ? [...told, { text: fill(words.quiet, { n: quiet }), name: "is-quiet" }] : told;
}

/**
 * The step it has come to, by number and name.
 * @param {Store} store
 * @param {Account} account
 */
function stepNow(store, { step }) {
  const { number, short } = gameOf(store).board.steps[step - 1] ?? {};
  return h("span", { class: "b2b-small" }, step ? `${number} ${short}` : store.words.not_begun);
}

/**
 * The same for who does not see the road.
 * @param {Store} store
 * @param {Account} account
 */
function stepSaid(store, { step }) {
  const { steps } = gameOf(store).board;
  if (!step) return store.words.not_begun;
  const { number, short } = steps[step - 1];
  return `${fill(store.words.step_of, { n: number, total: steps.length })}, ${short}`;
}

/**
 * The ten steps as a line, walked so far.
 * @param {Account} account
 * @param {Step[]} steps
 */
function path({ step }, steps) {
  const place = (/** @type {number} */ n) => `${(100 * (n - 0.5)) / steps.length}%`;
  const ticks = steps.map(({ number }) => h("i", { class: "b2b-tick", style: `left:${place(number)}` }));
  const walked = h("i", { class: "b2b-walked", style: `width:${step ? place(step) : 0}` });
  const here = step ? h("i", { class: "b2b-dot", style: `left:${place(step)}` }) : null;
  return h("span", { class: "b2b-path", "aria-hidden": "true" }, ticks, walked, here);
}

/**
 * What happened, and the customer that is open: long ones scroll here, so that the plan never leaves.
 * @param {View} view
 */
function buildStage(view) {
  const { store } = view;
  const { board } = gameOf(store);
  const account = accountOf(store);
  const key = `stage/${board.turn}/${account?.id}/${store.ui.news}`;
  return h(
    "div",
    { class: "b2b-stage", "data-scroll": key },
    buildHappened(view),
    account && buildOpened(view, account),
  );
}

/**
 * @param {View} view
 * @param {Account} account
 */
function buildOpened(view, account) {
  const { words } = view.store;
  const question = account.question && [h("b", {}, words.question), ` «${account.question.text}»`];
  return h(
    "section",
    { class: "b2b-opened" },
    head(account.name, { class: "b2b-name" }),
    h("p", {}, account.about),
    question ? h("p", { class: "b2b-question" }, question) : null,
    buildPeople(view, account),
    buildPerson(view),
    buildWork(view, account),
    buildFacts(view, account),
  );
}

/**
 * @param {View} view
 * @param {Account} account
 */
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

/** @type {{ [state: string]: string }} */
const TEST_MARKS = { passed: "right", failed: "wrong", next: "partly", later: "also" };

/**
 * Tests, orders that wait, and what the factory makes.
 * @param {View} view
 * @param {Account} account
 */
function buildWork({ store }, { tests, orders, making, defect }) {
  const { words } = store;
  const test = (/** @type {Account["tests"][number]} */ { name, state }) =>
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

/**
 * @param {View} view
 * @param {Account} account
 */
function buildPeople(view, account) {
  const { store } = view;
  const { words, ui } = store;
  if (!account.people.length) {
    const unknown = fill(words.people_unknown, { n: account.people_count });
    return h("p", { class: "b2b-small" }, unknown);
  }
  const chosen = account.people.some(({ id }) => id === ui.person) ? ui.person : account.people[0].id;
  const cards = account.people.map((person) => buildCard(store, account, person, person.id === chosen));
  const title = fill(words.people_of, { name: account.name });
  return h(
    "div",
    { class: "b2b-people-part" },
    h("div", { class: "b2b-people-head" }, h("h5", { class: "b2b-small" }, title), buildLegend(view)),
    h("div", { class: "b2b-people", role: "group", "aria-label": title }, cards),
  );
}

/**
 * @param {Store} store
 * @param {Account} account
 * @param {Person} person
 * @param {boolean} isStop
 */
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
      "aria-label": heardAs(person.name, person.title, supportSaid(words, person), beliefText(store, person, noted)),
      onclick: () => choosePerson(store, person),
    },
    h("span", { class: "b2b-person-top" }, h("b", {}, person.name), support(person)),
    h("span", { class: "b2b-small" }, person.title),
    h("span", { class: "b2b-belief" }, beliefText(store, person, noted)),
  );
}

/**
 * What was heard stands below the cards: it comes into sight, and the cards stay there as far as they can.
 * @param {Store} store
 * @param {Person} person
 */
function choosePerson(store, { id }) {
  open(store, { person: store.ui.person === id ? "" : id, form: null });
  for (const { body } of store.views) {
    const stage = within(body, ".b2b-stage");
    const heard = within(body, ".b2b-heard");
    if (!stage || !heard) continue;
    const top = heard.offsetTop - stage.offsetTop;
    const lowest = top + heard.offsetHeight + 16 - stage.clientHeight; // 16: the fade
    stage.scrollTop = Math.min(top, Math.max(stage.scrollTop, lowest));
  }
}

/**
 * What is believed of a person, with what the plan is about to note.
 * @param {Store} store
 * @param {Account} account
 * @param {Person} person
 * @returns {Noted}
 */
function notedOf(store, account, person) {
  const planned = gameOf(store).plan.findLast(
    (move) => move.do === "note" && move.account === account.id && move.person === person.id,
  );
  return planned ? { roles: planned.roles, interests: planned.interests, fear: planned.fear } : person.noted;
}

/**
 * @param {Named[]} list
 * @param {string} id
 */
const nameIn = (list, id) => list.find((each) => each.id === id)?.name ?? id;

/**
 * @param {Store} store
 * @param {Person} person
 * @param {Noted} noted
 */
function beliefText(store, person, noted) {
  const { words } = store;
  const { choices } = gameOf(store).board;
  if (!person.met && !noted.roles.length) return words.not_met;
  const roles = noted.roles.map((id) => nameIn(choices.roles, id)).join(" · ") || words.role_unknown;
  const wishes = noted.interests.map((id) => nameIn(choices.benefits, id)).join(" · ") || words.wish_unknown;
  return `${roles}. ${wishes}`;
}

/**
 * Two boxes against, two for; the card's name says it in words.
 * @param {{ support: number | null }} person
 */
function support({ support: n }) {
  const box = (/** @type {boolean} */ filled, /** @type {string} */ kind) => h("i", { class: filled ? kind : "" });
  const against = [2, 1].map((level) => box(n !== null && n <= -level, "is-against"));
  const inFavour = [1, 2].map((level) => box(n !== null && n >= level, "is-for"));
  return h("span", { class: "b2b-support" }, against, h("i", { class: "is-middle" }), inFavour);
}

/**
 * @param {Words} words
 * @param {Person} person
 */
const supportSaid = (words, { support: n }) => (n === null ? words.support_unknown : words[`support_${n}`]);

const CLUES = ["role", "wish", "fear", "ear", "gate"];

/**
 * Everything that was heard from the person whose card is chosen.
 * @param {View} view
 */
function buildPerson({ store }) {
  const [account, person] = [accountOf(store), personOf(store)];
  if (!account || !person) return null;
  const { words } = store;
  const { choices } = gameOf(store).board;
  const clue = (/** @type {Person["clues"][number]} */ { kind, text }) =>
    h(
      "li",
      {},
      h("span", { class: "b2b-small" }, words[`clue_${CLUES.includes(kind) ? kind : "other"}`]),
      h("span", {}, text),
    );
  const told = (person.told ?? []).map((id) => nameIn(choices.benefits, id));
  const fear = notedOf(store, account, person).fear;
  const lines = [
    ...person.clues.map(clue),
    told.length ? clue({ kind: "told", text: fill(words.told, { list: told.join(" · ") }) }) : null,
    fear ? clue({ kind: "note", text: fill(words.noted_fear, { fear: nameIn(choices.fears, fear) }) }) : null,
  ];
  const nothing = h("p", { class: "b2b-small" }, words.nothing_heard);
  return h(
    "section",
    { class: "b2b-heard" },
    h("h5", {}, person.name),
    person.clues.length ? h("ul", {}, lines) : nothing,
  );
}

/**
 * Which boxes mean what; the words on the cards say it too.
 * @param {View} view
 */
function buildLegend({ store }) {
  const { words } = store;
  const entry = (/** @type {number} */ n, /** @type {string} */ word) => h("span", {}, support({ support: n }), word);
  return h(
    "div",
    { class: "b2b-boxes b2b-small", "aria-hidden": "true" },
    entry(2, words.support_1),
    entry(-2, words["support_-1"]),
  );
}

// ---------------------------------------------------------------- the desk: what happened, what can be done, the turn

/**
 * What can be done, and the turn; the turn keeps its place whatever is open above it.
 * @param {View} view
 */
function buildDesk(view) {
  return h("div", { class: "b2b-desk" }, buildMoves(view), buildTurn(view));
}

const TONES = { good: "right", bad: "wrong", news: "news" };

/**
 * What the last turn brought, or at the start where the player stands; it folds once she looks elsewhere.
 * @param {View} view
 */
function buildHappened({ store }) {
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
function buildEvents(store) {
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
function firstOf(happened) {
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
function eventList(store, events) {
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

/**
 * A line that opens something below it.
 * @param {Store} store
 * @param {Fold} name
 * @param {string} label
 * @param {Node | Node[]} inside
 * @param {boolean | undefined} isOpen
 * @param {"div" | "h4"} [around]
 */
function fold(store, name, label, inside, isOpen, around = /** @type {"div" | "h4"} */ ("div")) {
  const toggle = h(
    "button",
    { type: "button", class: "b2b-toggle b2b-small", "data-at": name, "aria-expanded": isOpen ? "true" : "false" },
    icon("next"),
    label,
  );
  toggle.addEventListener("click", () => open(store, { [name]: !isOpen }));
  return h("div", { class: "b2b-fold" }, h(around, {}, toggle), isOpen ? inside : null);
}

/** @param {Move} move */
function keyOf({ do: name, account, person = "", order = "" }) {
  return ["move", name, account, person || order].join("/");
}

/**
 * The moves at the account that is open, those towards the chosen person first.
 * @param {View} view
 */
function buildMoves(view) {
  const { store } = view;
  const { words, ui } = store;
  const account = accountOf(store);
  if (!account)
    return h(
      "section",
      { class: "b2b-moves" },
      head(words.moves),
      h("p", { class: "b2b-small" }, words.choose_account),
    );
  const here = gameOf(store).moves.filter((each) => each.account === account.id);
  const person = personOf(store);
  const towards = here.filter((each) => each.person && each.person === ui.person);
  const firm = here
    .filter((each) => !each.person)
    .sort((one, two) => Number(one.move.do === "give_up") - Number(two.move.do === "give_up"));
  const key = `moves/${account.id}/${person?.id}`;
  return h(
    "section",
    { class: "b2b-moves", "data-scroll": key },
    person
      ? [head(fill(words.moves_person, { name: person.name })), buildList(view, towards, words.no_moves_person)]
      : null,
    head(fill(words.moves_account, { name: account.name })),
    buildList(view, firm, words.no_moves),
    !person && account.people.length ? h("p", { class: "b2b-small" }, words.choose_person) : null,
  );
}

/**
 * @param {View} view
 * @param {Entry[]} entries
 * @param {string} empty
 */
function buildList(view, entries, empty) {
  if (!entries.length) return h("p", { class: "b2b-small" }, empty);
  return h(
    "ul",
    { class: "b2b-list-moves" },
    entries.map((entry) => buildMove(view, entry)),
  );
}

/**
 * @param {View} view
 * @param {Entry} entry
 */
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
      "aria-label": heardAs(entry.label, isPlanned && store.words.is_planned, costText(store, entry.cost)),
      onclick: () => choose(store, entry, isOpen),
    },
    h("span", { class: `b2b-choose${isPlanned ? " is-planned" : ""}` }),
    h("span", { class: "b2b-move-name" }, entry.label),
    h("span", { class: "b2b-small" }, costText(store, entry.cost)),
  );
  return h(
    "li",
    { class: isOpen ? "is-open" : "" },
    button,
    isOpen && store.ui.form ? buildForm(view, entry, store.ui.form) : null,
  );
}

/**
 * @param {Store} store
 * @param {Entry} entry
 * @param {boolean | undefined} isOpen
 */
function choose(store, entry, isOpen) {
  if (!entry.fields.length) add(store, entry.move);
  else open(store, { form: isOpen ? null : begun(entry.move) });
  for (const { body } of store.views) {
    const box = within(body, ".b2b-moves");
    const row = within(body, ".b2b-list-moves > .is-open");
    if (box && row) box.scrollTop = row.offsetTop - box.offsetTop; // the whole of a form, as far as there is room
  }
}

/**
 * A form as it begins; `typed` holds what stands in its fields of numbers, be it one or not.
 * @param {Move} move
 */
const begun = (move) => ({ key: keyOf(move), move: structuredClone(move), typed: {}, n: 0 });

/**
 * The turn as planned, the reason, and its end.
 * @param {View} view
 */
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
  input.addEventListener("input", () => write(store, input.value));
  input.addEventListener("blur", () => leaveReason(store));
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
    head(words.plan),
    list,
    h("label", { class: "b2b-why", for: id }, words.why),
    input,
    h("div", { class: "b2b-buttons" }, view.commit, view.unready),
  );
}

/**
 * @param {Store} store
 * @param {Planned} planned
 * @param {number} at
 */
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

/**
 * Below the board: the journal, and what our own firm is good at.
 * @param {View} view
 */
function buildBelow(view) {
  const { words } = view.store;
  const { vendor } = gameOf(view.store).board;
  const list = vendor.strengths.map(({ name }) => name).join(" · ");
  const strengths = fill(words.strengths, { vendor: vendor.name, list });
  return h("div", { class: "b2b-below" }, h("p", { class: "b2b-small" }, strengths), buildJournal(view));
}

/**
 * What was done and why, turn by turn; it is only read.
 * @param {View} view
 */
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
  const label = fill(words[journal.length === 1 ? "journal_1" : "journal"], { n: journal.length });
  return fold(store, "journal", label, list, ui.journal, "h4");
}

// ---------------------------------------------------------------- forms

/**
 * @param {View} view
 * @param {Entry} entry
 * @param {Form} form
 */
function buildForm(view, entry, form) {
  const { store } = view;
  /** @type {NumberCheck[]} */
  const checks = [];
  const node = h(
    "form",
    { class: "b2b-form", novalidate: true },
    entry.fields.map((field) => FIELDS[field.kind](view, field, form, checks)),
  );
  node.append(h("button", { type: "submit", class: "b2b-button", "data-at": "put-in" }, store.words.put_in));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = checks.filter(({ isRight }) => !isRight()); // all of them: each says so at its field
    if (wrong.length) wrong[0].input.focus();
    else add(store, form.move);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(store, { form: null });
    named(view, form.key)?.focus();
  });
  return node;
}

/** @type {{ [kind in Field["kind"]]: (view: View, field: Field, form: Form, checks: NumberCheck[]) => HTMLElement }} */
const FIELDS = {
  number: numberField,
  one: oneField,
  several: severalField,
  persons: severalField,
  messages: messagesField,
};

/**
 * A number in figures; what is none, or too large, is told at the field when it is left.
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 * @param {NumberCheck[]} checks
 */
function numberField(view, { name, label, min = 0, max = 0, unit }, { move, typed }, checks) {
  const { words } = view.store;
  const id = `b2b-${name}-${view.uid}`;
  const wrong = h("span", { class: "b2b-problem", id: `${id}-wrong`, role: "status" });
  const input = h("input", {
    id,
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": wrong.id,
    value: typed[name] ?? String(move[name]),
    "data-at": `field/${name}`,
  });
  const read = () => {
    const figures = input.value.normalize("NFKC").trim();
    const n = /^[0-9]+$/.test(figures) ? Number(figures) : Number.NaN;
    return n >= min && n <= max ? n : null;
  };
  const check = () => {
    const isRight = read() !== null;
    wrong.textContent = isRight ? "" : fill(words.number_wrong, { min, max });
    setAttribute(input, "aria-invalid", !isRight && "true");
    return isRight;
  };
  input.addEventListener("input", () => {
    typed[name] = input.value;
    if (read() === null) return;
    move[name] = read();
    check();
  });
  input.addEventListener("change", check);
  checks.push({ input, isRight: check });
  if (name in typed) check();
  return h(
    "div",
    { class: "b2b-number" },
    h("label", { for: id }, label),
    input,
    h("span", { class: "b2b-small" }, unit),
    wrong,
  );
}

/**
 * What a field offers: its own options, else the game's lists of roles, benefits and fears.
 * @param {View} view
 * @param {Field} field
 * @returns {Option[]}
 */
function optionsOf({ store }, { name, options }) {
  const { choices } = gameOf(store).board;
  if (options) return options;
  return name === "fear"
    ? [{ id: "", name: store.words.fear_open }, ...choices.fears]
    : name === "roles"
      ? choices.roles
      : choices.benefits;
}

/**
 * @param {string} label
 * @param {Node | Node[]} rows
 */
function fieldset(label, rows) {
  return h("fieldset", {}, h("legend", {}, label), rows);
}

/**
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 */
function oneField(view, field, { move }) {
  const { store } = view;
  if (!field.options)
    return h(
      "div",
      {},
      h("div", { class: "b2b-small" }, field.label),
      select(field.label, optionsOf(view, field), move, field.name, `field/${field.name}`),
    );
  const group = `b2b-${field.name}-${view.uid}`;
  const row = (/** @type {Option} */ { id, name, cost }) => {
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

/**
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 */
function severalField(view, field, { move }) {
  const { store } = view;
  const row = (/** @type {Option} */ { id, name }) => {
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

/**
 * @param {Store} store
 * @param {Field} field
 * @param {Move} move
 * @param {string} id
 * @param {HTMLInputElement} input
 */
function tick(store, { name, max = 0 }, move, id, input) {
  const rest = move[name].filter((/** @type {string} */ other) => other !== id);
  if (input.checked && rest.length >= max) {
    input.checked = false;
    store.say(fill(store.words.at_most, { n: max }));
    return;
  }
  move[name] = input.checked ? [...rest, id] : rest;
}

/**
 * Who is told which benefit, a row each.
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 */
function messagesField(view, field, form) {
  const { store } = view;
  const { words } = store;
  const { move } = form;
  const { persons = [], benefits = [], max = 0 } = field;
  const change = () => open(store, { form: { ...form, n: form.n + 1 } });
  const rows = move.messages.map((/** @type {Message} */ message, /** @type {number} */ at) =>
    messageRow(view, field, move, message, at, change),
  );
  const more = h(
    "button",
    { type: "button", class: "b2b-button b2b-plain", "data-at": "message/more" },
    icon("plus"),
    words.message_more,
  );
  more.addEventListener("click", () => {
    store.ui.focusIn = `message/${move.messages.length}/person`;
    const person = store.ui.person || persons[0];
    const ours = gameOf(store).board.choices.benefits.find((benefit) => benefit.ours);
    move.messages.push({ person, benefit: ours?.id ?? benefits[0] });
    change();
  });
  return fieldset(field.label, [...rows, ...(move.messages.length < max ? [more] : [])]);
}

/**
 * @param {View} view
 * @param {Field} field
 * @param {Move} move
 * @param {Message} message
 * @param {number} at
 * @param {() => void} change
 */
function messageRow(view, field, move, message, at, change) {
  const { store } = view;
  const { words } = store;
  const people = accountOf(store)?.people ?? [];
  const { benefits } = gameOf(store).board.choices;
  const persons = (field.persons ?? []).map((id) => ({ id, name: nameIn(people, id) }));
  const offered = (field.benefits ?? []).flatMap((id) => benefits.filter((benefit) => benefit.id === id));
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

/**
 * @param {string} label
 * @param {Named[]} choices
 * @param {{ [name: string]: any }} target
 * @param {string} name
 * @param {string} at
 */
function select(label, choices, target, name, at) {
  const options = choices.map((choice) =>
    h("option", { value: choice.id, selected: target[name] === choice.id }, choice.name),
  );
  const box = h("select", { "aria-label": label, "data-at": at }, options);
  box.addEventListener("change", () => (target[name] = box.value));
  return box;
}

// ---------------------------------------------------------------- the end

/** @param {View} view */
function buildEnd(view) {
  const { store } = view;
  const { words } = store;
  const { board } = gameOf(store);
  const { points = 0, of = 0, parts = [] } = board.result ?? {};
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
  return h(
    "section",
    { class: "b2b-end" },
    head(words.over, { class: "b2b-unseen" }),
    h("p", {}, h("span", { class: "b2b-big" }, `${points} / ${of}`), words.points_of),
    h("ul", { class: "b2b-parts" }, rows),
    h("div", { class: "b2b-buttons" }, debrief, buildAgain(view)),
    buildUnplayed(store),
  );
}

/**
 * Starting over is asked about in its place; Esc takes the question back.
 * @param {View} view
 */
function buildAgain({ store, uid }) {
  const { words, ui } = store;
  if (!gameOf(store).again) return null;
  /** @type {(name: string, label: string, onclick: () => void) => HTMLElement} */
  const button = (name, label, onclick) =>
    h("button", { type: "button", class: "b2b-button", "data-at": name, onclick }, label);
  if (!ui.asking) return button("again", words.again, () => open(store, { asking: true }, "again/no"));
  const back = () => open(store, { asking: false }, "again");
  const id = `b2b-again-${uid}`;
  const group = h(
    "div",
    { class: "b2b-again", role: "group", "aria-labelledby": id },
    h("span", { id }, words.again_sure),
    button("again/yes", words.again_yes, () => store.send({ do: "again" })),
    button("again/no", words.again_no, back),
  );
  group.addEventListener("keydown", (event) => event.key === "Escape" && back());
  return group;
}

/**
 * A reason that was being written while another window ended the game: it is hers to copy or to drop.
 * @param {Store} store
 */
function buildUnplayed(store) {
  const { words, ui } = store;
  if (!ui.why.trim()) return null;
  const drop = () => {
    Object.assign(ui, { why: "", moves: [] });
    keepDesk(store);
    sendDesk(store, true);
    store.tell();
  };
  const button = h("button", { type: "button", class: "b2b-button", "data-at": "drop", onclick: drop }, words.throw);
  return h(
    "div",
    { class: "b2b-note is-offer" },
    h("p", {}, words.not_played),
    h("p", { class: "b2b-quoted" }, ui.why),
    button,
  );
}

/**
 * A page of its own: the tab opens with the click, or browsers would forbid it, and is filled when it is made.
 * @param {Store} store
 */
function openPage(store) {
  store.tab = window.open("", "_blank");
  if (store.model.get("page")) showPage(store);
  else store.send({ do: "debrief" });
}

/** @param {Store} store */
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

/** @type {{ [key: string]: number }} */
const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The cards of an account's people are one stop of the Tab key; arrows go from card to card.
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  const here = targetOf(event);
  const { group } = here.dataset;
  const way = WAYS[event.key];
  if (!group || (!way && !["Home", "End"].includes(event.key))) return;
  const inside = /** @type {NodeListOf<HTMLElement>} */ (
    here.parentElement?.querySelectorAll(`[data-group="${group}"]`)
  );
  const cards = [...inside];
  const last = cards.length - 1;
  const to = event.key === "Home" ? 0 : event.key === "End" ? last : cards.indexOf(here) + way;
  const next = cards[Math.max(0, Math.min(last, to))];
  event.preventDefault();
  for (const card of cards) card.tabIndex = card === next ? 0 : -1;
  next.focus();
}

// ---------------------------------------------------------------- the kind

/**
 * @param {View} view
 * @param {number} room
 */
function layout(view, room) {
  const width = Math.min(room, WIDEST);
  view.root.classList.toggle("is-stacked", room < STACKED);
  view.root.classList.toggle("is-slim", room < SLIM);
  keepScrolled(view);
  return { width, edge: width };
}

/**
 * A new body stands where the old one was scrolled to, as long as it shows the same.
 * @param {View} view
 */
function keepScrolled(view) {
  const boxes = /** @type {NodeListOf<HTMLElement>} */ (view.body.querySelectorAll("[data-scroll]"));
  for (const box of boxes) {
    const shown = box.dataset.scroll ?? "";
    box.scrollTop = view.scrolled.get(shown) ?? 0;
    box.addEventListener("scroll", () => view.scrolled.set(shown, box.scrollTop), { passive: true });
  }
}

/**
 * The turn stands beside the title.
 * @param {View} view
 */
function paintTurn(view) {
  const { words } = view.store;
  const { board } = gameOf(view.store);
  const said = board.over ? words.over : fill(words.turn_of, { n: board.turn, total: board.turns });
  const title = view.edge.querySelector(".b2b-title");
  title?.querySelector(".b2b-turn-of")?.remove();
  title?.append(h("span", { class: "b2b-turn-of" }, said));
}

/** @param {View} view */
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
  /** @param {View} view */
  begin(view) {
    view.scrolled ??= new Map(); // what a box shows -> how far it was scrolled
    listen(view.store);
    if (!view.listensToKeys) view.root.addEventListener("keydown", onKey);
    view.listensToKeys = true;
  },
  /** @param {View} view */
  build(view) {
    paintTurn(view);
    const { notes, elsewhere, board } = gameOf(view.store);
    const told = [...notes, elsewhere].filter(Boolean).map((text) => h("p", { class: "b2b-note" }, text));
    view.commit = null;
    view.root.classList.toggle("is-over", board.over);
    const first = board.over ? buildEnd(view) : buildResources(view);
    const desk = board.over ? null : buildDesk(view);
    const parts = h("div", { class: "b2b-game" }, [buildAccounts(view), buildStage(view), desk, buildBelow(view)]);
    queueMicrotask(() => focusInside(view));
    paint(view);
    return [...told, first, parts];
  },
  shape({ store }) {
    const { account, person, form, story, journal, news, more, asking, why } = store.ui;
    const { n, board } = gameOf(store);
    return [n, account, person, form?.key, form?.n, story, journal, news, more, asking, board.over && why];
  },
  paint,
  layout,
  /** @param {Store} store */
  progress(store) {
    const { board, journal } = gameOf(store);
    return { parts: Array.from({ length: board.turns }, (_, n) => n < journal.length), unit: "turns" };
  },
});

/**
 * A row that was just added to a form gets the focus.
 * @param {View} view
 */
function focusInside(view) {
  const { ui } = view.store;
  if (!ui.focusIn) return;
  named(view, ui.focusIn)?.focus();
  ui.focusIn = "";
}
