"""When a person is needed: asked for, in danger, or after the bot failed to understand."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.interview import take_up_next
from bot.rasa.actions.lesson import LEARNING
from bot.rasa.actions.step import Step, StepAction
from bot.understanding.danger import find_danger

REASONS = {
    "violence": "人身安全危险：暴力",
    "self_harm": "人身安全危险：自伤",
    "child": "未成年人可能受到侵害",
    "detention": "被拘留、关押或限制自由",
    "medical": "需要紧急救治",
    "fire": "火灾或类似险情",
}


class ActionDanger(StepAction):
    """Danger: the number that fits, and a person at once."""

    id = "action_danger"

    async def act(self, step: Step) -> None:
        """What the seat is told names the kind of danger, never the words."""
        danger = find_danger(step.text)
        if danger is None:
            step.hand_over("来访人可能处于危险之中", "urgent", "danger")
            step.say(wording.DANGER)
            return
        step.hand_over(REASONS.get(danger.kind, "来访人可能处于危险之中"), "urgent", "danger")
        step.say(f"{danger.say}{wording.DANGER_PERSON}")


class ActionHandoff(StepAction):
    """The citizen wants a person."""

    id = "action_handoff"

    async def act(self, step: Step) -> None:
        """Always granted, in every state; the interview stands where it is."""
        about = f"（{step.topic.name}）" if step.topic is not None else ""
        offered = (step.situation.offer or {}).get("reason")
        if offered:
            step.hand_over(offered, "high", "deadline")
        else:
            step.hand_over(f"来访人要求人工服务{about}", "normal", "asked")
        step.say(wording.HAND_OVER)


class ActionDecline(StepAction):
    """The citizen does not want what was offered."""

    id = "action_decline"

    async def act(self, step: Step) -> None:
        """Go on where the conversation was."""
        learning = (step.situation.offer or {}).get("kind") in LEARNING
        step.put(offer=None, misses=0)
        if learning:
            step.say(wording.LEARN_ENOUGH)
        else:
            step.say(wording.DECLINED_IN_INTERVIEW if step.in_loop else wording.DECLINED)
        if not step.in_loop:
            take_up_next(step)
