"""Tells a short statement of another thing than the one asked for: 「我不会写字」, 「他不在家」, 「签了的合同」."""

from __future__ import annotations

import re

from bot.interviews.lexicon import lexicon
from bot.interviews.own_vocabulary import GENERIC, HAN, VAGUE, stem, vocabulary
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import meant

_LEAD = re.compile(
    r"^(?:我们?|俺|他们?|她们?|对方|单位|公司|老板|也|都|就|还|又|从来|一直|根本|早就?|已经|没有?|不|未|有|是)+"
)
_DENIES = re.compile(r"[没不未无]")
_DID = re.compile(
    r"(?:我们?|我|都|也|是|就|已经)*[签写打办领买](?:了|过)的?(?P<thing>[\u4e00-\u9fff]{2,5}?)(?:的|了|啊|呢|吧)*"
)
_PARTED = re.compile(
    r"(?:我们?|我|他|她|都|也|是|就|已经|还)*(?P<act>[住报录拍开立])(?:了|过)(?P<thing>[院警案音照像刀])(?:的|了|啊|呢|吧)*"
)
"""「报了警」 is one word, and is no yes to the question who was to blame."""
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
_LACK = re.compile(r"[不没难缺未无]")
_EITHER = re.compile(r"(?P<a>[\u4e00-\u9fff])[不没](?P=a)|没有?[？?]")


def names(topic: Topic, fact: Fact, said: str) -> int:
    """How plainly a statement names what the fact is about: pairs of characters it shares; 0 where it names it not.

    What the question or the label says counts twice as much as what only a phrase of the fact says.
    """
    act = stem(said)
    word = act or VAGUE.sub("", _LEAD.sub("", said))
    of = vocabulary(topic)[fact.id]
    if len(word) == 1:
        return (2 if word in of.question + meant(fact.label) else 1) if word in of.stems else 0
    asks = of.question + meant(fact.label)
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    telling = [one for one in pairs if HAN.match(one) and not GENERIC.fullmatch(one) and not _DENIES.search(one)]
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


def of_something_else(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether it tells what somebody cannot do, that nothing is of use, or what another thing is not."""
    if _NO_USE.search(said):
        return True
    of, phrases = vocabulary(topic)[asked.id], "\n".join(phrase for phrase, _ in lexicon(topic)[asked.id].asked)
    unable = _UNABLE.match(said.strip())
    if unable is not None and len(HAN.findall(unable["act"])) > 1:
        act = unable["act"][0]
        if not GENERIC.match(act) and act not in of.question + phrases:
            return True
    other = _IS_NOT.match(said.strip())
    if other is None or GENERIC.fullmatch(other["thing"]):
        return False
    return not any(pair in of.text for pair in _pairs_of(other["thing"])) and other["thing"][0] not in phrases


def does_another(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether 「签了的合同」 tells of something that was done with another thing than the question names."""
    parted = _PARTED.fullmatch(said)
    found = parted or _DID.fullmatch(said)
    if found is None:
        return False
    affirms = (phrase for phrase, value in lexicon(topic)[asked.id].asked if value == "yes")
    asks = vocabulary(topic)[asked.id].question + "\n".join(affirms)
    if parted is not None:
        return not any(f"{parted['act']}{part}{parted['thing']}" in asks for part in ("", "了", "过"))
    thing = VAGUE.sub("", found["thing"])
    return len(thing) > 1 and not GENERIC.fullmatch(thing) and thing not in asks and thing[:2] not in asks


def asks_for_lack(asked: Fact) -> bool:
    """Whether a no to the question may be said by a yes: 「……拿不出来？」, 「……没收到吗」."""
    return _LACK.search(_EITHER.sub("", asked.question)) is not None


def _pairs_of(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
