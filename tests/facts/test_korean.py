"""A name takes the Korean particle that its last sound asks for."""

import pytest

from b2bcourse.facts.korean import Name


@pytest.mark.parametrize(
    ("name", "spec", "sentence"),
    [
        ("구매팀장", "은는", "구매팀장은"),
        ("생산 담당자", "은는", "생산 담당자는"),
        ("공장장", "을를", "공장장을"),
        ("프로젝트 매니저", "을를", "프로젝트 매니저를"),
        ("재무팀", "이가", "재무팀이"),
        ("COO", "이가", "COO가"),
        ("PM", "은는", "PM은"),
        ("CFO(최고재무책임자)", "을를", "CFO(최고재무책임자)를"),
        ("품질보증(QA) 책임자", "은는", "품질보증(QA) 책임자는"),
        ("SCM(공급망 관리) 책임자", "을를", "SCM(공급망 관리) 책임자를"),
        ("24", "이가", "24가"),
        ("365", "은는", "365는"),
    ],
)
def test_the_particle_fits_the_name(name, spec, sentence):
    assert f"{Name(name):{spec}}" == sentence


def test_other_formats_stay_as_they_are():
    assert f"{Name('CFO'):>5}" == "  CFO"
    assert f"{Name('')!s}" == ""
