"""A repository in small: two graded items, an essay, and one assignment in both languages."""

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from b2bcourse.grading.keys import Keys
from b2bcourse.items import face_hash

ASSIGNMENT = "tiny"
CELLS, BOTH, ESSAY = "tiny-cells", "tiny-both", "tiny-essay"
POINTS = {CELLS: 10, BOTH: 6, ESSAY: 8}
SECRET_REASON = "한결은 창고와 트럭을 모두 거느린 사람이라 SCM 책임자로 봅니다."
GRADER_NOTE = "가격만 말한 글에는 셋째 기준의 점수를 주지 않습니다."
LEVEL = "사람을 말하고 나서 그 사람이 얻는 것을 말합니다."
MODEL_ESSAY = "한결에게는 재고가 줄어드는 점을 먼저 말하고 견적은 그다음에 꺼냅니다."

CELLS_YAML = f"""
schema: 1
id: {CELLS}
kind: matrix
form: cells
title: {{ko: 작은 회사의 네 사람, en: Four people of a small firm}}
task: {{ko: 혜택마다 관심이 클 사람을 표시하십시오., en: Mark who cares about each benefit.}}
case: {{ko: [네 사람이 일하는 회사입니다.], en: [Four people work here.]}}
rows: [{{benefit: cost_saving}}, {{benefit: near_factory}}, {{benefit: quality}}]
columns:
- id: hangyeol
  name: {{ko: 한결, en: Han Gyeol}}
  counts_as: [scm_head]
  reason: {{ko: "{SECRET_REASON}", en: "Han has the stores and the trucks, which makes him the SCM head."}}
- id: sora
  name: {{ko: 소라, en: So-ra}}
  counts_as: [cfo]
  reason: {{ko: 소라는 회사 지출을 한 푼까지 책임지므로 CFO로 봅니다., en: So-ra answers for every won spent and so is the CFO here.}}
- id: miru
  name: {{ko: 미루, en: Mi-ru}}
  counts_as: [qa_head]
  reason: {{ko: 미루는 반품을 결정하는 사람이라 품질 책임자로 봅니다., en: Mi-ru decides what goes back and so heads quality.}}
- id: garam
  name: {{ko: 가람, en: Ga-ram}}
  counts_as: [prod_head, coo]
  reason: {{ko: 가람은 라인과 하루 운영을 함께 책임집니다., en: Ga-ram answers for the line and for each day's operation.}}
read: {{notebook: 04-benefit-matrix, section: {{ko: 2절, en: section 2}}, anchor: {{ko: 둘, en: two}}}}
source: 000_56d39134f4c55fc7.txt
"""

BOTH_YAML = f"""
schema: 1
id: {BOTH}
kind: matrix
form: both
title: {{ko: 들은 말 두 마디, en: Two remarks}}
task: {{ko: 혜택과 사람을 고르고 표시하십시오., en: "Choose benefits and people, then mark."}}
rows:
- {{benefit: near_factory, card: {{ko: 쌓아 둘 자리가 없습니다., en: There is no room to store it.}}}}
- {{benefit: quality, card: {{ko: 휘면 우리 탓이 됩니다., en: When it bends we are blamed.}}}}
columns:
- id: hangyeol
  name: {{ko: 한결, en: Han Gyeol}}
  counts_as: [scm_head]
  reason: {{ko: 한결은 자재의 흐름을 맡은 사람입니다., en: Han is the one who runs the flow of material.}}
- id: miru
  name: {{ko: 미루, en: Mi-ru}}
  counts_as: [qa_head]
  reason: {{ko: 미루는 합격과 불합격을 가르는 사람입니다., en: Mi-ru tells what passes from what fails.}}
- id: garam
  name: {{ko: 가람, en: Ga-ram}}
  counts_as: [prod_head, coo]
  reason: {{ko: 가람은 멈추지 않는 라인을 지키는 사람입니다., en: Ga-ram must keep the line from stopping.}}
row_decoys: [{{id: gifts, name: {{ko: 사은품, en: Gifts}}}}]
column_decoys: [{{id: driver, name: {{ko: 기사, en: Driver}}}}]
slots: 4
source: 000_56d39134f4c55fc7.txt
"""

ESSAY_YAML = f"""
schema: 1
id: {ESSAY}
kind: essay
title: {{ko: 제안의 순서, en: The order of an offer}}
task: {{ko: 누구에게 무엇을 먼저 말할지 쓰십시오., en: Write what you would say to whom first.}}
words: {{min: 50, max: 120}}
rubric:
- id: start
  points_share: 1.0
  criterion: {{ko: 사람의 관심에서 출발하는 글인가, en: Does the text start from a person's interest?}}
  levels:
  - {{share: 1, text: {{ko: "{LEVEL}", en: Names a person and then what that person gains.}}}}
  - {{share: 0, text: {{ko: 자기 회사 이야기로만 채운 글입니다., en: The text speaks of nothing but its own firm.}}}}
grader_notes: {{ko: "{GRADER_NOTE}", en: "A text about price alone earns nothing for the third criterion."}}
model: {{ko: "{MODEL_ESSAY}", en: "Tell Han first that stocks will shrink, and bring out the quotation later."}}
"""


def write_repo(root: Path) -> Path:
    """A clone in small at ``root``."""
    items = root / "solutions" / "items"
    items.mkdir(parents=True)
    for name, text in ((CELLS, CELLS_YAML), (BOTH, BOTH_YAML), (ESSAY, ESSAY_YAML)):
        (items / f"{name}.yaml").write_text(text, encoding="utf-8")
    for lang in ("ko", "en"):
        folder = root / "solutions" / lang / ASSIGNMENT
        folder.mkdir(parents=True)
        nbformat.write(source_notebook(), folder / f"{ASSIGNMENT}.ipynb")
    return root


def source_notebook():
    cells = [
        new_markdown_cell("# 과제", id="title"),
        new_code_cell("import b2bcourse as b2b", id="import"),
        graded_cell(CELLS),
        graded_cell(BOTH),
        new_markdown_cell("글을 쓰는 문제입니다.", id="ask"),
        field_cell(),
        essay_cell(),
    ]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


def graded_cell(item):
    about = _about(item, POINTS[item], solution=False)
    return new_code_cell(f'b2b.answer("{item}")', id=item, metadata={"nbgrader": about})


def field_cell(item=ESSAY):
    about = _about(f"{item}-field", 0, solution=False) | {"grade": False}
    del about["points"]
    source = f'import b2bcourse as b2b; b2b.answer("{item}")'
    return new_code_cell(source, id=f"{item}-field", metadata={"nbgrader": about})


def essay_cell(text=MODEL_ESSAY):
    about = _about(ESSAY, POINTS[ESSAY], solution=True)
    return new_markdown_cell(text, id=ESSAY, metadata={"nbgrader": about})


def _about(grade_id, points, *, solution):
    return {
        "grade": True,
        "grade_id": grade_id,
        "locked": not solution,
        "points": points,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def model_response(keys: Keys, item: str) -> dict:
    """The response file of a perfect answer, made from the key."""
    question = keys.question(item)
    return response(keys, item, question.kind.model_answer(question.face, question.key))


def response(keys: Keys, item: str, value: object) -> dict:
    question = keys.asked(item)
    return {
        "schema": 1,
        "item": item,
        "kind": question.item.kind,
        "value": value,
        "revision": 1,
        "time": "2026-11-22T05:03:11+00:00",
        "face": face_hash(question.face),
        "tries": [],
    }


def write_response(folder: Path, item: str, content: object) -> Path:
    path = folder / "responses" / f"{item}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
