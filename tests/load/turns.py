"""Measures a running gateway beside plain `rasa run`: on our model, and on Rasa's default Chinese pipeline."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

import yaml

from bot.rasa.train import write_project
from tests.load.processes import free_port, memory_mb

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (
    "老板欠了我三个月工资不给",
    "在单位上班",
    "一共欠我一万五",
    "为什么问这个",
    "不知道",
    "不在了",
    "今年9月30号走的",
    "没有",
    "谢谢",
)
"""One conversation, the same for everyone measured: an opening, answers, an interruption, a kind word."""
SEQUENTIAL = 12
"""Conversations one after the other, for the latency."""
AT_ONCE = 16
"""Conversations at once, for the rate."""
START_SECONDS = 180.0
EPOCHS = 100
"""Rasa's own number for DIET and TED. Fewer train faster and answer as fast, but worse."""


def usual(epochs: int) -> dict[str, Any]:
    """Rasa's usual configuration for Chinese."""
    return {
        "recipe": "default.v1",
        "assistant_id": "faxian-default",
        "language": "zh",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
            # Not Rasa's, but without it the forms could not follow the script and less work would be measured.
            {"name": "bot.rasa.components.arbiter.Arbiter"},
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "TEDPolicy", "max_history": 5, "epochs": epochs},
            {"name": "RulePolicy", "core_fallback_action_name": "action_miss"},
        ],
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one service."""

    p50_ms: float
    """One conversation at a time, milliseconds for a turn."""
    p95_ms: float
    turns_per_second: float
    """With 16 conversations at once."""
    memory_mb: float
    """Proportional set size of the processes measured; memory shared after a fork counts once."""
    failures: int
    """Turns that were not answered with text."""


class Target(Protocol):
    """Something that holds conversations over HTTP."""

    @property
    def url(self) -> str:
        """Where it listens."""
        ...

    def open(self, client: HTTPConnection) -> Any:
        """A new conversation."""
        ...

    def say(self, client: HTTPConnection, conversation: Any, text: str) -> bool:
        """Send one message; whether a text came back."""
        ...


def _post(client: HTTPConnection, path: str, content: Any, **headers: str) -> tuple[int, Any]:
    """Status and JSON of the answer; the connection is kept for the next request."""
    client.request("POST", path, json.dumps(content).encode(), {"Content-Type": "application/json", **headers})
    response = client.getresponse()
    body = response.read()
    return response.status, json.loads(body) if body else None


@dataclass(frozen=True, slots=True)
class Gateway:
    """Our HTTP API."""

    url: str

    def open(self, client: HTTPConnection) -> tuple[str, str]:
        """Identifier and token of a new conversation. Raises RuntimeError when the gateway refuses."""
        status, opened = _post(client, "/api/v1/conversations", {})
        if status >= 300:
            raise RuntimeError(f"the gateway at {self.url} refused a conversation ({status}); lift its rate limit")
        return opened["id"], opened["token"]

    def say(self, client: HTTPConnection, conversation: tuple[str, str], text: str) -> bool:
        """Send one message."""
        identifier, token = conversation
        path = f"/api/v1/conversations/{identifier}/messages"
        message = {"message_id": str(uuid4()), "text": text}
        status, answer = _post(client, path, message, Authorization=f"Bearer {token}")
        return status < 300 and bool(answer["replies"])


@dataclass(frozen=True, slots=True)
class RasaServer:
    """Rasa's REST channel."""

    url: str

    def open(self, client: HTTPConnection) -> str:
        """A sender nobody has used."""
        return str(uuid4())

    def say(self, client: HTTPConnection, conversation: str, text: str) -> bool:
        """Send one message."""
        status, answer = _post(client, "/webhooks/rest/webhook", {"sender": conversation, "message": text})
        return status == 200 and any("text" in message for message in answer)


