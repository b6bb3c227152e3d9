"""Cuts a text where a speaker breathes."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[。！？；])")
_COMMAS = re.compile(r"(?<=[，：])")
_BREATH = 36
"""Characters that are said in one breath at most."""
_FIRST = 14
"""The first piece is short, so that its sound is there soon."""


def sentences(text: str) -> list[str]:
    """The sentences, each with its stop."""
    return [one.strip() for one in _ENDS.split(text) if one.strip(" 。！？；，：、")]


def breaths(text: str) -> list[str]:
    """Pieces of `text` to be rendered one after the other; joined they are the text."""
    pieces: list[str] = []
    for sentence in sentences(text):
        piece = ""
        for clause in _COMMAS.split(sentence):
            most = _BREATH if pieces else _FIRST
            if piece and len(piece) + len(clause) > most:
                pieces.append(piece)
                piece = ""
            piece += clause
        if piece:
            pieces.append(piece)
    return pieces
