"""What several tests of the classifier need."""

from __future__ import annotations

import pytest

from bot.rasa.components.sentence_model import SentenceModel


@pytest.fixture(scope="session")
def sentence_model() -> SentenceModel:
    """As fetched; a test that needs it is skipped without."""
    there = SentenceModel.there()
    if there is None:
        pytest.skip("the sentence model was not fetched (docker/sentence_model/fetch.sh)")
    return there
