"""What students write as Markdown: it stays to be read, and it never acts."""

import re
import sys
from html.parser import HTMLParser

import pytest
from corpus import HONEST, HOSTILE, SVG, png
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from b2bcourse.grading.inert import MAX_DEPTH
from b2bcourse.grading.shown import shown
from b2bcourse.grading.written import MAX_TEXT, as_typed, as_written, headed, joined, stored

PICTURE = png()
ALLOWED = {
    "a": {"href", "title", "rel", "target"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
}
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "kbd", "q"),
    *("a", "img", "span"),
}


class Tree(HTMLParser):
    """What a page holds: its tags with their attributes, and its texts."""

    def __init__(self, html):
        super().__init__()
        self.nodes, self.opened, self.texts = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.nodes.append((tag, tuple(attrs)))
        self.opened.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.nodes.append("/" + tag)

    def handle_data(self, data):
        self.nodes.append(data)
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data!r}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def rendered(markdown):
    """As formgrader and feedback render a cell, before the kit's own filter."""
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(markdown)


def text_of(html):
    return "".join(Tree(html).texts)


def assert_harmless(html):
    for tag, attributes in Tree(html).opened:
        assert tag in TAGS
        assert set(attributes) <= ALLOWED.get(tag, set()), attributes
        assert re.match(r"https?://|mailto:", attributes.get("href", "https://"))
        assert attributes.get("src", "data:image/").startswith("data:image/")
        assert re.fullmatch(r"text-align: ?\w+;?", attributes.get("style", "text-align:left"))


def assert_settled(html):
    """Nothing in it can be read as Markdown or as a formula, however often it is rendered."""
    outside = re.sub(r"<[^<>]*>", "", html)
    assert re.fullmatch(r"(?:[^\W_]| (?! )|&#\d+;)*", outside), outside
    assert rendered(html).strip("\n") == html
    assert rendered(rendered(html)).strip("\n") == html
    assert shown(html) == html
    for text in Tree(html).texts:
        assert not set(text) & set("$\\") or len(text) == 1


def seen(name):
    return text_of(stored(HOSTILE[name]))


# What they say stands in a title, in an address, in base64 or after a code block's fence.
UNSEEN = {"a quote in a title", "a quote in an address", "a language with a quote"}
UNSEEN |= {"data", "a picture of HTML", "a picture that is SVG", "SVG called PNG"}


@pytest.mark.parametrize("name", HOSTILE)
class TestHostile:
    def test_nothing_of_it_acts(self, name):
        assert_harmless(stored(HOSTILE[name]))

    def test_nor_does_anything_when_it_is_rendered_again(self, name):
        assert_settled(stored(HOSTILE[name]))

    def test_nor_where_it_was_stored_before_there_was_this(self, name):
        html = shown(HOSTILE[name])
        pictures = [a.get("src", "") for tag, a in Tree(html).opened if tag == "img"]
        assert not [p for p in pictures if re.match(r"/|\w+:(?!image/(png|jpeg|gif|webp);)", p)]
        assert_harmless(re.sub(r"<img [^>]*>", "", html))

    def test_it_stays_to_be_read(self, name):
        words = [word for word in ("alert", "evil", "x") if word in HOSTILE[name]]
        assert name in UNSEEN or words[:1] == [w for w in words[:1] if w in seen(name)]


@pytest.mark.parametrize("name", HONEST)
def test_what_was_meant_is_read(name):
    text, said = HONEST[name]
    html = stored(text)
    assert_harmless(html)
    assert_settled(html)
    for part in said:
        assert part in text_of(html)


def test_form_stays():
    html = stored("# a\n\n**b** *c* ~~d~~ H<sub>2</sub>\n\n3. e\n\n> f\n\n|g|\n|:-:|\n|h|")
    tags = [tag for tag, _ in Tree(html).opened]
    assert {"h1", "strong", "em", "del", "sub", "ol", "blockquote", "table", "th"} <= set(tags)
    assert ("ol", {"start": "3"}) in Tree(html).opened
    assert ("th", {"style": "text-align:center"}) in Tree(html).opened


def test_a_link_opens_elsewhere_and_tells_nobody_where_from():
    [link] = [a for tag, a in Tree(stored("https://a.example/?a=1&b=2")).opened if tag == "a"]
    assert link["href"] == "https://a.example/?a=1&b=2"
    assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer")


