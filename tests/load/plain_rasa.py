"""Plain `rasa run` with its action server, to compare with: on our model, and on Rasa's usual Chinese pipeline."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from bot.rasa.train import fingerprint, write_project
from tests.load.processes import free_port, running, wait_until

REPO = Path(__file__).resolve().parents[2]
USUAL = {
    "recipe": "default.v1",
    "assistant_id": "faxian-usual",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "entity_recognition": False},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy", "core_fallback_threshold": 0.3, "core_fallback_action_name": "action_miss"},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100},
    ],
}
"""The pipeline Rasa suggests for Chinese: jieba words, count vectors, DIET and TED."""


@contextmanager
def rasa_server(model: Path, index: Path) -> Iterator[tuple[str, int]]:
    """A Rasa server and its action server; yields the URL and the server's process id."""
    port, actions = free_port(), free_port()
    env = {**os.environ, "FAXIAN_INDEX": str(index.resolve()), "GIT_DIR": os.devnull, "TF_CPP_MIN_LOG_LEVEL": "3",
           "RASA_TELEMETRY_ENABLED": "false", "SANIC_WORKERS": "1", "PYTHONPATH": str(REPO)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        endpoints, credentials = Path(folder) / "endpoints.yml", Path(folder) / "credentials.yml"
        endpoints.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n", encoding="utf-8")
        credentials.write_text("rest:\n", encoding="utf-8")
        rasa = [sys.executable, "-W", "ignore", "-m", "rasa"]
        serve = [*rasa, "run", "-m", str(model), "--endpoints", str(endpoints), "--credentials", str(credentials),
                 "-p", str(port), "-i", "127.0.0.1"]  # fmt: skip
        act = [*rasa, "run", "actions", "--actions", "bot.rasa.actions", "-p", str(actions)]
        with running(act, env, REPO), running(serve, env, REPO) as server:
            wait_until(f"http://127.0.0.1:{actions}/health", 180)
            wait_until(f"http://127.0.0.1:{port}/", 300)
            yield f"http://127.0.0.1:{port}", server


def usual_model(out: Path, topics: Path, nlu: Path) -> Path:
    """Rasa's usual pipeline trained on the same domain, examples and rules (minutes); kept while nothing changes."""
    model = out / f"usual-{fingerprint(topics, nlu)}.tar.gz"
    if model.is_file():
        return model
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        work = Path(folder)
        write_project(work, topics, nlu)
        (work / "config.yml").write_text(yaml.safe_dump(USUAL, allow_unicode=True), encoding="utf-8")
        _stories(work / "data")
        command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "--domain", str(work / "domain.yml"),
                   "--config", str(work / "config.yml"), "--data", str(work / "data"), "--out", str(out),
                   "--fixed-model-name", model.name.removesuffix(".tar.gz"), "--force"]  # fmt: skip
        env = {**os.environ, "GIT_DIR": os.devnull, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
        done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=3000, check=False)
    if done.returncode != 0 or not model.is_file():
        raise RuntimeError(f"rasa train failed ({done.returncode}): {(done.stdout + done.stderr)[-2000:]}")
    return model


def _stories(data: Path) -> None:
    """TED learns from stories only, so it is given the rules without conditions once more as stories."""
    stories = []
    for path in sorted(data.glob("*.yml")):
        for rule in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("rules") or []:
            if "condition" not in rule:
                stories.append({"story": rule["rule"], "steps": rule["steps"]})
    text = yaml.safe_dump({"version": "3.1", "stories": stories}, allow_unicode=True)
    (data / "stories.yml").write_text(text, encoding="utf-8")
