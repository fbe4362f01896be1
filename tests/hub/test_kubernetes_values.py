"""The values for Zero to JupyterHub, against the chart's own schema; and what is computed of sizes."""

import copy
import importlib.util
import os
import re
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
import yaml

from b2bcourse.hub.settings import read_hub

REPO = Path(__file__).parents[2]
HERE = REPO / "deploy" / "kubernetes"
DATA = Path(os.environ.get("B2BCOURSE_Z2JH_SCHEMA") or REPO.parent / "shared" / "trials" / "data")
PAGES = ("kubernetes.md", "kubernetes-ko.md")


@pytest.fixture(scope="module")
def chart():
    """The chart's schema and its own values."""
    files = [DATA / "z2jh-values.schema.yaml", DATA / "z2jh-values.yaml"]
    if not all(file.is_file() for file in files):
        lacking = f"needs the chart's schema (B2BCOURSE_Z2JH_SCHEMA, not in {DATA})"
        if os.environ.get("B2BCOURSE_REQUIRE_Z2JH") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    return [yaml.safe_load(file.read_text("utf-8")) for file in files]


def values():
    return yaml.safe_load((HERE / "values.yaml").read_text("utf-8"))


def merged(base, over):
    """As Helm merges: mappings into one another, all else replaced."""
    made = copy.deepcopy(base)
    for name, value in over.items():
        both = isinstance(value, dict) and isinstance(made.get(name), dict)
        made[name] = merged(made[name], value) if both else value
    return made


def faults(chart, over):
    schema, base = chart
    checker = jsonschema.validators.validator_for(schema)(schema)
    return ["/".join(map(str, e.absolute_path)) for e in checker.iter_errors(merged(base, over))]


def test_the_values_are_what_the_chart_takes(chart):
    assert faults(chart, values()) == []


@pytest.mark.parametrize(
    "way",
    [
        ("hub", "concurentSpawnLimit"),
        ("singleuser", "memmory"),
        ("singleuser", "storage", "extraVolumeMount"),
        ("scheduling", "userPlaceholder", "replica"),
        ("cull", "timout"),
        ("prePuler",),
    ],
)
def test_a_misspelt_key_would_be_found(chart, way):
    wrong = values()
    at = wrong
    for name in way[:-1]:
        at = at[name]
    at[way[-1]] = 1
    assert faults(chart, wrong)


def test_a_value_of_a_wrong_type_would_be_found(chart):
    wrong = values()
    wrong["cull"]["timeout"] = "an hour"
    assert faults(chart, wrong) == ["cull/timeout"]


def hub_code():
    """The program that the values hand to the hub, run as the hub would."""
    made = SimpleNamespace(JupyterHub=SimpleNamespace(), KubeSpawner=SimpleNamespace())
    exec(compile(values()["hub"]["extraConfig"]["10-course"], "10-course", "exec"), {"c": made})
    return made


def spawner(groups=(), accepted="", **options):
    headers = {"Accept-Language": accepted}
    return SimpleNamespace(
        user=SimpleNamespace(groups=[SimpleNamespace(name=name) for name in groups]),
        user_options=options,
        handler=SimpleNamespace(request=SimpleNamespace(headers=headers)),
        environment={},
    )


@pytest.mark.parametrize(
    ("who", "lang", "alone", "folders"),
    [
        (spawner(["nbgrader-b2b-ko"], "en-US"), "ko", "", "student-b2b-ko learner all"),
        (spawner([], "ko-KR,en"), "ko", "1", "learner all"),
        (spawner([], "de"), "en", "1", "learner all"),
        (spawner([], "ko", lang=["en"]), "en", "1", "learner all"),
        (spawner([], "en", lang="ko"), "ko", "1", "learner all"),
        (spawner(["formgrade-b2b-ko"], "en"), "en", "1", "learner all"),
    ],
)
def test_a_server_is_told_role_and_language(who, lang, alone, folders):
    hub_code().KubeSpawner.pre_spawn_hook(who)
    told = who.environment
    assert (told["B2BCOURSE_LANG"], told["B2BCOURSE_ALONE"]) == (lang, alone)
    names = [path.rpartition("/")[2] for path in told["JUPYTER_CONFIG_PATH"].split(":")]
    assert names == folders.split()


