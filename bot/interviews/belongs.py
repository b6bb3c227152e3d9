"""Tells whether a short yes or no speaks of another fact than the one asked: 「没签过」 is no answer to 还在上班吗."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.interviews.lexicon import lexicon
from bot.interviews.per_topic import per_topic
from bot.interviews.phrases import places
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import meant
from bot.understanding.substance import is_bare

_LONGEST = 8
"""Characters; what is longer tells more than one thing."""
_TELLING = 3
"""Characters; a shorter phrase alone may answer anything."""
_KIND = 2
"""Characters; a verb of one, as 「签的」, affirms."""
_FRAME = re.compile(
    r"^(?:我们?|他们?|她们?|那|嗯+|哦+|啊|就|也|都|又|还|从来|一直|根本|压根|反正|当然|肯定|早就?|已经|没有?|不|未|有)*"
    r"(?P<stem>.+?)(?:过|了|的|呢|啊|呀|吧|哦|嘛|啦)*[。.!！,，~～\s]*$"
)
_DENIAL = re.compile(r"[没不未].")
_DENIED_ACT = re.compile(
    r"[没未不](?:有|去|跟我|给我|和我)?(签|报警|报案|起诉|投诉|举报|立案|登记|领证|仲裁|鉴定|赔|判|住院|打[欠借]条|写[欠借]条|转账|[交缴买上]社保|发|分红|听证|申请)"
)
"""Acts that a question which they answer names: 没签 says nothing of 还在上班吗, in whatever topic."""
_GENERIC = re.compile(
    r"[有是在会能用要行对好成想做办弄搞说讲知问给可以同意愿肯定当然清楚道错题事什么啥人过了的我他她您你它们这那个些]+"
)
"""Verbs that answer any question."""
_SHORT = 6
"""Chinese characters of a denial that answers what was asked, for want of anything else."""
_SHORT_YES = 4
_CLAUSE = re.compile(r"[,，。;；!！\n]")
_LEAD = re.compile(
    r"^(?:我们?|俺|他们?|她们?|对方|单位|公司|老板|也|都|就|还|又|从来|一直|根本|早就?|已经|没有?|不|未|有|是)+"
)
_DENIES = re.compile(r"[没不未无]")
_ACT = re.compile(
    r"(?:没有?|不(?:是|能|会|要|肯|愿意|让|给|准|用|想)?|未)(?:[有给跟和让被把人去我你他她]|我们|他们|单位|公司)*(?P<act>[\u4e00-\u9fff])"
    r"|(?P<done>[\u4e00-\u9fff])[了过的]"
)
"""What is denied, or was done."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAVING = re.compile(
    r"(?:我们?|家里|他们?|她|倒|都|也|是)*(?:(?P<no>没有?|没得|冇)|有)(?P<noun>[\u4e00-\u9fff]{1,5}?)(?:的|了|啊|呢|呀|嘞)*"
    r"|(?P<first>[\u4e00-\u9fff]{1,4}?)(?:都|也|是|倒)*(?:(?P<none>没有?|没得|冇)|有)(?:的|了|啊|呢|呀|嘞)*"
)
_NAMES = re.compile(
    r"^(?:我们?|他们?|她|还|也|都|又|就|从来|一直|根本|反正)*(?:没有?|未|无)(?P<rest>[\u4e00-\u9fff]+)$"
)
_DID = re.compile(
    r"(?:我们?|我|都|也|是|就|已经)*[签写打办领买](?:了|过)的?(?P<thing>[\u4e00-\u9fff]{2,5}?)(?:的|了|啊|呢|吧)*"
)
_UNABLE = re.compile(
    r"^(?:我|俺)(?:也|都|又|真|根本|是|从来|现在)*不(?:太|大|怎么)?(?:会|敢|想|爱|喜欢|认|识)(?P<act>[\u4e00-\u9fff]+)"
)
"""「我不会写字」 tells of whoever speaks."""
_NO_USE = re.compile(r"(?:一点儿?|半点|啥|屁|任何)(?:用处?|作用|帮助|意思|道理|良心|人性)(?:都|也|是)*没有?")
_IS_NOT = re.compile(
    r"(?:也|都|又|根本|反正|这|那|他|她|它)*不是(?!不|这|那|真|很|太|一直|完全|全|每|特别|经常|我|自己|因为|为了|没|故意|有意)"
    r"(?P<thing>[\u4e00-\u9fff]{2,6}?)(?:的|了|啊|呀|呢|吧)*(?=[\s,，。;；!！])"
)
"""「也不是邻居，是……」 tells what something else is."""
_THINGS = frozenset("钱人病车房证货娃票饭家")
"""Things of one character; of one character else is a verb that may answer."""
_ONE_WORD = 2
_NOT_ONCE = re.compile(r"一(?:[次回趟]|分钱?|毛钱?)都?也?没")
_POOR = re.compile(
    r"(?:我|俺)们?(?:家)?(?:也|都|现在|真的?|实在|是)*没有?钱(?:了|啊|呀|的)*|没有?给(?:我|俺)们?钱(?:的)*"
)
"""Whoever has no money spent some all the same."""
_WEAK = re.compile(r"[跟和给被把向对在到让叫与同有是会能用要行好成想做办弄搞说讲问可以过了的我他她您你它们这那个些]+")
_WANTING = re.compile(r"[拿付交出缴]不[出起]|不够|缺钱")
"""「请律师的钱拿不出来？」: 「没钱」 says yes."""
_LACK = re.compile(r"[不没难缺未无]")
_EITHER = re.compile(r"(?P<a>[\u4e00-\u9fff])[不没](?P=a)|没有?[？?]")
_VAGUE = re.compile(r"^(?:什么|啥|任何|一点儿?|半点|多少|几个?|个|过|太多|的|了)+")


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


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    stems: frozenset[str]
    """What is left of the fact's own phrases without their yes or no."""
    phrases: frozenset[str]
    """Those that say something by themselves."""
    text: str
    """Everything that is said about the fact."""
    question: str
    spoken: str
    """Its own phrases that say it without its question."""


