"""The pages for whoever runs a hub, held to their word: commands, fields, files, figures."""

import importlib.util
import re
import shlex
from pathlib import Path

import msgspec
import pytest
import typer

import b2bcourse
from b2bcourse.commands import cli
from b2bcourse.hub.settings import HubCourse, Settings

REPO = Path(b2bcourse.__file__).parents[1]
PAGES = ["hub.md", "hub-ko.md", "kubernetes.md", "kubernetes-ko.md"]
HUBS = {"en": "hub.md", "ko": "hub-ko.md"}


def text(page):
    return (REPO / "docs" / page).read_text("utf-8")


def blocks(page):
    return re.findall(r"^```\w*\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)


def commands(page):
    """Every command of the kit: in blocks, and between backticks in the prose."""
    told = [line for block in blocks(page) for line in block.splitlines()]
    told += re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", text(page))
    for line in told:
        words = (
            shlex.split(line.replace("\n", " "), comments=True) if line.count("'") % 2 == 0 else []
        )
        while words and words[0] == "sudo":
            words = words[1:]
        if words[:1] and words[0].endswith("/python") and words[1:3] == ["-m", "b2bcourse"]:
            yield words[3:]
        elif words and re.fullmatch(r"(/\S+/)?b2bcourse", words[0]) and len(words) > 1:
            yield words[1:]


def parsed(words):
    command = typer.main.get_command(cli.app)
    context = command.make_context("b2bcourse", list(words), resilient_parsing=False)
    while hasattr(command, "commands"):
        name, command, rest = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        context = command.make_context(name, rest, parent=context)


# In prose these name a command without what it must be given.
SHORT = {"person", "take-home", "bring-back", "course", "backup"}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_kit_is_one_with_its_options(page):
    found = list(commands(page))
    assert found
    for words in found:
        if len(words) <= 2 and words[0] in SHORT:
            names = typer.main.get_command(cli.app).commands
            assert words[0] in names
            assert len(words) == 1 or words[1] in names[words[0]].commands
        else:
            parsed(words)


@pytest.mark.parametrize("lang", HUBS)
def test_every_command_for_operators_is_told_of(lang):
    told = {
        " ".join(words[:2]) if words[0] == "account" else words[0] for words in commands(HUBS[lang])
    }
    wanted = {"hub", "doctor", "backup", "restore", "take-home", "bring-back"}
    assert wanted | {f"account {name}" for name in ("show", "export", "delete")} <= told


@pytest.mark.parametrize("lang", HUBS)
def test_every_field_of_a_hubs_file_is_told_of(lang):
    fields = [*msgspec.structs.fields(Settings), *msgspec.structs.fields(HubCourse)]
    table = text(HUBS[lang]).partition("| `schema` |")[2].partition("\n\n")[0]
    told = set(re.findall(r"`(\w+)`", table)) | {"schema"}
    assert {field.name for field in fields} <= told


@pytest.mark.parametrize("page", PAGES)
def test_a_file_of_the_repository_that_a_page_names_is_there(page):
    named = re.findall(r"(?:/root/b2bcourse/)?(deploy/[\w./-]+\w)", text(page))
    assert named
    for name in named:
        assert (REPO / name).exists(), name


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_page_and_a_heading(page):
    def heads(of):
        found = re.findall(r"^#+ (.+)$", text(of), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in found}

    for file, anchor in re.findall(r"\]\(([^):#]*)(?:#([^)]+))?\)", text(page)):
        target = file or page
        assert (REPO / "docs" / target).is_file(), target
        assert not anchor or anchor in heads(target), anchor


@pytest.mark.parametrize(("korean", "english"), [("hub-ko.md", "hub.md")])
def test_both_languages_have_the_same_commands_in_the_same_order(korean, english):
    def plain(page):
        found = re.sub(r" +#.*", "", "\n".join(blocks(page)))
        for ours, theirs in (("주소", "ADDRESS"), ("파일", "FILE"), ("/ko/", "/en/")):
            found = found.replace(ours, theirs)
        return found

    assert plain(korean) == plain(english)


def test_a_unit_that_the_page_names_is_one():
    units = {path.name for path in (REPO / "deploy" / "one-machine" / "systemd").iterdir()}
    for page in HUBS.values():
        for name in re.findall(
            r"`(b2bcourse-(?:proxy|hub|users|backup|grader)[\w.@-]*)`", text(page)
        ):
            stem = name.partition("@")[0]
            assert any(unit.startswith(stem) for unit in units), name


def test_what_a_machine_holds_is_reckoned_from_what_was_measured():
    file = REPO / "deploy" / "kubernetes" / "sizing.py"
    spec = importlib.util.spec_from_file_location("sizing_of_hub", file)
    sizing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sizing)
    memory = sizing.read()["memory"]
    each = memory["server"] + 2 * memory["lesson"]
    for page in HUBS.values():
        told = re.sub(r"\s+", " ", text(page))
        found = re.findall(
            r"(\d+) GB(?:\D{1,30}?)(\d+)(?= learners|[,*]|명)", told.partition("**")[2]
        )[:3]
        assert [(int(a), int(b)) for a, b in found] == [
            (size, int((size * 1000 - 2000) // each)) for size in (8, 16, 32)
        ]
