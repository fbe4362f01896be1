"""A course of the kit in a folder of its own, with short names for what tests do with it."""

import json
import os
import shutil
from html import unescape
from pathlib import Path

import tiny
from nbgrader.apps import NbGraderAPI

import b2bcourse
from b2bcourse.grading.course import new_course
from b2bcourse.grading.demo import load_config
from b2bcourse.grading.keys import Keys

REPO = Path(b2bcourse.__file__).parents[1]


class Course:
    """A course folder with its exchange, and short names for what tests do with it."""

    empty_gradebook = Path()

    def __init__(self, root, repo, lang="ko", assignment=tiny.ASSIGNMENT):
        self.root = new_course(root / "course", lang, repo)
        shutil.copyfile(self.empty_gradebook, self.root / "gradebook.db")
        self.assignment = assignment
        self.exchange = root / "exchange"
        self.exchange.mkdir()
        self.config = load_config(self.root)
        self.config.Exchange.root = str(self.exchange)
        self.config.Exchange.cache = str(root / "cache")
        self.keys = Keys(self.root / "items")
        self.api = NbGraderAPI(config=self.config)

    def ok(self, result):
        assert result["success"], result.get("log", "") + result["error"]
        return result

    def keep_execute(self):
        """From now on nbgrader's own Execute runs the cells, with the keys by the environment."""
        for option in ("autograde_preprocessors", "exporter_class"):
            del self.config.Autograde[option]
        self.api = NbGraderAPI(config=self.config)
        os.environ["PYTHONPATH"] = str(REPO)
        os.environ["B2BCOURSE_KEYS"] = str(self.root / "items")

    def generate(self):
        return self.ok(self.api.generate_assignment(self.assignment))

    def release(self):
        return self.ok(self.api.release_assignment(self.assignment))

    def autograde(self, student="*"):
        return self.api.autograde(self.assignment, student)

    def feedback(self, student=None):
        return self.ok(self.api.generate_feedback(self.assignment, student))

    def folder(self, step, student="."):
        return self.root / step / student / self.assignment

    def submission(self, student, answers=None):
        """A submitted folder with these answers; default: the model answers."""
        folder = self.folder("submitted", student)
        shutil.copytree(self.root / "release" / self.assignment, folder)
        for item in self.items():
            content = (answers or {}).get(item, tiny.model_response(self.keys, item))
            if content is not None:
                tiny.write_response(folder, item, content)
        return folder

    def items(self):
        """The items that are scored; an essay is written by `write_essay` or `write_in_field`."""
        index = json.loads(
            (self.root / "release" / self.assignment / "items/index.json").read_text()
        )
        return [name for name, about in index["items"].items() if about["kind"] != "essay"]

    def points(self, student):
        """Grade id to points; None waits for a person."""
        with self.api.gradebook as gradebook:
            submission = gradebook.find_submission(self.assignment, student)
            return {
                grade.name: None if grade.needs_manual_grade else grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    def standing(self, student):
        """Grade id to the kit's points, and whether a person has still to look."""
        with self.api.gradebook as gradebook:
            submission = gradebook.find_submission(self.assignment, student)
            return {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    def autograded(self, student):
        return next(self.folder("autograded", student).glob("*.ipynb")).read_text("utf-8")

    def said(self, student):
        """The notebook that was graded, what students wrote in it as one reads it."""
        return unescape(self.autograded(student))

    def page(self, student):
        return next(self.folder("feedback", student).glob("*.html")).read_text("utf-8")


def write_essay(folder, text, *copies, attachments=None):
    """Write an essay into a submission; copies of its cell may hold other texts."""
    path = next(folder.glob("*.ipynb"))
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    cell["source"] = text
    if attachments is not None:
        cell["attachments"] = attachments
    notebook["cells"] += [{**cell, "source": other} for other in copies]
    path.write_text(json.dumps(notebook), "utf-8")


def write_in_field(course, folder, text, **about):
    """Write an essay into its field, as the browser would have it saved."""
    content = tiny.response(course.keys, tiny.ESSAY, {"text": text}) | about
    return tiny.write_response(folder, tiny.ESSAY, content)
