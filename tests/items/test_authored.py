"""An author's slip is told with file, field and remedy, before any student sees the item."""

import pytest
import yaml
from matrices import ALL_PEOPLE, counting_as, raw, text

from b2bcourse.items import ItemError, kind_of, load_bank, load_item


@pytest.fixture
def load(tmp_path):
    """Loads an item as the file ``my-item.yaml``."""

    def load(name="my-item", **fields):
        path = tmp_path / f"{name}.yaml"
        item = raw(id="my-item") | fields
        path.write_text(yaml.safe_dump(item, allow_unicode=True), encoding="utf-8")
        return load_item(path)

    return load


def told(load, pattern, **fields):
    with pytest.raises(ItemError, match=rf"my-item\.yaml: .*{pattern}"):
        load(**fields)


def test_a_good_item_loads(load):
    assert load().id == "my-item"


def test_an_unknown_kind(load):
    with pytest.raises(ItemError, match="no kind of item called 'puzzle'"):
        load(kind="puzzle")


@pytest.mark.parametrize("name", ["base", "__init__", "_x", "matrix.key", "", "../matrix", "os"])
def test_what_is_no_kind_is_no_kind(name):
    with pytest.raises(ItemError, match="no kind of item"):
        kind_of(name)


def test_no_kind_at_all(load):
    told(load, "'kind'", kind=None)
    told(load, "'kind'", kind=3)


def test_an_unknown_field(load):
    told(load, "colour", colour="blue")


def test_a_field_of_another_type(load):
    told(load, r"\$\.marks", marks=3)
    told(load, r"\$\.title", title="only one language")


def test_a_missing_language(load):
    told(load, r"en.*\$\.task", task={"ko": "할 일"})


def test_an_id_that_is_not_the_files_name(load, tmp_path):
    with pytest.raises(ItemError, match=r"other\.yaml: id 'my-item' must be the file's name"):
        load(name="other")


@pytest.mark.parametrize("bad", ["My-Item", "my_item", "my item", "-my", "내-문제", "../x", ""])
def test_an_id_that_is_no_id(load, bad):
    told(load, "lower-case letters", id=bad)


def test_ids_that_clash(load):
    twice = [{"benefit": "tech"}, {"benefit": "tech"}]
    told(load, "rows: 'tech' stands twice", rows=twice)
    told(load, "columns: 'cfo' stands twice", columns=[{"member": "cfo"}, {"member": "cfo"}])


def test_a_decoy_that_is_in_the_list_already(load):
    told(
        load,
        r"row_decoys\[0\]: 'tech' stands in the list",
        form="left",
        row_decoys=[{"id": "tech", "name": text("기술", "tech")}],
    )
    told(
        load,
        r"column_decoys\[0\]: 'cfo' stands in the list",
        form="both",
        column_decoys=[{"member": "cfo"}],
    )
    told(
        load,
        r"row_decoys\[1\]: 'fame' stands in the list",
        form="left",
        row_decoys=[{"id": "fame", "name": text("명성", "fame")}] * 2,
    )


def test_names_that_the_facts_do_not_know(load):
    told(load, r"rows\[0\]\.benefit: no 'fame'; there are: cost_saving", rows=[{"benefit": "fame"}])
    told(load, r"columns\[0\]\.member: no 'boss'; there are: ceo", columns=[{"member": "boss"}])
    told(load, r"columns\[0\]\.counts_as: no 'boss'", columns=[counting_as("kim", "boss")])
    told(load, "conditions: no 'rain'; there are: small_firm", conditions=["rain"])
    told(
        load, r"row_decoys\[0\]\.benefit: no 'fame'", form="left", row_decoys=[{"benefit": "fame"}]
    )
    told(
        load,
        r"column_decoys\[0\]\.member: no 'boss'",
        form="right",
        column_decoys=[{"member": "boss"}],
    )
    told(
        load,
        r"columns\[0\]\.group: no group 'roof'",
        columns=[{"id": "kim", "name": text("김", "Kim"), "group": "roof"}],
    )


def own_row(**cell):
    cell = {"column": "cfo", "strength": "primary", "reason": text("이유.", "why.")} | cell
    return [{"id": "uptime", "name": text("가동", "uptime"), "members": [cell]}]


