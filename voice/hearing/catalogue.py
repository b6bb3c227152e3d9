"""The models that can be fetched: where from, and what they must be."""

from __future__ import annotations

from dataclasses import dataclass

_VOSK = "https://alphacephei.com/vosk/models"
_WHISPER = "https://huggingface.co/Systran/faster-whisper-base/resolve/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"


@dataclass(frozen=True, slots=True)
class Part:
    """One file to fetch."""

    name: str
    sha256: str = ""
    """Empty: nobody whom we could check has told; whoever fetches it must give it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model as its makers give it."""

    folder: str
    """What it is called in the folder of models."""
    base: str
    """Address that the names of the parts follow."""
    parts: tuple[Part, ...]
    licence: str
    packed: bool = False
    """One zip file, with `folder` in it."""


# The sums of the small model and of Whisper are those that several independent users of these files publish; the
# maker of Vosk's models gives none, and of the large one no two users were found.
CATALOGUE = {
    "small": Offer(
        "vosk-model-small-cn-0.22",
        _VOSK,
        (Part("vosk-model-small-cn-0.22.zip", "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"),),
        "Apache-2.0",
        packed=True,
    ),
    "large": Offer("vosk-model-cn-0.22", _VOSK, (Part("vosk-model-cn-0.22.zip"),), "Apache-2.0", packed=True),
    "whisper": Offer(
        "whisper-base",
        _WHISPER,
        (
            Part("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            Part("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
            Part("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            Part("model.bin", "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
        ),
        "MIT",
    ),
}
"""By the name on the command line."""
