"""Pictures are told by what is in them."""

import base64
import io

import pytest
from corpus import SVG, png
from PIL import Image

from b2bcourse.grading.pictures import as_address, named


def drawn(form, **options):
    out = io.BytesIO()
    Image.new("RGB", (3, 2)).save(out, form, **options)
    return base64.b64encode(out.getvalue()).decode()


@pytest.mark.parametrize(
    ("form", "mime"),
    [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp")],
)
def test_each_of_four_kinds_is_shown_as_what_it_is(form, mime):
    assert as_address({"image/anything": drawn(form)}).startswith(f"data:image/{mime};base64,")


def test_a_telephones_jpeg_of_two_pictures_is_a_jpeg():
    both = drawn("MPO", save_all=True, append_images=[Image.new("RGB", (3, 2))])
    assert as_address({"image/jpeg": both}).startswith("data:image/jpeg;base64,")


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM", "ICO"])
def test_other_kinds_are_not_shown(form):
    assert as_address({"image/png": drawn(form)}) is None


def test_of_several_forms_the_first_that_is_a_picture_counts():
    bundle = {"image/svg+xml": base64.b64encode(SVG.encode()).decode(), "image/png": png()}
    assert as_address(bundle) == f"data:image/png;base64,{png()}"


def test_line_breaks_in_base64_do_not_matter():
    broken = "\n".join(png()[n : n + 20] for n in range(0, len(png()), 20))
    assert as_address({"image/png": broken}) == f"data:image/png;base64,{png()}"


@pytest.mark.parametrize("address", ["data:", "data:,x", "data:image/png,x", "data:;base64,?"])
def test_an_address_that_holds_no_picture_is_none(address):
    assert as_address(address) is None


def test_an_attachment_is_found_by_its_name_as_written_or_as_addresses_have_it():
    assert named({"그림 1": "x"}, "attachment:그림 1") == "x"
    assert named({"그림 1": "x"}, "attachment:%EA%B7%B8%EB%A6%BC%201") == "x"
    assert named({"a": "x"}, "attachment:b") is None
