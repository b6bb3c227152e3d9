"""Learns the model with what lay people's questions taught, and with the sentence model where it is there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rasa.components.correction import read_correction
from bot.rasa.components.example import Example
from bot.rasa.components.learning import learn
from bot.rasa.components.linear_model import LinearModel
from bot.rasa.components.sentence_model import SentenceModel
from bot.rasa.components.sentences import Sentences


def learn_corrected(examples: Sequence[Example]) -> LinearModel:
    """From `examples`. Raises CorrectionError or SentencesError for a file that is not whole, or of another model."""
    return learn(examples, correction=read_correction(), sentences=Sentences.there(SentenceModel.there()))
