"""Runs Rasa's graph node after node, in an order worked out once, without Dask."""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class OrderedRunner(GraphRunner):
    """Rasa runs its graph through Dask's synchronous scheduler, which plans the graph anew for every message.

    The plan never changes between messages, so it is made once per target. This also keeps Dask out of the process.
    """

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> None:
        """Load every node of the schema that loads eagerly."""
        self._schema = graph_schema
        self._nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        self._plans: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> OrderedRunner:
        """Rasa's constructor."""
        return cls(graph_schema, model_storage, execution_context, hooks)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Outputs of the targets by name. Raises GraphRunError when the graph has a cycle."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        outputs: dict[str, Any] = dict(inputs or {})
        for name, needs in self._plans[wanted]:
            given = (need if need not in outputs else (need, outputs[need]) for need in needs)
            outputs[name] = self._nodes[name](*given)[1]
        return {name: outputs[name] for name in wanted}

    def _plan(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        plan: list[tuple[str, tuple[str, ...]]] = []
        done: set[str] = set()
        under_way: set[str] = set()

        def visit(name: str) -> None:
            if name in done or name not in self._nodes:
                return  # planned already, or an input of the run
            if name in under_way:
                raise GraphRunError(f"The graph has a cycle at node {name!r}; check the recipe.")
            under_way.add(name)
            needs = tuple(self._schema.nodes[name].needs.values())
            for need in needs:
                visit(need)
            done.add(name)
            plan.append((name, needs))

        for target in targets:
            visit(target)
        return plan
