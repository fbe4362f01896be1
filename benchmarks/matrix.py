"""The matrix in JupyterLab, from running its cell to the last of its cells painted."""

from __future__ import annotations

from typing import Final

from benchmarks.measure import Job, Report, Row, costs, saves, take_turns
from benchmarks.pages import AGAINST, Desk, Shown, desk, face_of

FORMS: Final = {"mx-cells": "cells blank", "mx-both": "both sides blank"}


def run(job: Job) -> Report:
    report = Report()
    with desk() as open_desk:
        line = open_desk.line()
        for item in FORMS:
            report.rows += _rows(job, open_desk, item, line)
    return report


def _rows(job: Job, open_desk: Desk, item: str, line: Shown) -> list[Row]:
    face = face_of(item)
    name = f"matrix {len(face.rows)} × {len(face.columns)}, {FORMS[item]}"
    ours, plain = open_desk.ours(item), open_desk.plain(item)
    runs = take_turns(job, item, ours.run_twice, plain.run_twice, job.runs(11))
    first = [(mine[0], other[0]) for mine, other in runs]
    again = [(mine[1], other[1]) for mine, other in runs]
    least = take_turns(job, f"{item}, one line", ours.run, line.run, job.runs(30))
    rows = [
        saves(
            f"{name}: run its cell, until the last cell is seen",
            again,
            against=AGAINST,
            unit="ms",
            at_least=20,
        ),
        saves(f"{name}: the same in a new kernel, with imports", first, against=AGAINST, unit="ms"),
        costs(
            f"{name}: beside the least that a widget can show",
            least,
            against="an anywidget of one line",
            unit="ms",
            says="times the time",
            under=1.4,
        ),
    ]
    return [*rows, *_traffic_rows(name, ours, plain)]


def _traffic_rows(name: str, ours: Shown, plain: Shown) -> list[Row]:
    """What passes over the socket; it does not differ from run to run."""
    begun = ours.traffic(first=True)["bytes"] / 1000
    mine, other = ours.traffic(), plain.traffic()
    models = [(mine["models"], other["models"])]
    sizes = [(mine["bytes"] / 1000, other["bytes"] / 1000)]
    return [
        _limited(f"{name}: over the socket, the first exercise of a page", begun, 75),
        _limited(f"{name}: over the socket, each further", sizes[0][0], 30),
        saves(f"{name}: widget models", models, against=AGAINST, unit="", says="times fewer"),
        saves(
            f"{name}: over the kernel's socket",
            sizes,
            against=AGAINST,
            unit="kB",
            says="times less",
        ),
    ]


def _limited(what: str, size: float, limit: float) -> Row:
    """A size beside the most that it may be."""
    return costs(
        what, [(size, limit)], against="the most it may be", unit="kB", says="of it", under=1
    )
