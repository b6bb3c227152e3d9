"""Puts right what the recogniser misheard, before anybody acts on it."""

from __future__ import annotations

from pathlib import Path

from bot.interviews.sayings import sayings
from bot.interviews.topic_file import load_topics
from bot.understanding.misheard import Misheard
from bot.understanding.word_pairs import WordPairs
from bot.understanding.words import legal_terms
from voice.call.meaning import is_wish
from voice.recognizer import Heard


class Mending:
    """Until it is loaded, what was heard is what was said."""

    def __init__(self, topics: Path) -> None:
        """`topics`: the folder of the topics, whose words are known."""
        self._topics = topics
        self._misheard: Misheard | None = None

    def load(self) -> None:
        """Takes seconds; for a thread."""
        self._misheard = Misheard(WordPairs(sayings(load_topics(self._topics).values()), legal_terms()))

    def __call__(self, heard: Heard) -> str:
        """What was most likely said; of wishes about the call every word is known."""
        known = self._misheard is None or is_wish(heard.text)
        return heard.text if known or self._misheard is None else self._misheard.mend(heard.text, heard.alternatives)
