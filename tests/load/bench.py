"""Runs every benchmark, prints a table and writes the figures as JSON."""

from __future__ import annotations

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
from tests.load import calls, desk, hearing, knowledge, telephony, wechat
from tests.load.processes import free_port, running, wait_until
from tests.load.turns import Gateway, measure, rasa_run, train_default

REPO = Path(__file__).resolve().parents[2]
TOPICS, NLU = REPO / "training_data" / "topics", REPO / "training_data" / "nlu"


@contextmanager
def service(data: Path) -> Iterator[tuple[str, int, float]]:
    """`faxian serve` on an empty store, index and model being there; yields URL, process id, seconds to ready."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("index", "models"):
            (Path(folder) / part).symlink_to((data / part).resolve())
        port = free_port()
        env = {**os.environ, "PORT": str(port), "DATA_DIR": folder, "VOICE_BROWSER": "0",
               "RATE_ADDRESS_PER_MINUTE": "0", "RATE_CONVERSATION_PER_MINUTE": "0",
               "MALLOC_ARENA_MAX": "2"}  # fmt: skip
        command = [sys.executable, "-W", "ignore", str(REPO / "faxian.py"), "serve"]
        with running(command, env, REPO) as pid:
            seconds = wait_until(f"http://127.0.0.1:{port}/readyz", 300)
            yield f"http://127.0.0.1:{port}", pid, seconds


def _say(text: str) -> None:
    print(text, flush=True)


def _turns(settings: Settings, model: Path, epochs: int) -> dict[str, Any]:
    """Ours, plain Rasa on the same model, plain Rasa on its usual pipeline, and ours again: a drift would show."""
    figures: dict[str, Any] = {}
    index = settings.data_dir / "index"
    with service(settings.data_dir) as (url, pid, seconds):
        figures["faxian"] = asdict(measure(Gateway(url), (pid,)))
        figures["second_start_s"] = round(seconds, 1)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with rasa_run(model, TOPICS, index, work) as (server, pids):
            figures["rasa_same_model"] = asdict(measure(server, pids))
        if epochs:
            _say(f"Training Rasa's usual Chinese pipeline with {epochs} epochs (minutes) …")
            figures["usual_epochs"] = epochs
            began = time.monotonic()
            usual = train_default(work, TOPICS, NLU, epochs)
            figures["usual_training_s"] = round(time.monotonic() - began)
            with rasa_run(usual, TOPICS, index, work) as (server, pids):
                figures["rasa_usual"] = asdict(measure(server, pids))
    with service(settings.data_dir) as (url, pid, seconds):
        figures["faxian_again"] = asdict(measure(Gateway(url), (pid,)))
        figures["third_start_s"] = round(seconds, 1)
    return figures


def run(settings: Settings, model: Path, epochs: int) -> int:
    """Measure the dialogue and report; `epochs` of training for Rasa's usual pipeline, 0 leaves it out."""
    figures: dict[str, Any] = {}
    _say("Training …")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        train(Path(folder), TOPICS, NLU)
        figures["training_s"] = round(time.monotonic() - began, 1)
    _say("Understanding …")
    figures["understanding"] = evaluate(TOPICS, NLU, REPO / "tests" / "nlu" / "everyday.yml")
    _say("Turns, side by side …")
    figures["turns"] = _turns(settings, model, epochs)
    _say(_table(figures))
    return _keep(settings, figures)


def run_knowledge(settings: Settings, documents: int, benchmark: Path | None) -> int:
    """Measure the knowledge base and report; up to `documents` made-up cases, `benchmark` a folder like STARD's."""
    figures = knowledge.measure(settings.data_dir, documents, benchmark, _say)
    _say(knowledge.table(figures))
    return _keep(settings, figures)


def run_desk(settings: Settings) -> int:
    """Measure the desk on both databases and report."""
    figures = desk.measure(_say)
    _say(desk.table(figures))
    return _keep(settings, {"desk": desk.plain(figures)})


def run_wechat(settings: Settings) -> int:
    """Measure WeChat on both databases and report; 1 where a goal is missed."""
    figures = wechat.measure(_say)
    _say(wechat.table(figures))
    _keep(settings, {"wechat": wechat.plain(figures)})
    return int(not all(one.good for one in figures.values()))


def run_telephony(settings: Settings) -> int:
    """Measure the telephone's transports and report."""
    costs = telephony.measure(_say)
    _say(telephony.table(costs))
    return _keep(settings, {"telephony": telephony.plain(costs)})


def run_hearing(settings: Settings) -> int:
    """Measure what is understood, and what that costs, and report."""
    figures = hearing.measure(_say, settings.voice_folder)
    _say(hearing.table(figures))
    return _keep(settings, {"hearing": figures})


def run_calls(settings: Settings, minutes: float) -> int:
    """Measure calls to the whole service, or `minutes` of them one after the other, and report."""
    if not (hearing.shared() / "audio").is_dir():
        _say(f"No clips in {hearing.shared() / 'audio'}: set FAXIAN_SHARED to measure calls")
        return 0
    if minutes:
        soak = calls.soak(_say, settings.data_dir, minutes)
        _say(calls.soak_table(soak))
        return _keep(settings, {"calls_soak": calls.plain(soak)})
    figures = calls.measure(_say, settings.data_dir)
    _say(calls.table(figures))
    return _keep(settings, {"calls": calls.plain(figures)})


def _keep(settings: Settings, figures: dict[str, Any]) -> int:
    """Write the figures to bench.json, beside those of other kinds that are there."""
    out = settings.data_dir / "bench.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(out.read_text(encoding="utf-8")) if out.is_file() else {}
    known |= {"machine": {"cpus": os.cpu_count(), "python": platform.python_version()}, **figures}
    out.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    _say(f"Written to {out}")
    return 0


def _table(figures: dict[str, Any]) -> str:
    turns, understanding = figures["turns"], figures["understanding"]
    everyday = understanding["everyday"]
    rows = [("text turns", "p50 ms", "p95 ms", "turns/s at 16", "MiB", "failed")]
    for name in ("faxian", "rasa_same_model", "rasa_usual", "faxian_again"):
        if one := turns.get(name):
            keys = ("p50_ms", "p95_ms", "turns_per_second", "memory_mb")
            rows.append((name, *(f"{one[key]:.1f}" for key in keys), str(one["failures"])))
    base = turns["faxian"]
    for name, goal in (("rasa_same_model", "≤1.0, ≥1.5"), ("rasa_usual", "≤0.5")):
        if other := turns.get(name):
            ratios = (base[key] / other[key] for key in ("p50_ms", "p95_ms", "turns_per_second"))
            rows.append((f"ratio to {name}", *(f"{ratio:.2f}" for ratio in ratios), "goal", goal))
    lines = [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, (26, 9, 9, 14, 8, 10), strict=True))
        for row in rows
    ]
    lines += [
        f"start to ready             {turns['second_start_s']} s, {turns['third_start_s']} s (goal ≤20)",
        f"training                   {figures['training_s']} s (goal ≤300)",
        f"intents, cross-validated   {understanding['cross_validation']:.3f} on {understanding['examples']} examples",
        f"intents, everyday test     {everyday['accuracy']:.3f} on {everyday['examples']}",
    ]
    return "\n".join(lines)
