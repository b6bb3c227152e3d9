"""How a call to a provider can fail, whichever it is."""

from __future__ import annotations


class ApiError(Exception):
    """The provider said no; `code` is its number, the text says nothing of what was sent."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


class Unreachable(Exception):
    """The provider could not be asked, or answered nonsense: trying again may help."""


class TooLarge(Exception):
    """The file has more bytes than are wanted."""
