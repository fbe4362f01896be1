"""The page: one file that says what can be said of a class of this size, and no more."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from classes import NOW, a_class, exercise, in_points, scored, told

from b2bcourse.facts.slips import slips
from b2bcourse.render.look import COLOURS, DARK
from b2bcourse.report.findings import find
from b2bcourse.report.page import page
from b2bcourse.report.points_part import bin_width
from b2bcourse.report.seen import Answer, Pupil
from b2bcourse.report.table import HEAD, rows


def points(students, items=5, seed=1):
    """A class whose points go together."""
    chance = np.random.default_rng(seed)
    skill = chance.uniform(0.2, 1.0, students)
    table = np.clip(10 * skill[:, None] + chance.normal(0, 1.5, (students, items)), 0, 10)
    return table.round(2).tolist()


def made(table, lang="ko", **changes):
    return page(find(in_points(table, lang=lang, **changes)))


def words_of(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


VOID = {"meta", "line", "circle", "rect", "path", "br"}


class Tags(HTMLParser):
    """Whether every tag is closed in its place, and what is loaded from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.loaded, self.names = [], [], set()

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.loaded += [v for n, v in attributes if n in {"src", "href", "action", "data"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _attributes):
        self.names.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("students", [1, 4, 12, 30, 90])
def test_the_page_is_whole_and_loads_nothing(students, lang):
    html = made(points(students), lang)
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert tags.loaded == []
    assert not tags.names & {"script", "link", "img", "iframe"}
    assert not re.search(r"url\(|@import|https?:", html)
    assert "None" not in words_of(html)
    assert "nan" not in html
    assert slips(words_of(html), lang) == []


def test_the_same_class_gives_the_same_page():
    assert made(points(30)) == made(points(30))


def test_what_comes_from_students_and_instructors_is_escaped():
    bad = '<img src=x onerror="alert(1)">'
    seen = in_points(points(12), title=bad)
    pupils = tuple(replace(pupil, name=f"{bad}{n}") for n, pupil in enumerate(seen.pupils))
    answers = {**pupils[0].answers, "e1": Answer("scored", 1.0, asked=bad)}
    pupils = (replace(pupils[0], answers=answers), *pupils[1:])
    html = page(find(replace(seen, pupils=pupils)))
    assert "<img" not in html
    assert "&lt;img" in html


# ---------------------------------------------------------------- what can be said


def test_of_a_small_class_neither_alpha_nor_discrimination_is_told():
    said = words_of(made(points(9)))
    assert "알파와 변별도는 적지 않습니다" in said
    assert "9명에서는 한 사람이 값을 뒤집습니다" in said
    assert not re.search(r"알파 [0-9]", said)
    assert "변별도 (95%" not in said


def test_of_ten_to_nineteen_both_are_a_hint():
    said = words_of(made(points(12)))
    assert re.search(r"알파 0\.[0-9]{2} \(95% ", said)
    assert "12명뿐이니 참고만" in said
    assert "변별도 (95%, 참고만)" in said


def test_from_twenty_on_alpha_says_what_it_is_good_for():
    said = words_of(made(points(30)))
    assert "이웃한 등수까지 가릴 만합니다" in said
    assert "참고만" not in said


def test_two_exercises_have_no_alpha():
    assert "문항이 셋보다 적어" in words_of(made(points(30, items=2)))


def test_a_class_without_any_spread_is_told_so():
    said = words_of(made([[7, 7, 7]] * 25))
    assert "모두 같은 점수입니다: 30점 만점에 21.0점" in said
    assert "모두 같은 점수라 알파가 없습니다" in said


def test_an_exercise_that_goes_with_nothing_is_to_be_looked_at_and_never_called_bad():
    chance = np.random.default_rng(4)
    table = [[*row[:4], chance.uniform(0, 10)] for row in points(40)]
    said = words_of(made(table))
    assert "살펴볼 것" in said
    assert "5번은 잘하는 사람을 가려내지 못합니다" in said or "가려내지도 못합니다" in said


def test_a_sum_that_is_not_whole_is_no_verdict():
    seen = in_points(points(25))
    first = seen.pupils[0]
    answers = {**first.answers, "e2": Answer("unread", None, waits=True)}
    seen = replace(seen, pupils=(replace(first, name="장시현", answers=answers), *seen.pupils[1:]))
    html = page(find(seen))
    assert "2번을 읽지 못함" in words_of(html)
    assert 'class="unknown"' in html
    assert "점수를 다 모르는 1명은 뺐습니다" in words_of(html)


def test_an_essay_counts_in_no_sum_until_all_are_read(tiny_keys):
    cells, essay = exercise(tiny_keys, 1, "tiny-cells"), exercise(tiny_keys, 2, "tiny-essay", 8.0)
    answers = {
        f"s{n}": {cells.id: told(5.0), essay.id: Answer("hand", 8.0 if n else None, waits=not n)}
        for n in range(4)
    }
    said = words_of(page(find(a_class([cells, essay], answers))))
    assert "다 읽지 않아 넣지 않았습니다" in said
    assert "4명 가운데 3명의 글을 읽음: 아직 계산하지 않습니다" in said
    assert "만점에 5.0점" in said
    assert "b2bcourse essays tiny" in said


@pytest.mark.parametrize(("students", "kind"), [(60, 'class="dot"'), (61, 'class="bar"')])
def test_above_sixty_students_dots_become_bars(students, kind):
    assert kind in made(points(students))


@pytest.mark.parametrize(
    ("maximum", "width"),
    [(75, 5), (100, 10), (80, 5), (10, 1), (16, 1), (30, 2), (1, 1), (500, 50)],
)
def test_bins_are_round_and_few(maximum, width):
    assert bin_width(maximum) == width


def test_nobody_who_handed_in_is_no_page_of_noughts():
    seen = a_class([], {})
    pupils = (Pupil("x", "한 사람", handed_in=False),)
    said = words_of(page(find(replace(seen, pupils=pupils, due=NOW.replace(day=1)))))
    assert "아직 아무도 내지 않았습니다" in said
    assert "멈춘 1명 한 사람" in said


def test_who_waits_stands_with_the_command_that_helps():
    seen = in_points(points(12))
    answers = {**seen.pupils[0].answers, "e1": Answer("unread", None, waits=True)}
    first = replace(seen.pupils[0], answers=answers, troubles=2)
    seen = replace(seen, pupils=(first, *seen.pupils[1:]), troubles=(2, 3))
    said = words_of(page(find(seen)))
    assert "읽지 못한 응답: s01 1번" in said
    assert "b2bcourse troubles tiny" in said
    assert "걸린 것 3건 가운데 2건을 아직 아무도 보지 않았습니다: s01." in said


def test_pairs_are_absent_where_there_are_none():
    assert "의심하지" not in made(points(30))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_whole_assignment_is_shown(graded_keys, lang):
    """Every kind of exercise, every student a little wrong."""
    items = ["matrix-people", "matrix-both", "matrix-week", "steps-road", "choosing-portfolio"]
    exercises = [exercise(graded_keys[lang], n, item) for n, item in enumerate(items, start=1)]
    answers = {}
    for number in range(14):
        found = {}
        for one in exercises:
            question = one.question
            value = question.kind.model_answer(question.face, question.key)
            for part in value.values():
                if isinstance(part, dict) and part and number % 3:
                    part.pop(sorted(part)[number % len(part)])
            found[one.id] = scored(one, value)
        answers[f"s{number:02d}"] = found
    found = find(a_class(exercises, answers, lang))
    html = page(found)
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert html.count('class="heat') == 2
    assert slips(words_of(html), lang) == []
    told_rows = list(rows(found))
    assert all(len(row) == len(HEAD) for row in told_rows)
    assert {"student", "exercise", "cell", "objective"} <= {row[0] for row in told_rows}


# ---------------------------------------------------------------- colours


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def depths():
    html = made(points(4))
    found = re.findall(r"--(right|wrong)-([123]): (#[0-9a-f]{6})", html)
    assert len(found) == 12
    return [(COLOURS, found[:6]), (DARK, found[6:])]


@pytest.mark.parametrize("theme", [0, 1])
def test_numbers_and_marks_can_be_read_on_every_depth(theme):
    colours, steps = depths()[theme]
    for kind, _, colour in steps:
        tone = colours["accent" if kind == "right" else "attention"]
        assert contrast(colours["ink"], colour) >= 6.6
        assert contrast(tone, colour) >= 3.0
