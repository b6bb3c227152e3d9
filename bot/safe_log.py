"""Errors told to the log by where they happened, never by what they said, which may be a citizen's words."""

from __future__ import annotations

import logging
import traceback


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log `what` with the type and the stack of `error`; its message is left out on purpose."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " <- ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    logger.error("%s: %s at %s", what, type(error).__name__, where or "unknown")
