"""Tells whether a short yes or no speaks of another fact than the one asked: 「没签过」 is no answer to 还在上班吗."""

from __future__ import annotations

import re

from bot.interviews.another_thing import names_another_thing, of_something_else
from bot.interviews.lexicon import lexicon
from bot.interviews.own_vocabulary import GENERIC, HAN, VAGUE, stem, vocabulary
from bot.interviews.phrases import places
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.substance import is_bare

_KIND = 2
"""Characters; a verb of one, as 「签的」, affirms."""
_DENIAL = re.compile(r"[没不未].")
_DENIED_ACT = re.compile(
    r"[没未不](?:有|去|跟我|给我|和我)?(签|报警|报案|起诉|投诉|举报|立案|登记|领证|仲裁|鉴定|赔|判|住院|打[欠借]条|写[欠借]条|转账|[交缴买上]社保|发|分红|听证|申请)"
)
"""Acts that a question which they answer names: 没签 says nothing of 还在上班吗, in whatever topic."""
_SHORT = 6
"""Chinese characters of a denial that answers what was asked, for want of anything else."""
_SHORT_YES = 4
_CLAUSE = re.compile(r"[,，。;；!！\n]")
_ACT = re.compile(
    r"(?:没有?|不(?:是|能|会|要|肯|愿意|让|给|准|用|想)?|未)(?:[有给跟和让被把人去我你他她]|我们|他们|单位|公司)*(?P<act>[\u4e00-\u9fff])"
    r"|(?P<done>[\u4e00-\u9fff])[了过的]"
)
"""What is denied, or was done."""
_HAVING = re.compile(
    r"(?:我们?|家里|他们?|她|倒|都|也|是)*(?:(?P<no>没有?|没得|冇)|有)(?P<noun>[\u4e00-\u9fff]{1,5}?)(?:的|了|啊|呢|呀|嘞)*"
    r"|(?P<first>[\u4e00-\u9fff]{1,4}?)(?:都|也|是|倒)*(?:(?P<none>没有?|没得|冇)|有)(?:的|了|啊|呢|呀|嘞)*"
)
_NAMES = re.compile(
    r"^(?:我们?|他们?|她|还|也|都|又|就|从来|一直|根本|反正)*(?:没有?|未|无)(?P<rest>[\u4e00-\u9fff]+)$"
)
_WANTING = re.compile(r"[拿付交出缴]不[出起]|不够|缺钱")
"""「请律师的钱拿不出来？」: 「没钱」 says yes."""


_UNKNOWING = re.compile(
    r"(?:我们?|俺|他们?|她|具体|那个?|这个?)*(?P<before>[\u4e00-\u9fff]{0,6}?)(?:是|都|也|的|我|还|就|倒|真|多少)*"
    r"(?:不知道|不晓得|不清楚|不太清楚|记不清楚?|说不清楚?|不懂)(?:是|有没有|是不是|多少|什么|啥|的|了)*"
    r"(?P<after>[\u4e00-\u9fff]{0,6}?)(?:的|了|啊|呢|没|没有|多少|什么|啥)*"
)
_ASKS_MAY = re.compile(
    r"(?:不知道|不晓得|不清楚)(?:我们?|他们?|这个?|到底|还|该)*(?:能不能|可不可以|要不要|该不该|行不行|合不合|(?:可以|怎么|咋)[办弄告走要去申])"
)
"""「不知道能不能告」 asks; it answers nothing."""
_WHERE = re.compile(r"(?:不知道|不晓得|不清楚)(?:是|都|现在|钱|人|东西)*(?:在哪|去哪|上哪|放哪|到哪|哪去)")
"""「存款有十几万不知道在哪」 leaves no sum open."""
_HOW = re.compile(r"[没不]|怎么样?|咋样?|如何|回事|具体|情况|现在|当时|到底|究竟|选|填|第几|哪[个种样]?")
"""Words of whoever cannot tell, whatever was asked."""


def others(topic: Topic, asked: Fact, said: str) -> tuple[str, ...]:
    """Ids of the facts whose word a short answer uses, where that word is none of the fact asked; topic order."""
    word, of = stem(said), vocabulary(topic)
    rest = [fact.id for fact in topic.facts if fact.id != asked.id]
    if is_bare(said) or said in of[asked.id].text or (word and word in of[asked.id].text):
        return ()
    if of_kind := _of_kind(topic, asked, said):
        return of_kind
    return tuple(one for one in rest if said in of[one].phrases or (word and word in of[one].stems))


