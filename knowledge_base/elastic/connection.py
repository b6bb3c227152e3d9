"""Connects to Elasticsearch and says in one sentence what went wrong when it does not answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch, UnsupportedProductError

ALIAS, DOCUMENTS_ALIAS = "faxian-laws", "faxian-documents"
"""Each points to the generation that is searched."""


class ElasticUnavailable(Exception):
    """Elasticsearch cannot do what it was asked; the message says where and why."""


def connect(url: str, timeout: float) -> AsyncElasticsearch:
    """A client for one event loop; close it. `timeout` is seconds per request.

    A broken connection is tried once more, since one that lay idle may have been closed; a slow answer is not.
    Raises ElasticUnavailable for a URL that is none. User and password may stand in the URL.
    """
    # One warning per failed request would drown the one line on each change of state.
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)
    try:
        return AsyncElasticsearch(url, request_timeout=timeout, max_retries=1, retry_on_timeout=False)
    except ValueError as error:
        raise ElasticUnavailable(f"{shown(url)} is no address of Elasticsearch ({error})") from error


@contextmanager
def reported(url: str) -> Iterator[None]:
    """Turns every error of the client inside the block into ElasticUnavailable."""
    try:
        yield
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise ElasticUnavailable(f"Elasticsearch at {shown(url)}: {_reason(error)}") from error


def shown(url: str) -> str:
    """`url` without user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _reason(error: Exception) -> str:
    if not isinstance(error, ApiError):
        return str(getattr(error, "message", error)).split("\n", 1)[0] or type(error).__name__
    body = error.body if isinstance(error.body, dict) else {}
    cause = body.get("error")
    detail = cause.get("reason") if isinstance(cause, dict) else cause
    return f"HTTP {error.meta.status}, {detail or error.message}"
