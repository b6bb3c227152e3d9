"""What lay people's questions add to the weights of the linear model; the questions themselves are not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.rasa.components.adapters import Numbers
from knowledge_base.ranking.learnt import read_vectors
from knowledge_base.ranking.vectors import unit

FILE = Path(__file__).resolve().parents[3] / "training_data" / "lay" / "weights.npz"
HEADS = ("intents", "areas")
KEEP = 0.25
"""What the own scores count for before anything is learnt of them; a new topic has no more than that."""
HALF = 0.5
"""What of the intents is corrected, beside their own scores: topics are opened by what their own sentences say."""
_AGAIN = "restore it from the repository, or learn it again with `python -m bot.rasa.learn_lay`"


class CorrectionError(RuntimeError):
    """The learnt file cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class HeadCorrection:
    """What becomes of the scores of one head."""

    names: tuple[str, ...]
    weights: Numbers
    """Features × names."""
    meaning: Numbers
    """Numbers of a word's vector × names: what a word is worth that the questions did not hold."""
    mix: Numbers
    """What the own scores of all intents and areas, in this order, say × names; beside `KEEP`."""
    bias: Numbers
    sharpness: float
    """Scale that turns the corrected scores into probabilities."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Corrections of both heads over the same features."""

    features: tuple[str, ...]
    """As `Counted.names`; each occurred in at least three different questions."""
    heads: tuple[HeadCorrection, HeadCorrection]
    """Of intents and of areas."""

    def mix(self, intents: Sequence[str], areas: Sequence[str]) -> Numbers:
        """Own scores of the intents and areas → what is kept of them, to which `of` is added."""
        mixed = KEEP * np.eye(len(intents) + len(areas), dtype=np.float32)
        (mine, theirs), (mine_too, theirs_too) = (
            _shared(names, head.names) for names, head in zip((intents, areas), self.heads, strict=True)
        )
        rows = np.concatenate([mine, len(intents) + mine_too])
        taken = np.concatenate([theirs, len(self.heads[0].names) + theirs_too])
        mixed[np.ix_(rows, mine)] += self.heads[0].mix[np.ix_(taken, theirs)]
        mixed[np.ix_(rows, len(intents) + mine_too)] += self.heads[1].mix[np.ix_(taken, theirs_too)]
        mixed[:, : len(intents)] *= HALF
        mixed[: len(intents), : len(intents)] += (1 - HALF) * np.eye(len(intents), dtype=np.float32)
        return mixed

    def sharpness(self, own: tuple[float, float]) -> tuple[float, float]:
        """Of both heads as corrected; `own` are theirs before."""
        intents, areas = (head.sharpness for head in self.heads)
        return HALF * intents + (1 - HALF) * own[0], areas

    def of(self, head: int, features: Sequence[str], names: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Weights (`features` × `names`) and bias to add; zero for names that the questions did not teach."""
        known = self.heads[head]
        mine, theirs = _shared(names, known.names)
        weights = np.zeros((len(features), len(names)), np.float32)
        bias = np.zeros(len(names), np.float32)
        bias[mine] = known.bias[theirs]
        weights[:, mine] = meanings(features) @ known.meaning[:, theirs]
        lines, rows = _shared(features, self.features)
        weights[np.ix_(lines, mine)] += known.weights[np.ix_(rows, theirs)]
        share = HALF if head == 0 else 1.0
        return share * weights, share * bias

    def save(self, path: Path) -> None:
        """Write 8 bits for each weight."""
        arrays: dict[str, Numbers] = {"features": _packed(self.features)}
        for key, head in zip(HEADS, self.heads, strict=True):
            scale = np.maximum(np.abs(head.weights).max(axis=0), 1e-6) / 127
            arrays |= {
                f"{key}_names": _packed(head.names),
                f"{key}_weights": np.round(head.weights / scale).astype(np.int8),
                f"{key}_scale": scale.astype(np.float32),
                f"{key}_meaning": head.meaning.astype(np.float16),
                f"{key}_mix": head.mix.astype(np.float16),
                f"{key}_bias": head.bias.astype(np.float32),
                f"{key}_sharpness": np.array(head.sharpness, np.float32),
            }
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **arrays)


def read_correction(path: Path = FILE) -> Correction:
    """What `save` wrote. Raises CorrectionError."""
    try:
        with np.load(path, allow_pickle=False) as data:
            intents, areas = (
                HeadCorrection(
                    _unpacked(data[f"{key}_names"]),
                    data[f"{key}_weights"].astype(np.float32) * data[f"{key}_scale"],
                    data[f"{key}_meaning"].astype(np.float32),
                    data[f"{key}_mix"].astype(np.float32),
                    data[f"{key}_bias"],
                    float(data[f"{key}_sharpness"]),
                )
                for key in HEADS
            )
            return Correction(_unpacked(data["features"]), (intents, areas))
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise CorrectionError(f"cannot read {path} ({error}); {_AGAIN}") from error


def meanings(features: Sequence[str]) -> Numbers:
    """A vector of length 1 for each word and each one or two characters that have one, zeros for the rest."""
    vectors = read_vectors()
    terms = [_term(feature) for feature in features]
    named = [at for at, term in enumerate(terms) if term]
    made = np.zeros((len(features), vectors.size), np.float32)
    if named:
        made[named] = unit(vectors.each(terms[at] for at in named))
    return made


def _term(feature: str) -> str:
    """The feature as the vectors name it; empty for what has none: sounds, pairs of words, ends of a sentence."""
    group, _, text = feature.partition(":")
    if group == "w" and len(text) > 1 and "_" not in text:
        return "w" + text
    return text if group == "c" and len(text) <= 2 and not set(text) & {"^", "$"} else ""


def _shared(names: Sequence[str], known: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Places in `names` and in `known` of what stands in both."""
    place = {name: at for at, name in enumerate(known)}
    both = [(at, place[name]) for at, name in enumerate(names) if name in place]
    return np.array([at for at, _ in both], np.int64), np.array([at for _, at in both], np.int64)


def _packed(texts: Sequence[str]) -> Numbers:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(data: Numbers) -> tuple[str, ...]:
    return tuple(data.tobytes().decode().split("\n"))
