"""The numbers of the rules that differ from one version to the next.

A version is never changed once games have been played under it; what is new has a new number.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Numbers(Struct, frozen=True, kw_only=True):
    """What one version of the rules says where versions differ.

    Attributes:
        defects: chances of a defect in a thousand deliveries, by the number of tests skipped.
        rework: a defect costs one part in so many of what the delivery brought.
        defect_trust: what a defect takes of a customer's trust.
        unpaid: so many turns pass before a delivery is paid; who fails meanwhile never pays.
        heard: a cut this far beyond purchasing's target is heard of: every other customer in the
            territory that has not agreed yet asks for so much more. 0 where nobody hears.
        bought: chances in a thousand a turn that a rival comes to a customer who was won by price
            alone, however well it is looked after.
    """

    defects: tuple[int, ...]
    rework: int
    defect_trust: int
    unpaid: int
    heard: int
    bought: int


NUMBERS: Final = {
    1: Numbers(
        defects=(50, 150, 450, 900, 900),
        rework=6,
        defect_trust=10,
        unpaid=0,
        heard=0,
        bought=0,
    ),
    2: Numbers(
        defects=(30, 450, 850, 950, 950),
        rework=4,
        defect_trust=15,
        unpaid=4,
        heard=1,
        bought=300,
    ),
}
