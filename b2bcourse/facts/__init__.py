"""The course's facts: what the documents teach, in both languages, with their sources."""

from b2bcourse.facts.benefits import BenefitFacts, benefits
from b2bcourse.facts.reading import DataError
from b2bcourse.facts.text import LANGS, Lang, Text, as_lang

__all__ = ["LANGS", "BenefitFacts", "DataError", "Lang", "Text", "as_lang", "benefits"]
