"""Learns the model with what lay people's questions taught, and with the sentence model where it is there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rasa.components.correction import FILE, WITH_SENTENCES, CorrectionError, read_correction
from bot.rasa.components.example import Example
from bot.rasa.components.learning import learn
from bot.rasa.components.linear_model import LinearModel
from bot.rasa.components.sentence_model import SentenceModel


def learn_corrected(examples: Sequence[Example]) -> LinearModel:
    """From `examples`. Raises CorrectionError where the sentence model is not the one that was learnt with."""
    model = SentenceModel.there()
    correction = read_correction(FILE if model is None else WITH_SENTENCES)
    if model is not None and model.sum != correction.model:
        raise CorrectionError(
            f"the sentence model has the sum {model.sum}, {WITH_SENTENCES.name} was learnt with {correction.model}; "
            "fetch it again with docker/sentence_model/fetch.sh, or learn again with `python -m bot.rasa.learn_lay`"
        )
    return learn(examples, correction=correction, sentences=model)
