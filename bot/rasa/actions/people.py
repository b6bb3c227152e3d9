"""When a person is needed: asked for, or after the bot failed to understand."""

from __future__ import annotations

from bot.rasa import wording, wording_english
from bot.rasa.actions.beside import tell_beside
from bot.rasa.actions.closing import close
from bot.rasa.actions.later import drop_kept, take_up_next
from bot.rasa.actions.lesson import LEARNING
from bot.rasa.actions.service import ask_withdrawal, handed_in, withdraw
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.assent import names_application, read_assent
from bot.rasa.wishes import gives_up, takes_back, wants_back
from bot.understanding.english import read_english
from bot.understanding.script import script_of


class ActionHandoff(StepAction):
    """The citizen wants a person."""

    id = "action_handoff"

    async def act(self, step: Step) -> None:
        """Always granted, in every state; the interview stands where it is."""
        await tell_beside(step)
        about = f"（{step.topic.name}）" if step.topic is not None else ""
        offered = (step.situation.offer or {}).get("reason")
        if offered:
            step.hand_over(offered, "high", "deadline")
        else:
            step.hand_over(f"来访人要求人工服务{about or spoken_about(step)}", "normal", "asked")
        if speaks_english(step):
            step.say(wording_english.HANDED_OVER)
            if (service := read_english(step.text).situation) is not None and service.tell:
                step.say(service.tell)  # who wants a lawyer or legal aid hears how that goes while they wait
        step.say(wording.HAND_OVER)


def speaks_english(step: Step) -> bool:
    """Whether the message, or the one that a person was offered for, is in English."""
    return step.heard.kind == "english" or script_of(_offered_for(step)) == "latin"


def spoken_about(step: Step) -> str:
    """For the seat: that English is spoken, and about what."""
    if not speaks_english(step):
        return ""
    situation = read_english(f"{_offered_for(step)}. {step.text}").situation
    return f"（说英语；{situation.zh}）" if situation is not None else "（说英语）"


def _offered_for(step: Step) -> str:
    return str((step.situation.offer or {}).get("said") or "")


class ActionDecline(StepAction):
    """The citizen does not want what was offered."""

    id = "action_decline"

    async def act(self, step: Step) -> None:
        """Go on where the conversation was."""
        kind, standing = str((step.situation.offer or {}).get("kind")), step.situation.applying
        if kind != "resume" and (mine := handed_in(step)) is not None:
            if (kind == "withdraw" or step.in_loop) and wants_back(step.text):
                withdraw(step, mine)
            elif kind == "withdraw":
                step.say(wording.WITHDRAW_KEPT)
                step.put(offer=None, misses=0)
            elif gives_up(step.text) or takes_back(step.text) is not None:
                ask_withdrawal(step, mine)
            if step.said:
                return
        if standing == "beside" and (names_application(step.text) or gives_up(step.text)):
            kind = "apply"
        # Who changes their mind about an application may still say so by its name.
        step.put(offer={"kind": kind, "past": "declined"} if kind == "apply" else None, misses=0)
        if kind == "resume":
            drop_kept(step)
        if kind == "apply":
            step.say(wording.APPLY_PUT_OFF if read_assent(step.text, kind) == "later" else wording.APPLY_REFUSED)
        elif kind in LEARNING:
            step.say(wording.LEARN_ENOUGH)
        elif step.situation.stage == "told" and kind != "resume":
            close(step)
        else:
            step.say(wording.DECLINED_IN_INTERVIEW if step.in_loop else wording.DECLINED)
        if not step.in_loop:
            take_up_next(step)
