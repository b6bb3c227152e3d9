"""The commands `train` and `evaluate`: the dialogue model, and how well it understands."""

from __future__ import annotations

import json
from pathlib import Path

from bot.commands.places import NLU, ROOT, TOPICS
from bot.commands.stopwatch import stopwatch
from bot.settings import Settings


def train(settings: Settings, rebuild: bool = False) -> Path:
    """The dialogue model, trained where it is missing or out of date."""
    from bot.rasa.train import train as train_model

    out = settings.data_dir / "models"
    if rebuild:
        for old in out.glob("faxian-*.tar.gz"):
            old.unlink()
    with stopwatch("训练对话模型") as bar:

        def show(step: int, steps: int, doing: str) -> None:
            bar.set_description_str(f"{doing}（{step}/{steps}）")

        model = train_model(out, TOPICS, NLU, show)
    print(f"Dialogue model: {model}")
    return model


def evaluate() -> int:
    """Accuracy of understanding, as JSON."""
    from bot.rasa.train import evaluate as measure

    print(json.dumps(measure(TOPICS, NLU, ROOT / "tests" / "nlu" / "everyday.yml"), ensure_ascii=False, indent=1))
    return 0
