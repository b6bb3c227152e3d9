"""A training cache that keeps nothing: our whole training takes seconds and always starts from the inputs."""

from __future__ import annotations

from typing import Any

from rasa.engine.caching import TrainingCache
from rasa.engine.storage.storage import ModelStorage


class NoCache(TrainingCache):
    """Remembers nothing."""

    def cache_output(
        self, fingerprint_key: str, output: Any, output_fingerprint: str, model_storage: ModelStorage
    ) -> None:
        """Let the output go."""

    def get_cached_output_fingerprint(self, fingerprint_key: str) -> str | None:
        """Nothing is known."""
        return None

    def get_cached_result(self, output_fingerprint_key: str, node_name: str, model_storage: ModelStorage) -> Any:
        """Nothing is known."""
        return None
