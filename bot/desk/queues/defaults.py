"""The queues a new desk begins with."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.desk.queues.queue import Queue

FILE = Path(__file__).with_name("default.yaml")


def default_queues(path: Path = FILE) -> tuple[Queue, ...]:
    """Read from the data beside this module. Raises TypeError for a field that queues do not have."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Queue(**{**entry, "areas": tuple(entry.get("areas", ()))}) for entry in entries)
