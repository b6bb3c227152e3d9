"""The benchmark's figures come from what the services answer, failures included."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.load.turns import AT_ONCE, SCRIPT, SEQUENTIAL, Gateway, RasaServer, measure


class Answers(BaseHTTPRequestHandler):
    """Both protocols; 谢谢 gets nothing."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer one request."""
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        silent = "谢谢" in (content.get("text"), content.get("message"))
        if self.path == "/api/v1/conversations":
            answer: object = {"id": "c1", "token": "t1"}
        elif self.path == "/webhooks/rest/webhook":
            answer = [] if silent else [{"text": "好"}]
        else:
            assert self.path == "/api/v1/conversations/c1/messages"
            assert self.headers["Authorization"] == "Bearer t1"
            answer = {"replies": [] if silent else [{"kind": "text", "text": "好"}]}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


class Server(ThreadingHTTPServer):
    """Takes all benchmark clients at once: the usual queue of five resets the others on a busy machine."""

    request_queue_size = 128


@pytest.fixture
def url() -> Iterator[str]:
    """Where the answers are."""
    server = Server(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", [Gateway, RasaServer])
def test_measures_and_counts_failures(url: str, kind: type[Gateway] | type[RasaServer]) -> None:
    measured = measure(kind(url))
    assert 0 < measured.p50_ms <= measured.p95_ms
    assert measured.turns_per_second > 0
    assert measured.failures == (SEQUENTIAL + AT_ONCE) * SCRIPT.count("谢谢")
    assert measured.memory_mb == 0
