"""Starting, watching and weighing the processes that a benchmark compares."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], env: Mapping[str, str], cwd: Path, log_file: Path | None = None) -> Iterator[int]:
    """Run `command` in a session of its own; yields its process id and ends the whole group afterwards."""
    with tempfile.TemporaryFile() if log_file is None else log_file.open("wb") as log:
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


def wait_until(url: str, seconds: float) -> float:
    """Seconds until `url` answers 200. Raises TimeoutError."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - began
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)  # a benchmark, not a test: nothing announces the readiness of a foreign server
    raise TimeoutError(f"{url} did not answer within {seconds:.0f} s")


def own_memory_mb(pid: int) -> float:
    """The same without the pages of files, such as the index, which the kernel takes back when it needs them: what
    grows here is never given back."""
    family = [pid, *(one.pid for one in psutil.Process(pid).children(recursive=True))]
    rolled = (Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii") for one in family)
    return sum(int(line.split()[1]) for text in rolled for line in text.splitlines() if "Pss_Anon:" in line) / 1024


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and all its children, MiB: memory shared after a fork counts once."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(process.memory_full_info().pss for process in family) / 2**20
