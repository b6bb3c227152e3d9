"""Where the authored data lies that commands work on."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOPICS, NLU = ROOT / "training_data" / "topics", ROOT / "training_data" / "nlu"
