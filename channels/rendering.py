"""A message as the pieces that a channel can show: what it lacks is said in words, what is too long is split."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.dialogue.engine import Part
from bot.message import Message
from channels.capabilities import Capabilities
from channels.numbered import menu
from channels.splitting import split

CARDS = ("opinion", "articles")
"""Kinds of parts that a channel with cards shows as such."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes to the provider in one call."""

    kind: Literal["text", "card", "file"]
    text: str
    """Alone enough to understand it; of kind "text" within the channel's limit."""
    choices: tuple[str, ...] = ()
    """To be shown as buttons; never more than the channel has."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Of kinds "card" and "file": that of the part, and `part`, its kind."""
    link: str = ""
    """Of kinds "card" and "file": where the whole can be read; "" where there is no such place."""


Links = Callable[[Message, Part], str]
"""Makes an address, with a token that expires, which opens the paper or file of a part; "" where nobody outside could
open one."""


def no_links(_message: Message, _part: Part) -> str:
    """Where the service has no public address."""
    return ""


def render(message: Message, capabilities: Capabilities, link: Links = no_links) -> list[Piece]:
    """The pieces of the message, in order; the same number of them whenever it is rendered."""
    pieces: list[Piece] = []
    words: list[str] = []
    last = max((at for at, part in enumerate(message.parts) if part.choices), default=-1)
    buttons: tuple[str, ...] = ()
    for at, part in enumerate(message.parts):
        as_file = part.kind == "file" and capabilities.files
        if as_file or (part.kind in CARDS and capabilities.cards):
            pieces += _texts(words, capabilities)
            words = []
            kind: Literal["card", "file"] = "file" if as_file else "card"
            pieces.append(Piece(kind, part.text, data={**part.data, "part": part.kind}, link=link(message, part)))
        elif part.text:
            words.append(part.text)
            if address := link(message, part) if part.kind in ("opinion", "file") else "":
                words.append(f"{'下载' if part.kind == 'file' else '看全文和下载'}：{address}")
        if at == last and capabilities.shows(part.choices):
            buttons = part.choices
        elif at == last:
            words.append(menu(part))
    pieces += _texts(words, capabilities)
    if not buttons:
        return pieces
    if pieces and pieces[-1].kind == "text":
        return [*pieces[:-1], Piece("text", pieces[-1].text, buttons)]
    return [*pieces, Piece("text", "请选择：", buttons)]


def _texts(words: list[str], capabilities: Capabilities) -> list[Piece]:
    """The words in as few pieces as hold them: each counts, where a provider allows only so many."""
    pieces: list[str] = []
    for said in words:
        for text in split(said, capabilities.text_bytes):
            joined = f"{pieces[-1]}\n\n{text}" if pieces else text
            limit = capabilities.text_bytes
            if pieces and (limit is None or len(joined.encode("utf-8", "replace")) <= limit):
                pieces[-1] = joined
            else:
                pieces.append(text)
    return [Piece("text", text) for text in pieces]
