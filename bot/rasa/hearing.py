"""What a message says before anything decides what it means: pinyin is read, other languages are told apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.interviews.sayings import sayings
from bot.rasa.abroad import held_abroad
from bot.rasa.cues import is_question
from bot.rasa.danger_heard import hear_danger
from bot.rasa.leaving import read_leaving
from bot.rasa.runtime import runtime
from bot.rasa.silent import breaks_off
from bot.rasa.situation import Situation
from bot.services.asked_of_country import read_asked
from bot.understanding.danger import find_danger
from bot.understanding.english import english_words, read_english
from bot.understanding.meant import meant
from bot.understanding.pinyin_reader import PinyinReader
from bot.understanding.script import script_of
from bot.understanding.speech_acts import read_polarity, wants_person
from bot.understanding.word_pairs import WordPairs

Kind = Literal["plain", "guess", "confirmed", "refused", "english", "foreign", "leaves", "turns", "may_turn"]

KEY = "heard"
"""Where a message and its parse data keep it."""
_MIXED = re.compile(r"(?<![A-Za-z])[A-Za-z]{4,}(?![A-Za-z])")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_NUMBERED = re.compile(
    r"^(?:那|好的?|还有|嗯)?[\s,，]*(?:我的?)?(?:第[一二三四五1-5]个|另一个|还有一?个|最后一?个|再问[您你]?一?个)问题(?:就?是)?[\s,，:：、。]+(?=.{4})"
)
"""「第二个问题 要是交不起呢」 asks what stands behind it."""
_LETTERS = 2
"""Of a word in no language."""
_LONGEST_WORD = 12
"""Letters; in an interview so short a Latin word answers (VIP, APP) rather than opens an English talk."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as heard."""

    text: str
    """What everything after this reads."""
    kind: Kind = "plain"
    """guess: `text` is only likely, so ask; confirmed, refused: the answer to such a question. leaves: nothing but the
    wish to leave the matter at hand; turns, may_turn: `text` is what was said besides that wish."""

    def to_dict(self) -> dict[str, str]:
        """Plain JSON."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any], text: str) -> Heard:
        """What was written into the data of a message; for one that never was heard, `text` as meant."""
        kept = data.get(KEY)
        return cls(**kept) if kept else cls(meant(text))


def hear(text: str, situation: Situation) -> Heard:
    """Hear `text`, said in `situation`. Never raises for odd text."""
    said = meant(text)
    guessed = _guessed(situation)
    if guessed and len(said) <= _LONGEST_WORD:
        answer = read_polarity(said) or read_polarity(_spelt(said))
        if answer in ("yes", "no"):
            return Heard(guessed, "confirmed") if answer == "yes" else Heard(said, "refused")
    match script_of(said):
        case "latin":
            return _latin(said, situation)
        case "other":
            return Heard(said, "foreign")
        case "han" if _MIXED.search(said):
            return Heard(_BLANK.sub("", _MIXED.sub(lambda found: _certain(found[0]), said)))
    behind = _NUMBERED.sub("", said)
    # 「第二个问题，我打了那男的一拳」 tells of another matter, a question may be asked of this one.
    return _leaving(behind if situation.stage != "interview" or is_question(behind) else said)


def _leaving(said: str) -> Heard:
    left = read_leaving(said)
    if left is None or breaks_off(said) or hear_danger(said) is not None or held_abroad(said) is not None:
        return Heard(said)
    if not left.rest:
        return Heard(said, "leaves")
    # What is left behind must not be taken for what is asked: 先别管工资了，我还有个离婚的事.
    return Heard(left.rest, "turns" if left.plain else "may_turn")


def _guessed(situation: Situation) -> str:
    """What was asked back last; a yes to anything said since is no yes to it."""
    offer = situation.offer or {}
    said = str(offer.get("said") or "") if offer.get("kind") == "guess" else ""
    return said if said and situation.last and said in str(situation.last[-1].get("text")) else ""


def _latin(said: str, situation: Situation) -> Heard:
    if read_polarity(said) is not None:
        return Heard(said)
    if len(said) <= _LETTERS:
        return Heard(said)  # 「rt」, 「dd」
    english = read_english(said).wish
    asked = read_asked(said)
    of_law = asked is not None and asked.question is not None
    if of_law or english in ("danger", "person", "situation", "greeting") or held_abroad(said) is not None:
        return Heard(said, "english")
    pinyin = pinyin_reader().read(said, english_words())
    if pinyin is not None:
        # In danger nobody is asked whether they meant it.
        danger = next((one for one in (pinyin.text, *pinyin.others) if find_danger(one) is not None), "")
        if danger:
            return Heard(danger)
        return Heard(pinyin.text, "plain" if pinyin.certain or wants_person(pinyin.text) else "guess")
    if situation.stage == "interview" and len(said) <= _LONGEST_WORD and " " not in said:
        return Heard(said)
    return Heard(said, "english")


def _spelt(said: str) -> str:
    pinyin = pinyin_reader().read(said)
    return pinyin.text if pinyin is not None else ""


def _certain(letters: str) -> str:
    """Pinyin in the middle of Chinese, where there is no doubt about it; else the letters."""
    pinyin = pinyin_reader().read(letters, english_words())
    return pinyin.text if pinyin is not None and pinyin.certain else letters


@functools.cache
def pinyin_reader() -> PinyinReader:
    """The process's reader, made of all examples and of what is said in one word; the first call takes seconds."""
    return PinyinReader(WordPairs(sayings(runtime().topics.values())))
