"""What a message is found to be, and what the intents of the examples mean by themselves."""

from __future__ import annotations

from dataclasses import dataclass

TOPIC = "topic_"
"""With the id of a topic behind it: the message is about that topic."""
DANGER = "danger_"
"""With a kind of danger behind it."""
OUTSIDE = "out_of_scope"
HURT = ("domestic_violence", "crime_victim", "school_bullying", "sexual_harassment")
"""Topics in which somebody may be hurt; they are taken up first."""
INJURED = frozenset({"animal_injury", "personal_injury", "traffic_accident", "work_injury", "campus_injury"})
"""A wound comes before what annoys, where nothing was counted out."""
SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "bot_challenge", "complaint"})
MEANT = {
    "handoff": "ask_person",
    "restart": "start_over",
    "law_question": "ask_law",
    "repeat": "ask_repeat",
    "ask_why": "bot_challenge",
    # Answers without a question:
    "inform": "nlu_fallback",
    "affirm": "nlu_fallback",
    "deny": "nlu_fallback",
    "dont_know": "nlu_fallback",
    "correct": "nlu_fallback",
}
"""What the intents of the examples mean where nothing in the situation says otherwise."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message is, as an intent of the domain."""

    intent: str
    confidence: float
    candidates: tuple[str, ...] = ()
    """Topic ids: the two of an either/or question, or the second topic that was raised."""
    parts: tuple[str, ...] = ()
    """Of a message about two problems the words on each: on the topic of the intent, then on the candidates."""
