"""Hears how somebody feels who cannot say yet what happened."""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.normalise import fold

Feeling = Literal["weary", "afraid", "angry", "sad"]

_FEELINGS: tuple[tuple[Feeling, re.Pattern[str]], ...] = (
    (
        # May say no more than that the work is hard, and may say that life is: asked about, never passed over.
        "weary",
        re.compile(
            r"(?:撑|扛|熬|挺|坚持)不(?:住|下去)|(?:太|好|真|真的)累了?[,，\s]*(?:真的?)?不想(?:干|弄|搞|折腾|管|动)了?|"
            r"^(?:就是|只是|我)?(?:真的)?(?:太|好|真|很)累了?[啊呀]*[。.!！~～\s]*$|活[得着](?:真|太|好)累|心(?:好|太|很)?累|看不到(?:一点)?(?:希望|头|出路|盼头)|"
            r"没(?:有)?(?:一点)?(?:希望|盼头|奔头)了?|(?:什么都|都|一切)?没(?:有)?意思[了透]|(?:真的?|实在)?(?:好|太)?没意思(?=[,，。!！\s]|$)|"
            r"不知道(?:还)?活[着个]?(?:什么|啥|干嘛)"
        ),
    ),
    (
        "afraid",
        re.compile(
            r"害怕|好怕|很怕|怕得|吓(?:死|坏|得|人)|恐惧|发抖|提心吊胆|心慌|慌得|不敢(?:说|出门|回家|睡)|担惊受怕"
        ),
    ),
    (
        "angry",
        re.compile(
            r"气(?:死|炸|疯|人|得)|生气|愤怒|火大|忍不了|受够了|欺人太甚|太(?:过分|欺负人|黑心|不要脸)|什么玩意|(?:^|[,，。!！\s])(?:这|那|他|她|你)?们?(?:都|真|算|这)?(?:是|算)?(?:个)?什么东西(?=[!！啊。]|$)|憋屈|咽不下"
        ),
    ),
    (
        "sad",
        re.compile(
            r"难受|崩溃|绝望|想哭|哭了?[一好]?[整几个]?[天夜晚]|委屈|心[寒凉碎]|走投无路|睡不着|不知(?:道)?(?:该)?怎么办|没(?:有)?人(?:帮|管|理)|好苦|命苦"
        ),
    ),
)
_LONGEST = 400
_FILLER = re.compile(
    r"[我你他她们的了啊呀呢吧吗嘛唉哎呜嗯真好很太都也要就快死该么哪办得有是在这那]|怎么|不知道|现在|已经|实在|简直|受不|心里|事情|觉得|感觉|一直|天天|特别|非常|到底|"
    r"[^\u4e00-\u9fff]"
)


def read_feeling(text: str) -> Feeling | None:
    """The strongest feeling told: what may be despair, then fear, anger, grief; None where none is."""
    said = fold(text[:_LONGEST])
    return next((feeling for feeling, pattern in _FEELINGS if pattern.search(said)), None)


def is_only_feeling(text: str, least: int = 3) -> bool:
    """Whether a feeling is all that is told, and nothing yet of what happened, which takes `least` characters."""
    said = fold(text[:_LONGEST])
    if read_feeling(said) is None:
        return False
    for _, pattern in _FEELINGS:
        said = pattern.sub("", said)
    return len(_FILLER.sub("", said)) < least
