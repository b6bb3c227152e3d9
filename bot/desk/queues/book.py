"""The queues as an administrator changes them."""

from __future__ import annotations

import re

from bot.clock import Clock
from bot.desk.queues.queue import GENERAL, Queue, circle
from bot.desk.queues.records import QueueRecords
from bot.desk.seat import Seat

_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
LONGEST_WAIT = 86_400
"""Seconds after which a queue must have been helped out."""


class BadQueue(ValueError):
    """The queue cannot be kept; `text` (Simplified Chinese) says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class QueueBook:
    """All queues, and changes of them."""

    def __init__(self, records: QueueRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def queues(self) -> list[Queue]:
        """All queues, closed ones too."""
        return await self._records.queues()

    async def save(self, queue: Queue, seat: Seat) -> None:
        """Add or change one. Raises BadQueue."""
        if not _KEY.fullmatch(queue.key):
            raise BadQueue("队列代号要用小写英文字母开头，只含字母、数字和下划线，最多 32 个字。")
        if not 1 <= len(queue.name) <= 40:
            raise BadQueue("请给队列起个名字，最多 40 个字。")
        if queue.region and not re.fullmatch(r"\d{2}|\d{4}|\d{6}", queue.region):
            raise BadQueue("地区应为行政区划代码的前 2、4 或 6 位数字，留空表示全国。")
        if not 0 <= queue.overflow_after <= LONGEST_WAIT:
            raise BadQueue(f"等待时间应在 0 到 {LONGEST_WAIT} 秒之间。")
        others = {one.key: one for one in await self._records.queues()}
        if queue.key == GENERAL and (
            queue.closed
            or queue.areas
            or queue.region
            or queue.language
            or queue.tier != "general"
            or queue.help != "consultation"
        ):
            raise BadQueue("综合咨询队列要接住所有人，不能关闭，也不能限定领域、地区、语言或席位等级。")
        if queue.overflow and queue.overflow not in others:
            raise BadQueue("没有这个帮忙的队列。")
        if name := circle({**others, queue.key: queue}):
            raise BadQueue(f"这样“{name}”会转一圈又转回自己，请换一个帮忙的队列。")
        await self._records.save(queue, seat, self._clock.now())
