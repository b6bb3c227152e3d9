"""The benchmark of the telephone gives plausible figures from a real server, in a small run."""

from __future__ import annotations

from tests.load.telephony import measure, plain, table


def test_a_small_run() -> None:
    said: list[str] = []
    [cost] = measure(said.append, calls=(2,), seconds=2.5)
    assert cost.calls == 2
    assert 0 < cost.cpu_per_call < 100
    assert 0 <= cost.jitter_p50_ms <= cost.jitter_p99_ms <= cost.jitter_max_ms
    assert cost.lost == 0
    assert 40 <= cost.echo_p50_ms <= cost.echo_p95_ms < 2000
    assert len(said) == 1
    assert table([cost]).splitlines()[1].split()[0] == "2"
    assert plain([cost])[0]["calls"] == 2