def measure(target: Target, pids: tuple[int, ...] = ()) -> Measured:
    """Play the script against `target`; memory is that of `pids` and their children. Raises OSError if unreachable."""
    times: list[float] = []

    def converse(_: int) -> int:
        address = urlsplit(target.url)
        client = HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=60)
        with contextlib.closing(client):
            conversation = target.open(client)
            failed = 0
            for text in SCRIPT:
                started = time.perf_counter()
                failed += not target.say(client, conversation, text)
                times.append(time.perf_counter() - started)
        return failed

    for number in range(2):
        converse(number)
    times.clear()
    failures = sum(converse(number) for number in range(SEQUENTIAL))
    alone = sorted(times)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        started = time.perf_counter()
        failures += sum(threads.map(converse, range(AT_ONCE)))
        took = time.perf_counter() - started
    return Measured(
        p50_ms=statistics.median(alone) * 1000,
        p95_ms=alone[int(len(alone) * 0.95)] * 1000,
        turns_per_second=AT_ONCE * len(SCRIPT) / took,
        memory_mb=sum(memory_mb(pid) for pid in pids),
        failures=failures,
    )


@contextlib.contextmanager
def rasa_run(model: Path, topics: Path, index: Path, work: Path) -> Iterator[tuple[RasaServer, tuple[int, int]]]:
    """Plain `rasa run` with an action server, both as Rasa ships them; logs are in `work`. Ends them afterwards."""
    port, action_port = free_port(), free_port()
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{action_port}/webhook"}}
    (work / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    (work / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    environment = _environment(FAXIAN_TOPICS=str(topics), FAXIAN_INDEX=str(index))
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "bot.rasa.actions", "--port", str(action_port)]
    server = [sys.executable, "-m", "rasa", "run", "--model", str(model), "--port", str(port)]
    server += ["--interface", "127.0.0.1", "--endpoints", str(work / "endpoints.yml")]
    server += ["--credentials", str(work / "credentials.yml"), "--quiet"]
    with (work / "rasa.log").open("wb") as log:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
            for command in (actions, server)
        ]
        try:
            _wait_for(port, processes, work / "rasa.log")
            yield RasaServer(f"http://127.0.0.1:{port}"), (processes[0].pid, processes[1].pid)
        finally:
            for process in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
            for process in processes:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def train_default(work: Path, topics: Path, nlu: Path, epochs: int = EPOCHS) -> Path:
    """Train Rasa's default Chinese pipeline on the same examples and rules (minutes, with TensorFlow)."""
    project = work / "default"
    write_project(project, topics, nlu)
    # What goes with a weight lies beside Rasa's data, for our classifier alone: DIET learns from the examples.
    config = usual(epochs)
    (project / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    _write_stories(project)
    environment = _environment()
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", "data", "--out", "models", "--fixed-model-name", "default"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    model = project / "models" / "default.tar.gz"
    if not model.is_file():
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise RuntimeError(f"The default pipeline could not be trained (exit status {done.returncode}):\n{tail}")
    return model


def _write_stories(project: Path) -> None:
    """One story per topic, so that TED and memoization have something to learn."""
    rules = yaml.safe_load((project / "data" / "topic_rules.yml").read_text(encoding="utf-8"))["rules"]
    ending = [{"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]}, {"action": "action_opinion"}]
    stories = [{"story": f"story of {rule['rule']}", "steps": [*rule["steps"], *ending]} for rule in rules]
    content = yaml.safe_dump({"version": "3.1", "stories": stories}, allow_unicode=True, sort_keys=False)
    (project / "data" / "stories.yml").write_text(content, encoding="utf-8")


def _environment(**more: str) -> dict[str, str]:
    """Ours, with this repository importable for Rasa and its noise off."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "PYTHONPATH": paths}
    return {**os.environ, **quiet, **more}


def _wait_for(port: int, processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if any(process.poll() is not None for process in processes):
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-10:])
            raise RuntimeError(f"rasa run ended at once. Its last words:\n{tail}")
        time.sleep(0.5)
    raise RuntimeError(f"rasa run did not start within {START_SECONDS:.0f} s; its log is {log}")
