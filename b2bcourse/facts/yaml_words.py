"""What is wrong with a file that is no YAML, in plain words: most authors have never seen YAML."""

from __future__ import annotations

import re
from typing import Any, Final

_QUOTE_IT: Final = 'put the whole text in "double quotes"'
_QUOTE_OPEN: Final = "a quotation mark is opened here and never closed"
_NO_COLON: Final = "write «name: value», with a space after the colon"
_WIDE: Final = {
    "：": "a colon : and a space",
    "，": "a comma ,",
    "｛": "a brace {",
    "｝": "a brace }",
}
_NAME_BEFORE_COLON: Final = re.compile(r"([A-Za-z_]+)\s*$")
_TIGHT_HYPHEN: Final = re.compile(r"\s*-[^\s\-]")
_TIGHT_COLON: Final = re.compile(r"\s*(?:- )?[a-z_]+:\S")
_REMARK: Final = re.compile(r"(?:^|\s)#.*")
_GOES_ON: Final = re.compile(r"\s*(?:- )?(?:[a-z_]+: +)?([\[{]).*[\]}] *[^\s,]")
_TWO_COLONS: Final = re.compile(r"\s*(?:- )?[a-z_]+: +[^\s{\[\"'].*: ")


def yaml_mistake(text: str, error: Exception) -> tuple[int, str]:
    """The line of a YAML error, from 1, and what would be right there.

    Args:
        text: the file.
        error: what the reader of YAML said.

    Returns:
        The line on which to look, and a sentence without the line.
    """
    problem, context = _mark(error, "problem_mark"), _mark(error, "context_mark")
    if problem is None:
        return 1, "this is no text; save the file as UTF-8 text"
    lines = text.splitlines() or [""]
    at = min(problem.line, len(lines) - 1)
    line = lines[at]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return at + 1, "the line begins with a tab; indent with spaces"
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if context is not None and "flow" in said:
        return _in_braces(text, lines, context, problem)
    if context is not None and ("quoted scalar" in said or "simple key" in said):
        return context.line + 1, _QUOTE_OPEN if "quoted" in said else _NO_COLON
    if "cannot start any token" in said:
        return at + 1, f"a text may not begin with {_sign_at(lines, problem)} here; {_QUOTE_IT}"
    return _in_lines(lines, at)


def _mark(error: Exception, name: str) -> Any:
    return getattr(error, name, None)


def _in_braces(text: str, lines: list[str], context: Any, problem: Any) -> tuple[int, str]:
    """Between `{` and `}`, or `[` and `]`."""
    opened, at = context.line, min(problem.line, len(lines) - 1)
    pair = "]" if _sign_at(lines, context) == "[" else "}"
    if at > opened:
        return opened + 1, f"a closing {pair} or a closing quotation mark is missing here"
    line = lines[at]
    before, sign = line[: problem.column], _sign_at(lines, problem)
    wide = _wide(line)
    if wide:
        return at + 1, wide
    if before.rstrip().endswith(('"', "'")):
        return at + 1, f"the text goes on after its closing quotation mark; {_QUOTE_IT}"
    named = _NAME_BEFORE_COLON.search(before if sign == ":" else before.rstrip(": "))
    if named and _is_a_field(text, named.group(1), line):
        return at + 1, f"a comma is missing before «{named.group(1)}:»"
    if sign == ":":
        return at + 1, f"a colon stands in a text; {_QUOTE_IT}"
    return at + 1, f"a comma or a closing {pair} is missing, or a text needs quotes: {_QUOTE_IT}"


def _sign_at(lines: list[str], mark: Any) -> str:
    """The character at a mark; empty past the end."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]


def _is_a_field(text: str, name: str, line: str) -> bool:
    """Does the file use this word as a field's name elsewhere?"""
    pattern = re.compile(rf"(?:^|[{{,])\s*(?:- )?{name}:\s", re.MULTILINE)
    return any(pattern.search(other) for other in text.splitlines() if other != line)


def _wide(line: str) -> str:
    for sign, plain in _WIDE.items():
        if sign in line:
            return f"{sign} is the wide sign; YAML needs {plain}"
    return ""


def _in_lines(lines: list[str], at: int) -> tuple[int, str]:
    """Outside braces: a colon too many or too few, a hyphen, the indent."""
    for near in range(at, max(at - 2, -1), -1):
        line = _REMARK.sub("", lines[near])
        if _wide(line):
            return near + 1, _wide(line)
        if _TIGHT_HYPHEN.match(line):
            return near + 1, "write a space after the hyphen"
        if _TIGHT_COLON.match(line):
            return near + 1, "write a space after the colon"
        if _TWO_COLONS.match(line):
            return near + 1, f"a colon stands in a text; {_QUOTE_IT}"
        if (begun := _GOES_ON.match(line)) is not None:
            return near + 1, f"a text may not begin with {begun[1]} here; {_QUOTE_IT}"
    return at + 1, "the line does not fit the one above; indent it exactly like its neighbours"
