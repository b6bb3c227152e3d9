"""A running Elasticsearch node, for the tests that search with the real thing."""

from __future__ import annotations

import collections
import os
import shutil
import signal
import socket
import subprocess
import threading
import urllib.request
from pathlib import Path

RUN = Path(__file__).resolve().parents[1] / "docker" / "elasticsearch" / "local" / "run.sh"


class NodeFailed(Exception):
    """The node did not start; the message is what it printed."""


class ElasticNode:
    """One node on a port of its own; its data survive `kill` and `start`."""

    def __init__(self, data: Path, heap: str = "512m", options: str = "-XX:TieredStopAtLevel=1") -> None:
        """By default the compiler is kept short: half the time to start, slower at long work."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._data = data
        self._memory = {"ES_HEAP": heap, "ES_JAVA_OPTS": options}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when it answers and its indices can be searched. Raises NodeFailed."""
        # The node does not outlive the tests, whatever ends them.
        leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        process = subprocess.Popen(
            [*leash, str(RUN)],
            env={**os.environ, "ES_PORT": str(self.port), "ES_DATA": str(self._data), **self._memory},
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert process.stderr is not None
        printed = ""
        for line in process.stderr:
            printed += line
            if "Ctrl-C" in line:
                break
        else:
            process.wait()
            raise NodeFailed(printed)
        threading.Thread(target=collections.deque, args=(process.stderr, 0), daemon=True).start()
        self._process = process
        with urllib.request.urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=60s") as answer:
            assert answer.status == 200

    @property
    def pid(self) -> int:
        """Of the process; 0 when it does not run."""
        return self._process.pid if self._process is not None else 0

    def kill(self) -> None:
        """End it at once, without a chance to put anything in order."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Connections are accepted by the system and nobody answers, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on where `freeze` stopped it."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
