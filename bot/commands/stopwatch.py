"""A bar whose seconds run while something without countable steps is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tqdm import tqdm


@contextmanager
def stopwatch(doing: str) -> Iterator[tqdm[NoReturn]]:
    """While the body runs; nothing is shown where nobody watches."""
    with tqdm(desc=doing, total=0, bar_format="{desc} {elapsed}", leave=False, disable=None) as bar:
        over = threading.Event()

        def tick() -> None:
            while not over.wait(0.5):
                bar.refresh()

        ticking = threading.Thread(target=tick, daemon=True)
        ticking.start()
        try:
            yield bar
        finally:
            over.set()
            ticking.join()
