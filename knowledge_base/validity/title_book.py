"""Finds the law that a title in a text means, however the title is written there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from knowledge_base.text.titles import canonical

_ISSUERS = ("最高人民法院", "最高人民检察院")


class TitleBook:
    """The titles known."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        tails: dict[str, set[str]] = defaultdict(set)
        for name in names:
            plain = canonical(name)
            self._names.setdefault(plain, name)
            issuer, about, tail = plain.partition("关于")
            if about and issuer:
                tails[about + tail].add(name)
        self._tails = {tail: found.pop() for tail, found in tails.items() if len(found) == 1}

    def find(self, title: str, before: str = "") -> str | None:
        """The full title that `title` means, None when it is not known.

        `before` is the text in front of the title: 最高人民法院《关于……的规定》 names its court there.
        """
        plain = canonical(title)
        if plain in self._names:
            return self._names[plain]
        if not plain.startswith("关于"):
            return None
        issuer = "".join(name for name in _ISSUERS if name in before[-60:])
        return self._names.get(issuer + plain) or self._tails.get(plain)