def test_code_keeps_each_character():
    code = "def f(a):\n\n\n    return a<b  # $x$ \\[y\\] *z* &lt;\t가\n"
    assert text_of(stored(f"~~~\n{code}~~~")) == code
    assert text_of(as_written(code)) == code


def test_a_space_is_written_as_it_is_and_a_gap_holds():
    assert stored("two words") == "<div><p>two words</p></div>"
    assert "two &#32;&#32;words" in stored("`two   words`")


def test_several_texts_of_one_cell_are_rendered_as_they_are():
    html = joined([stored("[x"), stored("](javascript:alert(1))"), stored("- a\n- b")])
    assert rendered(html).strip("\n") == html
    assert_harmless(html)
    assert shown(html) == html.replace("\n", "&#10;")


class TestPictures:
    def drawn(self, text, attachments):
        html = stored(text, attachments, "en")
        assert_harmless(html)
        assert_settled(html)
        return [a for tag, a in Tree(html).opened if tag == "img"], text_of(html)

    def test_a_pasted_picture_is_shown(self):
        [image], _ = self.drawn("![my plan](attachment:a.png)", {"a.png": {"image/png": PICTURE}})
        assert image == {"src": f"data:image/png;base64,{PICTURE}", "alt": "my plan"}

    def test_by_a_reference_and_a_name_in_korean_too(self):
        text = "![][p]\n\n[p]: <attachment:그림 1.png>"
        [image], _ = self.drawn(text, {"그림 1.png": {"image/png": PICTURE}})
        assert image["src"].endswith(PICTURE)

    def test_one_that_is_not_there_becomes_a_note(self):
        images, said = self.drawn("a ![my plan](attachment:a.png) b", {})
        assert images == []
        assert said == "a [Picture my plan a.png: it is not in the notebook] b"

    def test_the_note_is_in_the_courses_language(self):
        assert "노트북에 들어 있지 않습니다" in text_of(stored("![](attachment:a.png)"))

    @pytest.mark.parametrize(
        "bundle",
        [
            {"image/svg+xml": SVG},
            {"image/png": SVG},
            {"image/png": "PHN2Zz4="},
            {"image/png": "no base64 at all!"},
            {"image/png": PICTURE[:20]},
            {"image/png": 3},
            {"image/png": ["a"]},
            {},
            [],
            "x",
            7,
        ],
        ids=repr,
    )
    def test_one_that_is_no_picture_becomes_a_note(self, bundle):
        images, said = self.drawn("![](attachment:a)", {"a": bundle})
        assert images == []
        assert "cannot be shown" in said

    def test_the_content_tells_the_type(self):
        [image], _ = self.drawn("![](attachment:a)", {"a": {"image/svg+xml": PICTURE}})
        assert image["src"].startswith("data:image/png;")

    def test_one_that_would_fill_the_memory_becomes_a_note(self):
        big = png((9_000, 9_000))
        assert len(big) < 1_000_000
        images, said = self.drawn("![](attachment:a)", {"a": {"image/png": big}})
        assert images == []
        assert "cannot be shown" in said

    def test_one_referred_to_often_is_drawn_once(self):
        images, said = self.drawn("![](attachment:a)" * 50, {"a": {"image/png": PICTURE}})
        assert len(images) == 1
        assert said.count("shown above") == 49

    def test_one_written_into_the_text_is_shown_too(self):
        [image], _ = self.drawn(f"![](data:image/png;base64,{PICTURE})", {})
        assert image["src"].endswith(PICTURE)

    def test_an_instructors_picture_beside_the_notebook_is_shown_on_a_page(self):
        for text in ("![map](figures/map.png)", "<img src='figures/map.png' alt='map'>"):
            assert Tree(shown(text)).opened[-1] == (
                "img",
                {"src": "figures/map.png", "alt": "map"},
            )
        assert "<img" not in shown("![](https://a.example/x.png) ![](../x.png) ![](/x.png)")

    def test_a_missing_one_stops_no_page_in_any_cell(self):
        assert "not in the notebook" in text_of(shown("![](attachment:a.png)", None, "en"))
        assert "not in the notebook" in text_of(shown("![](attachment:a.png)", {"b": {}}, "en"))