def test_a_row_that_names_a_column_that_is_not_there(load):
    told(load, r"rows\[0\]\.members: no column 'boss'", rows=own_row(column="boss"))


def test_one_of_several_needs_several(load):
    told(load, r"rows\[0\]\.members: 'cfo' is 'either' alone", rows=own_row(strength="either"))


def test_one_of_several_is_for_rows_of_ones_own(load):
    (own,) = own_row(strength="either")
    told(
        load,
        r"rows\[0\]\.members: 'either' is for rows of your own",
        rows=[{"benefit": "cost_saving", "members": own["members"]}],
    )


def test_a_row_with_an_unknown_condition(load):
    told(
        load,
        r"rows\[0\]\.members, 'cfo', condition: no 'rain'",
        rows=own_row(strength="conditional", condition="rain"),
    )


def test_a_row_or_column_that_is_neither_a_fact_nor_the_authors_own(load):
    told(load, r"rows\[0\]: give 'benefit', or 'id', 'name' and 'members'", rows=[{"id": "x"}])
    told(load, r"columns\[0\]: give 'member', or 'id' and 'name'", columns=[{"id": "kim"}])
    told(load, r"row_decoys\[0\]: give 'id' and 'name'", form="left", row_decoys=[{"id": "x"}])


def test_no_rows_or_no_columns(load):
    told(load, "rows: at least one is needed", rows=[])
    told(load, "columns: at least one is needed", columns=[])


def test_a_row_that_nobody_is_required_in(load):
    told(
        load,
        "row 'tech': nobody is required in it",
        columns=[{"member": "cfo"}],
        rows=[{"benefit": "tech"}],
    )


def test_a_row_whose_only_people_could_be_typed_but_not_marked(load):
    told(
        load,
        "row 'low_price': nobody is required in it",
        rows=[{"benefit": "low_price"}],
        columns=[{"member": "coo"}, {"member": "cfo"}],
    )


def test_a_card_that_is_missing_where_cards_are_all_there_is(load):
    told(load, r"rows\[0\]\.card: the form 'both' shows it", form="both", rows=own_row())


def test_a_column_without_a_mark_that_is_to_be_named(load):
    told(load, "column 'ceo': no mark stands in it", form="right")


def test_slots_too_few_for_the_people_needed(load):
    rows = [{"benefit": "cost_saving"}, {"benefit": "low_price"}]
    people = [{"member": "cfo"}, {"member": "coo"}, {"member": "purch_staff"}]
    told(load, "slots: 2 are too few for 3 people", form="both", rows=rows, columns=people, slots=2)
    assert load(form="both", rows=rows, columns=people, slots=3).slots == 3


def test_lists_that_a_form_does_not_show(load):
    decoys = [{"id": "fame", "name": text("명성", "fame")}]
    told(load, "row_decoys: the form 'cells' shows no list of rows", row_decoys=decoys)
    told(load, "column_decoys: the form 'left' shows no list", form="left", column_decoys=decoys)
    told(load, "slots: only the form 'both'", slots=4)


def test_a_file_that_is_no_item(tmp_path):
    path = tmp_path / "my-item.yaml"
    with pytest.raises(ItemError, match=r"my-item\.yaml: cannot be read"):
        load_item(path)
    path.write_text("- a list", encoding="utf-8")
    with pytest.raises(ItemError, match=r"my-item\.yaml: an item needs a field 'kind'"):
        load_item(path)
    path.write_text("kind: [", encoding="utf-8")
    with pytest.raises(ItemError, match=r"my-item\.yaml: not valid YAML"):
        load_item(path)


def test_a_bank_is_a_folder_of_items_by_id(tmp_path):
    for name in ("b-item", "a-item"):
        item = yaml.safe_dump(raw(id=name), allow_unicode=True)
        (tmp_path / f"{name}.yaml").write_text(item, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no item", encoding="utf-8")
    assert list(load_bank(tmp_path)) == ["a-item", "b-item"]


def test_the_facts_an_item_rests_on_are_its_rows_and_what_it_names(load):
    item = load(
        rows=[{"benefit": "tech"}, {"benefit": "quality"}],
        facts=["mx.2"],
        columns=[{"member": p} for p in ALL_PEOPLE.split()],
    )
    assert item.facts == ("mx.2",)
    assert [row.key_id for row in item.rows] == ["tech", "quality"]