def test_the_folders_of_settings_are_those_that_the_image_makes(tmp_path, monkeypatch):
    from b2bcourse.hub import roles
    from b2bcourse.hub.settings import Hub

    hub = Hub(tmp_path, read_hub(HERE / "hub.yaml").settings)
    roles.write(hub)
    made = {path.name for path in hub.etc.iterdir()}
    text = (HERE / "values.yaml").read_text("utf-8") + (HERE / "course.yaml").read_text("utf-8")
    named = set(re.findall(r"/etc/([\w-]+)", text)) | {"student-b2b-ko", "learner", "all"}
    assert named <= made


class TestTheCoursesManifest:
    @pytest.fixture
    def all_(self):
        found = yaml.safe_load_all((HERE / "course.yaml").read_text("utf-8"))
        return {(each["kind"], each["metadata"]["name"]): each for each in found}

    def test_the_claims_and_the_service_that_the_values_name_are_there(self, all_):
        own = values()
        [claim] = [
            each["persistentVolumeClaim"]["claimName"]
            for each in own["singleuser"]["storage"]["extraVolumes"]
            if "persistentVolumeClaim" in each
        ]
        exchange = all_["PersistentVolumeClaim", claim]
        assert exchange["spec"]["accessModes"] == ["ReadWriteMany"]
        [service] = own["hub"]["services"].values()
        name, port = re.fullmatch(r"http://([\w-]+):(\d+)", service["url"]).groups()
        assert all_["Service", name]["spec"]["ports"][0]["port"] == int(port)

    def test_each_container_mounts_only_volumes_of_its_pod(self, all_):
        pod = all_["Deployment", "b2b-ko-grader"]["spec"]["template"]["spec"]
        there = {volume["name"] for volume in pod["volumes"]}
        for container in [*pod["initContainers"], *pod["containers"]]:
            assert {mount["name"] for mount in container["volumeMounts"]} <= there

    def test_formgrader_is_no_student_and_reachable_by_proxy_and_hub_alone(self, all_):
        pod = all_["Deployment", "b2b-ko-grader"]["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsUser"] != values()["singleuser"]["uid"]
        [rule] = all_["NetworkPolicy", "b2b-ko-grader"]["spec"]["ingress"]
        who = {each["podSelector"]["matchLabels"]["component"] for each in rule["from"]}
        assert who == {"proxy", "hub"}

    def test_no_secret_stands_in_a_file(self):
        for file in HERE.iterdir():
            text = file.read_text("utf-8") if file.is_file() else ""
            assert not re.search(r"(password|token|secret)[\"']?: *[\"']?[0-9a-zA-Z]{12,}", text), (
                file
            )


def test_a_student_mounts_nothing_of_anothers():
    mounts = values()["singleuser"]["storage"]["extraVolumeMounts"]
    shared = [mount for mount in mounts if mount["name"] == "exchange"]
    assert len(shared) == 3
    for mount in shared:
        own = mount["subPath"].endswith("/{unescaped_username}")
        assert own or mount.get("readOnly") is True


def load_sizing():
    spec = importlib.util.spec_from_file_location("sizing", HERE / "sizing.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestSizing:
    @pytest.mark.parametrize("page", PAGES)
    def test_the_pages_table_is_what_is_computed(self, page):
        text = (REPO / "docs" / page).read_text("utf-8")
        assert f"<!-- sizing -->\n{load_sizing().table(page)}<!-- /sizing -->" in text

    def test_twice_the_learners_need_about_twice_as_much(self):
        sizing = load_sizing()
        measured = sizing.read()
        one = sizing.needs(measured, {"learners": 100, "at_once": 100})
        two = sizing.needs(measured, {"learners": 200, "at_once": 200})
        assert 1.9 < two["memory"] / one["memory"] <= 2
        assert two["cores"] == pytest.approx(2 * one["cores"])

    def test_memory_is_what_it_says_by_hand(self):
        sizing = load_sizing()
        found = sizing.needs(sizing.read(), {"learners": 1, "at_once": 1})
        assert found["memory"] == pytest.approx((156 + 2 * 99 + 108 + 66 + 159) / 1000)

    def test_a_server_with_the_lessons_of_the_sizing_fits_its_limit(self):
        measured = load_sizing().read()
        working = measured["memory"]["server"] + 2 * measured["memory"]["lesson"]
        own = values()["singleuser"]["memory"]
        assert working <= int(own["guarantee"].rstrip("M")) < int(own["limit"].rstrip("M"))
