"""Answers in the response to a private message: as on WeChat, within Weibo's length."""

from __future__ import annotations

from collections.abc import Sequence

from bot.message import Message
from channels.rendering import render
from channels.wechat.passive import Passive
from channels.weibo.channel import CHARACTERS, WeiboChannel


class WeiboPassive(Passive):
    """Weibo too waits five seconds, asks three times, and takes an empty response for: do not ask again."""

    def _text(self, replies: Sequence[Message]) -> str:
        pieces = [piece.text for reply in replies for piece in render(reply, WeiboChannel.capabilities, self._links)]
        text = "\n\n".join(pieces)
        return text if len(text) <= CHARACTERS else ""
