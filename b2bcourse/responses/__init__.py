"""Where a response lives: one JSON file an item, beside the notebook, never lost."""

from b2bcourse.items.response import FOLDER
from b2bcourse.responses.reading import histories, read_answer, read_limited, read_response, values
from b2bcourse.responses.store import How, Loaded, Offer, SaveError, Store

__all__ = [
    "FOLDER",
    "How",
    "Loaded",
    "Offer",
    "SaveError",
    "Store",
    "histories",
    "read_answer",
    "read_limited",
    "read_response",
    "values",
]