def _of_kind(topic: Topic, asked: Fact, said: str) -> tuple[str, ...]:
    """Ids of the choices in whose words it says of what kind something is: 「定做的」 affirms nothing else."""
    kind = said.removesuffix("的")
    if kind == said or len(kind) < _KIND or kind in vocabulary(topic)[asked.id].text:
        return ()
    words = lexicon(topic)
    choices = [one.id for one in topic.facts if one.type == "choice" and one.id != asked.id]
    return tuple(one for one in choices if any(kind == phrase for phrase, _ in words[one].asked))


def denied_elsewhere(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether what is denied is another fact's: 「六月开始就没发」 (of the wages) to 「您还在这家单位吗」."""
    if is_bare(said):
        return False
    own = vocabulary(topic)[asked.id].text
    if any(act[1] not in own for act in _DENIED_ACT.finditer(said)):
        return True
    if of_something_else(topic, asked, said):
        return True
    named = None if asked.type == "date" else _NAMES.match(said.strip())  # 「还没离开」: there is no day yet
    if named is not None and _foreign(named["rest"], own):
        return True
    cues = (cue for fact in topic.facts if fact.id != asked.id for cue in fact.cues if _DENIAL.match(cue))
    return any(cue in said and cue not in own for cue in cues)


def speaks_of(topic: Topic, asked: Fact, said: str, *, yes: bool = False) -> bool:
    """Whether a statement that holds a 没 or a 了 is about what was asked: 「地上有水没人管」 denies no fault."""
    clause = _CLAUSE.split(said.strip(), maxsplit=1)[0]
    if not is_bare(clause) and not yes and names_another_thing(topic, asked, clause):
        return False
    if is_bare(clause) or len(HAN.findall(clause)) <= (_SHORT_YES if yes else _SHORT):
        return True
    own = vocabulary(topic)[asked.id].text
    if any((one["act"] or one["done"]) in own for one in _ACT.finditer(clause)):
        return True
    pairs = (clause[at : at + 2] for at in range(len(clause) - 1))
    return any(HAN.match(pair) and not GENERIC.fullmatch(pair) and pair in own for pair in pairs)


def having(topic: Topic, asked: Fact, said: str) -> bool | None:
    """「有证的」, 「名字有」 and 「没证」 to a question that names the thing; None for anything else."""
    found = _HAVING.fullmatch(said)
    if found is None:
        return None
    noun = VAGUE.sub("", found["noun"] or found["first"])
    question = vocabulary(topic)[asked.id].question
    if not noun or GENERIC.fullmatch(noun) or noun not in question:
        return None
    has = not (found["no"] or found["none"])
    return not has if _WANTING.search(question) else has


def lacks_another(topic: Topic, asked: Fact, rest: str) -> bool:
    """Whether what follows a 没有 names something that the question does not: 「没有协议」 to one about money."""
    noun = VAGUE.sub("", _CLAUSE.split(rest, maxsplit=1)[0].strip())[:4]
    if len(HAN.findall(noun)) < 2 or GENERIC.fullmatch(noun):
        return False
    own = vocabulary(topic)[asked.id].text
    return not any(char in own for char in noun if not GENERIC.fullmatch(char))


def named_elsewhere(topic: Topic, asked: Fact, said: str, start: int, end: int) -> bool:
    """Whether a longer phrase of another fact stands on these words: 「没有业委会」 is of no letter of the court."""
    own = {phrase for phrase, _ in lexicon(topic)[asked.id].asked}
    return any(
        at <= start and end <= at + len(phrase)
        for fact in topic.facts
        if fact.id != asked.id
        for phrase in vocabulary(topic)[fact.id].phrases
        if phrase not in own and phrase in said
        for at in places(said, phrase)
    )


def leaves_open(topic: Topic, asked: Fact, said: str) -> str | None:
    """What a 「不知道」 is about where that is not what was asked: 「利息不知道」 is of the interest.

    The id of the one fact it names, "" for something no fact is of, None where it may answer the question.
    """
    if _ASKS_MAY.search(said) or (_WHERE.search(said) and "哪" not in asked.question):
        return ""
    subject = _UNKNOWING.fullmatch(said.strip())
    noun = subject["before"] or subject["after"] if subject is not None else ""
    if len(HAN.findall(noun)) < 2 or GENERIC.fullmatch(noun):
        return None
    of = vocabulary(topic)
    pairs = [noun[at : at + 2] for at in range(len(noun) - 1)]
    if any(pair in of[asked.id].text for pair in pairs):
        return None
    named = [one.id for one in topic.facts if one.asked and one.id != asked.id and noun in one.label + one.question]
    return named[0] if named else "" if _foreign(_HOW.sub("", noun), of[asked.id].text) else None


def _foreign(named: str, own: str) -> bool:
    """Whether it is a word of its own, no character of which stands in what is said about the fact."""
    telling = [char for char in named if not GENERIC.fullmatch(char)]
    return len(telling) > 1 and not any(char in own for char in telling)
