"""Everything said around a consultation: greeting, thanks, repeating, asking back, redirecting, starting over."""

from __future__ import annotations

import re

from bot.interviews.conclude import conclude
from bot.rasa import wording
from bot.rasa.actions.ahead import tell_ahead
from bot.rasa.actions.caution import Careful
from bot.rasa.actions.clarify import ask_again
from bot.rasa.actions.later import offer_kept, shelve
from bot.rasa.actions.listening import listen
from bot.rasa.actions.opinion import ActionOpinion
from bot.rasa.actions.step import MISSES_TO_HAND_OVER, Step, StepAction
from bot.rasa.asking import asks_more
from bot.rasa.bare_words import says_nothing
from bot.rasa.cues import HAN, gives_phone, is_addition
from bot.rasa.danger_heard import hear_danger
from bot.rasa.elsewhere import Elsewhere, find_elsewhere
from bot.rasa.intents import HURT
from bot.rasa.nearest import nearest, shares
from bot.rasa.related import related
from bot.understanding.feelings import Feeling, read_feeling
from bot.understanding.meant import meant
from bot.understanding.speech_acts import doubts
from bot.understanding.substance import is_bare

_RELIEVED = re.compile(r"气话|说说而已|不会(?:的|死|做傻事)|没想不开")
_PROOF = re.compile(
    r"(?:我们?|俺|手里|手上|这边|家里|还|也|都|倒是|只|就|当时|现在)*(?:(?P<none>没有?|没得|沒有?)|有|留了?|存了?|拍了?|录了?|保存了?)(?:着|过|些|点)?"
    r"(?:微信|手机|付款|通话|现场)?(?:的)?(?:聊天记录|聊天|照片|视频|录音|录像|转账记录|转账|付款记录|收据|发票|证人|截图|证据|記錄)(?:了|的|呢|啊|在)*"
)
"""「我有聊天记录」 after the opinion tells how it stands with the proofs."""
_TELLING = 5
"""Chinese characters of a statement that an opinion may speak of."""
_FAREWELL = re.compile(r"再见|拜拜")
_UNCLEAR = re.compile(
    r"(?:没|不)(?:太|大|怎么)?(?:听|看|弄|搞)?(?:懂|明白)|(?:听|看)不(?:懂|明白)|(?:什么|啥)意思|太长|简单|通俗|白话|人话"
)
"""The question was heard, and its words are not clear."""
REPLIES = {
    "greet": wording.GREETING,
    "thanks": wording.THANKS,
    "goodbye": wording.GOODBYE,
    "bot_challenge": wording.CAPABILITIES,
    "nothing_said": wording.NOTHING_SAID,
    "out_of_scope": wording.REDIRECT,
}


class ActionTalk(Careful, StepAction):
    """A fixed kind sentence for what needs no law."""

    id = "action_talk"

    async def act(self, step: Step) -> None:
        """The sentence follows the intent."""
        if step.intent == "complaint":
            step.say(wording.COMPLAINT, (wording.PERSON,))
            step.put(offer={"kind": "person"})
            return
        step.put(misses=0)
        if step.intent == "ask_ahead":
            if not await tell_ahead(step, step.own):
                step.say(wording.ASK_AHEAD)
            return
        if step.intent in ("thanks", "goodbye") and _in_despair(step):
            step.say(wording.STAY)
            return
        leaves = step.intent == "goodbye" or (step.intent == "thanks" and _FAREWELL.search(step.text))
        if leaves and step.in_loop and step.topic is not None:
            step.say(wording.GOODBYE_LEFT.format(topic=step.topic.name))
            shelve(step)
            step.put(topic=None, facts=None, asked=None, stage=None, offer=None, requested_slot=None, ahead=None)
            step.topic = None
            step.end_loop()
            return
        step.say(wording.TRUST if doubts(step.text) else REPLIES[step.intent])
        if step.intent in ("thanks", "goodbye") and not step.in_loop:
            offer_kept(step)
        else:
            ask_again(step)


def _in_despair(step: Step) -> bool:
    """Whether somebody spoke of dying, and took nothing back since."""
    danger = hear_danger(step.situation.story)
    return danger is not None and danger.kind == "self_harm" and not _RELIEVED.search(step.situation.story)


