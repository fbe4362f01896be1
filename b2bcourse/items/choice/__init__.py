"""The choice kind: a question with options, of which one or several are to be chosen."""

from b2bcourse.items.choice.authored import ChoiceItem, chance, load
from b2bcourse.items.choice.explain import explain, judged, staged
from b2bcourse.items.choice.face import Face, face
from b2bcourse.items.choice.key import ChoiceKey, key
from b2bcourse.items.choice.meaning import ids_in, meanings
from b2bcourse.items.choice.reckoning import reckon
from b2bcourse.items.choice.samples import guess, samples
from b2bcourse.items.choice.score import score
from b2bcourse.items.choice.secrets import Secret
from b2bcourse.items.choice.typed import parse, replacing, template
from b2bcourse.items.choice.value import blank, merge, model_answer

__all__ = [
    "ChoiceItem",
    "ChoiceKey",
    "Face",
    "Secret",
    "blank",
    "chance",
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
    "template",
]
