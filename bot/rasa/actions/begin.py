"""The beginning of an interview: what was already said is read, a second problem in the same message is kept."""

from __future__ import annotations

from bot.interviews.conclude import Takeover, conclude
from bot.interviews.facts import Facts, FactValue, from_json, to_json
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.wording import told_text
from bot.rasa import wording
from bot.rasa.actions.beside import tell_beside
from bot.rasa.actions.caution import Careful
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.asking import asked_ahead
from bot.rasa.at_home import HOME
from bot.rasa.beside import read_beside_opening
from bot.rasa.cues import beaten
from bot.rasa.intents import HURT, TOPIC
from bot.rasa.offers import only_chooses
from bot.rasa.situation import MOST_PENDING, SAID_CHARACTERS
from bot.rasa.story import longer, told_before
from bot.rasa.wishes import carried_from, is_wished, known_of
from bot.services.asked_of_country import of_countries, told_of_country, with_asked
from bot.understanding.normalise import fold
from bot.understanding.papers import Wanted, wanted_papers

FAMILY = "family"
_COUNT = ("", "一", "两", "三", "四", "五")


def open_topic(step: Step, topic: Topic, said: str, quiet: bool = False) -> None:
    """Put the conversation on `topic` and read what was already said; the form asks the rest.

    What was noted about it before, or told in an interview that was left, is taken up again. `quiet`: nothing is said,
    as a person comes.
    """
    waiting = next((one for one in step.now.pending if one["topic"] == topic.id), {})
    before = from_json(dict(waiting.get("facts") or {}))
    # Its name, typed or pressed, tells nothing: 「……（起诉、应诉、上诉）」 has not been through any of them.
    told = "。".join(one for one in (waiting.get("said"), said) if one and fold(one).strip() != fold(topic.name))
    reading = read_answers(topic, before, None, told, step.today)
    facts = reading.merged(before)
    known = {one: value for one, value in known_before(step, topic, said).items() if one not in facts}
    facts = {**known, **facts}
    if waiting:
        step.put(pending=[one for one in step.now.pending if one["topic"] != topic.id])
    step.topic = topic
    # A paper that was asked for before anything was told is written now.
    ahead = [*(() if step.situation.stage else step.now.ahead), *asked_ahead(told)[-1:]]
    if (wanted := _wanted(told)) is not None:
        ahead.append(wanted.said)
    step.put(
        topic=topic.id,
        facts=to_json(facts),
        asked=None,
        stage="interview",
        handed=waiting.get("handed"),
        offer=None,
        misses=0,
        ahead=[one[:SAID_CHARACTERS] for one in ahead] or None,
    )
    if quiet:
        return
    opening = wording.RESUMED.format(topic=topic.name) if "facts" in waiting else topic.intro
    rule = newly_urgent(step, topic, before, facts)
    if rule is not None and step.slots.get("handoff"):
        opening = ""  # what saves comes first, and was said once already
    elif wanted is not None:
        opening += wording.PAPER_NOTED.format(names=wanted.names)
    heard = "；".join(told_text(topic.fact(one), value) for one, value in known.items())
    carried = wording.KNOWN_BEFORE.format(told=heard) if known else ""
    if reading.echo or carried or opening:
        step.say(f"{reading.echo}{carried}{opening}")
    if rule is not None:
        step.hand_over(rule.reason, "urgent", "rule")
        step.say(rule.say)


def known_before(step: Step, topic: Topic, said: str) -> dict[str, FactValue]:
    """What the matter or service that the conversation is on says of a service that is asked for: its place above all.

    Who begins the same from the start, saying nothing more, begins with nothing.
    """
    left = step.topic
    if left is None or not is_wished(topic.id) or (left.id == topic.id and not said):
        return {}
    told = {fact: FactValue(value, said=left.name) for fact, value in known_of(topic, left).items()}
    before = step.now.known()
    same = carried_from(topic.id, left.id).items()
    told |= {fact: before[other] for fact, other in same if other in before and before[other].answered}
    places = [one for fact, one in step.now.known().items() if left.fact(fact).type == "place" and one.value]
    for fact in topic.facts:
        if fact.type == "place" and places:
            told[fact.id] = places[-1]
    return told


def _wanted(told: str) -> Wanted | None:
    """The papers asked for; a bare name only where nothing else is said."""
    wanted = wanted_papers(told)
    return wanted if wanted is None or not wanted.rest else wanted_papers(told, named=True)


