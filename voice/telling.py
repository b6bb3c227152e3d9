"""What was said last, so that it can be said again, slower or faster, whenever the caller asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from voice.synthesizer import Voice

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_SLOWEST, _FASTEST, _STEP = 0.6, 1.2, 0.8
_POLITE = r"(?:请|麻烦|能不能|可以|可不可以|劳驾|你|您|给我|帮我|对不起|不好意思|喂|啊|哎|我|刚才|那|就|，|,|？|。|！)*"
_TAIL = (
    r"(?:一遍|一次|一下|一点儿?|点儿?|些|吗|吧|啊|呀|呢|嘛|好不好|行不行|好吗|行吗|可以吗|谢谢|了|说|讲|的|"
    r"，|。|？|！|\s)*"
)
_REPEAT = (
    r"(?:再|重新|重)(?:说|讲|念|重复|来)|重复|重讲|没听(?:清楚?|见|到|明白|懂)|听不(?:清楚?|见|到)|什么|啥|"
    r"你说(?:什么|啥)|说的什么"
)
_SLOWER = r"(?:说|讲)?(?:得|的)?(?:太快|慢|再慢|慢慢)(?:说|讲)?"
_FASTER = r"(?:说|讲)?(?:得|的)?(?:太慢|快|再快)(?:说|讲)?"
_LOUDER = (
    r"(?:说话?|讲话?)?(?:再|放|能)*(?:大声|大一?点儿?声|响亮?)(?:一?点儿?|些)?(?:说|讲)?|"
    r"(?:说话)?(?:声音|嗓门)(?:太|有点儿?|再|放|能)*(?:大|小|轻|响亮?)(?:一?点儿?|些)?"
)
_BECAUSE = (
    r"(?:我|这|那|里|边|儿|的|有点儿?|有些|太|很|又|现在|这会儿|人)*(?:耳朵(?:有点儿?|有些|不太?|也)*(?:背|好使?|行|灵|聋)|"
    r"耳背|吵|噪音大|机器(?:响|吵|在响|声音大|开着)|信号(?:不好|差)|(?:年纪|岁数)大|[五六七八九]十(?:[几多来一二三四五六七八九])*岁?)了?"
)
"""Why they do not hear well: no wish alone, but for an ear that is hard of hearing."""
_DEAF = r"(?:我|的|这|人|有点儿?|有些|又)*(?:耳朵(?:有点|有些|不太?|也)*(?:背|好使|灵)|耳背)了?"

_CLAUSE = re.compile(r"[ ，,。！!？?]+")
_STORY = 4
"""Signs: less than that is no story."""


class Wish(Enum):
    """What the caller wants of what is being said."""

    REPEAT = "再说一遍"
    SLOWER = "慢一点"
    FASTER = "快一点"
    LOUDER = "大声点"
    THERE = "喂"
    """Whether anybody is there and hears them."""


_THERE = (
    r"喂+|(?:喂|哎)*[你您]们?好(?:喂|啊|呀)*|(?:还|您|你|有人?)?在(?:不在|听)?(?:吗|么|没有|没)|(?:能|还能)?听(?:得)?(?:到|见)(?:我(?:说话)?)?(?:吗|么|没有|没|不)|(?:现在)?有人(?:在|听)?(?:吗|么|没有|没)|"
    r"怎么(?:没有?声音|不说话|没反应|不吭声|没动静)|(?:说话|吭声|吱声)呀?"
)

_READ = tuple(
    (re.compile(rf"{_POLITE}(?:{core}){_TAIL}"), wish)
    for core, wish in (
        (rf"(?:{_REPEAT}){_TAIL}{_POLITE}{_SLOWER}|{_SLOWER}{_TAIL}{_POLITE}(?:{_REPEAT})", Wish.SLOWER),
        (_SLOWER, Wish.SLOWER),
        (
            rf"(?:{_BECAUSE}{_TAIL}{_POLITE})?(?:{_REPEAT}|{_SLOWER}){_TAIL}{_POLITE}{_LOUDER}|"
            rf"(?:{_BECAUSE}{_TAIL}{_POLITE})?{_LOUDER}|{_BECAUSE}{_TAIL}{_POLITE}(?:{_REPEAT}|{_SLOWER})|{_DEAF}|"
            rf"(?:{_LOUDER}|{_REPEAT}|{_SLOWER}){_TAIL}{_POLITE}{_BECAUSE}",
            Wish.LOUDER,
        ),
        (_FASTER, Wish.FASTER),
        (_REPEAT, Wish.REPEAT),
        (_THERE, Wish.THERE),
    )
)


def read_wish(heard: str) -> Wish | None:
    """The wish, if what was heard is nothing else: 慢一点 is one, 工资发得慢一点 is a matter."""
    text = heard.strip().replace(" ", "")
    return next((wish for pattern, wish in _READ if pattern.fullmatch(text)), None) if text else None


def wish_beside(heard: str) -> tuple[str, Wish | None]:
    """What is told, and how it is wanted to be spoken with: 我儿子不养我 你大声点."""
    clauses = [one for one in _CLAUSE.split(heard.strip()) if one]
    wishes = [(one, wish) for one in clauses if (wish := read_wish(one)) in (Wish.SLOWER, Wish.LOUDER)]
    rest = " ".join(one for one in clauses if one not in dict(wishes))
    if not wishes or len(rest) < _STORY:
        return heard, None
    return rest, Wish.LOUDER if any(wish is Wish.LOUDER for _, wish in wishes) else Wish.SLOWER


@dataclass(frozen=True, slots=True)
class Telling:
    """Pure: each wish gives the telling that comes next."""

    text: str = ""
    speed: float = 1.0
    repeats: int = 0
    loud: bool = False

    def next(self, text: str) -> Telling:
        """Something new is told, at the pace the caller has chosen."""
        return replace(self, text=text, repeats=0)

    def after(self, wish: Wish) -> Telling:
        """The same told again. Who asks for it twice is told slower, though they asked only to hear it."""
        match wish:
            case Wish.SLOWER:
                speed = max(_SLOWEST, self.speed * _STEP)
            case Wish.LOUDER:  # who hears badly hears better what is slower too
                speed = max(_SLOWEST, self.speed if self.loud else self.speed * _STEP)
                return replace(self, speed=round(speed, 3), loud=True)
            case Wish.FASTER:
                speed = min(_FASTEST, self.speed / _STEP)
            case Wish.REPEAT:
                speed = max(_SLOWEST, self.speed * _STEP) if self.repeats else self.speed
            case Wish.THERE:
                return replace(self, text=self.last)
        return replace(self, speed=round(speed, 3), repeats=self.repeats + 1)

    @property
    def last(self) -> str:
        """What was asked last, or told: nobody who only wants to be heard needs all of it again."""
        sentences = _SENTENCE.findall(self.text)
        asked = [at for at, one in enumerate(sentences) if one.endswith("？")]
        if not asked:
            return sentences[-1] if sentences else ""
        first = end = asked[-1]
        while first - 1 in asked:  # a question and its answers are read as two
            first -= 1
        return "".join(sentences[first : end + 1])

    def voice(self, rate: int) -> Voice:
        """How it is to be said in a call of `rate` samples a second."""
        return Voice(rate, self.speed)
