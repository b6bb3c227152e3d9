"""While a story is told in pieces: to listen is no misunderstanding."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import PIECES_TO_HAND_OVER, Step
from bot.rasa.bare_words import says_nothing
from bot.rasa.cues import HAN, is_piece
from bot.understanding.substance import is_bare

_WORD = 4
"""Chinese characters of a piece that only begins a sentence."""


def listen(step: Step) -> bool:
    """Ask to go on where the message is a piece that says too little by itself; from the second on with a person
    offered. False where it is no piece, or the last that is waited for."""
    empty = says_nothing(step.text, step.topics) and not is_bare(step.text)
    if not (empty or is_piece(step.text)) or step.situation.misses + 1 >= PIECES_TO_HAND_OVER:
        return False
    before = bool(step.situation.story) and not empty
    said = wording.GO_ON_TELLING if before or not empty else wording.LISTENING
    if not empty and len(HAN.findall(step.text)) <= _WORD:
        said = wording.GO_ON_WORD  # 「我去年」 is not asked what they want most
    offer = step.situation.offer or {}
    if offer.get("kind") == "clarify":
        # What they tell may settle it the next time; till then it can still be chosen.
        step.say(
            wording.NOTED_EITHER.format(names="，还是".join(f"「{name}」" for name in offer["names"])),
            (*offer["names"], wording.NEITHER),
        )
    elif step.situation.misses:
        step.say(said + wording.OR_PERSON, (wording.PERSON,))
    else:
        step.say(said)
    step.put(misses=step.situation.misses + 1, offer=step.situation.offer or {"kind": "person"})
    return True
