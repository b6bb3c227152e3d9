"""Which fact each value in a message is offered to: by the cue that stands near it, and by what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.interviews.facts import Facts, FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.lexicon import FactWords
from bot.interviews.measures import Measured, measure
from bot.interviews.per_period import asked_per, beyond_a_day, scaled, split, told_per
from bot.interviews.phrases import places
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_told import earned, of_speaker
from bot.understanding.entity import Entity

_CUE_REACH = 14
"""A cue further away than this many characters says nothing about a number."""
_ASKED_SCORE = 6
_CLAUSE = 80
"""Characters around an entity that are looked at; no clause is longer."""
_SENTENCE_END = re.compile(r"[。!?;！？；\n]")
_CLAUSE_END = re.compile(r"[。!?;！？；\n,，、]")
_AGO = re.compile(r"^(?:左右)?(?:以前|之前|前|了)")
_SINCE_ONLY = re.compile(
    r"^(?:我|他|她|这|事情|事故|这事|到现在|离现在|距今|过去|已经|都|也|就|有|快|大概|大约|差不多|得|是|过|好像|应该|了|"
    r"走|离开|离职|辞职|分开|分手|借出去|借给他|借给|借|摔|伤|撞|出事|发生|退租|搬走|去世)*$"
)
"""Before 三个月了 it may only say that something happened, not that it lasted (住院12天了)."""
_YEAR_ONLY = re.compile(r"^(?:去年|前年|大前年|今年|\d{2,4}年|[一二三四五六七八九十零〇]{2,4}年)$")
_OWED = re.compile(r"[欠拖](?:着|了)?[我你您他她]?们?的?(?:钱|账|债|款)[^,，。]{0,4}$")
_WAS_DUE = re.compile(
    r"[^,，。;；!！\s]{0,6}的(?:$|[\s,，。;；!！])|[^。;；!！]{0,10}(?:现在|至今|一直|还)(?:都|还)?没"
)
"""「说好5月1号完工的」 looks back, though a day to come would be as near."""
_LACKING = re.compile(r"(?:多|左右|都|也|就|已经)*(?P<what>(?:没有?|不)[\u4e00-\u9fff])[^,，。;；!！]{0,6}?(?:了|过|$)")
"""「一年没给了」."""
_AGREED = re.compile(r"说好|约定|答应|催|要过|协议|合同|写")
"""Words for what was promised or asked, of which no length of time tells since when."""
_PAY = 12
"""Strength of a sum per day or month that nothing but its period names."""
_SHORT = 8
"""A message of so few characters answers what was asked."""
_ANOTHER_ONE = re.compile(r"又|再|另|还有|加上|平均|后来|除了|不算|别的|别人|其他|人家")
_LEFT = re.compile(r"(?:剩|余)(?:下|额)?(?:了|的|还有|差不多|大概|大约|里头|里面)*$")
_OTHER_SUM = re.compile(r"房租|租金|房贷|车贷|贷款|学费|抚养费|赡养费|护理费|水电费|物业费|押金|彩礼|奖金|罚款")
"""Sums that come with a period or beside another; what asks for one of them says so."""
_NEAR = 3
"""Characters before a sum in which a single one, as 欠, still tells what it is."""
_PERIOD_CUE = re.compile(r"(?:一个?|每个?)(?:月|天|年)")
_DEBT = re.compile(r"欠|要回")
_REPAID = re.compile(r"还(?:了|过)(?:我|他|一次)?(?:大概|大约|差不多|也就|有)?$|[只才就]还$")
_PAID = re.compile(
    r"(?<![没少不借转])(?:给|付|发|还|支|结)(?:了|过)(?:我|他|我们)?(?:大概|大约|差不多|也就|有)?$|(?:借支|预支|支取|领)(?:了|过)?$|"
    r"[只才就](?:给|付|发|还)(?:我|他|我们)?$"
)
"""「给了2000」 is what was paid, not what is owed."""
_TAKEN = re.compile(r"[扣罚](?:了|我|掉|走|我的)*$")
"""「墙上有钉子眼扣1500」 is what is kept back."""
_TOP_UP = re.compile(
    r"(?:块钱?|元)?[\s,，]*(?:加|\+|再加)[^,，。;；\s]{0,8}(?:提成|奖金|补贴|全勤|绩效|加班费)[^。;；]{0,8}\d|"
    r"(?:块钱?|元)?[\s,，]*(?:加|\+|再加)[^,，。;；\s]{0,8}(?:提成|奖金|补贴|全勤|绩效|加班费)[^。;；]{0,8}[一二两三四五六七八九十]"
)
"""Behind 底薪3000: what comes to it, and the whole."""
_NOW = re.compile(r"(?:后来|现在|后头|后面)(?:是|涨到|加到|降到|就|的)*$")
_MEANT, _LATEST = 3, 25
_ALONE = 5
_NO_AGE = 200
"""Years that a slip of the keyboard may make of an age; what is more is a sum of money."""
_LEAST_PLAIN_PRICE = 100
_THING = 6
"""Characters that name what was bought."""
_ENDS = re.compile(r"$|[\s,，。;；!！、]")
_LEAST_PRICE = 10
"""Yuan; a smaller number behind a word may count anything."""
_SPENT = frozenset(
    ("花", "花了", "花的", "花费", "花掉", "交了", "交的", "付了", "付的", "给了", "给的", "收了", "收我", "收了我")
    + ("用了", "转了", "买", "买了", "买的", "一共", "总共", "做了", "要我")
)
"""Verbs of any sum: 「修车花了1200」 tells of the car, not of whatever else 花了 may stand for."""
_ANY_SUM = 4.0
"""What such a verb counts less than a name of the thing."""
_COMMAS = ",，、 "
"""A blank ends a clause for whoever types without commas."""
_STRONG_CUE = 17
"""A cue at most three characters away."""
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent", "place"})


@dataclass(slots=True)
class Offers:
    """The values of one message, weighed."""

    topic: Topic
    facts: Facts
    asked: Fact | None
    said: str
    today: date
    words: Mapping[str, FactWords]
    corrects: bool
    silent: frozenset[str]
    """Facts whose question does not apply."""
    doubts: dict[str, FactValue] = field(default_factory=dict)
    """Values told in passing that contradict an earlier answer; that one is kept until it is plainly corrected."""
    _starts: dict[str, list[int]] = field(default_factory=dict)
    """Where the values of each kind begin."""
    _fitting: int | None = None
    """How many of the values told could answer the question."""

    def before(self, entity: Entity) -> str:
        """The clause before it."""
        return self.said[max(0, entity.start - _CLAUSE) : entity.start]

    def _measured(self, fact: Fact, entity: Entity, asked: bool) -> Measured | None:
        if fact.future and _WAS_DUE.match(self.said, entity.end):
            fact = fact.model_copy(update={"future": False})
        inner, per = split(fact, entity, self.today)
        measured = measure(fact, inner, asked, self.today)
        if measured is not None and fact.type == "duration" and not asked and self._since_owed(entity):
            return None
        if measured is None or not asked_per(fact):
            return None if measured is not None and self._is_rate(fact, entity, asked) else measured
        per = per or told_per(self.said, entity)
        if "多干" in fact.question and per in {"", "day"}:
            return beyond_a_day(self.said, entity, measured)
        return scaled(fact, measured, per)

    def _is_rate(self, total: Fact, entity: Entity, asked: bool) -> bool:
        """「一个月1800」 is no sum of what is owed, whatever word for it stands near."""
        per = told_per(self.said, entity) if total.type == "amount" else ""
        return bool(per) and (per != "year" or not asked)

    def _since_owed(self, entity: Entity) -> bool:
        """「欠我钱两年了」 tells since when, not how many months are owed."""
        return bool(_OWED.search(self.before(entity))) and self.said.startswith("了", entity.end)

    def _strange(self, fact: Fact, entity: Entity) -> bool:
        """「还剩9千多」 is not what was used up, nor 「赔了两万」 anybody's age."""
        if fact.unit == "岁":
            return entity.kind in {"amount", "count"} and Decimal(str(entity.value)) > _NO_AGE
        if fact.type != "amount":
            return False
        own = self.words[fact.id]
        before, after = self.before(entity), self.said[entity.end : entity.end + _CLAUSE]
        if (_DEBT.search(fact.label) and _PAID.search(before)) or ("本金" in fact.label and _REPAID.search(before)):
            return True
        if _TAKEN.search(before) and not any("扣" in one or "罚" in one for one in (*own.cues, own.question)):
            return True
        if "平均" in fact.label and before.endswith("底薪") and _TOP_UP.match(after):
            return True
        return (
            not self._of_the_rest(fact)
            and bool(_LEFT.search(before))
            or of_speaker(self.facts, fact, self.said, entity)
        )

    def _named_otherwise(self, fact: Fact, entity: Entity) -> bool:
        """「团费才2千」 is not what was bought, nor 「房租一个月1500」 anybody's pay: another sum is named."""
        if fact.type != "amount":
            return False
        own = self.words[fact.id]
        ours = "\n".join((*own.cues, own.question, fact.label))
        clause = _CLAUSE_END.split(self.before(entity))[-1].split(" ")[-1]
        others = {
            cue
            for other in self.topic.facts
            if other.type == "amount" and other.id != fact.id
            for cue in self.words[other.id].cues
            if len(cue) > 1 and cue not in _SPENT and cue in clause[-len(cue) - 2 :]
        }
        named = _OTHER_SUM.findall(clause)
        if all(one in ours for one in (*others, *named[-1:])):
            return False
        telling = [one for one in own.cues if one not in _SPENT and not _PERIOD_CUE.fullmatch(one)]
        return not any(one in (clause if len(one) > 1 else clause[-_NEAR:]) for one in telling)

    def _of_the_rest(self, fact: Fact) -> bool:
        own = self.words[fact.id]
        return any("剩" in said or "余" in said for said in (*own.cues, own.question, fact.label))

    def _telling(self, fact: Fact, entity: Entity, asked: bool) -> float:
        """What makes one of several sums the one meant: what is left of a debt, was got of a loan, or came last."""
        before = self.before(entity)
        if fact.type != "amount":
            return 0
        left = self._of_the_rest(fact) and _LEFT.search(before) is not None
        got = "到手" in fact.question and before.endswith("到手")
        if asked and _NOW.search(before):
            return _LATEST
        return _MEANT if left or got else 0

    def _priced(self, fact: Fact, entity: Entity) -> bool:
        """A bare number right behind a cue of a sum is one: 「一罐298」."""
        bare = entity.kind == "count" and not entity.unit and Decimal(str(entity.value)) >= _LEAST_PRICE
        if not bare or fact.type != "amount":
            return False
        before = self.before(entity)
        if any(len(one) > 1 and before.endswith(one) for one in self.words[fact.id].cues):
            return True
        # 「买了个手机3299」: the thing stands between, and nothing else is counted in the clause.
        clause = _CLAUSE_END.split(before)[-1].split(" ")[-1]
        return (
            Decimal(str(entity.value)) >= _LEAST_PLAIN_PRICE
            and not any(char.isdigit() for char in clause)
            and _ENDS.match(self.said, entity.end) is not None
            and any(
                one in clause[-_THING - len(one) :] for one in self.words[fact.id].cues if len(one) > 1 or one == "买"
            )
        )

    def _rate_of(self, total: Fact, entity: Entity) -> Fact | None:
        """Where a total is worked out from a rate, as wages owed from a month's, the fact that 「8000一个月」 tells."""
        if total.type != "amount" or total.estimate is None or not (per := told_per(self.said, entity)):
            return None
        names = self.topic.expression(total.estimate).names
        return next((one for one in self.topic.facts if one.id in names and asked_per(one) == per), None)

    def of(self, entities: Sequence[Entity]) -> Iterator[tuple[float, Fact, int, Measured]]:
        """(strength, fact, place among `entities`, value): each value for each fact that it may be of."""
        for one in entities:
            self._starts.setdefault(one.kind, []).append(one.start)
        earlier = self._earlier_fact(entities)
        for fact in self.topic.facts:
            if fact.type not in _MEASURED or fact.id in self.silent:
                continue
            asked = self.asked is not None and fact.id == self.asked.id
            is_earlier = earlier is not None and fact.id == earlier.id
            before = self.facts.get(fact.id)
            has_answer = before is not None and before.value is not None and not before.said.startswith(ESTIMATED)
            for place, entity in enumerate(entities):
                rate = self.asked is not None and self._rate_of(self.asked, entity) is fact
                pay = earned(self.topic, self.said, entity) is fact
                since = self._has_been(fact, entity)
                loose = asked or is_earlier or rate or pay or since or self._priced(fact, entity)
                measured = self._measured(fact, entity, loose)
                if (
                    measured is None
                    or self._strange(fact, entity)
                    or self._named_otherwise(fact, entity)
                    or (fact.type == "date" and not since and not self._is_day(fact, entity))
                ):
                    continue
                cue = self._cue(fact, entity)
                score = max(cue, _PAY) if pay else cue or self._alone(fact, entity, entities)
                if not measured.exact and self._belongs_elsewhere(fact, entity, cue):
                    continue
                if has_answer and not asked and not self.corrects:
                    if self._contradicts(fact, entity, entities, measured, cue):
                        self.doubts.setdefault(fact.id, FactValue(measured.value, False, entity.text))
                    continue
                if asked and (earlier is None or cue):
                    score += _ASKED_SCORE + self._owned(fact, entity, entities)
                if score > 0:
                    score += self._telling(fact, entity, asked)
                if rate:
                    score += _ASKED_SCORE * 2
                if is_earlier:
                    score += _ASKED_SCORE * 2
                if fact.type == "place" and not cue and not asked and self._only_place(fact):
                    score = 1
                if score > 0:
                    # In a correction the last word counts, else the first.
                    order = place if self.corrects else -place
                    vague = measured.low is not None and measured.low != measured.high
                    yield score - (0 if measured.exact else 3) - vague / 2 + order / 1000, fact, place, measured

    def _is_day(self, fact: Fact, entity: Entity) -> bool:
        """住院12天 is no day, 12天前 is; 去年他还承认过 says when something else was."""
        before = _CLAUSE_END.split(self.before(entity))[-1]
        if entity.kind == "duration":
            ago = _AGO.match(self.said[entity.end : entity.end + _CLAUSE])
            if ago is None:
                return False
            for cue in sorted(self.words[fact.id].cues, key=len, reverse=True):
                before = before.replace(cue, "")
            return "前" in ago[0] or _SINCE_ONLY.match(before) is not None
        if not _YEAR_ONLY.match(entity.text) or len(self.said) <= _SHORT:
            return True
        after = self.said[entity.end : entity.end + _CLAUSE]
        clause = before + entity.text + _CLAUSE_END.split(after, maxsplit=1)[0]
        return len(clause) <= _SHORT or any(cue in clause for cue in self.words[fact.id].cues)

    def _has_been(self, fact: Fact, entity: Entity) -> bool:
        """「一年没给了」 and 「摔了三个月了」 tell since when, in the fact's own words."""
        if fact.type != "date" or entity.kind != "duration":
            return False
        before = _CLAUSE_END.split(self.before(entity))[-1]
        after = self.said[entity.end : entity.end + _CLAUSE]
        cues = [one for one in self.words[fact.id].cues if not _AGREED.search(one)]
        if (lacks := _LACKING.match(after)) is not None:
            own = (*cues, self.words[fact.id].question) if self.asked is not None and fact.id == self.asked.id else cues
            return any(lacks["what"] in one or one in lacks["what"] for one in own)
        return after.startswith("了") and any(before.endswith(one) for one in cues if len(one) > 1)

    def _belongs_elsewhere(self, fact: Fact, entity: Entity, cue: float) -> bool:
        """A day named with another fact's cue (去年三月离职的) is no beginning of the length of time asked for."""
        return any(
            other.id != fact.id and other.type == entity.kind and self._cue(other, entity) > cue
            for other in self.topic.facts
        )

    def _contradicts(
        self, fact: Fact, entity: Entity, entities: Sequence[Entity], measured: Measured, cue: float
    ) -> bool:
        """Another value told for a fact that has one, so plainly that it must be a slip, then or now."""
        if cue < _STRONG_CUE or not measured.exact or measured.value == self.facts[fact.id].value:
            return False
        if _ANOTHER_ONE.search(self.said):
            return False
        alike = [one for one in entities if measure(fact, one, False, self.today) is not None]
        rivals = [one for one in self.topic.facts if one.type == fact.type and one.id != fact.id]
        return len(alike) == 1 and all(self._cue(one, entity) < cue for one in rivals)

    def _earlier_fact(self, entities: Sequence[Entity]) -> Fact | None:
        """In a correction without a cue: the fact told last that the new value fits, 「不对，是五千」."""
        if not self.corrects:
            return None
        for fact_id in reversed(list(self.facts)):
            fact = self.topic.fact(fact_id)
            if fact.type in _MEASURED and self.facts[fact_id].value is not None:
                for entity in entities:
                    measured = measure(fact, entity, False, self.today) or (
                        measure(fact, entity, True, self.today) if entity.kind == "count" and not entity.unit else None
                    )
                    if measured is not None:
                        return fact
        return None

    def _alone(self, fact: Fact, entity: Entity, entities: Sequence[Entity]) -> float:
        """The only sum told, in a clause of its own, where the topic asks for one sum only: 「写的年底还 3万5」."""
        sums = [one for one in self.topic.facts if one.type == "amount"]
        if sums != [fact] or entity.kind != "amount" or sum(one.kind == "amount" for one in entities) > 1:
            return 0
        before = _CLAUSE_END.split(self.before(entity))[-1].split(" ")[-1]
        return _ALONE if not before and _ENDS.match(self.said, entity.end) else 0

    def _only_place(self, fact: Fact) -> bool:
        return [one.id for one in self.topic.facts if one.type == "place"] == [fact.id]

    def _cue(self, fact: Fact, entity: Entity) -> float:
        """How strongly a cue of the fact points to the entity; 0 when none does."""
        best = 0.0
        label = (fact.label,) if self.corrects else ()
        for cue in (*self.words[fact.id].cues, *label):
            # Only so far from the entity as a cue can reach, so that a long message costs no more per entity.
            first = max(0, entity.start - len(cue) - _CUE_REACH)
            around = self.said[first : entity.end + _CUE_REACH + len(cue)]
            for at in places(around, cue):
                start = first + at
                end = start + len(cue)
                if end <= entity.start:
                    gap, cost = self.said[end : entity.start], 0.0
                elif start >= entity.end:
                    gap, cost = self.said[entity.end : start], 2.0
                    if any(entity.end <= other < start for other in self._starts.get(entity.kind, ())):
                        continue  # 「去年11月说好今年三月完工」: the cue is the nearer one's
                    if cue in _SPENT and any(end in starts for starts in self._starts.values()):
                        continue  # 「半包8万6 交了百分之60」
                else:
                    continue
                if _SENTENCE_END.search(gap):
                    continue
                if fact.type == "amount" and cue in _SPENT:
                    cost += _ANY_SUM
                reach = len(gap) + cost + 3 * sum(gap.count(mark) for mark in _COMMAS)
                if reach <= _CUE_REACH:
                    best = max(best, 20 - reach + len(cue) / 10)
        return best

    def _owned(self, asked: Fact, entity: Entity, entities: Sequence[Entity]) -> float:
        """The only value that fits the question is its answer, unless another fact's cue stands right before it."""
        before = self.said[max(0, entity.start - _CUE_REACH) : entity.start]
        own = self.words[asked.id]
        rivals = [
            cue
            for other in self.topic.facts
            if other.id != asked.id and other.type == asked.type and other.id not in self.facts
            for cue in self.words[other.id].cues
            if (cue in before[-len(cue) - 2 :] or (asked.type == "date" and self.said.startswith(cue, entity.end)))
            and cue not in own.question
            and cue not in own.cues
        ]
        if self._fitting is None:
            self._fitting = sum(measure(asked, one, True, self.today) is not None for one in entities)
        return 0 if rivals or self._fitting > 1 else 20
