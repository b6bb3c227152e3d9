"""Keeps Rasa silent: no telemetry, no progress bars, and above all no citizen's words in any log."""

from __future__ import annotations

import logging
import os
import warnings


def hush() -> None:
    """Call before Rasa is imported. Errors of Rasa still come through, without message text."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # One thread per process: the workers are the parallelism, and a forked process must not inherit a thread pool.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    warnings.simplefilter("ignore")
    for name in ("rasa", "rasa_sdk", "jieba", "matplotlib", "asyncio", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)
    import structlog

    # Rasa hands messages, slots and events to structlog; unconfigured it prints them all.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
