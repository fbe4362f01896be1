"""What an allocation says of a plan: with reasons in practice, nothing of the best when graded."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.korean import Name, in_won
from b2bcourse.items.allocation.authored import ACCEPTED
from b2bcourse.items.allocation.plan import Plan, stand
from b2bcourse.items.allocation.value import Answer, clean, plain
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang, Text
    from b2bcourse.items.allocation.face import Face
    from b2bcourse.items.allocation.key import AllocationKey, TrapKey
    from b2bcourse.items.allocation.plan import LimitKey, Standing
    from b2bcourse.items.base import Outcome, Part

Lines = list[Line]

_STATES: Final = {"right": "right", "partly": "partly", "wrong": "wrong"}


def explain(
    face: Face,
    key: AllocationKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """Practice feedback: what is broken and by how much, the trap, and what is better by how much.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: ids of parts that an earlier try had wrong too; a trap among them is explained
            further, where its author did.

    Returns:
        What widgets and `render` show.
    """
    answer, _ = clean(face, value)
    standing = stand(key.rules, answer.plan)
    feedback = _frame(face, key, outcome, answer, standing, graded=False)
    if not answer.plan.empty:
        lines = _plan_lines(face, key, outcome, standing)
        lines += _trap_lines(face, key, outcome, again)
        if _verdict(outcome, "plan") == "partly":
            lines += _better_lines(face, key, answer.plan, standing)
        feedback.parts["plan"].lines = lines
    return feedback


def staged(
    face: Face,
    key: AllocationKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> Feedback:
    """After a first failed check: what is broken, the trap; not by how much the best is better."""
    answer, _ = clean(face, value)
    standing = stand(key.rules, answer.plan)
    feedback = _frame(face, key, outcome, answer, standing, graded=False)
    if not answer.plan.empty:
        lines = _plan_lines(face, key, outcome, standing)
        feedback.parts["plan"].lines = lines + _trap_lines(face, key, outcome, again)
    return feedback


def judged(face: Face, key: AllocationKey, outcome: Outcome, value: Any) -> Feedback:
    """Graded feedback: what is broken, and what the student's own plan is worth.

    It tells nothing of the best plan, nor of known traps: the next student would know.
    """
    answer, _ = clean(face, value)
    standing = stand(key.rules, answer.plan)
    feedback = _frame(face, key, outcome, answer, standing, graded=True)
    if not answer.plan.empty:
        feedback.parts["plan"].lines = _own_lines(face, key, standing)
    return feedback


def _frame(
    face: Face,
    key: AllocationKey,
    outcome: Outcome,
    answer: Answer,
    standing: Standing,
    *,
    graded: bool,
) -> Feedback:
    """All that practice and graded feedback share: the student's own marks, judged."""
    lang = face.lang
    parts = {
        part.id: _part(face, part) for part in outcome.parts if not part.id.startswith("trap/")
    }
    for limit in key.rules.limits:
        if f"limit/{limit.id}" in parts:
            _judge_limit(parts[f"limit/{limit.id}"], lang, limit, standing)
    for job, clock in standing.finish.items():
        _judge_job(parts[f"job/{job}"], lang, key, job, clock, standing)
    if "worth" in parts:
        parts["worth"].lines = _worth_lines(face, key, answer, standing)
    if answer.plan.empty:
        parts["plan"].lines = [Line(NOTES.nothing_chosen[lang])]
    big, text = _headline(face, key, outcome, answer, standing, graded=graded)
    return framed(face, outcome, big, text, parts, counts=False)


def _part(face: Face, part: Part) -> PartFeedback:
    read = face.read if part.id == "plan" and part.verdict != "right" else None
    return PartFeedback(_STATES.get(part.verdict, "not attempted"), read=read)


