"""A graded essay's rubric and notes, as Markdown for the person who grades it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import DataError, read_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.grading.keys import Keys

# What a student sees of an essay, or what says nothing to a grader.
PUBLIC_FIELDS: Final = frozenset(
    {
        "schema",
        "id",
        "kind",
        "form",
        "level",
        "marks",
        "title",
        "task",
        "case",
        "read",
        "facts",
        "source",
    }
)


def essay_notes(keys: Keys, item_id: str) -> str:
    """All that an essay's item holds beside what the student sees.

    Args:
        keys: the course's keys.
        item_id: the essay cell's grade id.

    Returns:
        Markdown in the course's language; empty where the essay has no item.
    """
    if item_id not in keys:
        return ""
    try:
        raw = read_raw(keys.folder / f"{item_id}.yaml")
    except DataError as error:
        return str(error)
    if not isinstance(raw, dict):
        return ""
    blocks = [f"**{_HEAD[keys.lang]}**"]
    for field, content in raw.items():
        if field not in PUBLIC_FIELDS and content:
            lines = "\n".join(_bullets(content, keys.lang, 0))
            blocks.append(f"**{_label(field, keys.lang)}**\n\n{lines}")
    return "\n\n".join(blocks) if len(blocks) > 1 else ""


def _bullets(content: Any, lang: Lang, depth: int) -> Iterator[str]:
    """Nested data as nested bullets; a text in both languages is shown in one."""
    indent = "    " * depth
    if isinstance(content, dict) and set(content) == {"ko", "en"}:
        yield from _bullets(content[lang], lang, depth)
    elif isinstance(content, dict):
        for field, value in content.items():
            flat = _flat(value, lang)
            if flat is not None:
                yield f"{indent}- {_label(field, lang)}: {flat}"
            else:
                yield f"{indent}- {_label(field, lang)}"
                yield from _bullets(value, lang, depth + 1)
    elif isinstance(content, list):
        for entry in content:
            yield from _bullets(entry, lang, depth)
    else:
        yield f"{indent}- {content}"


def _flat(value: Any, lang: Lang) -> str | None:
    if isinstance(value, dict) and set(value) == {"ko", "en"}:
        value = value[lang]
    return None if isinstance(value, dict | list) else str(value)


def _label(field: object, lang: Lang) -> str:
    known = _LABELS.get(str(field))
    return known[lang] if known else str(field).replace("_", " ")


_HEAD = Text(
    ko="채점자만 보는 칸입니다. 학생의 피드백에는 나오지 않습니다.",
    en="For the grader only. Students' feedback does not show this.",
)
_LABELS: Final = {
    "rubric": Text(ko="채점 기준", en="Rubric"),
    "notes": Text(ko="채점 참고", en="Notes"),
    "grader_notes": Text(ko="채점 참고", en="Notes"),
    "model": Text(ko="모범 답안", en="Model answer"),
    "model_answer": Text(ko="모범 답안", en="Model answer"),
    "points": Text(ko="배점", en="Points"),
    "criterion": Text(ko="기준", en="Criterion"),
    "levels": Text(ko="수준", en="Levels"),
    "name": Text(ko="이름", en="Name"),
    "text": Text(ko="내용", en="Text"),
}
