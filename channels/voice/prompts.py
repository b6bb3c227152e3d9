"""How the bot's replies begin that are the same for everybody: it can be rendered before anyone calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.dialogue.engine import Part
from bot.interviews.topic import Topic
from bot.rasa import wording
from voice.spoken import spoken


def prompts(topics: Iterable[Topic]) -> tuple[str, ...]:
    """The first sentence of the bot's own words and of the questions of the topics, as the telephone says them.

    Nothing in it is a caller's. What follows a first sentence is rendered while that is heard.
    """
    parts = [Part("text", text) for name, text in vars(wording).items() if name.isupper() and isinstance(text, str)]
    for topic in topics:
        parts += _of(topic)
    first = (spoken([part], by_link=False).sentences[:1] for part in parts)
    return tuple(dict.fromkeys(one for sentences in first for one in sentences if "{" not in one))


def _of(topic: Topic) -> Iterator[Part]:
    yield Part("text", topic.intro)
    for fact in topic.facts:
        yield Part("choices", fact.question, tuple(option.label for option in fact.options))
