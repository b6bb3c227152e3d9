"""One message being read."""

from __future__ import annotations

import re
from datetime import date

from bot.interviews.facts import Facts, FactValue, Plain, known
from bot.interviews.kept_words import told_early
from bot.interviews.late import AskBack
from bot.interviews.lexicon import lexicon
from bot.interviews.message_told import Message
from bot.interviews.offers import Offers
from bot.interviews.phrases import Used, find_pairs
from bot.interviews.strays import is_stray
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.untold import without_untold
from bot.understanding.meant import Meant
from bot.understanding.speech_acts import corrects

EARLIER = re.compile(r"刚才|刚刚|前面|之前(?:说|讲|填)|上面|[说打选填弄搞记写点]错|更正|纠正|改一下|改成|改为|口误")
"""Words that speak of something told before."""
_DE = re.compile(r"(?<=[走来去离辞借交签付还打摔撞写给买])得(?=$|[\s,，。.;；!！])")
"""「去年年底走得」, typed for 走的."""
_PASSIVE = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000](?=(?:被|遭|让|叫|给)[^\s,，。;；]{1,12}[撞打咬骗赶开踢砸轧压碰刮蹭])"
)
"""A pause before who did it ends no clause: 「我骑电动车 被一个小轿车给撞了」."""
END_MARKS = " 。.!！,，、;；~～"
"""Marks that end a message and say nothing."""


_ECHO = re.compile(r"^(?P<echo>[^,，。?？]{1,9})[?？][\s,，]*(?=[^\s,，])")
_ECHO_ASKS = re.compile(
    r"怎么|咋|如何|什么|啥|[吗么嘛呢不没]$|多少|几|哪|谁|能不能|要不要|该不该|是不是|有没有|可以|行"
)


def _without_echo(text: str) -> str:
    """「纸？没得任何纸」: a word of the question said again asks nothing."""
    echo = _ECHO.match(text)
    return text if echo is None or _ECHO_ASKS.search(echo["echo"]) else text[echo.end() :]


class Hearing:
    """One message with everything that is needed to read it, and what was read of it so far."""

    def __init__(
        self, topic: Topic, facts: Facts, asked: Fact | None, heard: Meant, today: date, looks_back: bool = True
    ) -> None:
        self.heard = heard
        self.topic = topic
        self.facts = facts
        self.asked = asked
        self.said = _PASSIVE.sub("", _DE.sub("的", without_untold(_without_echo(heard.text))))
        self.today = today
        self.words = lexicon(topic)
        self.corrects = corrects(heard.text)
        self.earlier = bool(EARLIER.search(heard.text))
        """Something told before is spoken of."""
        now = known(topic, facts, today)
        told = {one for one in facts if not told_early(facts, one)}
        self.silent = frozenset(one for one in now.stuck if one not in told and topic.fact(one).asked)
        """Facts whose question does not apply."""
        self.new: dict[str, FactValue] = {}
        self.rejected = ""
        self.looks_back = looks_back and asked is not None
        self.ask_back: AskBack | None = None
        message = Message(topic, facts, asked, self.said, today, self.words, self.corrects)
        self.offers = Offers(message, self.silent)

    def is_asked(self, fact: Fact) -> bool:
        """Whether it is the fact whose question the message answers."""
        return self.asked is not None and fact.id == self.asked.id

    def settled(self, fact_id: str) -> bool:
        """Whether the message told it."""
        return fact_id in self.new

    def used(self, fact: Fact, asked: bool) -> list[Used]:
        """Phrases of the fact that the message uses and that are no strays."""
        words = self.words[fact.id]
        used = find_pairs(self.said, words.asked if asked else words.volunteered)
        return [one for one in used if not is_stray(self.topic, fact, self.said, one)]

    def plausible(self, fact: Fact, value: Plain) -> bool:
        """Whether the value lies within what the fact may be."""
        if isinstance(value, float):
            return (fact.min is None or value >= fact.min) and (fact.max is None or value <= fact.max)
        if fact.type == "date":
            day = date.fromisoformat(str(value))
            return fact.future or day <= self.today
        return True
