"""Reads from what somebody says who waits for a person that they wait no more, and what else they say."""

from __future__ import annotations

import re

from bot.understanding.normalise import fold

_LONGEST = 60
"""Who tells a long story may tell of somebody else who waits no more."""
_WHO = r"(?:真人|人工|[个位]?人|客服|律师|[你您]们|[他她]们?|值班的?(?:人员?)?|工作人员|法律援助的?人)"
_FILLER = (
    r"(?:算了|好了|好吧|行了|得了|罢了|唉|哎|嗯|那|我们?|咱们?|俺|还是|就|都|先|也|麻烦|谢谢|对不起|不好意思|吧|了|啊|呀|"
    r"哈|您|你|行吗|可以吗|好吗)*"
)
_CLAUSE = re.compile(
    rf"{_FILLER}(?:"
    rf"不(?:想|要|用|愿意?|必|打算|需要)?(?:再|继续|接着)?(?:等|排队?|候)(?:下去)?{_WHO}?(?:[了啦]|下去)|"
    rf"不(?:想|要|用|必|需要|想要)再?(?:等|找|叫|转|麻烦|打扰|联系){_WHO}(?:了|啦)?|"
    rf"不再?(?:找|叫|转){_WHO}[了啦]|(?:别|甭|唔|冇)(?:再)?(?:等|找|叫|转){_WHO}?[了啦]|"
    rf"(?:取消|退出)(?:排队|等待|转?人工)|不排队?[了啦]|"
    rf"(?:还是)?(?:你|您|机器人)(?:来)?(?:接着|继续)(?:问|说|讲|来|回答|帮我)+|跟[你您]说(?:也行|就行|吧)|"
    rf"(?:i ?do ?n[o']t|i ?don['’]?t) (?:want|need) (?:to wait|a (?:person|human|lawyer))(?: any ?more)?|"
    rf"(?:i['’]?m|i am) not waiting(?: any ?more)?|no need (?:to wait|for a (?:person|human))|"
    rf"(?:please )?cancel (?:the queue|the wait(?:ing)?)"
    rf"){_FILLER}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:那|还是|就)*算了(?:算了|吧|啊|不?用了|谢谢)*|never ?mind|(?:please )?cancel(?: (?:it|that))?", re.IGNORECASE
)
"""By themselves; beside more they may begin anything (算了，你们快点吧)."""
_IMPATIENT = re.compile(
    r".{0,6}(?:没有?人(?:来|理|接|管|应)?|等(?:了|得)?.{0,4}(?:久|半天|不及|不起)|等烦|(?:太|这么|真|好)慢|人呢).{0,4}"
)
"""Why they wait no more: nothing that wants an answer."""
_BETWEEN = re.compile(r"[\s,，。.;；!！?？~～、…]+")
_ENGLISH_BETWEEN = re.compile(r"[,.;!?…]\s*")


def read_withdrawal(text: str, *, alone: bool = True) -> str | None:
    """What is said besides, "" for nothing; None where `text` does not say that its sender waits no more.

    `alone`: 「算了」 by itself says so, as nothing else is being talked about.
    """
    said = fold(text).strip()
    if len(said) > _LONGEST:
        return None
    clauses = [one for one in (_ENGLISH_BETWEEN if said.isascii() else _BETWEEN).split(said) if one]
    rest = [one for one in clauses if not _CLAUSE.fullmatch(one)]
    if len(rest) == len(clauses):
        return "" if alone and clauses and all(_ALONE.fullmatch(one) for one in clauses) else None
    return "，".join(one for one in rest if not re.fullmatch(_FILLER, one) and not _IMPATIENT.fullmatch(one))
