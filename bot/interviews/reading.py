"""Reads the facts out of a citizen's message: the answer to the question, whatever else was told, and corrections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from bot.interviews.ages_told import ages_told, with_ages
from bot.interviews.belongs import denied_elsewhere, having, others, speaks_of
from bot.interviews.due_by_term import due_by_term
from bot.interviews.facts import Facts, FactValue, Plain, known
from bot.interviews.first_words import country_in, name_in, story_in
from bot.interviews.heads import heads
from bot.interviews.inference import ESTIMATED, infer
from bot.interviews.interview import Interview
from bot.interviews.late import AskBack, early_answers, going_back, late_answers, surely, which
from bot.interviews.lexicon import lexicon
from bot.interviews.offers import Offers
from bot.interviews.per_period import without_frames
from bot.interviews.phrases import Used, combined, find_pairs, ordinal, single
from bot.interviews.quick_replies import UNKNOWN_CHOICE
from bot.interviews.strays import is_stray
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.untold import without_untold
from bot.interviews.wording import fact_text
from bot.understanding.entity import Entity
from bot.understanding.extract import extract
from bot.understanding.feelings import is_only_feeling
from bot.understanding.meant import Meant, understand
from bot.understanding.speech_acts import corrects, read_polarity
from bot.understanding.substance import content, is_bare, scolds

_EARLIER = re.compile(r"刚才|刚刚|前面|之前(?:说|讲|填)|上面|[说打选填弄搞记写点]错|更正|纠正|改一下|改成|改为|口误")
_RATHER = re.compile(r"其实|应该是|改[成为]|搞混")
_NOT_THIS = re.compile(r"不是(?:说)?(?:有)?$")
_NOT_YET = re.compile(r"^(?:我|他|她|人)?(?:还没|还没有|没有|尚未|还未|没)(?!记)[^\d]{0,6}$")
"""「还没走呢」 to the question on which day: there is none yet."""
_END_MARKS = " 。.!！,，、;；~～"
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent", "place"})
_WHO = re.compile(r"(?:不知道|不清楚|不晓得)(?:是|到底)?谁")
_ALONE = re.compile(r"[^,，。;；!！\n]*\x00[^,，。;；!！\n]*")
"""A clause of which something else was read."""
_LONGEST_TEXT = 500
_TELLING = 3
"""Characters of a phrase that says something by itself."""
_FIRST_WORDS = {"country": country_in, "name": name_in, "story": story_in}
_LONGEST_PLACE = 20
_NONE = re.compile(r"[不没无忘否别冇]|算了|^no?$", re.IGNORECASE)
_DIVISION = re.compile(r"[省市区县州盟旗镇乡村里街屯寨]$")
"""Ends the name of a place, also one that begins like a yes or a no: 会理县, 不夜城街."""
_LONGEST_READ = 4000
"""Of a longer message only the beginning is read for facts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message told."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    """New and changed answers only."""
    corrected: tuple[str, ...] = ()
    """Facts whose earlier answer was replaced."""
    understood: bool = False
    """The question asked got an answer, 「不知道」 included."""
    echo: str = ""
    """What to say back so that a mistake is noticed; empty when nothing needs it."""
    rejected: str = ""
    """Why an answer was not taken, or which earlier one it contradicts; empty when all is well."""
    ask_back: AskBack | None = None
    """Asked before anything else, where the words may be meant for an earlier question."""

    def merged(self, facts: Facts) -> dict[str, FactValue]:
        """All facts, the ones told last at the end."""
        kept = {fact_id: one for fact_id, one in facts.items() if fact_id not in self.facts}
        return {**kept, **self.facts}


def read_answers(topic: Topic, facts: Facts, asked: str | None, text: str, today: date) -> Reading:
    """Read `text` for `topic`, given the facts so far and the id of the question it answers (None: none was asked).

    Never raises for odd text; raises KeyError when `asked` names no fact.
    """
    heard = understand(text[:_LONGEST_READ])
    if not heard.text:
        return Reading()
    return _Reader(topic, facts, None if asked is None else topic.fact(asked), heard, today).read()


class _Reader:
    """One message being read."""

    def __init__(
        self, topic: Topic, facts: Facts, asked: Fact | None, heard: Meant, today: date, looks_back: bool = True
    ) -> None:
        said = heard.text
        self._heard = heard
        self._topic = topic
        self._facts = facts
        self._asked = asked
        self._said = without_untold(said)
        self._today = today
        self._words = lexicon(topic)
        self._corrects = corrects(heard.text)
        self._earlier = bool(_EARLIER.search(heard.text))
        now = known(topic, facts, today)
        self._silent = {one for one in now.stuck if one not in facts and topic.fact(one).asked}
        """Facts whose question does not apply."""
        self._new: dict[str, FactValue] = {}
        self._rejected = ""
        self._looks_back = looks_back and asked is not None
        self._ask_back: AskBack | None = None
        self._beside: dict[str, dict[str, FactValue]] = {}
        """What else was told with a late answer."""
        silent = frozenset(self._silent)
        self._offers = Offers(topic, facts, asked, self._said, today, self._words, self._corrects, silent)

    def read(self) -> Reading:
        if self._asked is not None and self._read_click(self._asked):
            return self._reading()
        if self._looks_back and self._read_late(going_back(self._said), True):
            return self._reading()
        self._read_measures()
        self._read_phrases()
        self._read_first_words()
        if self._asked is not None and not self._rejected and not self._settled(self._asked.id):
            # A story may say 刚才 and 不是……是…… without taking anything back.
            tells = self._asked.type == "text" and content(self._said) == self._said
            if self._earlier and not self._new and not tells and self._flip_earlier():
                return self._reading()
            if tells or not (self._corrects and self._new):
                self._read_plain(self._asked)
        if self._looks_back and not self._rejected and self._asked is not None and not self._settled(self._asked.id):
            self._offer_other()
        silent = not (self._new or self._ask_back or self._rejected or self._offers.doubts)
        if self._looks_back and silent and not self._read_late(self._said.strip("\n" + _END_MARKS), False):
            self._rejected = which(self._topic, self._facts) if going_back(self._said) else ""
        return self._reading()

    def _offer_other(self) -> None:
        """Another option of a choice made before, told in passing, is asked back about: it may correct the choice."""
        found: dict[str, FactValue] = {}
        for fact in self._topic.facts:
            before = self._facts.get(fact.id)
            if fact.type != "choice" or before is None or before.value is None or fact.id in self._silent:
                continue
            used = [one for one in self._used(fact, False) if len(one.text) >= _TELLING]
            value = single(used)
            if value is not None and value != before.value and not any(one.value == before.value for one in used):
                words = next(one.text for one in used if one.value == value)
                both = next(
                    (one.value for one in fact.options if {value, before.value} <= {one.value, *one.combines}), value
                )
                if both != before.value:
                    found[fact.id] = FactValue(both, False, words)
        if len(found) == 1 and not self._new:
            told = next(iter(found.values())).said
            self._ask_back = AskBack.of(self._topic, found, told, self._heard.quoted(told))

    def _read_late(self, said: str, announced: bool) -> bool:
        """Whether the message was taken, or asked back about, as an answer to an earlier question."""
        if self._asked is None:
            return False
        found = late_answers(self._topic, self._facts, self._asked, said, announced, self._read_for)
        if not found and not announced:
            needed = Interview(self._topic, self._facts, self._today).needed()
            found = early_answers(self._topic, needed, self._asked, said, self._read_for)
        if not found:
            return False
        if sure := surely(self._facts, found, announced):
            self._new |= {**self._beside.get(sure, {}), sure: found[sure]}
        else:
            self._ask_back = AskBack.of(self._topic, found, said, self._heard.quoted(said))
        return True

    def _read_for(self, fact: Fact, said: str) -> FactValue | None:
        before = {one: told for one, told in self._facts.items() if one != fact.id}
        heard = understand(said)
        for asked in (fact, None):
            told = _Reader(self._topic, before, asked, heard, self._today, False).read().facts
            if fact.id in told:
                # 「我是去年三月进的公司」 tells of the day from which the time is counted that was asked.
                self._beside[fact.id] = {one: value for one, value in told.items() if one not in before}
                return told[fact.id]
        return None

    def _settled(self, fact_id: str) -> bool:
        return fact_id in self._new

    def _reading(self) -> Reading:
        self._new |= infer(self._topic, self._facts, self._new, self._today)
        corrected = tuple(
            one
            for one, now in self._new.items()
            if one in self._facts and self._facts[one].value is not None and self._facts[one].value != now.value
        )
        self._new = {one: self._in_own_words(one, told) for one, told in self._new.items()}
        understood = self._asked is not None and self._asked.id in self._new and self._new[self._asked.id].answered
        return Reading(
            self._new, corrected, understood, self._echo(corrected), self._rejected or self._doubted(), self._ask_back
        )

    def _doubted(self) -> str:
        """What is said about a contradiction."""
        return "".join(
            f"您前面说{fact.label}是{fact_text(fact, self._facts[fact.id])}，这次说的是{fact_text(fact, now)}。"
            f"我先按前面的记；要改，请说“{fact.label}改成{self._heard.quoted(now.said)}”。"
            for fact_id, now in self._offers.doubts.items()
            if fact_id not in self._new
            for fact in (self._topic.fact(fact_id),)
        )

    def _in_own_words(self, fact_id: str, told: FactValue) -> FactValue:
        """The answer with the words the citizen wrote: what they are read as is not shown to anyone."""
        estimated = told.said.startswith(ESTIMATED)
        said = told.said if estimated else self._heard.quoted(told.said)
        if self._topic.fact(fact_id).type == "text" and told.value == told.said:
            return replace(told, value=said, said=said)
        return replace(told, said=said)

    def _echo(self, corrected: tuple[str, ...]) -> str:
        told = []
        for fact_id, now in self._new.items():
            fact = self._topic.fact(fact_id)
            volunteered = self._asked is None or fact_id != self._asked.id
            vague = now.low is not None and now.low != now.high
            if now.value is not None and (fact_id in corrected or volunteered or vague or fact.confirm):
                told.append(f"{fact.label}：{fact_text(fact, now)}")
        if not told:
            return ""
        return ("好的，改过来了，" if corrected else "好的，我记下了，") + "；".join(told) + "。"

    # Quantities, dates and places

    def _read_measures(self) -> None:
        found = extract(self._said, self._today)
        entities = [one for one in found if one.kind in _MEASURED and not self._taken_back(one)]
        ages = [
            one for one in ages_told(self._topic, self._asked, self._said, self._today) if not self._taken_back(one)
        ]
        entities = with_ages(without_frames(self._said, entities), ages)
        offers = sorted(self._offers.of(entities), key=lambda offer: -offer[0])
        used: set[int] = set()
        if (by_term := due_by_term(self._topic, self._facts, self._said, entities)) is not None:
            due, day, lent = by_term
            before = self._facts.get(due.id)
            if due.id not in self._silent and (before is None or before.value is None or self._corrects):
                if self._plausible(due, day.value):
                    self._new[due.id] = day
                offers = [
                    one
                    for one in offers
                    if one[1].id != due.id and (one[2] != entities.index(lent) or lent.kind == "date")
                ]
        self._count_heads()
        for _, fact, place, measured in offers:
            since = fact.type == "date" and entities[place].kind == "duration"
            if fact.id in self._new or (place in used and not since):
                continue
            value = FactValue(measured.value, False, entities[place].text, measured.low, measured.high)
            if self._plausible(fact, measured.value):
                self._new[fact.id] = value
                if not since:
                    used.add(place)
            elif self._asked is not None and fact.id == self._asked.id:
                used.add(place)
                self._refuse(fact, entities[place].text)

    def _count_heads(self) -> None:
        """Who shares, named one by one."""
        for fact in self._topic.facts:
            asked = self._asked is not None and fact.id == self._asked.id
            before = self._facts.get(fact.id)
            known_before = before is not None and before.value is not None and not asked
            if fact.type != "count" or "一起分" not in fact.cues or fact.id in self._silent or known_before:
                continue
            if (told := heads(self._said, asked)) is not None:
                self._new[fact.id] = FactValue(float(told[0]), False, told[1])

    def _taken_back(self, entity: Entity) -> bool:
        """不是五千，是六千: the five thousand is not meant."""
        return bool(_NOT_THIS.search(self._offers.before(entity)))

    def _plausible(self, fact: Fact, value: Plain) -> bool:
        if isinstance(value, float):
            return (fact.min is None or value >= fact.min) and (fact.max is None or value <= fact.max)
        if fact.type == "date":
            day = date.fromisoformat(str(value))
            return fact.future or day <= self._today
        return True

    def _refuse(self, fact: Fact, words: str) -> None:
        before = self._facts.get(fact.id)
        if before is not None and before.value is None and not before.unknown:
            self._new[fact.id] = FactValue(None, True, words)
            self._rejected = f"没关系，{fact.label}我先记为不清楚，我们接着往下说。"
        else:
            self._new[fact.id] = FactValue(None, False, words)
            self._rejected = f"您说的{fact.label}是“{self._heard.quoted(words)}”，好像不太对，能再说一遍吗？"

    # Options and plain answers

    def _read_click(self, fact: Fact) -> bool:
        """A quick reply, or its place in the list, is that answer and tells nothing else."""
        if fact.type not in {"choice", "yes_no"}:
            return False
        words = self._words[fact.id]
        plain = self._said.strip(_END_MARKS)
        place: int | None
        if plain in words.labels:
            place = words.labels.index(plain)
        elif any(plain.lower() == phrase for phrase, _ in words.asked):
            return False
        else:
            place = ordinal(self._said, len(words.labels))
        if place is None:
            return False
        answers: list[Plain] = [option.value for option in fact.options] if fact.options else [True, False]
        value = answers[place] if place < len(answers) else None
        self._new[fact.id] = FactValue(value, value is None, self._said)
        return True

    def _read_phrases(self) -> None:
        for fact in self._topic.facts:
            asked = self._asked is not None and fact.id == self._asked.id
            has_answer = fact.id in self._facts and self._facts[fact.id].value is not None
            if fact.id in self._silent or fact.id in self._new or (has_answer and not asked and not self._corrects):
                continue
            if fact.type not in {"choice", "yes_no"}:
                continue
            used = self._used(fact, asked)
            value = single(used) or combined(fact, used)
            if asked and value is None and fact.type == "choice":
                value = self._chosen(fact, used)
            if value is not None:
                words = next((one.text for one in used if one.value == value), self._said)
                plain: Plain = value if fact.type == "choice" else value == "yes"
                if has_answer and not asked and not self._takes_back(fact, used):
                    continue
                if not (has_answer and not asked and self._facts[fact.id].value == plain):
                    self._new[fact.id] = FactValue(plain, False, words)

    def _read_first_words(self) -> None:
        """Texts that nobody asked for yet; a country is also taken by its name alone where it is asked for."""
        for fact in self._topic.facts:
            asked = self._asked is not None and fact.id == self._asked.id
            before = self._facts.get(fact.id)
            if fact.id in self._silent or not fact.first or (asked and fact.first != "country"):
                continue
            if before is not None and before.value is not None and not asked:
                continue
            if (told := _FIRST_WORDS[fact.first](self._said)[:_LONGEST_TEXT]) and (asked or self._asked is None):
                self._new[fact.id] = FactValue(told, False, told)

    def _takes_back(self, fact: Fact, used: list[Used]) -> bool:
        """不是他撞的，是自己摔的 corrects nobody, unless the one denied is what was told before."""
        if self._earlier or content(self._said) != self._said or _RATHER.search(self._said):
            return True
        before = self._facts[fact.id].value
        told = {True: "yes", False: "no"}.get(before, before) if isinstance(before, bool) else before
        return any(one.denied and one.value == told for one in used)

    def _used(self, fact: Fact, asked: bool) -> list[Used]:
        words = self._words[fact.id]
        used = find_pairs(self._said, words.asked if asked else words.volunteered)
        return [one for one in used if not is_stray(self._topic, fact, self._said, one)]

    def _chosen(self, fact: Fact, used: list[Used]) -> str | None:
        if len(self._said) >= 2:
            labels = zip(fact.options, self._words[fact.id].labels, strict=False)
            partial = [option.value for option, label in labels if self._said in label]
            if len(partial) == 1:
                return partial[0]
        affirmed = {one.value for one in used if not one.denied}
        refused = {one.value for one in used if one.denied}
        if len(fact.options) == 2 and not affirmed and len(refused) == 1:
            return next(option.value for option in fact.options if option.value not in refused)
        return None

    def _read_plain(self, fact: Fact) -> None:
        """Yes, no, 「不知道」, a place among the quick replies, or free words."""
        if not self._said.strip("\n" + _END_MARKS):
            return
        said = content(self._said) if self._corrects else self._said
        polarity = read_polarity(said)
        if fact.type != "text" and polarity != "unknown" and is_only_feeling(said):
            return  # 「太累了，不想干了」 denies nothing that was asked
        if polarity in {"yes", "no"} and fact.type not in {"text", "place", "choice"}:
            of_others = others(self._topic, fact, said.strip(_END_MARKS))
            if of_others:
                self._give(of_others)
                return
            if polarity == "no" and denied_elsewhere(self._topic, fact, said):
                return
            if not speaks_of(self._topic, fact, said, yes=polarity == "yes"):
                return
        if fact.type in {"text", "place"}:
            self._read_text(fact, said, polarity)
        elif fact.type == "choice" and _WHO.search(said) and "谁" not in fact.question:
            return  # 「不知道谁家的」 leaves open whose it is, not what was asked
        elif said == UNKNOWN_CHOICE or polarity == "unknown" or (fact.type == "date" and _NOT_YET.match(said)):
            self._new[fact.id] = FactValue(None, True, self._said)
        elif fact.type == "yes_no":
            has = having(self._topic, fact, said.strip(_END_MARKS))
            if has is not None:
                self._new[fact.id] = FactValue(has, False, self._said)
            elif (polarity := read_polarity(self._rest(said))) is not None:
                self._new[fact.id] = FactValue(polarity == "yes", False, self._said)
        elif fact.type in {"amount", "count"} and polarity == "no" and self._plausible(fact, 0.0):
            self._new[fact.id] = FactValue(0.0, False, self._said)

    def _give(self, owners: tuple[str, ...]) -> None:
        """A yes or no in the words of one other fact is that one's, said again or said late."""
        told = [(one, value) for one in owners if one not in self._silent and (value := self._worded(one)) is not None]
        if len(told) != 1:
            return
        (fact_id, value), before = told[0], self._facts.get(told[0][0])
        if before is not None and before.value is not None and before.value != value:
            self._offers.doubts[fact_id] = FactValue(value, False, self._said)
        else:
            self._new[fact_id] = FactValue(value, False, self._said)

    def _worded(self, fact_id: str) -> Plain:
        """What the message says of the fact in the fact's own phrases."""
        fact = self._topic.fact(fact_id)
        value = single(self._used(fact, True))
        return value if value is None or fact.type == "choice" else value == "yes"

    def _read_text(self, fact: Fact, said: str, polarity: str | None) -> None:
        """A story or a name is taken whatever it affirms or denies; a bare 「没有」 says that there is none to tell."""
        if scolds(said):
            return
        if is_bare(said):
            if polarity == "unknown" or fact.type == "text" and _NONE.search(said):
                self._new[fact.id] = FactValue(None, True, self._said)
        elif fact.type == "text" or len(said) <= _LONGEST_PLACE and (polarity is None or _DIVISION.search(said)):
            self._new[fact.id] = FactValue(said[:_LONGEST_TEXT], False, said[:_LONGEST_TEXT])
        elif polarity == "unknown":
            self._new[fact.id] = FactValue(None, True, self._said)

    def _rest(self, said: str) -> str:
        """What was said beside the answers to other questions: 「没催过」 to another one denies nothing here."""
        rest = said
        for told in self._new.values():
            if told.said and not told.said.startswith(ESTIMATED):
                rest = rest.replace(told.said, "\0", 1)
        # 「在河南周口」 is no 在: beside what was read of a clause a single character says nothing by itself.
        rest = _ALONE.sub(lambda found: "" if len(found[0].strip()) <= 2 else found[0].replace("\0", ""), rest)
        return rest.strip(_END_MARKS)

    def _flip_earlier(self) -> bool:
        """「刚才说错了，是有的」: the yes or no told last is replaced."""
        last = next(reversed(list(self._facts)), None)
        if last is None or self._topic.fact(last).type != "yes_no":
            return False
        rest = _EARLIER.sub("", content(self._said))
        polarity = read_polarity(re.sub(r"^[^,，。]*[,，。]\s*", "", rest) or rest)
        if polarity not in {"yes", "no"}:
            return False
        self._new[last] = FactValue(polarity == "yes", False, self._said)
        return True
