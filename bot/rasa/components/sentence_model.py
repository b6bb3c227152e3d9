"""A pretrained encoder of Chinese sentences: what means the same lies close together, whatever its words."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.rasa.components.adapters import Adapters, Numbers

FOLDER = Path(__file__).resolve().parents[3] / "docker" / "sentence_model" / "target"
"""Where `docker/sentence_model/fetch.sh` lays it."""
NETWORK, VOCABULARY = "model.onnx", "tokenizer.json"
LONGEST = 128
"""Characters that are read: what it is about is told by then, and a turn with a story must not wait for its end."""


class SentenceModel:
    """bge-small-zh-v1.5 by onnxruntime, in the thread that asks: a process that forks has no threads to lose."""

    def __init__(self, folder: Path, adapters: Adapters | None = None) -> None:
        """From the two files in `folder`, which is not needed afterwards but by `adapted`, `copy_to` and `sum`; with
        what `adapters` change."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # A pool that grows with the longest sentence and is never given back is not worth the microseconds.
        options.enable_cpu_mem_arena = False
        self._folder, self._adapters = folder, adapters
        network = str(folder / NETWORK) if adapters is None else self._network()
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / VOCABULARY))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST + 2)  # the marks of beginning and end count

    @classmethod
    def there(cls, folder: Path = FOLDER) -> SentenceModel | None:
        """The model; None where it was not fetched."""
        return cls(folder) if all((folder / name).is_file() for name in (NETWORK, VOCABULARY)) else None

    def adapted(self, adapters: Adapters) -> SentenceModel:
        """The model as it was taught further."""
        return SentenceModel(self._folder, adapters)

    @property
    def sum(self) -> str:
        """SHA-256 of the network as fetched: vectors of another one mean nothing to what was learnt with this."""
        return hashlib.sha256((self._folder / NETWORK).read_bytes()).hexdigest()

    def vector(self, text: str) -> Numbers:
        """512 numbers of length 1; of a text without a known character too."""
        tokens: NDArray[Any] = np.array([self._tokenizer.encode(text).ids], np.int64)
        told = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        # The first token stands for the sentence (the model's own README).
        first: Numbers = self._session.run(None, told)[0][0, 0]
        vector: Numbers = first / np.linalg.norm(first)
        return vector

    def vectors(self, texts: list[str]) -> Numbers:
        """One line for each text."""
        return np.array([self.vector(text) for text in texts], np.float32).reshape(len(texts), -1)

    def copy_to(self, folder: Path) -> None:
        """Lay both files into `folder`, from where it can be read again, adapted as it is."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NETWORK).write_bytes(self._network())
        shutil.copy(self._folder / VOCABULARY, folder / VOCABULARY)

    def _network(self) -> bytes:
        network = (self._folder / NETWORK).read_bytes()
        return network if self._adapters is None else self._adapters.into(network)
