"""An allocation as static HTML tables and as text."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.allocation.explain import bare, with_unit
from b2bcourse.items.allocation.outcomes import given_up, spread
from b2bcourse.items.allocation.plan import total
from b2bcourse.items.allocation.typed import table
from b2bcourse.items.allocation.value import clean, plain
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.words import NOTES
from b2bcourse.render.frame import framed, html_said, text_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.allocation.face import ColumnFace, Face, FieldFace, LimitFace
    from b2bcourse.items.allocation.value import Answer
    from b2bcourse.items.feedback import Feedback


def _style(face: Face) -> str:
    """Numbers stand at the right, in this item's tables only: a page may hold other items too."""
    own = f'.b2b-static[data-item="{face.id}"]'
    return (
        f"{own} :is(th,td){{text-align:right;vertical-align:bottom;"
        f"font-variant-numeric:tabular-nums}}{own} tr>:first-child{{text-align:left}}"
    )


def html(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """The data with what was filled in, the totals beside their limits, and the verdicts."""
    answer, _ = clean(face, value)
    lines = "".join(f"<p>{escape(line)}</p>" for line in asked(face, answer))
    told = _html_reasons(face, feedback) if feedback else ""
    tables = f"{_html_data(face, answer)}{_html_limits(face, answer)}"
    return framed(face, f"{tables}{lines}{told}", feedback, _style(face))


def _html_data(face: Face, answer: Answer) -> str:
    heads = [face.row_head, *(head_of(c) for c in face.columns), *own_heads(face)]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "".join(_html_row(face, answer, row.id, row.name) for row in face.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def head_of(column: ColumnFace | FieldFace) -> str:
    """A column's name with its unit; a share says so in each of its cells."""
    unit = column.unit.rpartition("|")[2]
    return f"{column.name} ({unit})" if unit not in {"", "%"} else column.name


def own_heads(face: Face) -> list[str]:
    """What the student fills in; on a line, places and the days that follow from them."""
    if face.line:
        return [WORDS.table_place[face.lang], WORDS.table_finish[face.lang]]
    return [head_of(field) for field in face.fields]


def _html_row(face: Face, answer: Answer, row: str, name: str) -> str:
    given = [with_percent(column, row) for column in face.columns]
    cells = "".join(f"<td>{escape(text)}</td>" for text in [*given, *own_of(face, answer, row)])
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def with_percent(column: ColumnFace, row: str) -> str:
    """What a column holds for a row, as it is shown."""
    return plain(column.values[row]) + ("%" if column.unit == "%" else "")


def own_of(face: Face, answer: Answer, row: str) -> list[str]:
    """What the student gave a row, in the columns of `_own_heads`; empty where nothing."""
    if face.line:
        finish = _finish(face, answer)
        order = answer.plan.order
        return [str(order.index(row) + 1), plain(finish[row])] if row in order else ["", ""]
    cells = answer.plan.amounts.get(row, {})
    return [_filled(face, field, cells.get(field.id)) for field in face.fields]


def _filled(face: Face, field: FieldFace, number: Decimal | None) -> str:
    if not number:
        return ""
    return NOTES.verdicts.chosen[face.lang] if is_tick(field) else plain(number)


def is_tick(field: FieldFace) -> bool:
    """Whether a field is ticked rather than given a number."""
    return (field.min, field.step) == (0, 1) and set(field.max.values()) == {1}


def _finish(face: Face, answer: Answer) -> dict[str, Decimal]:
    assert face.line  # asked only of a schedule
    leads = next(c.values for c in face.columns if c.id == face.line.lead)
    clock, found = Decimal(0), {}
    for job in answer.plan.order:
        clock += Decimal(repr(leads[job]))
        found[job] = clock
    return found


def _html_limits(face: Face, answer: Answer) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in rest)
        + "</tr>"
        for name, *rest in (_limit(face, answer, limit) for limit in face.limits)
    )
    heads = [WORDS.table_limit, WORDS.table_total, WORDS.table_limit]
    head = "".join(f'<th scope="col">{escape(text[face.lang])}</th>' for text in heads)
    head += "<td></td>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _limit(face: Face, answer: Answer, limit: LimitFace) -> tuple[str, str, str, str]:
    """A limit's name, the total, what it may be, and in a word whether it is kept."""
    name, used, bounds, kept = limit_row(face, answer, limit)
    verdict = WORDS.table_kept if kept else WORDS.table_broken
    return name, used, bounds, verdict[face.lang]


