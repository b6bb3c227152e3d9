"""Who calls from a page is given a person in its chat, event by event."""

from __future__ import annotations

import pytest

from tests.voice.calling import said
from voice.call.talk import Talk
from voice.call_actions import Action, CloseMatter, GoToChat, HangUp, Note, Say, Transfer
from voice.call_events import (
    Answered,
    Due,
    EngineLost,
    Event,
    HungUp,
    InChat,
    NoChat,
    Pressed,
    RecognizerLost,
    Replied,
    Spoken,
    Transferred,
    Words,
)
from voice.sentences import Sentences


class Page:
    """A call from a page and what came of it so far."""

    def __init__(self, hearing: bool = True) -> None:
        self.talk, self.now, self.number = Talk(Sentences(), hearing=hearing, chat=True), 0.0, 0
        self.began = self.give(Answered())

    def give(self, *events: Event) -> tuple[Action, ...]:
        """What the last of them led to."""
        actions: tuple[Action, ...] = ()
        for event in events:
            self.now += 1
            actions = self.talk.handle(event, self.now)
            self.number = max([self.number, *(action.number for action in actions if isinstance(action, Say))])
        return actions

    def spoken(self) -> tuple[Action, ...]:
        """The sentence is over."""
        return self.give(Spoken(self.number))

    def waits(self) -> tuple[Action, ...]:
        """Nothing happens until it is due."""
        assert self.talk.due is not None
        self.now = self.talk.due - 1
        return self.give(Due())


@pytest.fixture
def page() -> Page:
    made = Page()
    made.spoken()
    return made


@pytest.mark.parametrize("asks", [Pressed("0"), Words("我要找人工")])
def test_a_person_comes_in_the_chat_and_the_call_ends(page: Page, asks: Event) -> None:
    actions = page.give(asks)
    assert GoToChat(urgent=False) in actions
    assert "网页的对话里" in said(actions)
    assert page.give(InChat(here=True)) == (), "they are told first"
    assert page.spoken() == (Transfer("chat"),)
    actions = page.give(Transferred(taken=True))
    assert CloseMatter("transferred") in actions
    assert page.talk.state == "over"


def test_who_cuts_the_sentence_short_goes_on_at_once(page: Page) -> None:
    page.give(Pressed("0"), InChat(here=True))
    assert Transfer("chat") in page.give(Pressed("5"))


def test_the_desk_is_waited_for(page: Page) -> None:
    page.give(Pressed("0"))
    assert page.spoken() == ()
    assert page.give(InChat(here=True)) == (Transfer("chat"),)


def test_nobody_there_is_said_before_the_call_ends(page: Page) -> None:
    page.give(Pressed("0"))
    page.spoken()
    assert "现在没有工作人员在" in said(page.give(InChat(here=False)))
    assert page.spoken() == (Transfer("chat"),)


def test_danger_is_a_number_first_and_urgent_there(page: Page) -> None:
    actions = page.give(Words("他要打死我", "police"))
    assert Note("他要打死我") in actions
    assert GoToChat(urgent=True) in actions
    assert "110" in said(actions)


def test_danger_on_the_way_there_makes_it_urgent(page: Page) -> None:
    page.give(Pressed("0"))
    assert page.give(Words("还有别的事"))[-1] == Note("还有别的事")
    actions = page.give(Words("他要打死我", "police"))
    assert GoToChat(urgent=True) in actions
    assert "110" in said(actions)
    assert page.give(Pressed("0"))[1:] == (), "asked again, it goes on as it was"


@pytest.mark.parametrize("lost", [EngineLost(), RecognizerLost(replaced=False)])
def test_what_breaks_down_is_a_person_in_the_chat(page: Page, lost: Event) -> None:
    page.give(Words("老板不发工资"))
    assert GoToChat(urgent=False) in page.give(lost)


def test_the_bot_wants_a_person(page: Page) -> None:
    page.give(Words("老板不发工资"))
    actions = page.give(Replied(1, "这个要请人看。", person=True))
    assert GoToChat(urgent=False) in actions
    assert said(actions).startswith("这个要请人看。")


@pytest.mark.parametrize("late", [False, True])
def test_no_chat_is_said_and_how_to_get_a_person(page: Page, late: bool) -> None:
    page.give(Pressed("0"))
    page.spoken()
    assert "没有转成" in said(page.waits() if late else page.give(NoChat()))
    assert page.talk.state == "leaving"
    actions = page.spoken()
    assert CloseMatter("hung_up") in actions
    assert HangUp() in actions


@pytest.mark.parametrize("silent", [False, True])
def test_a_page_that_has_lost_its_chat_is_told_to_reload(page: Page, silent: bool) -> None:
    page.give(Pressed("0"), InChat(here=True))
    page.spoken()
    assert "刷新" in said(page.waits() if silent else page.give(Transferred(taken=False)))
    assert CloseMatter("transferred") in page.spoken(), "the chat has it all the same"


def test_who_hangs_up_meanwhile_has_the_chat(page: Page) -> None:
    page.give(Pressed("0"), InChat(here=True))
    assert CloseMatter("transferred") in page.give(HungUp())


def test_without_ears_one_is_told_to_write_and_nobody_is_called() -> None:
    page = Page(hearing=False)
    assert "打字" in said(page.began)
    assert not any(isinstance(action, GoToChat) for action in page.began)
    assert HangUp() in page.spoken()
    again = Page(hearing=False)
    assert GoToChat(urgent=False) in again.give(Pressed("0"))


def test_who_says_nothing_is_shown_the_chat_and_takes_nobodys_time(page: Page) -> None:
    for _ in range(2):
        page.waits()
        page.spoken()
    assert "话筒" in said(page.waits())
    assert HangUp() in page.spoken()
