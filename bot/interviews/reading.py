"""Reads the facts out of a citizen's message: the answer to the question, whatever else was told, and corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from bot.interviews.facts import Facts, FactValue, Plain, known
from bot.interviews.first_words import country_in, name_in, story_in
from bot.interviews.inference import ESTIMATED, infer
from bot.interviews.lexicon import lexicon
from bot.interviews.measures import Measured, measure
from bot.interviews.per_period import asked_per, scaled, split, told_per, without_frames
from bot.interviews.phrases import Used, combined, find_pairs, ordinal, places, single
from bot.interviews.quick_replies import UNKNOWN_CHOICE
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wording import fact_text
from bot.understanding.ages import find_ages
from bot.understanding.entity import Entity
from bot.understanding.extract import extract
from bot.understanding.meant import Meant, understand
from bot.understanding.normalise import fold
from bot.understanding.speech_acts import corrects, read_polarity
from bot.understanding.substance import content, is_bare, scolds

_CUE_REACH = 14
"""A cue further away than this many characters says nothing about a number."""
_ASKED_SCORE = 6
_CLAUSE = 80
"""Characters around an entity that are looked at; no clause is longer."""
_SENTENCE_END = re.compile(r"[。!?;！？；\n]")
_EARLIER = re.compile(r"刚才|刚刚|前面|之前(?:说|讲|填)|上面|[说打选填弄搞记写点]错|更正|纠正|改一下|改成|改为|口误")
_RATHER = re.compile(r"其实|应该是|改[成为]|搞混")
_NOT_THIS = re.compile(r"不是(?:说)?(?:有)?$")
_SUPPOSED = re.compile(
    r"(?:那么?|但|可是?)?(?:要是|如果|假如|万一|假设|倘若)[^。!?;！？；\n]{0,60}?"
    r"(?:呢|怎么办|咋办|咋整|怎么弄|吗|么|嘛)(?=$|[。!?;！？；\n,，])[?？]*"
)
"""「要是他说我弄坏了墙呢」 asks; it tells nothing."""
_CLAUSE_END = re.compile(r"[。!?;！？；\n,，、]")
_AGO = re.compile(r"^(?:左右)?(?:以前|之前|前|了)")
_SINCE_ONLY = re.compile(
    r"^(?:我|他|她|这|事情|事故|这事|到现在|离现在|距今|过去|已经|都|也|就|有|快|大概|大约|差不多|得|是|过|好像|应该|了|"
    r"走|离开|离职|辞职|分开|分手|借出去|借给他|借给|借|摔|伤|撞|出事|发生|退租|搬走|去世)*$"
)
"""Before 三个月了 it may only say that something happened, not that it lasted (住院12天了)."""
_YEAR_ONLY = re.compile(r"^(?:去年|前年|大前年|今年|\d{2,4}年|[一二三四五六七八九十零〇]{2,4}年)$")
_NOT_YET = re.compile(r"^(?:我|他|她|人)?(?:还没|还没有|没有|尚未|还未|没)(?!记)[^\d]{0,6}$")
"""「还没走呢」 to the question on which day: there is none yet."""
_SHORT = 8
"""A message of so few characters answers what was asked."""
_ANOTHER_ONE = re.compile(r"又|再|另|还有|加上|平均|后来|除了|不算|别的|别人|其他|人家")
_STRONG_CUE = 17
"""A cue at most three characters away."""
_END_MARKS = " 。.!！,，、;；~～"
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent", "place"})
_LONGEST_TEXT = 500
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

    def __init__(self, topic: Topic, facts: Facts, asked: Fact | None, heard: Meant, today: date) -> None:
        said = heard.text
        self._heard = heard
        self._topic = topic
        self._facts = facts
        self._asked = asked
        self._said = _SUPPOSED.sub(lambda found: "\n" * len(found[0]), said)
        self._today = today
        self._words = lexicon(topic)
        self._corrects = corrects(said)
        self._earlier = bool(_EARLIER.search(said))
        now = known(topic, facts, today)
        self._silent = {one for one in now.stuck if one not in facts and topic.fact(one).asked}
        """Facts whose question does not apply."""
        self._new: dict[str, FactValue] = {}
        self._rejected = ""
        self._fitting: int | None = None
        """How many of the values told could answer the question."""
        self._doubts: dict[str, FactValue] = {}
        """Values told in passing that contradict an earlier answer; that one is kept until it is plainly corrected."""

    def read(self) -> Reading:
        if self._asked is not None and self._read_click(self._asked):
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
        return self._reading()

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
        return Reading(self._new, corrected, understood, self._echo(corrected), self._rejected or self._doubted())

    def _doubted(self) -> str:
        """What is said about a contradiction."""
        return "".join(
            f"您前面说{fact.label}是{fact_text(fact, self._facts[fact.id])}，这次说的是{fact_text(fact, now)}。"
            f"我先按前面的记；要改，请说“{fact.label}改成{self._heard.quoted(now.said)}”。"
            for fact_id, now in self._doubts.items()
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
        entities = self._with_ages(without_frames(self._said, entities))
        offers = sorted(self._offers(entities), key=lambda offer: -offer[0])
        used: set[int] = set()
        for _, fact, place, measured in offers:
            if fact.id in self._new or place in used:
                continue
            value = FactValue(measured.value, False, entities[place].text, measured.low, measured.high)
            if self._plausible(fact, measured.value):
                self._new[fact.id] = value
                used.add(place)
            elif self._asked is not None and fact.id == self._asked.id:
                used.add(place)
                self._refuse(fact, entities[place].text)

    def _with_ages(self, entities: list[Entity]) -> list[Entity]:
        """Where an age is asked for, bare numbers and years of birth are ages first of all."""
        if self._asked is None or self._asked.unit != "岁":
            return entities
        ages = [one for one in find_ages(fold(self._said), self._today) if not self._taken_back(one)]
        taken = {place for age in ages for place in range(age.start, age.end)}
        rest = [one for one in entities if taken.isdisjoint(range(one.start, one.end))]
        return sorted((*rest, *ages), key=lambda one: one.start)

    def _measured(self, fact: Fact, entity: Entity, asked: bool) -> Measured | None:
        inner, per = split(fact, entity, self._today)
        measured = measure(fact, inner, asked, self._today)
        if measured is None or not asked_per(fact):
            return measured
        return scaled(fact, measured, per or told_per(self._said, entity))

    def _taken_back(self, entity: Entity) -> bool:
        """不是五千，是六千: the five thousand is not meant."""
        return bool(_NOT_THIS.search(self._before(entity)))

    def _offers(self, entities: list[Entity]) -> Iterator[tuple[float, Fact, int, Measured]]:
        earlier = self._earlier_fact(entities)
        for fact in self._topic.facts:
            if fact.type not in _MEASURED or fact.id in self._silent:
                continue
            asked = self._asked is not None and fact.id == self._asked.id
            is_earlier = earlier is not None and fact.id == earlier.id
            before = self._facts.get(fact.id)
            has_answer = before is not None and before.value is not None and not before.said.startswith(ESTIMATED)
            for place, entity in enumerate(entities):
                measured = self._measured(fact, entity, asked or is_earlier)
                if measured is None or (fact.type == "date" and not self._is_day(fact, entity)):
                    continue
                cue = self._cue(fact, entity)
                score = cue
                if not measured.exact and self._belongs_elsewhere(fact, entity, cue):
                    continue
                if has_answer and not asked and not self._corrects:
                    if self._contradicts(fact, entity, entities, measured, cue):
                        self._doubts.setdefault(fact.id, FactValue(measured.value, False, entity.text))
                    continue
                if asked and (earlier is None or cue):
                    score += _ASKED_SCORE + self._owned(fact, entity, entities)
                if is_earlier:
                    score += _ASKED_SCORE * 2
                if fact.type == "place" and not cue and not asked and self._only_place(fact):
                    score = 1
                if score > 0:
                    # In a correction the last word counts, else the first.
                    order = place if self._corrects else -place
                    vague = measured.low is not None and measured.low != measured.high
                    yield score - (0 if measured.exact else 3) - vague / 2 + order / 1000, fact, place, measured

    def _is_day(self, fact: Fact, entity: Entity) -> bool:
        """住院12天 is no day, 12天前 is; 去年他还承认过 says when something else was."""
        before = _CLAUSE_END.split(self._before(entity))[-1]
        if entity.kind == "duration":
            ago = _AGO.match(self._said[entity.end : entity.end + _CLAUSE])
            if ago is None:
                return False
            for cue in sorted(self._words[fact.id].cues, key=len, reverse=True):
                before = before.replace(cue, "")
            return "前" in ago[0] or _SINCE_ONLY.match(before) is not None
        if not _YEAR_ONLY.match(entity.text) or len(self._said) <= _SHORT:
            return True
        after = self._said[entity.end : entity.end + _CLAUSE]
        clause = before + entity.text + _CLAUSE_END.split(after, maxsplit=1)[0]
        return len(clause) <= _SHORT or any(cue in clause for cue in self._words[fact.id].cues)

    def _before(self, entity: Entity) -> str:
        return self._said[max(0, entity.start - _CLAUSE) : entity.start]

    def _belongs_elsewhere(self, fact: Fact, entity: Entity, cue: float) -> bool:
        """A day named with another fact's cue (去年三月离职的) is no beginning of the length of time asked for."""
        return any(
            other.id != fact.id and other.type == entity.kind and self._cue(other, entity) > cue
            for other in self._topic.facts
        )

    def _contradicts(self, fact: Fact, entity: Entity, entities: list[Entity], measured: Measured, cue: float) -> bool:
        """Another value told for a fact that has one, so plainly that it must be a slip, then or now."""
        if cue < _STRONG_CUE or not measured.exact or measured.value == self._facts[fact.id].value:
            return False
        if _ANOTHER_ONE.search(self._said):
            return False
        alike = [one for one in entities if measure(fact, one, False, self._today) is not None]
        rivals = [one for one in self._topic.facts if one.type == fact.type and one.id != fact.id]
        return len(alike) == 1 and all(self._cue(one, entity) < cue for one in rivals)

    def _earlier_fact(self, entities: list[Entity]) -> Fact | None:
        """In a correction without a cue: the fact told last that the new value fits, 「不对，是五千」."""
        if not self._corrects:
            return None
        for fact_id in reversed(list(self._facts)):
            fact = self._topic.fact(fact_id)
            if fact.type in _MEASURED and self._facts[fact_id].value is not None:
                for entity in entities:
                    measured = measure(fact, entity, False, self._today) or (
                        measure(fact, entity, True, self._today) if entity.kind == "count" and not entity.unit else None
                    )
                    if measured is not None:
                        return fact
        return None

    def _only_place(self, fact: Fact) -> bool:
        return [one.id for one in self._topic.facts if one.type == "place"] == [fact.id]

    def _cue(self, fact: Fact, entity: Entity) -> float:
        """How strongly a cue of the fact points to the entity; 0 when none does."""
        best = 0.0
        label = (fact.label,) if self._corrects else ()
        for cue in (*self._words[fact.id].cues, *label):
            # Only so far from the entity as a cue can reach, so that a long message costs no more per entity.
            first = max(0, entity.start - len(cue) - _CUE_REACH)
            around = self._said[first : entity.end + _CUE_REACH + len(cue)]
            for at in places(around, cue):
                start = first + at
                end = start + len(cue)
                if end <= entity.start:
                    gap, cost = self._said[end : entity.start], 0.0
                elif start >= entity.end:
                    gap, cost = self._said[entity.end : start], 2.0
                else:
                    continue
                if _SENTENCE_END.search(gap):
                    continue
                reach = len(gap) + cost + 3 * sum(gap.count(mark) for mark in ",，、")
                if reach <= _CUE_REACH:
                    best = max(best, 20 - reach + len(cue) / 10)
        return best

    def _owned(self, asked: Fact, entity: Entity, entities: list[Entity]) -> float:
        """The only value that fits the question is its answer, unless another fact's cue stands right before it."""
        before = self._said[max(0, entity.start - _CUE_REACH) : entity.start]
        own = self._words[asked.id]
        rivals = [
            cue
            for other in self._topic.facts
            if other.id != asked.id and other.type == asked.type and other.id not in self._facts
            for cue in self._words[other.id].cues
            if cue in before[-len(cue) - 2 :] and cue not in own.question and cue not in own.cues
        ]
        if self._fitting is None:
            self._fitting = sum(measure(asked, one, True, self._today) is not None for one in entities)
        return 0 if rivals or self._fitting > 1 else 20

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
        return find_pairs(self._said, words.asked if asked else words.volunteered)

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
        if fact.type in {"text", "place"}:
            self._read_text(fact, said, polarity)
        elif said == UNKNOWN_CHOICE or polarity == "unknown" or fact.type == "date" and _NOT_YET.match(said):
            self._new[fact.id] = FactValue(None, True, self._said)
        elif fact.type == "yes_no":
            if (polarity := read_polarity(self._rest(said))) is not None:
                self._new[fact.id] = FactValue(polarity == "yes", False, self._said)
        elif fact.type in {"amount", "count"} and polarity == "no" and self._plausible(fact, 0.0):
            self._new[fact.id] = FactValue(0.0, False, self._said)

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
                rest = rest.replace(told.said, "", 1)
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