def _headline(
    face: Face,
    key: AllocationKey,
    outcome: Outcome,
    answer: Answer,
    standing: Standing,
    *,
    graded: bool,
) -> tuple[str, str]:
    """The one big text and the sentence beside it."""
    lang = face.lang
    points = WORDS.score[lang].format(score=f"{outcome.fraction * 10:.1f}") if graded else ""
    if answer.plan.empty:
        return WORDS.big_empty[lang], WORDS.summary_empty[lang].format(score=points).strip()
    if not standing.feasible:
        return WORDS.big_broken[lang], WORDS.summary_broken[lang].format(score=points).strip()
    best = _verdict(outcome, "plan") == "right"
    summary = WORDS.summary_best if best else WORDS.summary_kept
    big = str(amount(standing.worth, key.unit, lang))  # plain text: it is sent
    return big, summary[lang].format(score=points).strip()


def _verdict(outcome: Outcome, part_id: str) -> str:
    return next((part.verdict for part in outcome.parts if part.id == part_id), "")


def amount(number: Decimal, unit: Text, lang: Lang) -> Name:
    """A number with its unit: ``3명``, ``1 week``, ``5 weeks``."""
    return Name(with_unit(plain(number), unit[lang], lang))


def with_unit(number: str, unit: str, lang: Lang) -> str:
    """A number as text with its unit; an English unit may hold both forms, ``week|weeks``."""
    if lang == "ko" and (said := in_won(number, unit)):
        return said
    one, _, many = unit.partition("|")
    said = one if number in {"1", "−1"} or not many else many
    tight = lang == "ko" or said == "%"
    return f"{number}{'' if tight or not said else ' '}{said}"


def bare(number: Decimal, unit: str, lang: Lang) -> str:
    """A number whose unit follows later: «2 to 5 weeks». Korean money is said in full each time."""
    return (in_won(plain(number), unit) if lang == "ko" else "") or plain(number)


def _judge_limit(part: PartFeedback, lang: Lang, limit: LimitKey, standing: Standing) -> None:
    """How much of a limit is used, and by how much it is broken."""
    used = standing.used[limit.id]
    bound = limit.most if limit.most is not None else limit.least
    assert bound is not None  # an author gives one of them
    part.score = f"{plain(used)} / {plain(bound)}"
    gap = standing.gaps.get(limit.id)
    if gap is None:
        return
    over = gap > 0
    lead, why = (WORDS.over, WORDS.over_why) if over else (WORDS.under, WORDS.under_why)
    broken = limit.most if over else limit.least
    assert broken is not None  # the one that is broken was given
    text = why[lang].format(
        used=amount(used, limit.unit, lang),
        limit=amount(broken, limit.unit, lang),
        gap=amount(abs(gap), limit.unit, lang),
    )
    part.lines = [Line(lead[lang].format(name=limit.name[lang]), text)]


def _judge_job(
    part: PartFeedback,
    lang: Lang,
    key: AllocationKey,
    job: str,
    clock: Decimal,
    standing: Standing,
) -> None:
    """When a job is finished, and by how much too late."""
    due, unit = key.rules.jobs[job].due, key.time_unit
    part.score = f"{plain(clock)} / {plain(due)}"
    if job not in standing.late:
        return
    text = WORDS.late_why[lang].format(
        finish=amount(clock, unit, lang),
        due=amount(due, unit, lang),
        gap=amount(standing.late[job], unit, lang),
    )
    part.lines = [Line(WORDS.late[lang].format(name=key.rows[job][lang]), text)]


def _own_lines(face: Face, key: AllocationKey, standing: Standing) -> Lines:
    lang = face.lang
    if not standing.feasible:
        return [Line(WORDS.broken[lang])]
    return [Line(WORDS.kept[lang], _is_worth(face, key, standing))]


def _plan_lines(face: Face, key: AllocationKey, outcome: Outcome, standing: Standing) -> Lines:
    lang = face.lang
    if not standing.feasible:
        worth = amount(standing.worth, key.unit, lang)
        on_paper = WORDS.would_be_worth[lang].format(name=Name(face.worth), worth=worth)
        return [Line(WORDS.broken[lang], on_paper)]
    said = _is_worth(face, key, standing)
    if _verdict(outcome, "plan") == "right":
        return [Line(WORDS.best[lang], f"{said} {key.why[lang]}")]
    return [Line(WORDS.kept[lang], said)]


def _is_worth(face: Face, key: AllocationKey, standing: Standing) -> str:
    worth = amount(standing.worth, key.unit, face.lang)
    return WORDS.is_worth[face.lang].format(name=Name(face.worth), worth=worth)


