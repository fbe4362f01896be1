"""The simulation kind: a game of selling, answered by playing it; the answer is the journal."""

from b2bcourse.items.simulation.authored import SimulationItem, load
from b2bcourse.items.simulation.explain import explain, judged, staged
from b2bcourse.items.simulation.face import Face, SimulationKey, face, key
from b2bcourse.items.simulation.journal import begin_journal, blank, merge, states
from b2bcourse.items.simulation.meaning import ids_in, meanings
from b2bcourse.items.simulation.reckoning import reckon
from b2bcourse.items.simulation.samples import guess, model_answer, samples
from b2bcourse.items.simulation.score import score
from b2bcourse.items.simulation.secrets import Secret
from b2bcourse.items.simulation.typed import parse, replacing, template

__all__ = [
    "Face",
    "Secret",
    "SimulationItem",
    "SimulationKey",
    "begin_journal",
    "blank",
    "explain",
    "face",
    "guess",
    "ids_in",
    "judged",
    "key",
    "load",
    "meanings",
    "merge",
    "model_answer",
    "parse",
    "reckon",
    "replacing",
    "samples",
    "score",
    "staged",
    "states",
    "template",
]
