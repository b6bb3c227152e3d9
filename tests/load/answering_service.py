"""The whole service with its telephone, for callers of a benchmark, and what its log tells of every turn."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil

from tests.load.processes import free_port, own_memory_mb, running
from tests.load.sayings import Saying, write

REPO = Path(__file__).resolve().parents[2]
_READY = "the telephone is ready"
_START = 300.0
_ANSWERED = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) .*call \w+ \((?P<call>\S+)\) answered: silence [\d.]+ s, "
    r"recognition (?P<recognition>[\d.]+) s, dialogue (?P<dialogue>[\d.]+) s, synthesis (?P<synthesis>[\d.]+) s$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One turn, as the service's log tells of it."""

    sounded: float
    """When the first frame of the answer was made, by the machine's clock."""
    recognition: float
    dialogue: float
    synthesis: float

    @property
    def over(self) -> float:
        """When it was decided that the caller is done."""
        return self.sounded - self.synthesis - self.dialogue - self.recognition


@dataclass(frozen=True, slots=True)
class AnsweringService:
    """It runs."""

    sip: tuple[str, int]
    pid: int
    log: Path

    def told(self) -> dict[str, list[Told]]:
        """Of every call, by its Call-ID."""
        found: dict[str, list[Told]] = {}
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            if match := _ANSWERED.match(line):
                at = datetime.strptime(match["at"], "%Y-%m-%d %H:%M:%S,%f").timestamp()
                stages = (float(match[name]) for name in ("recognition", "dialogue", "synthesis"))
                found.setdefault(match["call"], []).append(Told(at, *stages))
        return found

    def cpu(self) -> float:
        """Seconds of processor time so far, of all its processes."""
        family = [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
        return float(sum(sum(one.cpu_times()[:2]) for one in family))

    def memory_mb(self) -> float:
        """Of all its processes, less the pages of files."""
        return own_memory_mb(self.pid)


@contextmanager
def answering_service(data: Path, said: Sequence[Saying], models: Path | None = None) -> Iterator[AnsweringService]:
    """On an empty store, with index and model of `data` and the prompts kept there; with Vosk and the words of `said`,
    or what lies in `models`. Raises TimeoutError."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (data / "prompts").mkdir(exist_ok=True)
        for part in ("index", "models", "prompts"):
            (folder / part).symlink_to((data / part).resolve())
        write(list(said), folder / "sayings.json")
        sip = free_port()
        env = {**os.environ, "PORT": str(free_port()), "DATA_DIR": place, "VOICE_BROWSER": "0", "SIP_PORT": str(sip),
               "VOICE_MODELS": str(models or folder / "none"), "MALLOC_ARENA_MAX": "2"}  # fmt: skip
        vosk = ["-m", "tests.load.known_words", str(folder / "sayings.json")]
        command = [sys.executable, "-W", "ignore", *(vosk if models is None else [str(REPO / "faxian.py"), "serve"])]
        with running(command, env, REPO, folder / "log") as pid:
            service = AnsweringService(("127.0.0.1", sip), pid, folder / "log")
            _wait_for_voice(service)
            yield service


def _wait_for_voice(service: AnsweringService) -> None:
    """Until prompts and models are there: the gateway answers long before."""
    until = time.monotonic() + _START
    while _READY not in (log := service.log.read_text(encoding="utf-8", errors="replace")):
        if time.monotonic() > until or psutil.Process(service.pid).status() == psutil.STATUS_ZOMBIE:
            raise TimeoutError(f"the telephone was not ready within {_START:.0f} s:\n{log[-2000:]}")
        time.sleep(0.2)  # a benchmark: nothing else announces it
