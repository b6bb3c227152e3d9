"""One Elasticsearch node for all contract tests; it starts with the first test that asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge_base.elastic.index import import_index
from tests.elastic_node import ElasticNode, NodeFailed


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ElasticNode]:
    """A real node, empty; skipped with the node's own words where it cannot run."""
    node = ElasticNode(tmp_path_factory.mktemp("elasticsearch"))
    try:
        node.start()
    except NodeFailed as failed:
        pytest.skip(f"no Elasticsearch: {failed}")
    yield node
    node.kill()


@pytest.fixture(scope="session")
def elasticsearch_url(node: ElasticNode, law_index: Path) -> str:
    """Address of the node, which holds the whole law index."""
    asyncio.run(import_index(law_index, node.url))
    return node.url
