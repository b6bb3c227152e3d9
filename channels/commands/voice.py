"""The command `voice`: fetch models by which the telephone hears."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tqdm import tqdm

from bot.settings import Settings
from voice.hearing.catalogue import CATALOGUE
from voice.hearing.download import FetchFailed, Progress
from voice.hearing.fetching import fetch


def run_voice(settings: Settings, options: argparse.Namespace) -> int:
    """Fetch one; 1 where that failed."""
    offer = CATALOGUE[options.model]
    print(f"{offer.folder} ({offer.licence}) → {settings.voice_folder}")
    bars: list[tqdm[None]] = []

    def bar(name: str) -> Progress:
        shown = tqdm(desc=name, unit="B", unit_scale=True, unit_divisor=1024, disable=None)
        bars.append(shown)

        def told(at: int, whole: int | None) -> None:
            shown.total = whole
            shown.update(at - shown.n)

        return told

    try:
        target = asyncio.run(fetch(offer, settings.voice_folder, bar, options.url, options.sha256))
    except FetchFailed as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Broken off; run it again to go on where it stopped.", file=sys.stderr)
        return 1
    finally:
        for shown in bars:
            shown.close()
    print(f"{target} is there; a service that runs must be started anew.")
    return 0
