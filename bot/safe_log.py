"""Errors told to the log by where they happened, never by what they said, which may be a citizen's words."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_FRAMES = 4
AGAIN_AFTER = 60.0
"""Seconds for which the same failure of something that tries again by itself is counted, not told."""
_HINTS = {
    "OperationalError": "the store is away, full or out of connections: see `store` in docs/runbook.md",
    "DiskFull": "make room on the disk of DATA_DIR, outside of it",
    "InterfaceError": "the store is away: see `store` in docs/runbook.md",
}
"""By type of error, what whoever reads the log can do."""


@dataclass(slots=True)
class _Told:
    at: float
    since: int = 0


_told: dict[tuple[str, str, str], _Told] = {}


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log `what` with the type of `error` and where it happened; its message is left out on purpose."""
    kind = type(error).__name__
    hint = f"; {_HINTS[kind]}" if kind in _HINTS else ""
    logger.error("%s: %s at %s%s", what, kind, _place(error), hint)


def log_round(logger: logging.Logger, what: str, error: BaseException) -> None:
    """The same for what is tried again every few seconds: one line a minute, with how often it failed meanwhile."""
    key = (logger.name, what, type(error).__name__)
    told, now = _told.get(key), time.monotonic()
    if told is not None and now - told.at < AGAIN_AFTER:
        told.since += 1
        return
    more = f" ({told.since} times more since the last line)" if told is not None and told.since else ""
    _told[key] = _Told(now)
    log_failure(logger, what + more, error)


def _place(error: BaseException) -> str:
    """Our own frames, the innermost first; before them the one of a library in which it broke."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{Path(frame.filename).relative_to(_ROOT)}:{frame.lineno} {frame.name}"
        for frame in reversed(frames)
        if Path(frame.filename).is_relative_to(_ROOT) and "site-packages" not in frame.filename
    ][:_FRAMES]
    last = frames[-1] if frames else None
    if last is not None and not (ours and ours[0].endswith(f":{last.lineno} {last.name}")):
        ours.insert(0, f"{Path(last.filename).name}:{last.lineno} {last.name}")
    return " <- ".join(ours) or "unknown"
