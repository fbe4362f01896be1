"""What the tests of figures share."""

from functools import cache

import pytest

from b2bcourse.figures import draw


@pytest.fixture(scope="session")
def drawn():
    """Each figure, drawn once: ``drawn(name, lang)``."""
    return cache(draw)
