"""Where a citizen is: found from a position, asked about, and only then said to the conversation."""

from __future__ import annotations

from bot.services.nearest import NoPlaces, nearest
from channels.wechat import words
from channels.wechat.quota import ContactRecords

_YES = frozenset(["是", "是的", "对", "对的", "可以", "好", "好的", "同意", "嗯", "行"])
_NO = frozenset(["不用", "不是", "不", "不要", "不对", "不同意", "不行", "否", "不用了"])
_MARKS = "。.！!，,～~ "
_ASKED, _ANSWERED, _ONCE = "place", "placed", "place_once"


class Places:
    """The question and its answer. A position itself is never kept: only the county's name, until it is answered."""

    def __init__(self, contacts: ContactRecords) -> None:
        self._contacts = contacts

    async def question(self, citizen: str, latitude: float, longitude: float) -> str:
        """What to ask about a position that they sent."""
        try:
            place = nearest(latitude, longitude)
        except NoPlaces:
            place = None
        if place is None:
            return words.PLACE_UNKNOWN
        await self._contacts.note(citizen, **{_ASKED: place.name})
        return words.IS_IT_HERE.format(place=place.name)

    async def first_question(self, citizen: str, latitude: float, longitude: float, key: str) -> str:
        """The same about one that WeChat reports by itself: asked of each once, so "" from then on."""
        known = (await self._contacts.data(citizen)).get(_ONCE)
        if known not in (None, key):
            return ""
        asked = await self.question(citizen, latitude, longitude)
        if asked == words.PLACE_UNKNOWN:
            return ""
        await self._contacts.note(citizen, **{_ONCE: key})
        return asked

    async def answer(self, citizen: str, key: str, text: str) -> tuple[str, str]:
        """What they say, and what they are to be told, by a message that may answer the question; ("", "") where it
        does not. The same message again gives the same."""
        said = text.strip(_MARKS)
        if said not in _YES and said not in _NO:
            return "", ""
        known = await self._contacts.data(citizen)
        before = known.get(_ANSWERED)
        if isinstance(before, dict) and before.get("key") == key:
            place = str(before.get("name", ""))
        else:
            place = str(known.get(_ASKED, ""))
            if place:
                await self._contacts.note(citizen, **{_ASKED: None, _ANSWERED: {"key": key, "name": place}})
        if not place:
            return "", ""
        return (words.I_AM_IN.format(place=place), "") if said in _YES else ("", words.PLACE_FORGOTTEN)