PIECES = (
    "\n", "\n\n", "    ", "> ", "- ", "`", "```\n", "|", "*", "_", "$", "\\", "[", "](", ")", "<", "<b>",
    "</b>", "<table>", "<td>", "</p>", "<li>", "&", "&#", "&lt;", "&#10;", ";", "#", "![",
    "attachment:a", "javascript:",
)  # fmt: skip
FRAGMENTS = st.sampled_from([*HOSTILE.values(), *(text for text, _ in HONEST.values()), *PIECES])
# With halves of characters and all that is no character, which JSON can hold.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
TEXTS = st.lists(FRAGMENTS | ANYTHING, max_size=12).map("".join)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_harmless_and_settled(text):
    html = stored(text, {"a": {"image/png": PICTURE}})
    assert_harmless(html)
    assert_settled(html)
    assert html == stored(text, {"a": {"image/png": PICTURE}})


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_whatever_an_older_notebook_holds_is_harmless_on_a_page(text):
    html = shown(text, {"a": {"image/png": PICTURE}})
    assert_harmless(re.sub(r'<img src="[^":]*"', "<img", html))


@given(ANYTHING)
@settings(max_examples=100, deadline=None)
def test_what_is_no_markdown_is_shown_as_typed(text):
    html = as_written(text)
    assert_harmless(html)
    assert_settled(html)


def steps(text):
    """Calls that making a text takes, of Python's and of C's functions: the same on any machine."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        stored(text)
    finally:
        sys.setprofile(before)
    return count


# What is repeated without end; the last ones take a renderer long within one call of C.
ENDLESS = {
    **{repr(unit): unit for unit in ["[", "](a)", "![", "*a **b ", "c* d** ", "`a", "<", "<b>"]},
    **{repr(unit): unit for unit in ["> ", "- ", "- \n", "<div>", "<ul><li>", "&#", "|a", "~~a"]},
    **{
        repr(unit): unit for unit in ["$a", "\\\\[", "\\\\(", "\\begin{a}", "http://a ", "a\n: b\n"]
    },
    **{repr(unit): unit for unit in [" ", "\u3000", "#", "\n", "\\", "<!--", "- [ ] a\n", "_ "]},
}


@pytest.mark.parametrize("name", ENDLESS)
def test_twice_the_text_takes_no_more_than_about_twice_the_work(name):
    short, long = (steps((ENDLESS[name] * size)[:size]) for size in (10_000, 20_000))
    assert long < 2.6 * short + 2_000


@pytest.mark.parametrize(
    "text",
    [
        "\\\\[" * 41,
        "\\begin{a}" * 41,
        "*a **b " * 501 + "c* d** " * 501,
        "#a" + " " * 400 + "b",
        "a" + "\u3000" * 400 + "b\n",
        "x" * (MAX_TEXT + 1),
        "<div>" * (MAX_DEPTH + 1),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_would_take_a_renderer_long_is_shown_as_typed(text):
    assert stored(text) == as_written(text)
    assert text_of(stored(text)) == text


def test_one_address_referred_to_a_thousand_times_is_written_down_a_few_times():
    address = "https://a.example/" + "a" * 5_000
    html = stored(f"[x]: {address}\n\n" + "[x] " * 3_000)
    assert 5 < html.count("<a ") < 15
    assert text_of(html).count("x ") > 2_900


def test_a_language_named_on_a_block_costs_nothing():
    assert steps("```perl\n" + "s{" * 9_000 + "\n```") < 3_000 + steps(
        "```\n" + "s{" * 9_000 + "\n```"
    )


class TestFromAPlainField:
    """Its line breaks and paragraphs are the student's own, and it is no Markdown."""

    def test_lines_and_paragraphs_stand_as_they_were_typed(self):
        tree = Tree(as_typed("one\ntwo\n\n\n three  four\n"))
        tags = [node if isinstance(node, str) else node[0] for node in tree.nodes]
        assert tags == [
            *("div", "p", "one", "br", "two", "/p"),
            *("p", "\u00a0three\u00a0 four", "/p", "/div"),
        ]

    @pytest.mark.parametrize("name", sorted(HOSTILE))
    def test_nothing_acts_and_nothing_is_lost(self, name):
        text = HOSTILE[name]
        tree = Tree(shown(joined([headed("**x**"), as_typed(text)])))
        assert {tag for tag, _ in tree.opened} <= {"div", "p", "br", "hr", "strong", "span"}
        letters = "".join(filter(str.isalnum, text))
        assert letters in "".join(filter(str.isalnum, "".join(tree.texts)))

    @settings(max_examples=200, deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
    def test_whatever_is_typed_is_the_same_tree_when_it_is_rendered_again(self, text):
        once = as_typed(text)
        assert Tree(shown(once)).nodes == Tree(once).nodes
