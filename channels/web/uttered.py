"""A piece of a message as Rasa's socket.io channel sends it."""

from __future__ import annotations

from typing import Any

from bot.message import Message
from channels.rendering import Piece


def bot_uttered(piece: Piece, message: Message) -> list[dict[str, Any]]:
    """As Rasa's channel sends it: a paragraph each, what can be tapped with the last."""
    told: list[dict[str, Any]] = [
        {"text": text.strip(), "metadata": {"seq": message.seq, "from": message.sender}}
        for text in piece.text.split("\n\n")
        if text.strip()
    ]
    if told and piece.choices:
        told[-1]["quick_replies"] = [
            {"content_type": "text", "title": choice, "payload": choice} for choice in piece.choices
        ]
    return told