def _trap_lines(face: Face, key: AllocationKey, outcome: Outcome, again: frozenset[str]) -> Lines:
    """The trap that the plan is, with its reason; more for who comes back to it."""
    lang = face.lang
    if _verdict(outcome, "plan") == "right":
        return []
    lines = []
    for trap in _traps(key, outcome):
        lines.append(Line(WORDS.trap[lang].format(name=trap.name[lang]), trap.reason[lang]))
        if trap.id in again and trap.misconception:
            lines.append(Line(WORDS.again[lang], trap.misconception[lang]))
    return lines


def _traps(key: AllocationKey, outcome: Outcome) -> list[TrapKey]:
    met = {part.id for part in outcome.parts}
    return [trap for trap in key.traps if trap.id in met]


def _better_lines(face: Face, key: AllocationKey, plan: Plan, standing: Standing) -> Lines:
    """By how much the best plan is better, and what it leaves free; never which it is."""
    lang = face.lang
    better = stand(key.rules, key.plans[0])
    gap = amount(better.worth - standing.worth, key.unit, lang)
    more = WORDS.better_by[lang].format(name=Name(face.worth), gap=gap)
    room = _has_room(face, key, plan, standing)
    why = WORDS.room[lang] if room else _freed(lang, key, standing, better)
    return [Line(WORDS.better[lang], f"{more} {why}")]


def _has_room(face: Face, key: AllocationKey, plan: Plan, standing: Standing) -> bool:
    """Whether one more job, tick or step would fit and bring something."""
    found = (stand(key.rules, larger) for larger in _one_more(face, plan))
    return any(each.feasible and each.worth > standing.worth for each in found)


def _one_more(face: Face, plan: Plan) -> Iterator[Plan]:
    for row in face.rows:
        cells = plan.amounts.get(row.id, {})
        for field in face.fields:
            number = cells.get(field.id, Decimal(0)) + Decimal(repr(field.step))
            if number <= Decimal(repr(field.max[row.id])):
                yield Plan({**plan.amounts, row.id: {**cells, field.id: number}})
        if face.line and row.id not in plan.order:
            for place in range(len(plan.order) + 1):
                order = (*plan.order[:place], row.id, *plan.order[place:])
                yield Plan({job: {ACCEPTED: Decimal(1)} for job in order}, order)


def _freed(lang: Lang, key: AllocationKey, standing: Standing, better: Standing) -> str:
    freed = [
        f"{limit.name[lang]} {amount(saved, limit.unit, lang)}"
        for limit in key.rules.limits
        if (saved := standing.used[limit.id] - better.used[limit.id]) > 0
    ]
    if freed:
        return WORDS.frees[lang].format(freed=", ".join(freed))
    ends = [max(each.finish.values(), default=Decimal(0)) for each in (standing, better)]
    if ends[0] > ends[1]:
        gap = amount(ends[0] - ends[1], key.time_unit, lang)
        return WORDS.first_ends[lang].format(gap=gap)
    return WORDS.frees_none[lang]


def _worth_lines(face: Face, key: AllocationKey, answer: Answer, standing: Standing) -> Lines:
    """Whether the student's own sum is right; else the sum, row by row, of his own plan."""
    lang = face.lang
    if answer.plan.empty:
        return []
    name = Name(face.worth)
    if answer.worth is None:
        return [Line(WORDS.worth_missing[lang].format(name=name))]
    worth = amount(standing.worth, key.unit, lang)
    idle = "" if standing.feasible else WORDS.worth_idle[lang]
    if abs(answer.worth - standing.worth) <= key.tolerance:
        return [Line(WORDS.worth_right[lang].format(name=name, worth=worth), idle)]
    parts = [
        f"{key.rows[row][lang]} {bare(part, key.unit[lang], lang)}"
        for row, part in standing.parts.items()
    ]
    total = WORDS.worth_sum[lang].format(sum=" + ".join(parts), worth=worth)
    typed = amount(answer.worth, key.unit, lang)
    return [Line(WORDS.worth_wrong[lang].format(typed=typed), f"{total} {idle}".rstrip())]
