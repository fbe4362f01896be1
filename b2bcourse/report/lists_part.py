"""The lists of the page: mistakes, objectives, people, pairs, and what waits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from b2bcourse.items.asking import MAX_SAID
from b2bcourse.report import goals, pairs, people, wrongs
from b2bcourse.report.dates import day_of, local
from b2bcourse.report.grids import floor_of
from b2bcourse.report.html import (
    attribute,
    capital,
    command,
    full,
    listed,
    note,
    one,
    section,
    text,
)
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from b2bcourse.facts import Lang, Text
    from b2bcourse.report.findings import Findings
    from b2bcourse.report.goals import Goal
    from b2bcourse.report.pairs import Pair
    from b2bcourse.report.people import Help
    from b2bcourse.report.seen import Answer, ClassSeen, Exercise, Pupil
    from b2bcourse.report.wrongs import Wrong

_FURTHER: Final = 9
_NAMES: Final = 6
_BARS: Final = 320
_BAR: Final = 44.0
_BASE: Final = 66.0


# ---------------------------------------------------------------- mistakes and objectives


def wrongs_part(found: Findings) -> str:
    """The section on mistakes: a few to be said aloud, the next ones folded."""
    if not found.totals:
        return ""
    lang = found.seen.lang
    shown = wrongs.foremost(found.wrongs)
    if not shown:
        floor = floor_of(len(found.totals))
        said = note(WORDS.wrongs_none[lang].format(floor=floor))
        return section(WORDS.wrongs_head[lang], said, "wrongs")
    left = [wrong for wrong in found.wrongs if wrong not in shown][:_FURTHER]
    body = _wrongs(shown, lang)
    if left:
        body += (
            f"<details><summary>{text(WORDS.further_wrongs[lang])}</summary>"
            f"{_wrongs(left, lang)}</details>"
        )
    return section(WORDS.wrongs_head[lang], body, "wrongs")


def _wrongs(shown: Sequence[Wrong], lang: Lang) -> str:
    return f'<ul class="counted">{"".join(_wrong(wrong, lang) for wrong in shown)}</ul>'


def _wrong(wrong: Wrong, lang: Lang) -> str:
    lines = [
        f"<strong>{text(capital(wrong.said, lang))}</strong>",
        f"<small>{text(capital(wrong.how, lang))}</small>",
        f"<span>{text(wrong.why)}</span>" if wrong.why else "",
        f"<small>{text(WORDS.reopen[lang].format(where=wrong.reopen))}</small>"
        if wrong.reopen
        else "",
    ]
    return f'<li><b class="count">{wrong.count}</b><div>{"".join(lines)}</div></li>'


def goals_part(found: Findings) -> str:
    """The section on objectives that need another hour."""
    if not found.goals:
        return ""
    lang = found.seen.lang
    weak = [goal for goal in found.goals if goal.needs_an_hour][: goals.SHOWN]
    if not weak:
        return section(WORDS.goals_head[lang], note(WORDS.goals_none[lang]), "goals")
    rows = "".join(_goal(goal, lang) for goal in weak)
    return section(WORDS.goals_head[lang], f'<ul class="counted">{rows}</ul>', "goals")


def _goal(goal: Goal, lang: Lang) -> str:
    how = WORDS.goal_how[lang].format(
        lesson=goal.lesson,
        exercises=", ".join(map(str, goal.exercises)),
        all=goal.students,
        below=goal.below,
    )
    return (
        f'<li><b class="count">{goal.below}</b><div><strong>{text(goal.text)}</strong>'
        f"<small>{text(how)}</small></div></li>"
    )


# ---------------------------------------------------------------- people


def people_part(found: Findings) -> str:
    """The section on who needs help and who has stopped."""
    lang = found.seen.lang
    shown, left = found.help[: people.SHOWN], len(found.help) - people.SHOWN
    head = WORDS.help_head[lang].format(n=len(found.help)) if shown else WORDS.help_none[lang]
    rows = "".join(_help(one_, lang) for one_ in shown)
    body = f'<ul class="named">{rows}</ul>' if rows else ""
    if left > 0:
        line = command(f"b2bcourse report {found.seen.assignment} --csv FILE")
        body += f'<p class="note">{text(WORDS.help_more[lang].format(n=left))} {line}</p>'
    return section(head, body + _stopped(found), "people")


def _help(help_: Help, lang: Lang) -> str:
    points = one(help_.points)
    ring = "" if help_.whole else " unknown"
    said = " ".join(filter(None, (_reason(help_, lang), _act(help_, lang))))
    return (
        f'<li><strong>{text(help_.pupil.name)}</strong><b class="number{ring}">{points}</b>'
        f"<small>{text(said)}</small></li>"
    )


def _reason(help_: Help, lang: Lang) -> str:
    if help_.reason == "unread" and help_.unread is not None:
        return WORDS.unread_why[lang].format(n=help_.unread.number)
    if help_.reason == "blank":
        return WORDS.blank_why[lang].format(n=help_.blank)
    weak = listed(
        WORDS.weak_why[lang].format(
            n=each.exercise.number, points=one(each.points), maximum=full(each.exercise.maximum)
        )
        for each in help_.weak
    )
    if help_.reason == "fell":
        return WORDS.fell_why[lang].format(n=round(help_.fell)) + (f" {weak}." if weak else "")
    return f"{weak}." if weak else ""


def _act(help_: Help, lang: Lang) -> str:
    if help_.reason == "unread":
        return WORDS.unread_act[lang]
    if help_.reason == "fell":
        return WORDS.fell_act[lang]
    if help_.reason == "blank":
        return WORDS.blank_act[lang]
    for each in help_.weak:
        read = each.exercise.question.item.read if each.exercise.question else None
        if read is not None:
            where = f"{read.notebook.partition('-')[0]} {read.section[lang]}"
            return WORDS.weak_act[lang].format(where=where)
    return WORDS.weak_act_nowhere[lang]


def _stopped(found: Findings) -> str:
    lang = found.seen.lang
    if not found.stopped:
        return ""
    shown = found.stopped[: people.SHOWN]
    rows = "".join(
        f"<li><strong>{text(pupil.name)}</strong>"
        f"<small>{text(_trace(pupil, found.seen))}</small></li>"
        for pupil in shown
    )
    left = len(found.stopped) - len(shown)
    more = note(WORDS.stopped_more[lang].format(n=left)) if left else ""
    head = text(WORDS.stopped_head[lang].format(n=len(found.stopped)))
    return f'<h3>{head}</h3><ul class="named stopped">{rows}</ul>{more}'


def _trace(pupil: Pupil, seen: ClassSeen) -> str:
    if pupil.trace is None:
        return WORDS.no_trace[seen.lang]
    day = day_of(local(pupil.trace.at, seen.now), seen.lang)
    return WORDS.last_trace[seen.lang].format(day=day, assignment=pupil.trace.assignment)


# ---------------------------------------------------------------- pairs


def pairs_part(found: Findings) -> str:
    """The section on equal mistakes and equal games; absent where there are none."""
    lang = found.seen.lang
    seeds = _other_seeds(found, lang)
    if not (found.pairs or found.games or found.built_in or seeds):
        return ""
    body = "".join(_pair(pair, lang) for pair in found.pairs[: pairs.SHOWN])
    left = len(found.pairs) - pairs.SHOWN
    if left > 0:
        body += note(WORDS.pair_more[lang].format(n=left))
    if found.pairs:
        body += _histogram(found.pairs[0], lang)
    for game in found.games:
        names = " · ".join(pupil.name for pupil in game.pupils)
        said = WORDS.same_game[lang].format(n=game.exercise.number)
        body += f"<p><strong>{text(names)}</strong>{text(said)}</p>"
    for built_in in found.built_in:
        said = WORDS.built_in[lang].format(n=built_in.exercise.number, name=built_in.policy)
        body += f"<p><strong>{text(built_in.pupil.name)}</strong>{text(said)}</p>"
    body += seeds
    body += note(WORDS.pair_note[lang], WORDS.pair_how[lang] if found.pairs else "")
    return section(WORDS.pairs_head[lang], body, "pairs")


def _other_seeds(found: Findings, lang: Lang) -> str:
    """Whose game stands on another seed; where that is everybody's, it is the class's log-ins."""
    seen = found.seen
    named = [
        (pupil, exercise)
        for exercise in seen.exercises
        for pupil in seen.present
        if exercise.id in pupil.other_seeds
    ]
    games = [
        pupil
        for exercise in seen.exercises
        if exercise.question and exercise.question.item.kind == "simulation"
        for pupil, _ in seen.scored(exercise)
    ]
    if len(named) > 1 and len(named) == len(games):
        return f"<p>{text(WORDS.other_seeds[lang])}</p>"
    return "".join(
        f"<p><strong>{text(pupil.name)}</strong>"
        f"{text(WORDS.other_seed[lang].format(n=exercise.number))}</p>"
        for pupil, exercise in named
    )


def _pair(pair: Pair, lang: Lang) -> str:
    names = WORDS.pair_names[lang].format(one=pair.one.name, other=pair.other.name)
    whole = pair.of == (pair.common, pair.common)
    words = WORDS.pair_all if whole else WORDS.pair_some
    said = words[lang].format(
        common=pair.common, n=pair.exercise.number, one=pair.of[0], other=pair.of[1]
    )
    mean, most = pair.usual
    usual = WORDS.pair_usual[lang].format(mean=one(mean), most=most)
    return f"<p><strong>{text(names)}</strong>{text(said)} {text(usual)}</p>"


def _histogram(pair: Pair, lang: Lang) -> str:
    """All other pairs by how much they share, and this one among them."""
    last = max(pair.common, *pair.counts, 1)
    step = (_BARS - 20) / (last + 1)
    highest = max(pair.counts.values(), default=1)
    shapes = [f'<line class="axis" x1="0" y1="{_BASE}" x2="{_BARS}" y2="{_BASE}"/>']
    told_counts = last < 12 and highest < 1000  # noqa: PLR2004 - numbers with room between
    every = 1 if last < 12 else -(-last // 8)  # noqa: PLR2004
    for number in range(last + 1):
        x, count = 10 + (number + 0.5) * step, pair.counts.get(number, 0)
        tall = _BAR * count / highest
        if count:
            width = min(18.0, 0.7 * step)
            shapes.append(
                f'<rect class="bar" x="{x - width / 2:.1f}" y="{_BASE - tall:.1f}" '
                f'width="{width:.1f}" height="{max(1.0, tall):.1f}"/>'
            )
            if told_counts and number != pair.common:
                shapes.append(_label(x, _BASE - tall - 4, str(count)))
        if number % every == 0:
            shapes.append(_label(x, _BASE + 15, str(number)))
    x = 10 + (pair.common + 0.5) * step
    top = _BASE - _BAR * pair.counts.get(pair.common, 0) / highest - 8
    shapes += [
        f'<circle class="ring" cx="{x:.1f}" cy="{top:.1f}" r="5"/>',
        _label(min(x, _BARS - 24), top - 12, WORDS.this_pair[lang]),
        _label(_BARS - 50, _BASE + 31, WORDS.pairs_axis[lang]),
    ]
    counts = listed(f"{number}: {count}" for number, count in sorted(pair.counts.items()))
    told = attribute(WORDS.pairs_alt[lang].format(counts=counts, common=pair.common))
    return (
        f'<svg class="plot" viewBox="0 0 {_BARS} {_BASE + 36:.0f}" role="img" '
        f'aria-label="{told}">{"".join(shapes)}</svg>'
    )


def _label(x: float, y: float, words: str) -> str:
    return f'<text class="tick" x="{x:.1f}" y="{y:.1f}">{text(words)}</text>'


# ---------------------------------------------------------------- waiting


def waiting_part(found: Findings) -> str:
    """The section on what waits for a person, each with the command that helps."""
    seen, lang = found.seen, found.seen.lang
    rows = list(_waiting_rows(seen))
    count = sum(count for count, _, _ in rows)
    head = WORDS.waiting_head[lang].format(n=count) if count else WORDS.waiting_none[lang]
    made = "".join(
        f'<li><b class="count">{count}</b><div>{said}{command(line) if line else ""}</div></li>'
        for count, said, line in rows
    )
    body = f'<ul class="counted">{made}</ul>' if made else ""
    return section(head, body + _asked(seen) + _moved(seen) + _troubles(seen), "waiting")


def waiting_count(seen: ClassSeen) -> int:
    """How many things wait for a person, troubles apart."""
    return sum(count for count, _, _ in _waiting_rows(seen))


def _waiting_rows(seen: ClassSeen) -> Iterator[tuple[int, str, str]]:
    """How many, what in HTML, and what to type."""
    lang, name = seen.lang, seen.assignment
    essays = _where(seen, lambda exercise, answer: exercise.by_hand and answer.waits)
    if essays:
        said = WORDS.essays_wait[lang].format(name=essays[0][0].name)
        yield len(essays), text(said), f"b2bcourse essays {name}"
    kinds: tuple[tuple[Text, Callable[[Exercise, Answer], bool], str], ...] = (
        (WORDS.unread_wait, lambda _, a: a.waits and a.state == "unread", "troubles"),
        (WORDS.old_wait, lambda _, a: a.waits and a.state == "old", "troubles"),
        (
            WORDS.other_wait,
            lambda e, a: a.waits and not e.by_hand and a.state not in {"unread", "old"},
            "troubles",
        ),
        (WORDS.asked_wait, lambda _, a: a.asked is not None, ""),
    )
    for words, chosen, line in kinds:
        if there := _where(seen, chosen):
            who = text(words[lang].format(who=_who(there, lang)))
            yield len(there), who, f"b2bcourse {line} {name}" if line else ""


def _where(
    seen: ClassSeen, chosen: Callable[[Exercise, Answer], bool]
) -> list[tuple[Pupil, Exercise]]:
    return [
        (pupil, exercise)
        for exercise in seen.exercises
        for pupil, answer in seen.answers(exercise)
        if chosen(exercise, answer)
    ]


def _who(there: Sequence[tuple[Pupil, Exercise]], lang: Lang) -> str:
    names = [WORDS.who_where[lang].format(name=p.name, n=e.number) for p, e in there[:_NAMES]]
    left = len(there) - len(names)
    said = listed(names)
    return WORDS.and_more[lang].format(names=said, n=left) if left else said


def _asked(seen: ClassSeen) -> str:
    """What students wrote with their request, in their own words."""
    lines = [
        WORDS.asked_said[seen.lang].format(who=_who([(pupil, exercise)], seen.lang), said=said)
        for exercise in seen.exercises
        for pupil, answer in seen.answers(exercise)
        if (said := " ".join((answer.asked or "").split())[:MAX_SAID])
    ]
    return "".join(f'<p class="asked">{text(line)}</p>' for line in lines)


def _moved(seen: ClassSeen) -> str:
    moved = Counter(a.moved for e in seen.exercises for _, a in seen.answers(e))[True]
    if not moved:
        return ""
    said = WORDS.moved_note[seen.lang].format(n=moved)
    return f"<p>{text(said)} {command(f'b2bcourse grade {seen.assignment} --dry-run')}</p>"


def _troubles(seen: ClassSeen) -> str:
    lang, (unseen, every) = seen.lang, seen.troubles
    if not every:
        return note(WORDS.troubles_clear[lang])
    if not unseen:
        return note(WORDS.troubles_all_seen[lang].format(all=every))
    names = [pupil.name for pupil in seen.pupils if pupil.troubles]
    who = listed(names[:_NAMES])
    if len(names) > _NAMES:
        who = WORDS.and_more[lang].format(names=who, n=len(names) - _NAMES)
    said = WORDS.troubles_note[lang].format(all=every, n=unseen, who=who)
    return f"<p>{text(said)} {command(f'b2bcourse troubles {seen.assignment}')}</p>"