def limit_row(face: Face, answer: Answer, limit: LimitFace) -> tuple[str, str, str, bool]:
    """A limit's name, the total, what it may be, and whether it is kept."""
    lang = face.lang
    uses = {
        row: {field: Decimal(repr(use)) for field, use in cells.items()}
        for row, cells in limit.uses.items()
    }
    used = total(uses, answer.plan.amounts)
    bounds, kept = [], True
    if limit.most is not None:
        kept = used <= Decimal(repr(limit.most))
        bounds.append(WORDS.table_most[lang].format(amount=_amount(face, limit, limit.most)))
    if limit.least is not None:
        kept = kept and used >= Decimal(repr(limit.least))
        bounds.append(WORDS.table_least[lang].format(amount=_amount(face, limit, limit.least)))
    return limit.name, _amount(face, limit, used), ", ".join(bounds), kept


def _amount(face: Face, limit: LimitFace, number: float | Decimal) -> str:
    return with_unit(plain(number), limit.unit, face.lang)


def asked(face: Face, answer: Answer) -> list[str]:
    """The rule for a plan's value, and the student's own sum where it is asked for."""
    lines = [face.rule]
    if face.ask:
        number = answer.worth
        said = NOTES.verdicts.not_attempted[face.lang]
        own = said if number is None else with_unit(plain(number), face.unit, face.lang)
        lines.append(f"{face.ask} {own}")
    return [*lines, *_outcomes(face, answer)]


def _outcomes(face: Face, answer: Answer) -> list[str]:
    """What may come of the plan, and the best of what it leaves out."""
    if not face.outcomes or answer.plan.empty:
        return []
    lang, amounts = face.lang, answer.plan.amounts
    told = spread(face.outcomes, amounts)
    words = WORDS.outcomes if told.losses else WORDS.outcomes_none_lost
    lines = [
        words[lang].format(
            name=face.worth,
            expected=with_unit(plain(told.expected), face.unit, lang),
            n=plain(face.outcomes.futures),
            low=bare(told.low, face.unit, lang),
            high=bare(told.high, face.unit, lang),
            losses=plain(told.losses),
        )
    ]
    if left := given_up(face.outcomes, (row.id for row in face.rows), amounts):
        name = next(row.name for row in face.rows if row.id == left[0])
        worth = with_unit(plain(left[1]), face.unit, lang)
        lines.append(WORDS.outcomes_given_up[lang].format(row=name, worth=worth))
    return lines


def _html_reasons(face: Face, feedback: Feedback) -> str:
    return "".join(html_said(frame, face.lang) for frame in feedback.parts.values())


def text(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """The allocation as lines of text: the data, the plan, the totals and the verdicts."""
    answer, _ = clean(face, value)
    lines = [face.title, face.task, *face.case, "", *table(face), ""]
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
    lines += [*_text_plan(face, answer), *_text_limits(face, answer), *asked(face, answer)[1:]]
    for frame in feedback.parts.values() if feedback else ():
        lines += text_said(frame, "    ")
    return "\n".join(lines)


def _text_plan(face: Face, answer: Answer) -> list[str]:
    names = {row.id: row.name for row in face.rows}
    if face.line:
        finish = _finish(face, answer)
        head = WORDS.table_finish[face.lang]
        made = [
            f"{n}. {names[job]} ({head} {plain(finish[job])})"
            for n, job in enumerate(answer.plan.order, start=1)
        ]
        return made or [NOTES.verdicts.not_attempted[face.lang]]
    made = [
        f"{names[row]}: {', '.join(_said(face, field, cells) for field in face.fields)}"
        for row, cells in answer.plan.amounts.items()
    ]
    return made or [NOTES.verdicts.not_attempted[face.lang]]


def _said(face: Face, field: FieldFace, cells: Mapping[str, Decimal]) -> str:
    number = cells.get(field.id, Decimal(0))
    if is_tick(field) and number:
        return NOTES.verdicts.chosen[face.lang]
    return f"{field.name} {with_unit(plain(number), field.unit, face.lang)}"


def _text_limits(face: Face, answer: Answer) -> list[str]:
    made = []
    for limit in face.limits:
        name, used, bound, verdict = _limit(face, answer, limit)
        made.append(f"{name}: {used} ({bound}, {verdict})")
    return made