def stem(said: str) -> str:
    """The word that a short affirmation or denial is about; "" for a bare one and for a longer message."""
    found = _FRAME.match(said) if len(said) <= _LONGEST else None
    return found["stem"] if found is not None and not _GENERIC.fullmatch(found["stem"]) else ""


def others(topic: Topic, asked: Fact, said: str) -> tuple[str, ...]:
    """Ids of the facts whose word a short answer uses, where that word is none of the fact asked; topic order."""
    word, of = stem(said), _vocabulary(topic)
    rest = [fact.id for fact in topic.facts if fact.id != asked.id]
    if is_bare(said) or said in of[asked.id].text or (word and word in of[asked.id].text):
        return ()
    if of_kind := _of_kind(topic, asked, said):
        return of_kind
    return tuple(one for one in rest if said in of[one].phrases or (word and word in of[one].stems))


def _of_kind(topic: Topic, asked: Fact, said: str) -> tuple[str, ...]:
    """Ids of the choices in whose words it says of what kind something is: 「定做的」 affirms nothing else."""
    kind = said.removesuffix("的")
    if kind == said or len(kind) < _KIND or kind in _vocabulary(topic)[asked.id].text:
        return ()
    words = lexicon(topic)
    choices = [one.id for one in topic.facts if one.type == "choice" and one.id != asked.id]
    return tuple(one for one in choices if any(kind == phrase for phrase, _ in words[one].asked))


