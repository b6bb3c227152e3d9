"""The service as a process of its own, to be killed and started again on the same data."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
START_WITHIN = 180.0


class ServiceProcess:
    """`python -m tests.fakes.serve` on `data`; a message with 慢 in it takes `slow` seconds."""

    def __init__(self, data: Path, slow: float, env: Mapping[str, str] | None = None) -> None:
        self._command = ["-m", "tests.fakes.serve", "--port", "0", "--data", str(data), "--slow", str(slow)]
        self._env = {**os.environ, **(env or {})}
        self._log = data / "serve.log"
        self._process: asyncio.subprocess.Process | None = None
        self.address = ""
        """Where it listens now; another port after every start."""

    async def start(self) -> None:
        """Start it and wait until it listens."""
        with self._log.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, cwd=REPO, env=self._env, stdout=asyncio.subprocess.PIPE, stderr=errors
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(START_WITHIN):
            line = (await self._process.stdout.readline()).decode()  # it prints its address once it listens
        if not line:
            raise RuntimeError(f"the service did not start:\n{self.log()[-3000:]}")
        self.address = line.split()[0]

    async def kill(self) -> None:
        """kill -9: no handler runs, no buffer is flushed."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    def log(self) -> str:
        """All it has logged, over all its lives."""
        return self._log.read_text(encoding="utf-8")
