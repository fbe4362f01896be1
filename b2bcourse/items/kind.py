"""The contract of a kind: the verbs that each has, and those that only some have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, runtime_checkable

from b2bcourse.items.authored import ItemBase
from b2bcourse.items.base import FaceBase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from b2bcourse.facts import Lang
    from b2bcourse.items.base import Guess, Outcome, Sample, Value
    from b2bcourse.items.feedback import Feedback
    from b2bcourse.items.reckoning import Reckoning
    from b2bcourse.items.said import Said

ItemT = TypeVar("ItemT", bound=ItemBase)
FaceT = TypeVar("FaceT", bound=FaceBase)
KeyT = TypeVar("KeyT")


@runtime_checkable
class Kind(Protocol[ItemT, FaceT, KeyT]):
    """The verbs of a kind of item; each kind is a module (or package) that has them all.

    What only some kinds can do is declared below: `ByHand`, `Heard`, `Proved`, `Played`,
    `Reckoned`.
    """

    Face: type[FaceT]
    Secret: type[Any]  # what would give an item's key away: see `secret.SecretBase`

    def load(self, raw: Any, where: str, /) -> ItemT: ...
    def face(self, item: ItemT, lang: Lang, /) -> FaceT: ...
    def key(self, item: ItemT, /) -> KeyT: ...
    def blank(self, face: FaceT, /) -> Value: ...
    def merge(self, value: Mapping[str, Any], patch: Mapping[str, Any], /) -> Value: ...
    def score(
        self, face: FaceT, key: KeyT, value: Any, context: Mapping[str, Any] | None = None, /
    ) -> Outcome: ...
    def explain(
        self,
        face: FaceT,
        key: KeyT,
        outcome: Outcome,
        value: Any,
        again: frozenset[str] = frozenset(),
        /,
    ) -> Feedback: ...
    def staged(
        self,
        face: FaceT,
        key: KeyT,
        outcome: Outcome,
        value: Any,
        again: frozenset[str] = frozenset(),
        /,
    ) -> Feedback: ...
    def judged(self, face: FaceT, key: KeyT, outcome: Outcome, value: Any, /) -> Feedback: ...
    def model_answer(self, face: FaceT, key: KeyT, /) -> Value: ...
    def template(self, face: FaceT, /) -> str: ...
    def parse(self, face: FaceT, typed: Any, /) -> Value: ...
    def replacing(self, face: FaceT, value: Mapping[str, Any], /) -> Value: ...
    def meanings(self, face: FaceT, /) -> dict[str, str]: ...
    def ids_in(self, value: Any, /) -> set[str]: ...
    def samples(self, item: ItemT, /) -> Sequence[Sample]: ...
    def guess(self, face: FaceT, how: Guess, rng: Random, /) -> Value: ...


VERBS: Final = tuple(name for name in (*Kind.__annotations__, *vars(Kind)) if name[0] != "_")
"""The names of what every kind's module has."""


@runtime_checkable
class ByHand(Protocol):
    """A kind that a person grades in an assignment; only practice is judged by the kit."""

    BY_HAND: bool


@runtime_checkable
class Heard(Protocol):
    """A kind whose answers others can be held against: see `agreement`."""

    def said(self, item: Any, value: Any, /) -> Said: ...


@runtime_checkable
class Proved(Protocol):
    """A kind whose best answer can be proved, which takes longer than a student may wait."""

    def solve(self, item: Any, /) -> Any: ...


@runtime_checkable
class Played(Protocol):
    """A kind whose answer is a journal that goes through states."""

    def begin_journal(self, face: Any, learner: str = "", /) -> Value: ...
    def states(self, value: Any, /) -> Sequence[Any]: ...


@runtime_checkable
class Reckoned(Protocol):
    """A kind that can say how the points of an answer come about."""

    def reckon(self, face: Any, key: Any, outcome: Outcome, value: Any, /) -> Reckoning: ...
