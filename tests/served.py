"""A running `faxian serve`, for the tests that meet it from outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Served:
    """The process, where it answers, and what it printed until it was ready."""

    process: subprocess.Popen[str]
    url: str
    printed: str


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """`faxian serve` with its data in `data`; killed afterwards if it still runs."""
    process = subprocess.Popen(
        [sys.executable, str(REPO / "faxian.py"), "serve"],
        # Without calls by microphone: who is killed cannot end the process that would speak in them.
        env={**os.environ, "DATA_DIR": str(data), "PORT": "0", "WORKERS": "1", "PYTHONUNBUFFERED": "1"}
        | {"VOICE_BROWSER": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    printed = ""
    try:
        for line in process.stdout:
            printed += line
            if "Ctrl-C" in line:
                break
        found = re.search(r"web chat\s+(http://\S+)/", printed)
        assert found, printed
        yield Served(process, found[1], printed)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
