"""Who somebody is to a hub: role, course and language."""

from types import SimpleNamespace

import pytest

from b2bcourse.hub.pages import choose_course
from b2bcourse.hub.settings import HubCourse, Settings
from b2bcourse.hub.visitors import first_page, preferred_language, visitor

KO = HubCourse("b2b-ko", "ko", "/srv/ko", "grader-ko", 8010)
EN = HubCourse("b2b-en", "en", "/srv/en", "grader-en", 8011)
HUB = Settings(lang="ko", courses=(KO, EN))
ENGLISH = "en-GB,en;q=0.9,ko;q=0.1"


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        (ENGLISH, "en"),
        ("fr;q=1,ko;q=0.4,en;q=0.5", "en"),
        ("fr,de", None),
        ("", None),
        ("en;q=much,ko;q=0.2", "ko"),
    ],
)
def test_a_browsers_language_is_the_one_it_likes_best_of_the_courses(accepted, lang):
    assert preferred_language(accepted) == lang


class TestWhoLearnsAlone:
    def test_is_whoever_is_in_no_course(self):
        who = visitor(HUB, ["friends"], {}, ENGLISH)
        assert (who.role, who.course) == ("self", None)

    def test_has_the_language_she_asked_for_then_her_browsers_then_the_hubs(self):
        assert visitor(HUB, [], {"lang": ["ko"]}, ENGLISH).lang == "ko"
        assert visitor(HUB, [], {}, ENGLISH).lang == "en"
        assert visitor(HUB, [], {}, "fr").lang == "ko"

    @pytest.mark.parametrize("odd", [[], [""], "xx", 7, None, [["ko"]]])
    def test_no_odd_wish_keeps_her_out(self, odd):
        assert visitor(HUB, [], {"lang": odd, "course": odd}, "").lang == "ko"


class TestAStudent:
    def test_is_in_the_course_of_her_group_in_its_language(self):
        who = visitor(HUB, ["nbgrader-b2b-ko"], {}, ENGLISH)
        assert (who.role, who.course, who.lang) == ("student", KO, "ko")

    def test_may_read_in_another_language_if_she_says_so(self):
        assert visitor(HUB, ["nbgrader-b2b-ko"], {"lang": ["en"]}, "").lang == "en"

    def test_of_two_courses_is_in_the_one_she_named_else_in_the_one_of_her_language(self):
        both = ["nbgrader-b2b-ko", "nbgrader-b2b-en"]
        assert visitor(HUB, both, {"course": ["b2b-ko"]}, ENGLISH).course == KO
        assert visitor(HUB, both, {}, ENGLISH).course == EN
        assert visitor(HUB, both, {"course": ["no-such"]}, "fr").course == KO

    def test_names_no_course_that_she_is_not_in(self):
        assert visitor(HUB, ["nbgrader-b2b-ko"], {"course": ["b2b-en"]}, "").course == KO

    def test_is_asked_only_where_there_are_two(self):
        assert choose_course(HUB, ["nbgrader-b2b-ko"]) == ""
        page = choose_course(HUB, ["nbgrader-b2b-ko", "nbgrader-b2b-en"])
        assert page.count('type="radio"') == 2
        assert 'value="b2b-en"' in page


class TestTheFirstPage:
    def page(self, *groups):
        user = SimpleNamespace(groups=[SimpleNamespace(name=name) for name in groups])
        hub = SimpleNamespace(base_url="/hub/")
        return first_page(HUB)(SimpleNamespace(current_user=user, hub=hub))

    def test_who_grades_one_course_comes_to_its_formgrader(self):
        assert self.page("formgrade-b2b-en") == "/services/b2b-en/formgrader"

    def test_who_grades_two_or_learns_as_well_chooses_on_the_hubs_page(self):
        assert self.page("formgrade-b2b-en", "formgrade-b2b-ko") == "/hub/home"
        assert self.page("formgrade-b2b-en", "nbgrader-b2b-ko") == "/hub/home"

    def test_all_others_come_to_their_own_page(self):
        assert self.page("nbgrader-b2b-ko") == "/hub/spawn"
        assert self.page() == "/hub/spawn"
