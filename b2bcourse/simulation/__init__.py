"""A game of selling to companies: what the course teaches decides how it ends. Pure and seeded."""

from b2bcourse.simulation.choosing import costs, legal, preview, swaps
from b2bcourse.simulation.debrief import debrief
from b2bcourse.simulation.engine import ENGINE, ENGINES, begin, replay, step
from b2bcourse.simulation.measures import PARTS
from b2bcourse.simulation.scenario import Scenario, scenario, scenarios
from b2bcourse.simulation.score import SEEDS, points, result, seed_for
from b2bcourse.simulation.state import Event, State, fingerprint
from b2bcourse.simulation.view import view

__all__ = [
    "ENGINE",
    "ENGINES",
    "PARTS",
    "SEEDS",
    "Event",
    "Scenario",
    "State",
    "begin",
    "costs",
    "debrief",
    "fingerprint",
    "legal",
    "points",
    "preview",
    "replay",
    "result",
    "scenario",
    "scenarios",
    "seed_for",
    "step",
    "swaps",
    "view",
]
