"""What is said to those who wait. Times are only named where they are known."""

from __future__ import annotations

from datetime import datetime

from bot import greeting
from bot.dialogue.engine import Part

LEAVE_NUMBER, BOOK = "留电话", "约个时间"
"""Quick replies under the offer of a call."""
OFFER = f"您可以留个电话，我们打给您：直接发号码，或者点“{LEAVE_NUMBER}”“{BOOK}”。"
OFFER_EN = "You can also leave a phone number here and we will call you."
ASK_NUMBER = "好的，请把您的电话号码发给我，手机、座机都可以（座机请带区号）。"
ASK_TIME = "好的，您什么时候方便接电话？比如“明天上午十点”“周三下午三点”，后面可以连电话号码一起发。"
NOT_THEN = "那个时间没有人值班。{when} 有人，就先给您约在这时候；想换别的时间，请再告诉我。"
TAKEN = "记下了：{number}。{when}号码不对的话，请再发一次。"
CALL_AT = "我们约在 {when} 打给您。"
CALL_FROM = "{when} 起有人值班，到时会打给您。"
CALL_SOON = "值班人员上班后会打给您。"
STILL_NUMBER = "时间记下了：{when}。还请把电话号码发给我。"
RETURNED = (
    Part(
        "text",
        "不好意思，刚才接待您的值班人员有事离开了。您说过的话都在，不用再讲一遍；您现在排在前面，下一位值班人员会接着帮您。",
    ),
)
TRANSFERRED = (Part("text", "我请更合适的同事接着帮您，您说过的话都会一起转过去，请稍等。"),)
"""To a queue."""
COLLEAGUE = (Part("text", "现在由另一位同事接着帮您，您说过的话都已经转过去了。"),)
_NOTED = "您说的已经记下，值班人员接手就看得到，不用重发。"
_NOTED_EN = "Your words are kept for the person on duty; you need not send them again. In danger call 110 now."
_DANGER = "遇到危险请马上拨打 110。"
_AHEAD = "您前面还有 {ahead} 位在等。"
_FIRST = "您排在第一位。"
_ABOUT = "大约要等{minutes}分钟，实际可能快一些，也可能慢一些。"
_LONG = "等的人多，可能要一小时以上。"
_SOON = "值班人员在线，很快会接待您。"
_BACK = "值班人员已经上班。"
_WITHDRAWN = "好的，那就不等了，排队已经取消。什么时候还想找人，说“人工”就行。"
_WITHDRAWN_EN = "All right, you are no longer waiting for a person. Say “human” whenever you want one."
_STILL_CALLED = "说好的电话，到时候还是会打给您。"
_DAYS = "一二三四五六日"


def place(ahead: int, minutes: int | None, *, back: bool = False) -> Part:
    """Where somebody stands. `minutes`: 0 for at once, None where no honest number is known.

    `back`: they were told before that nobody is there.
    """
    said = [_BACK] if back else []
    said.append(_AHEAD.format(ahead=ahead) if ahead else _FIRST)
    if minutes is not None:
        said.append(_SOON if minutes == 0 else _LONG if minutes > 60 else _ABOUT.format(minutes=f" {minutes} "))
    return Part("text", "".join(said), data=greeting.WAITING)


def noted(ahead: int, minutes: int | None, language: str) -> Part:
    """That what was added is kept for whoever comes, and where they stand meanwhile."""
    also = f"\n{_NOTED_EN}" if language == "en" else ""
    return Part("text", f"{_NOTED}{place(ahead, minutes).text}{_DANGER}{also}", data=greeting.NOTED)


def withdrawn(*, called: bool, english: bool) -> Part:
    """That the place in the queue is given up, as they wished."""
    said = f"{_WITHDRAWN}{_STILL_CALLED if called else ''}"
    return Part("text", f"{_WITHDRAWN_EN}\n{said}" if english else said)


def nobody(
    promised: datetime | None, language: str, told: tuple[Part, ...] = greeting.NOBODY_ON_DUTY
) -> tuple[Part, ...]:
    """Nobody is on duty: the truth (`told`), the next time if it is known, and the offer of a call."""
    said = f"{moment(promised)} 起有人值班，会按先后在这里回复您。" if promised is not None else ""
    also = f"\nNobody is on duty right now. {OFFER_EN}" if language == "en" else ""
    return (*told, Part("choices", f"{said}{OFFER}{also}", (LEAVE_NUMBER, BOOK), greeting.WAITING))


def moment(at: datetime) -> str:
    """11月30日（周一）9:00"""
    return f"{at.month}月{at.day}日（周{_DAYS[at.weekday()]}）{at.hour}:{at.minute:02d}"
