"""Where the service itself wants a person: anger that lasts, a death, a child taken, much money at stake."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.queues.stakes import read_stakes
from bot.dialogue.engine import Handoff, Reply
from bot.reception import Judged
from bot.understanding.feelings import read_feeling

ANGRY = "听得出来您很生气。机器人说不清的，我请值班的工作人员直接跟您谈，您前面说的都会转过去。"
GRAVE = "这件事关系重大，我请值班律师接着帮您，您前面说的都会转过去。"


def judge(text: str, before: Sequence[str], reply: Reply, high_stakes: int) -> Judged | None:
    """`before`: what the citizen said before, oldest first; of it only the last is read.

    Money alone waits for the opinion: until then the questions help whoever takes over.
    """
    if reply.handoff is not None or not reply.parts:
        return None
    if before and read_feeling(text) == read_feeling(before[-1]) == "angry":
        return Judged(Handoff("来访人连续表示气愤", "normal", "anger", mood="angry"), ANGRY)
    concluded = any(part.kind == "opinion" for part in reply.parts)
    said = (*before, text) if concluded else (text,)
    grave = read_stakes(said, reply.summary if concluded else {}, high_stakes if concluded else 0)
    if grave:
        return Judged(Handoff("事关重大：" + "、".join(grave), "high", "stakes"), GRAVE)
    return None
