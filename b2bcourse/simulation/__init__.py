"""A game of selling to companies: what the course teaches decides how it ends. Pure and seeded."""

from b2bcourse.simulation.choosing import costs, legal, preview
from b2bcourse.simulation.engine import ENGINE, ENGINES, begin, replay, step
from b2bcourse.simulation.scenario import Scenario, scenario, scenarios
from b2bcourse.simulation.state import Event, State
from b2bcourse.simulation.view import view

__all__ = [
    "ENGINE",
    "ENGINES",
    "Event",
    "Scenario",
    "State",
    "begin",
    "costs",
    "legal",
    "preview",
    "replay",
    "scenario",
    "scenarios",
    "step",
    "view",
]
