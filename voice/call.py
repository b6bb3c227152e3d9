"""One call from greeting to goodbye, as a pure state machine: events and times in, actions out.

Long for one module, because every state must answer to every event, and that is only seen in one place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from voice.call_events import (
    Action,
    Answered,
    Ask,
    Brief,
    Briefed,
    CallBack,
    CloseMatter,
    Due,
    Emergency,
    EngineLost,
    Event,
    GoToChat,
    HangUp,
    HungUp,
    InChat,
    JoinQueue,
    KeepMessage,
    LeaveQueue,
    Listen,
    NoChat,
    NoSeat,
    Note,
    OpenMatter,
    Outcome,
    Pace,
    Pause,
    Play,
    Position,
    Pressed,
    Rated,
    RecognizerLost,
    Record,
    ReleaseSeat,
    Replied,
    Resume,
    Say,
    SeatTook,
    SpeechStarted,
    Spoken,
    StartMessage,
    Stop,
    Transfer,
    Transferred,
    Words,
)
from voice.media import CHAT
from voice.nodding import nods
from voice.patience import Patience
from voice.repeating import agreed, to_repeat
from voice.sentences import Sentences
from voice.telling import Telling, Wish, read_wish

State = Literal[
    "new",
    "talking",
    "thinking",
    "checking",
    "waiting",
    "briefing",
    "ringing",
    "moving",
    "moved",
    "message",
    "number",
    "rating",
    "leaving",
    "over",
]
_WITH_PEOPLE = ("waiting", "briefing", "ringing", "moving", "moved")
_PERSON = re.compile(r"人工|真人|工作人员|转人|接线员|找个?人(?:说|来|接)")
_NO_PERSON = re.compile(r"(?:不|别)(?:要|用|想|需要)?(?:转|找|接)?(?:人工|真人|工作人员)")
_UNRECORDED = re.compile(r"(?:不要|别|不想|不同意|不许|不能)(?:再)?录音")
_BYE = re.compile(r"^(?:那)?(?:好的?|行)?(?:再见|拜拜|没有了|没了|没别的|没事了|不用了|就这些|谢谢)")
_LEAVE_WORD = re.compile(r"留言|不等了|不想等")
_MOST_TRIES = 2
_MOST_TRANSFERS = 2


class Talk:
    """`handle` each event at its time, do what it says in that order, and send `Due` when `due` has come."""

    def __init__(
        self,
        sentences: Sentences,
        patience: Patience | None = None,
        caller: str = "",
        hearing: bool = True,
        chat: bool = False,
    ) -> None:
        """`hearing`: somebody turns what the caller says into words; without, keys, a message and people are left.

        `chat`: they call from a page with a chat. People are there then: no seat rings, and no message is taken.
        """
        self._sentences, self._patience, self._caller = sentences, patience or Patience(), caller
        self.state: State = "new"
        self.due: float | None = None
        """When `Due` is wanted; None for never."""
        self._out: list[Action] = []
        self._now = 0.0
        self._said, self._speaking, self._paused, self._telling = 0, False, False, Telling()
        self._asked, self._asked_at = 0, 0.0
        self._noticed = self._noticing = self._refused = self._recording = False
        self._hearing, self._engine, self._broken, self._chat = hearing, True, False, chat
        self._here: bool | None = None
        self._prompts = self._tries = self._failed = 0
        self._unconfirmed = self._digits = self._seat = self._target = ""
        self._queued = self._urgent = self._briefed = self._taping = self._nobody = False
        self._queued_at = self._placed_at = self._taped_at = 0.0
        self._place = 0
        self._promise = sentences.say("default_promise")
        self._outcome: Outcome = "hung_up"

    def handle(self, event: Event, now: float) -> tuple[Action, ...]:
        """What is to be done; nothing any more once the call is over."""
        if self.state == "over":
            return ()
        self._now, self._out = now, []
        self._take(event)
        return tuple(self._out)

    def _take(self, event: Event) -> None:
        match event:
            case Answered():
                self._answered()
            case HungUp():
                self._end(hang_up=False)
            case SpeechStarted():
                self._speech_started()
            case Words():
                self._words(event)
            case Pressed(key):
                self._pressed(key)
            case Spoken(number):
                if self._speaking and number == self._said:
                    self._spoken(heard=True)
            case Due():
                if self.due is not None and self._now >= self.due:
                    self._due()
            case Replied():
                self._replied(event)
            case Position(place):
                self._place = place
                self._tell_place()
            case SeatTook(seat, target):
                self._seat_took(seat, target)
            case NoSeat(promise):
                self._promise = promise
                if self.state == "waiting" and self._speaking:
                    self._nobody = True  # what is being said may be the number that helps at once
                elif self.state == "waiting":
                    self._to_message("no_seat")
            case Briefed(seat):
                if self.state == "briefing" and seat == self._seat:
                    self._briefed = True
                    self._ring()
            case Transferred(taken):
                self._transferred(taken)
            case RecognizerLost(replaced):
                self._recognizer_lost(replaced)
            case EngineLost():
                self._engine_lost()
            case InChat(here):
                self._in_chat(here)
            case NoChat():
                self._no_chat()

    # What the caller does

    def _answered(self) -> None:
        if self.state == "new":
            self._out.append(OpenMatter())
            self._noticing = True
            if not self._hearing and self._chat:
                self._noticing, self.state = False, "leaving"
                self._say(self._text("deaf_chat"))
                return
            if not self._hearing:
                self._to_person("deaf", before=self._text("notice"))
                return
            self.state = "talking"
            self._out.append(Listen(words=True))
            self._say(self._text("notice") + self._text("question"))

    def _speech_started(self) -> None:
        if self._speaking and self.state != "message":  # of a message every word must be recorded
            # Silence at once; whether it is for good, their words will tell.
            if not self._paused:
                self._out.append(Pause())
            self._paused, self.due = True, self._now + self._patience.speaking
            return
        self._hush()
        if self.state in ("talking", "checking"):
            # Words follow when the turn is over; the cap on a turn is the ear's, this only guards against its silence.
            self.due = self._now + self._patience.speaking
        elif self.state == "message" and self._taping:
            self.due = min(self._now + self._patience.speaking, self._taped_at + self._patience.message)
        elif self.state == "rating":
            self.due = self._now + self._patience.speaking

    def _hush(self) -> None:
        """The caller comes in: silence at once."""
        if self._speaking:
            self._broken = True
            self._paused = False
            self._out.append(Stop())
            if self.state == "leaving":  # they are not done: the goodbye was ours, not theirs
                self.state = "talking"
            self._spoken(heard=False)

    def _words(self, words: Words) -> None:
        text = words.text.strip()
        if self._paused and not words.emergency and (not text or nods(text, self._telling.text)):
            self._resume(heard=bool(text))
            return
        if self._paused:
            self._hush()
        if not text and not words.emergency:
            self._noise()
            return
        self._prompts, self._broken = 0, False
        if words.emergency:
            self._note(text)
            self._emergency(words.emergency)
        elif self.state == "message":
            if _PERSON.fullmatch(text.strip("，。！？ ")):  # a message may well speak of people
                self._to_person("to_person")
            elif self._taping:
                self.due = min(self._now + self._patience.pause, self._taped_at + self._patience.message)
        elif _PERSON.search(text) and not _NO_PERSON.search(text):
            self._note(text)
            self._to_person("to_person")
        elif _UNRECORDED.search(text):
            self._refused = True
            self._record(False, forget=True)
            self._say(self._text("unrecorded"))
        elif (wish := self._wish(text)) is not None:
            self._retell(wish)
        elif self.state in _WITH_PEOPLE:
            self._note(text)
            if self.state == "waiting" and _LEAVE_WORD.search(text):
                self._to_message()
        elif self.state == "checking":
            self._checked(text)
        elif self.state in ("talking", "thinking", "rating", "leaving") and text:
            self._told(text)

    def _noise(self) -> None:
        """It was no speech, or none that could be understood: what it broke off is said again, but not for ever."""
        broken, self._broken = self._broken, False
        if self._speaking or self.state not in ("talking", "checking", "rating"):
            return
        if broken and self.state != "rating":
            self._prompts += 1
            if self._prompts > 2:
                self._to_message("silent")
            else:
                self._say(self._telling.text)
        else:
            self.due = self._now + self._patience.silence

    def _resume(self, heard: bool) -> None:
        """Go on with what was broken off, but against nothing but noise not for ever."""
        self._prompts = 0 if heard else self._prompts + 1
        if self._prompts > 2:
            self._hush()
            self._to_message("silent")
            return
        self._paused = False
        self._out.append(Resume())
        self.due = self._now + self._patience.speaking

    def _told(self, text: str) -> None:
        if _BYE.search(text.strip("，。！？ ")) and len(text) <= 12:
            if self.state in ("rating", "leaving"):
                self._goodbye()
            else:
                self._rate()
        elif things := to_repeat(text):
            self._unconfirmed, self.state = text, "checking"
            self._say(self._text("check", things="，".join(things)))
        else:
            self._ask(text, confirmed=True)

    def _checked(self, text: str) -> None:
        answer = agreed(text)
        things = to_repeat(text)
        if answer is True and not things:
            self._ask(self._unconfirmed, confirmed=True)
        elif things:  # said anew, with or without 不对
            self._wrong(text)
        elif answer is False:
            self._wrong("")
        else:  # they went on: nothing they said is lost, but it is not confirmed
            self._ask(f"{self._unconfirmed}。{text}", confirmed=False)

    def _wrong(self, anew: str) -> None:
        self._tries += 1
        if self._tries > _MOST_TRIES:
            self._ask(anew or self._unconfirmed, confirmed=False, before=self._text("unchecked"))
        elif anew:
            self._unconfirmed = anew
            self._say(self._text("check", things="，".join(to_repeat(anew))))
        else:
            again = self._text("check_again")
            self._say(again + self._text("check_keys") if self._tries == _MOST_TRIES else again)

    def _pressed(self, key: str) -> None:
        self._prompts = 0
        if self.state == "new":
            return
        self._hush()
        if key == "0" and not self._digits and self.state != "number":
            self._to_person("to_person")
        elif self.state == "rating" and key in "123":
            self._rated(int(key))
        elif self.state == "message":
            if key == "#":
                self._message_done()
        elif self.state == "waiting":
            if key == "1":
                self._to_message()
        elif self.state == "checking" and key in "12" and not self._digits:
            self._checked("对" if key == "1" else "不对")
        elif self.state in _WITH_PEOPLE:
            return
        elif key == "#":
            self._number_done()
        elif key == "*":
            self._digits = ""
            self.due = self._now + self._patience.silence
        elif key.isdigit():
            self._digits += key
            self.due = self._now + self._patience.key

    def _number_done(self) -> None:
        digits, self._digits = self._digits, ""
        if digits == "0":  # only where a number may begin with 0 is it looked at this late
            self._to_person("to_person")
        elif self.state == "number":
            if len(digits) >= 7:
                self._caller = digits
                self._call_back()
            else:
                self._silent_number()
        elif digits:
            if self.state == "checking":
                self._ask(f"{self._unconfirmed}。{digits}", confirmed=True)
            else:
                self._ask(digits, confirmed=True)

    # What we say

    def _text(self, name: str, **gaps: str) -> str:
        return self._sentences.say(name, **gaps)

    def _wish(self, text: str) -> Wish | None:
        """Who waits for a person and says 快一点 wants that person."""
        wish = read_wish(text)
        return None if wish is Wish.FASTER and self.state in _WITH_PEOPLE else wish

    def _retell(self, wish: Wish) -> None:
        """The same again, at another pace if that is what they want."""
        before, self._telling = self._telling, self._telling.after(wish)
        if self._telling.speed != before.speed:
            self._out.append(Pace(self._telling.speed))
        words = {Wish.SLOWER: "slower", Wish.FASTER: "faster"}.get(wish)
        again, repeats = self._telling.text or self._text("nothing_to_repeat"), self._telling.repeats
        self._say(again, before=self._text(words) if words else "")
        self._telling = replace(self._telling, repeats=repeats)

    def _say(self, text: str, before: str = "") -> None:
        """`before` is said too, but not again."""
        if self._speaking:
            self._out.append(Stop())
            self._noticing = self._paused = False
        self._telling = self._telling.next(text)
        text = before + text
        if not self._noticed and not self._refused and not self._noticing and self.state in ("talking", "checking"):
            self._noticing = True
            text = self._text("notice_again") + text
        self._said, self._speaking = self._said + 1, True
        self._out.append(Say(self._said, text))
        self.due = self._now + self._patience.speaking

    def _spoken(self, heard: bool) -> None:
        """The sentence is over, or was broken off: what was to follow it follows."""
        self._speaking = self._paused = False
        if self._noticing:
            self._noticing = False
            if heard:
                self._noticed = True
                self._record(True)
        patience = self._patience
        match self.state:
            case "talking" | "checking" | "number":
                self.due = self._now + patience.silence
            case "thinking":
                self.due = self._asked_at + patience.engine
            case "waiting" if self._nobody:
                self._to_message("no_seat")
            case "waiting":
                self._out.append(Play("music"))
                self._wait()
            case "briefing":
                self._ring()
            case "ringing":
                self.due = self._now + patience.ringing
            case "message":
                self._tape()
            case "moving":
                self._go_on_in_chat()
            case "moved":
                self.due = self._now + patience.ringing
            case "rating":
                self.due = self._now + patience.rating
            case "leaving":
                self._end(hang_up=True)

    def _due(self) -> None:
        self.due = None
        if self._speaking:  # the voice is lost: the call goes on without it
            self._out.append(Stop())
            self._spoken(heard=False)
            return
        if self._digits:
            self._number_done()
            return
        match self.state:
            case "talking" | "checking":
                self._silent()
            case "thinking":
                if self._now >= self._asked_at + self._patience.engine:
                    self._engine_lost()
                else:
                    self._say(self._text("thinking"))
            case "waiting":
                if self._now >= self._queued_at + self._patience.queue:
                    self._to_message("waited_long")
                else:
                    self._tell_place(again=True)
            case "briefing":
                self._briefed = True
                self._ring()
            case "ringing" | "moved":
                self._transferred(False)
            case "moving":
                self._no_chat()
            case "message":
                self._message_done()
            case "number":
                self._silent_number()
            case "rating":
                self._goodbye()

    def _silent(self) -> None:
        self._prompts += 1
        if self._prompts > 2:
            self._to_message("silent")
        else:
            self._say(self._text(f"still_there_{self._prompts}"))

    # The engine

    def _ask(self, text: str, confirmed: bool, before: str = "") -> None:
        self._tries, self._unconfirmed = 0, ""
        if not self._engine:
            self._note(text)
            self._to_person("engine_lost")
            return
        if before:
            self._say(before)
        self._asked, self._asked_at, self.state = self._asked + 1, self._now, "thinking"
        self._out.append(Ask(self._asked, text, confirmed))
        if not self._speaking:
            self.due = self._now + self._patience.thinking

    def _replied(self, reply: Replied) -> None:
        if self.state != "thinking" or reply.number != self._asked:
            return
        self.state = "talking"
        if reply.emergency:
            self._emergency(reply.emergency)
        elif reply.person:
            self._to_person("to_person", before=reply.text)
        elif reply.done:
            self._rate(before=reply.text)
        else:
            self._outcome = "advised"
            self._say(reply.text)

    def _engine_lost(self) -> None:
        self._engine = False
        if self.state in ("talking", "thinking", "checking"):
            self._to_person("engine_lost")

    def _recognizer_lost(self, replaced: bool) -> None:
        if replaced:
            if self.state in ("talking", "checking"):
                self._say(self._text("hearing_changed"))
            return
        if self._hearing:
            self._hearing = False
            self._out.append(Listen(words=False))
            if self.state in ("talking", "thinking", "checking"):
                self._to_person("hearing_lost")

    # People

    def _emergency(self, kind: Emergency) -> None:
        self._to_person(f"emergency_{kind}", urgent=True)

    def _to_person(self, sentence: str, urgent: bool = False, before: str = "") -> None:
        if self._taping:
            self._taping = False
            self._out.append(KeepMessage())
            self._outcome = "message"
        self._digits = ""
        if urgent and not self._urgent:
            self._urgent = True
            if self.state == "waiting":
                self._out.append(JoinQueue(urgent=True))
        self._note_unconfirmed()
        if self._chat:
            self._to_chat(sentence, urgent, before)
            return
        if self.state in _WITH_PEOPLE:
            self._say(self._text(sentence if urgent else "still_waiting"))
            return
        self.state, self._queued_at, self._place, self._nobody = "waiting", self._now, 0, False
        self._queued = True
        self._out.append(JoinQueue(self._urgent))
        self._say(before + self._text(sentence))

    # People, for who calls from a page: in its chat

    def _to_chat(self, sentence: str, urgent: bool, before: str) -> None:
        if self.state in _WITH_PEOPLE and not urgent:
            return  # they are on the way there
        if self.state != "moved":
            self.state, self._here = "moving", None
        self._out.append(GoToChat(self._urgent))
        self._say(before + self._text(f"{sentence}_chat"))

    def _in_chat(self, here: bool) -> None:
        self._outcome = "transferred"  # a person has it, whatever becomes of the call
        if self.state == "moving" and self._here is None:
            self._here = here
            self._go_on_in_chat()

    def _go_on_in_chat(self) -> None:
        """As soon as the chat is told of it, and the caller too."""
        if self._speaking:
            return
        if self._here is None:
            self.due = self._now + self._patience.engine
        elif self._here:
            self.state = "moved"
            self._out.append(Transfer(CHAT))
            self.due = self._now + self._patience.ringing
        else:
            self._here = True  # once said, it goes on as if
            self._say(self._text("nobody_chat"))

    def _no_chat(self) -> None:
        if self.state == "moving" and self._here is None:
            self.state = "leaving"
            self._say(self._text("lost_chat"))

    # People at a telephone

    def _wait(self) -> None:
        self.due = min(self._now + self._patience.place, self._queued_at + self._patience.queue)

    def _tell_place(self, again: bool = False) -> None:
        if self.state != "waiting" or self._speaking:
            return
        if again or self._now >= self._placed_at + self._patience.place:
            self._placed_at = self._now
            self._say(self._text("place", place=str(self._place)) if self._place > 0 else self._text("still_waiting"))

    def _leave_queue(self) -> None:
        if self._queued:
            self._queued = False
            self._out.append(LeaveQueue())

    def _seat_took(self, seat: str, target: str) -> None:
        if self.state != "waiting":
            self._out.append(ReleaseSeat(seat))
            return
        self.state, self._seat, self._target, self._briefed = "briefing", seat, target, False
        self._out.append(Brief(seat))
        self._say(self._text("seat_found"))

    def _ring(self) -> None:
        """As soon as the seat can see what it is about and the caller has been told."""
        if self._speaking:
            return
        if self._briefed:
            self.state = "ringing"
            self._out.append(Transfer(self._target))
            self.due = self._now + self._patience.ringing
        else:
            self.due = self._now + self._patience.briefing

    def _transferred(self, taken: bool) -> None:
        if taken:  # also when we had given up on it
            self._queued, self._outcome = False, "transferred"
            self._end(hang_up=False)
            return
        if self.state == "moved":
            self.state = "leaving"
            self._say(self._text("reload_chat"))
            return
        if self.state != "ringing":
            return
        self._out.append(ReleaseSeat(self._seat))
        self._failed += 1
        if self._failed >= _MOST_TRANSFERS:
            self._to_message("no_seat")
        else:
            self.state, self._queued_at = "waiting", self._now
            self._urgent = True  # who was already called waits no second turn
            self._out.append(JoinQueue(urgent=True))
            self._say(self._text("seat_gone"))

    # A message, a call-back, goodbye

    def _to_message(self, because: str = "") -> None:
        self._leave_queue()
        self._note_unconfirmed()
        self._nobody = False
        if self._chat:
            self.state = "leaving"
            self._say(self._text(f"{because}_chat"))
            return
        self.state, self._digits = "message", ""
        self._say((self._text(because) if because else "") + self._text("message", promise=self._promise))

    def _tape(self) -> None:
        self._taping, self._taped_at = True, self._now
        self._out += [Play("beep"), StartMessage()]
        # Where nobody tells when the caller begins to speak, the key or the longest time ends it.
        self.due = self._now + (self._patience.silence if self._hearing else self._patience.message)

    def _message_done(self) -> None:
        if self._taping:
            self._taping = False
            self._out.append(KeepMessage())
            self._outcome = "message"
        if self._caller:
            self._call_back()
        else:
            self.state, self._prompts = "number", 0
            self._say(self._text("message_kept") + self._text("ask_number"))

    def _silent_number(self) -> None:
        self._prompts += 1
        if self._prompts > 2:
            self.state = "leaving"
            self._say(self._text("no_number") + self._text("goodbye"))
        else:
            self._say(self._text("ask_number"))

    def _call_back(self) -> None:
        self._out.append(CallBack(self._caller, self._promise))
        if self._outcome != "message":
            self._outcome = "call_back"
        self.state = "leaving"
        self._say(self._text("message_kept") + self._text("call_back", promise=self._promise) + self._text("goodbye"))

    def _rate(self, before: str = "") -> None:
        self.state = "rating"
        self._say(before + self._text("rate"))

    def _rated(self, score: int) -> None:
        self._out.append(Rated(score))
        self._outcome = "advised"
        self.state = "leaving"
        if score == 3 and self._caller:
            self._out.append(CallBack(self._caller, self._promise))
            self._say(self._text("sorry_rated") + self._text("goodbye"))
        else:
            self._say(self._text("rated") + self._text("goodbye"))

    def _goodbye(self) -> None:
        self.state = "leaving"
        self._say(self._text("goodbye"))

    def _note(self, text: str) -> None:
        self._note_unconfirmed()
        if text:
            self._out.append(Note(text))

    def _note_unconfirmed(self) -> None:
        """What they were just being asked to confirm is not lost."""
        text, self._unconfirmed = self._unconfirmed, ""
        if text:
            self._out.append(Note(text, confirmed=False))

    def _record(self, on: bool, forget: bool = False) -> None:
        if on and self._refused:
            return
        if on != self._recording or forget:
            self._recording = on
            self._out.append(Record(on, forget))

    def _end(self, hang_up: bool) -> None:
        if self._speaking:
            self._speaking = False
            self._out.append(Stop())
        if self._taping:
            self._taping = False
            self._out.append(KeepMessage())
            self._outcome = "message"
        if self.state in ("briefing", "ringing") and self._outcome != "transferred":
            self._out.append(ReleaseSeat(self._seat))
        self._leave_queue()
        self._record(False)
        self._note_unconfirmed()
        if self.state != "new":
            self._out += [Listen(words=False), CloseMatter(self._outcome)]
        if hang_up:
            self._out.append(HangUp())
        self.state, self.due = "over", None