class ActionMiss(Careful, StepAction):
    """The message was not understood: ask again and offer a person; the second time in a row a person comes."""

    id = "action_miss"

    async def act(self, step: Step) -> None:
        """Anything understood starts the count anew; a feeling is understood, only not yet what happened."""
        feeling = read_feeling(step.text)
        if feeling is not None:
            self._care(step, feeling)
        elif self._goes_on(step):
            step.put(misses=step.situation.misses + 1)
            beside = step.topics.get(related(step.situation.topic, step.text))
            proof = _PROOF.fullmatch(step.text)
            if gives_phone(step.text):
                step.say(wording.PHONE_SEEN)
            elif proof is not None:
                step.say(wording.PROOF_NONE if proof["none"] else wording.PROOF_KEPT)
            elif said := _spoken_of(step):
                step.say(wording.TOLD_SPOKEN.format(said=said))
            elif beside is not None:  # 「一个女儿6岁」 after an opinion on a divorce
                step.say(wording.TOLD_RELATED.format(topic=beside.name), (beside.name,))
            else:
                step.say(wording.TOLD_NOTED_AGAIN if step.situation.misses else wording.TOLD_NOTED)
        elif (office := _asked_of_office(step)) is not None:
            step.put(misses=0)
            step.say(office.say)
        elif listen(step):
            return
        elif (step.situation.offer or {}).get("kind") == "clarify":
            # Who cannot say which of two it is need not choose: the citizen tells, and the bot sorts.
            said = str((step.situation.offer or {}).get("said") or "")
            step.put(misses=step.situation.misses + 1, offer={"kind": "person", "said": said})
            step.say(wording.CLARIFY_OPEN + wording.OR_PERSON, (wording.PERSON,))
        elif not step.situation.stage and is_bare(step.text) and not step.situation.misses:
            # 「嗯」, 「我呢」: they are looking for words, and nothing was misunderstood.
            step.put(misses=1, offer=step.situation.offer or {"kind": "person"})
            step.say(wording.LISTENING, (wording.PERSON,))
        elif step.situation.misses + 1 >= MISSES_TO_HAND_OVER:
            step.hand_over("机器人连续两次没有听懂来访人的话", "normal", "unclear")
            step.say(wording.HAND_OVER_UNCLEAR)
        else:
            # What was offered before still stands: who only cleared their throat may yet say yes to it.
            step.put(misses=step.situation.misses + 1, offer=step.situation.offer or {"kind": "person"})
            step.say(wording.NOT_UNDERSTOOD + wording.OR_PERSON, (wording.PERSON,))

    @staticmethod
    def _goes_on(step: Step) -> bool:
        """Whether a piece was told after the opinion; who only says that there is something is asked what."""
        if step.situation.stage != "told":
            return False
        return is_addition(step.text) and not says_nothing(step.text, step.topics)

    @staticmethod
    def _care(step: Step, feeling: Feeling) -> None:
        """Who can say nothing else the second time in a row is offered a person, and the third time gets one."""
        said = [(str(part["text"]), part["choices"]) for part in step.situation.words]
        cared = [choices for text, choices in said if text.startswith(tuple(wording.CARE.values()))]
        if not cared:
            told = step.situation.stage == "told"
            step.say(wording.CARE[feeling] + (wording.WE_GO_ON if told else wording.WHAT_HAPPENED))
        elif wording.PERSON not in cared[-1]:
            step.say(wording.CARE[feeling] + wording.OR_PERSON, (wording.PERSON,))
            step.put(offer={"kind": "person"})
        else:
            step.hand_over("来访人情绪激动，还没能说出发生了什么事", "normal", "unclear")
            step.say(wording.HAND_OVER)


def _spoken_of(step: Step) -> str:
    """What the opinion says of the thing told behind it: 「她自己没系安全绳」; empty for none."""
    if step.topic is None or len(HAN.findall(step.text)) < _TELLING:
        return ""
    said = nearest(step.text, conclude(step.topic, step.situation.known(), step.today))
    return said if said and shares(step.text, said) else ""


def _asked_of_office(step: Step) -> Elsewhere | None:
    """The office that was told of, where 「要带什么」 asks on about it."""
    said = str((step.situation.offer or {}).get("said") or "")
    return find_elsewhere(meant(said)) if said and asks_more(step.text) else None


class ActionRepeat(StepAction):
    """Say again what was said last; in an interview the form repeats its question itself."""

    id = "action_repeat"

    async def act(self, step: Step) -> None:
        """An opinion is given anew from the facts rather than kept in the state."""
        if step.in_loop:
            asked = step.situation.asked
            if step.topic is not None and asked and _UNCLEAR.search(step.text):
                step.say(step.topic.fact(asked).help or wording.NO_MATTER)
            return
        last = step.situation.last
        if not last:
            step.say(wording.NOTHING_TO_REPEAT)
            return
        if last[0].get("opinion"):
            step.then(ActionOpinion.id)
            return
        for part in last:
            step.say(part["text"], part["choices"])


class ActionSameTopic(StepAction):
    """The citizen tells again what the opinion was about."""

    id = "action_same_topic"

    async def act(self, step: Step) -> None:
        """Offer to ask everything again."""
        if step.topic is not None and step.topic.id in HURT:
            # 「我怕他来打我」 is no reason to hear that everything was said.
            step.say(wording.KEEP_SAFE + wording.WE_GO_ON, (wording.PERSON,))
            step.put(misses=0)
            return
        step.say(wording.SAME_TOPIC, (wording.AGAIN, wording.PERSON))
        step.put(offer={"kind": "again"}, misses=0)


class ActionStartOver(StepAction):
    """Forget the consultation and begin anew."""

    id = "action_start_over"

    async def act(self, step: Step) -> None:
        """Everything of the dialogue goes; the matter and its transcript are not the dialogue's."""
        step.put(
            topic=None,
            facts=None,
            asked=None,
            stage=None,
            pending=None,
            offer=None,
            misses=0,
            requested_slot=None,
            ahead=None,
            story=None,
        )
        step.say(wording.STARTED_OVER)
        step.end_loop()