class ActionBegin(Careful, StepAction):
    """Take up the topic that the message is about."""

    id = "action_begin"

    async def act(self, step: Step) -> None:
        """What was told before a topic was found is read together with what named it."""
        topic = step.topics.get(step.intent.removeprefix(TOPIC)) or step.topic
        if topic is None:
            step.say(wording.NOT_UNDERSTOOD)
            return
        offer = step.situation.offer or {}
        asked = str(offer["said"]) if offer.get("kind") == "clarify" else ""
        own = "" if asked and only_chooses(step.text, offer) else step.own
        told = longer(told_before(step.situation) or asked, own)
        await tell_beside(step)
        keep_beside(step, topic, told)
        open_topic(step, topic, keep_second(step, told))
        self._offer_next(step, topic)
        if topic.kind == "service":
            keep_safe(step, topic)
        if of_countries(topic) and (told := told_of_country(step.own)):
            step.say(told)  # what was asked comes before what is asked back
            step.put(facts=to_json(with_asked(topic, step.now.known(), step.own)))

    @staticmethod
    def _offer_next(step: Step, topic: Topic) -> None:
        """「第二个」 right after several were told means the second of them; not where somebody may be hurt."""
        waiting = [one["topic"] for one in step.now.pending if one["topic"] != topic.id]
        if step.candidates and waiting and topic.id not in HURT:
            step.put(offer={"kind": "change", "topic": waiting[0], "number": 2, "quiet": True})


def keep_second(step: Step, said: str) -> str:
    """Two topics at once (「两个都是」, or several problems in one message): the others wait their turn.

    Returns the words that belong to the first.
    """
    first, *parts = step.parts or (said,)
    others = [topic for topic in step.candidates if step.intent != TOPIC + topic]
    waiting = [
        {"topic": topic, "said": words[:SAID_CHARACTERS]}
        for topic, words in zip(others, parts or [said] * len(others), strict=False)
    ]
    if waiting:
        known = {entry["topic"] for entry in step.situation.pending}
        new = [entry for entry in waiting if entry["topic"] not in known]
        step.put(pending=[*step.situation.pending, *new][:MOST_PENDING])
    if step.parts:
        topic = step.topics.get(step.intent.removeprefix(TOPIC))
        names = [one.name for one in (topic, *(step.topics[other] for other in others)) if one is not None]
        if topic is None:
            step.say(wording.TWO_NOTED.format(names="、".join(f"「{name}」" for name in names)))
        else:
            step.say(_several(names))
    elif waiting and (step.situation.offer or {}).get("kind") == "clarify":
        names = [step.topics[one].name for one in (step.intent.removeprefix(TOPIC), waiting[0]["topic"])]
        step.say(_several(names))
    return first


def _several(names: list[str]) -> str:
    """That all of them are kept, in this order."""
    *before, last = (f"「{name}」" for name in names)
    listed = f"{'、'.join(before)}和{last}"
    return wording.SEVERAL_PROBLEMS.format(count=_COUNT[len(names)], names=listed, first=names[0], second=names[1])


def keep_beside(step: Step, topic: Topic, said: str) -> None:
    """「没交社保 上周让我走」 opens one of two matters; the other is noted."""
    other = step.topics.get(read_beside_opening(topic.id, said))
    if other is None or step.candidates or any(one["topic"] == other.id for one in step.situation.pending):
        return
    waiting = {"topic": other.id, "said": said[:SAID_CHARACTERS]}
    step.put(pending=[*step.situation.pending, waiting][:MOST_PENDING])
    step.say(_several([topic.name, other.name]))


class ActionStartAgain(StepAction):
    """Ask the same topic again from the beginning, because the citizen wants that."""

    id = "action_start_again"

    async def act(self, step: Step) -> None:
        """Facts of before are let go."""
        if step.topic is None:
            step.say(wording.STARTED_OVER)
            return
        open_topic(step, step.topic, "")


def newly_urgent(step: Step, topic: Topic, before: Facts, after: Facts) -> Takeover | None:
    """An urgent rule that this answer made true: then a person comes at once, not after the last question."""
    if all(rule.priority != "urgent" for rule in topic.handoff):
        return None
    known = {one.reason for one in conclude(topic, before, step.today).takeovers}.union(step.now.handed)
    return next(
        (
            one
            for one in conclude(topic, after, step.today).takeovers
            if one.priority == "urgent" and one.kind == "rule" and one.reason not in known
        ),
        None,
    )


def keep_safe(step: Step, topic: Topic) -> None:
    """Whoever is beaten at home hears at once what protects them, whatever was asked."""
    told = (topic.area == FAMILY or topic.kind == "service") and topic.id != HOME and beaten(step.own)
    if told and all(part.get("text") != wording.KEEP_SAFE for part in step.situation.last):
        step.say(wording.KEEP_SAFE)