def denied_elsewhere(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether what is denied is another fact's: 「六月开始就没发」 (of the wages) to 「您还在这家单位吗」."""
    if is_bare(said):
        return False
    own = _vocabulary(topic)[asked.id].text
    if any(act[1] not in own for act in _DENIED_ACT.finditer(said)):
        return True
    if (unable := _UNABLE.match(said.strip())) is not None and len(_HAN.findall(unable["act"])) >= 2:
        asks = _vocabulary(topic)[asked.id].question + "".join(phrase for phrase, _ in lexicon(topic)[asked.id].asked)
        if not _GENERIC.match(unable["act"][0]) and unable["act"][0] not in asks:
            return True
    if _NO_USE.search(said):
        return True
    if (other := _IS_NOT.match(said.strip())) is not None and not _GENERIC.fullmatch(other["thing"]):
        phrases = "\n".join(phrase for phrase, _ in lexicon(topic)[asked.id].asked)
        if not any(pair in own for pair in _pairs_of(other["thing"])) and other["thing"][0] not in phrases:
            return True
    named = None if asked.type == "date" else _NAMES.match(said.strip())  # 「还没离开」: there is no day yet
    if named is not None and _foreign(named["rest"], own):
        return True
    cues = (cue for fact in topic.facts if fact.id != asked.id for cue in fact.cues if _DENIAL.match(cue))
    return any(cue in said and cue not in own for cue in cues)


def _pairs_of(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def speaks_of(topic: Topic, asked: Fact, said: str, *, yes: bool = False) -> bool:
    """Whether a statement that holds a 没 or a 了 is about what was asked: 「地上有水没人管」 denies no fault."""
    clause = _CLAUSE.split(said.strip(), maxsplit=1)[0]
    if not is_bare(clause) and not yes and names_another_thing(topic, asked, clause):
        return False
    if is_bare(clause) or len(_HAN.findall(clause)) <= (_SHORT_YES if yes else _SHORT):
        return True
    own = _vocabulary(topic)[asked.id].text
    if any((one["act"] or one["done"]) in own for one in _ACT.finditer(clause)):
        return True
    pairs = (clause[at : at + 2] for at in range(len(clause) - 1))
    return any(_HAN.match(pair) and not _GENERIC.fullmatch(pair) and pair in own for pair in pairs)


def names(topic: Topic, fact: Fact, said: str) -> int:
    """How plainly a statement names what the fact is about: pairs of characters it shares; 0 where it names it not.

    What the question or the label says counts twice as much as what only a phrase of the fact says.
    """
    act = stem(said)
    word = act or _VAGUE.sub("", _LEAD.sub("", said))
    of = _vocabulary(topic)[fact.id]
    if len(word) == 1:
        return (2 if word in of.question + meant(fact.label) else 1) if word in of.stems else 0
    asks = of.question + meant(fact.label)
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    telling = [one for one in pairs if _HAN.match(one) and not _GENERIC.fullmatch(one) and not _DENIES.search(one)]
    return sum(2 if one in asks else 1 if one in of.spoken else 0 for one in telling)


def names_another_thing(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether a short denial is of a thing or an act that no word of the fact names: 「他不在家」, 「我没钱」."""
    word = stem(said)
    if asked.type == "date" and "还没" in said:
        return False  # there is no day yet
    if asked.type == "amount" and _POOR.fullmatch(said):
        return True
    if not word or _DENIES.search(word) or _NOT_ONCE.search(said) or (len(word) == 1 and word not in _THINGS):
        return False
    words = lexicon(topic)[asked.id]
    close = "".join((words.question, meant(asked.label), *words.cues, *(phrase for phrase, _ in words.asked)))
    telling = _WEAK.sub("", word)
    if len(telling) > _ONE_WORD and not any(pair in close for pair in _pairs_of(telling)):
        return sum(char in close for char in set(telling)) < _ONE_WORD
    return not any(char in close for char in telling or word[-1])


def having(topic: Topic, asked: Fact, said: str) -> bool | None:
    """「有证的」, 「名字有」 and 「没证」 to a question that names the thing; None for anything else."""
    found = _HAVING.fullmatch(said)
    if found is None:
        return None
    noun = _VAGUE.sub("", found["noun"] or found["first"])
    question = _vocabulary(topic)[asked.id].question
    if not noun or _GENERIC.fullmatch(noun) or noun not in question:
        return None
    has = not (found["no"] or found["none"])
    return not has if _WANTING.search(question) else has


def asks_for_lack(asked: Fact) -> bool:
    """Whether a no to the question may be said by a yes: 「……拿不出来？」, 「……没收到吗」."""
    return _LACK.search(_EITHER.sub("", asked.question)) is not None


def does_another(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether 「签了的合同」 tells of something that was done with another thing than the question names."""
    found = _DID.fullmatch(said)
    if found is None:
        return False
    affirms = (phrase for phrase, value in lexicon(topic)[asked.id].asked if value == "yes")
    asks = _vocabulary(topic)[asked.id].question + "\n".join(affirms)
    thing = _VAGUE.sub("", found["thing"])
    return len(thing) > 1 and not _GENERIC.fullmatch(thing) and thing not in asks and thing[:2] not in asks


def lacks_another(topic: Topic, asked: Fact, rest: str) -> bool:
    """Whether what follows a 没有 names something that the question does not: 「没有协议」 to one about money."""
    noun = _VAGUE.sub("", _CLAUSE.split(rest, maxsplit=1)[0].strip())[:4]
    if len(_HAN.findall(noun)) < 2 or _GENERIC.fullmatch(noun):
        return False
    own = _vocabulary(topic)[asked.id].text
    return not any(char in own for char in noun if not _GENERIC.fullmatch(char))


def named_elsewhere(topic: Topic, asked: Fact, said: str, start: int, end: int) -> bool:
    """Whether a longer phrase of another fact stands on these words: 「没有业委会」 is of no letter of the court."""
    own = {phrase for phrase, _ in lexicon(topic)[asked.id].asked}
    return any(
        at <= start and end <= at + len(phrase)
        for fact in topic.facts
        if fact.id != asked.id
        for phrase in _vocabulary(topic)[fact.id].phrases
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
    if len(_HAN.findall(noun)) < 2 or _GENERIC.fullmatch(noun):
        return None
    of = _vocabulary(topic)
    pairs = [noun[at : at + 2] for at in range(len(noun) - 1)]
    if any(pair in of[asked.id].text for pair in pairs):
        return None
    named = [one.id for one in topic.facts if one.asked and one.id != asked.id and noun in one.label + one.question]
    return named[0] if named else "" if _foreign(_HOW.sub("", noun), of[asked.id].text) else None


def _foreign(named: str, own: str) -> bool:
    """Whether it is a word of its own, no character of which stands in what is said about the fact."""
    telling = [char for char in named if not _GENERIC.fullmatch(char)]
    return len(telling) > 1 and not any(char in own for char in telling)


@per_topic
def _vocabulary(topic: Topic) -> Mapping[str, _Vocabulary]:
    words = lexicon(topic)
    found: dict[str, _Vocabulary] = {}
    for fact in topic.facts:
        own = words[fact.id]
        phrases = [phrase for phrase, _ in own.asked]
        said = [fact.label, fact.question, fact.why, fact.help, *fact.cues, *phrases]
        stems = frozenset(one for phrase in phrases if (one := stem(phrase)))
        spoken = "\n".join(phrase for phrase, _ in own.volunteered)
        telling = frozenset(phrase for phrase in phrases if len(phrase) >= _TELLING and not is_bare(phrase))
        found[fact.id] = _Vocabulary(stems, telling, meant("\n".join(said)), meant(fact.question), spoken)
    return found
