"""Every kind held to the contract by the type checker; nothing imports this, all kinds at once."""

from __future__ import annotations

from typing import Final

from b2bcourse.items import allocation, choice, essay, matching, matrix, ordering, simulation
from b2bcourse.items.kind import Kind

HELD: Final[
    tuple[
        Kind[allocation.AllocationItem, allocation.Face, allocation.AllocationKey],
        Kind[choice.ChoiceItem, choice.Face, choice.ChoiceKey],
        Kind[essay.EssayItem, essay.Face, essay.EssayKey],
        Kind[matching.MatchingItem, matching.Face, matching.MatchingKey],
        Kind[matrix.MatrixItem, matrix.Face, matrix.MatrixKey],
        Kind[ordering.OrderingItem, ordering.Face, ordering.OrderingKey],
        Kind[simulation.SimulationItem, simulation.Face, simulation.SimulationKey],
    ]
] = (allocation, choice, essay, matching, matrix, ordering, simulation)
