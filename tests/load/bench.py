"""Runs every benchmark, prints a table and writes the figures as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.rasa.train import evaluate, train
from bot.settings import Settings
from knowledge_base.bench import run_bench
from tests.load.driver import gateway, measure, rasa_rest
from tests.load.plain_rasa import rasa_server, usual_model
from tests.load.processes import free_port, memory_mb, running, wait_until

REPO = Path(__file__).resolve().parents[2]
TOPICS, NLU = REPO / "training_data" / "topics", REPO / "training_data" / "nlu"
ROUNDS = 20


@contextmanager
def service(data: Path) -> Iterator[tuple[str, int, float]]:
    """`faxian serve` on an empty store, index and model being there; yields URL, process id, seconds to ready."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("index", "models"):
            (Path(folder) / part).symlink_to((data / part).resolve())
        port = free_port()
        env = {**os.environ, "PORT": str(port), "DATA_DIR": folder,
               "RATE_ADDRESS_PER_MINUTE": "0", "RATE_CONVERSATION_PER_MINUTE": "0"}  # fmt: skip
        command = [sys.executable, "-W", "ignore", str(REPO / "faxian.py"), "serve"]
        with running(command, env, REPO) as pid:
            seconds = wait_until(f"http://127.0.0.1:{port}/readyz", 300)
            yield f"http://127.0.0.1:{port}", pid, seconds


def _say(text: str) -> None:
    print(text, flush=True)


def _turns(settings: Settings, model: Path, quick: bool) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    data, index = settings.data_dir, settings.data_dir / "index"
    with service(data) as (url, pid, seconds):
        figures["faxian"] = asdict(asyncio.run(measure(gateway(url), ROUNDS)))
        figures["faxian"]["memory_mb"] = round(memory_mb(pid))
        figures["second_start_s"] = round(seconds, 1)
    with rasa_server(model, index) as (url, pid):
        figures["rasa_same_model"] = asdict(asyncio.run(measure(rasa_rest(url), ROUNDS)))
        figures["rasa_same_model"]["memory_mb"] = round(memory_mb(pid))
    if not quick:
        began = time.monotonic()
        usual = usual_model(data / "bench", TOPICS, NLU)
        figures["usual_training_s"] = round(time.monotonic() - began)
        with rasa_server(usual, index) as (url, pid):
            figures["rasa_usual"] = asdict(asyncio.run(measure(rasa_rest(url), ROUNDS)))
            figures["rasa_usual"]["memory_mb"] = round(memory_mb(pid))
    # Once more, so that a drift of the machine during the run shows.
    with service(data) as (url, _, seconds):
        figures["faxian_again"] = asdict(asyncio.run(measure(gateway(url), ROUNDS)))
        figures["third_start_s"] = round(seconds, 1)
    return figures


def run(settings: Settings, model: Path, quick: bool) -> int:
    """Measure and report; `quick` leaves out the usual pipeline, whose training takes minutes."""
    figures: dict[str, Any] = {"machine": {"cpus": os.cpu_count(), "python": platform.python_version()}}
    _say("Law index …")
    figures["index"] = run_bench(settings.data_dir / "index")
    _say("Training …")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        train(Path(folder), TOPICS, NLU)
        figures["training_s"] = round(time.monotonic() - began, 1)
    _say("Understanding …")
    figures["understanding"] = evaluate(TOPICS, NLU, REPO / "tests" / "nlu" / "everyday.yml")
    _say("Turns, side by side …")
    figures["turns"] = _turns(settings, model, quick)
    _say(_table(figures))
    out = settings.data_dir / "bench.json"
    out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    _say(f"Written to {out}")
    return 0


def _table(figures: dict[str, Any]) -> str:
    turns, index, understanding = figures["turns"], figures["index"], figures["understanding"]
    everyday = understanding["everyday"]
    rows = [("text turns", "p50 ms", "p95 ms", "turns/s at 16", "MiB")]
    for name in ("faxian", "rasa_same_model", "rasa_usual", "faxian_again"):
        if one := turns.get(name):
            rows.append((name, one["p50_ms"], one["p95_ms"], one["turns_per_s"], one.get("memory_mb", "")))
    base = turns["faxian"]
    for name, goal in (("rasa_same_model", "goal ≤1.0, ≥1.5"), ("rasa_usual", "goal ≤0.5")):
        if other := turns.get(name):
            ratio, rate = base["p50_ms"] / other["p50_ms"], base["turns_per_s"] / other["turns_per_s"]
            rows.append(
                (f"ratio to {name}", f"{ratio:.2f}", f"{base['p95_ms'] / other['p95_ms']:.2f}", f"{rate:.2f}", goal)
            )
    lines = [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, (26, 9, 9, 14, 16), strict=True)) for row in rows
    ]
    lines += [
        f"start to ready             {turns['second_start_s']} s, {turns['third_start_s']} s (goal ≤20)",
        f"training                   {figures['training_s']} s (goal ≤300)",
        f"index build / open         {index['build_s']} s (goal ≤60) / {index['open_s']} s (goal ≤1)",
        f"search p50 / p95           {index['search_p50_ms']} / {index['search_p95_ms']} ms (goal p95 ≤15)",
        f"intents, cross-validated   {understanding['cross_validation']:.3f} on {understanding['examples']} examples",
        f"intents, everyday test     {everyday['accuracy']:.3f} on {everyday['examples']}",
    ]
    return "\n".join(lines)
