"""What people at a firm say in their own words: of their work, their wishes, their worries, of us.

A scenario's voices lie in ``voices/<scenario>.yaml``; where one is missing the common stock speaks.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_yaml

if TYPE_CHECKING:
    from b2bcourse.simulation.state import State

WAYS: Final = 2
"""So many ways a firm has to say one wish."""


class Voice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One person's words.

    Attributes:
        roles: by role, what shows it: what this person does, as one sees or hears it there.
        fears: by fear, what shows that worry.
        warm, cold: what this person says once won over, and once against us.
    """

    roles: dict[str, Text] = {}
    fears: dict[str, Text] = {}
    warm: Text | None = None
    cold: Text | None = None


class FirmVoices(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of a firm: its wishes, by benefit, two ways to say each; and its people's."""

    wishes: dict[str, tuple[Text, ...]] = {}
    people: dict[str, Voice] = {}


@lru_cache(maxsize=8)
def voices(scenario: str) -> dict[str, FirmVoices]:
    """The voices of a scenario by firm; none where it has none.

    Raises:
        DataError: the file is unsound.
    """
    path = Path(str(resources.files("b2bcourse.simulation"))) / "voices" / f"{scenario}.yaml"
    return read_yaml(path, dict[str, FirmVoices]) if path.is_file() else {}


def voice(state: State, account: str, person: str) -> Voice:
    """A person's words; silent where nobody has written any."""
    firm = voices(state.scenario).get(account)
    return firm.people.get(person, Voice()) if firm else Voice()


def wish(state: State, account: str, person: str, benefit: str) -> Text | None:
    """A wish in the firm's words; `None` where it has none for that benefit.

    Two people of a firm who wish the same say it in different ways.
    """
    firm = voices(state.scenario).get(account)
    ways = firm.wishes.get(benefit, ()) if firm else ()
    if not ways:
        return None
    before = 0
    for name, other in state.accounts[account].people.items():
        if name == person:
            break
        before += benefit in other.wishes
    return ways[before % len(ways)]


def missing(scenario: str) -> list[str]:
    """What a scenario's people may have to say and have no words for, as paths in the file."""
    from b2bcourse.simulation.engine import interests_of  # engine imports what imports this
    from b2bcourse.simulation.scenario import scenario as data_of

    gaps: list[str] = []
    found = voices(scenario)
    for account in data_of(scenario).accounts:
        firm = found.get(account.id, FirmVoices())
        wished = {b for person in account.people for b in interests_of(account, person)}
        silent = {b for b in wished if len(firm.wishes.get(b, ())) < WAYS}
        gaps += [f"{account.id}.wishes.{benefit}" for benefit in sorted(silent)]
        for person in account.people:
            where, own = f"{account.id}.people.{person.id}", firm.people.get(person.id, Voice())
            roles = {role for drawn in person.roles for role in drawn}
            gaps += [f"{where}.roles.{role}" for role in sorted(roles - set(own.roles))]
            fears = set(person.fears) - {""}
            gaps += [f"{where}.fears.{fear}" for fear in sorted(fears - set(own.fears))]
            gaps += [f"{where}.{tone}" for tone in ("warm", "cold") if getattr(own, tone) is None]
    return gaps
