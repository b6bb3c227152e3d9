"""Measures calls to the whole service: how long callers wait for an answer, how many may call at once, and for how
long that stays so."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.load.answering_service import AnsweringService, Told, answering_service
from tests.load.callers import Caller, Turn, talk
from tests.load.hearing import shared
from tests.load.sayings import Saying, sayings

TURNS = 20
AT_ONCE = (2, 4, 8, 16)
LEVEL_SECONDS = 45.0
WHISPER_TURNS = 6
GOAL_P50, GOAL_P95 = 600, 1000
STAGES = ("end of turn", "recognition", "dialogue", "synthesis", "line")
_WEIGHED = 60
"""Times that a soak weighs the service: a single look tells more of the last turn than of the hour."""
_LOST = 60.0
"""Seconds for one turn, after which measuring so many of them is given up."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from the end of a caller's speech to the first sound of the answer."""

    recogniser: str
    calls: int
    """At the same time."""
    turns: int
    p50: float
    p95: float
    worst: float
    unanswered: int
    """Turns, and calls that nobody took."""
    cut_off: int
    """Answered before the caller was done."""
    cpu_per_call: float
    """Per cent of one core, of all processes of the service."""
    stages: dict[str, tuple[float, float]]
    """p50 and p95 of each."""

    @property
    def kept(self) -> bool:
        """Whether nobody had to wait too long."""
        return self.p95 <= GOAL_P95


@dataclass(frozen=True, slots=True)
class Soak:
    """Calls one after the other for a long time."""

    minutes: float
    waits: Waits
    first_p95: float
    """Of the first sixth of the turns."""
    last_p95: float
    memory_mb: tuple[float, ...]
    """In the middle of what was weighed in each sixth of the time, once all was warm; less the pages of files."""

    @property
    def growth(self) -> float:
        """Of memory, from the first sixth to the last, in per cent."""
        return 100 * (self.memory_mb[-1] / self.memory_mb[0] - 1)


def measure(say: Callable[[str], None], data: Path) -> list[Waits]:
    """One call at a time, then more at once until people wait too long, then Whisper where it is there."""
    said = sayings(data / "sayings")
    say(f"{len(said)} sayings are ready")
    found: list[Waits] = []
    with answering_service(data, said) as service:
        _some("vosk", service, said, 2)
        found.append(_waits("vosk", service, said, 1, TURNS))
        say(_row(found[-1]))
        for calls in AT_ONCE:
            if not found[-1].kept:
                break
            found.append(_waits("vosk", service, said, calls))
            say(_row(found[-1]))
    if (models := shared() / "models").is_dir():
        with answering_service(data, said, models) as service:
            found.append(_waits("whisper", service, said, 1, WHISPER_TURNS))
        say(_row(found[-1]))
    return found


def soak(say: Callable[[str], None], data: Path, minutes: float) -> Soak:
    """So many minutes of calls, one at a time."""
    said = sayings(data / "sayings")
    with answering_service(data, said) as service:
        _for("vosk", service, said, 1, min(300.0, minutes * 60 / 12))
        weighed: list[float] = []
        done: list[Turn] = []

        def over(passed: float) -> bool:
            if passed >= len(weighed) * minutes * 60 / _WEIGHED:
                weighed.append(service.memory_mb())
            return passed > minutes * 60

        waits = _called("vosk", service, said, 1, done, over)
    times = waited(done)
    sixth, part = max(2, len(times) // 6), _WEIGHED // 6
    memory = tuple(round(statistics.median(weighed[at : at + part])) for at in range(0, _WEIGHED, part))
    return Soak(minutes, waits, _at(times[:sixth], 0.95), _at(times[-sixth:], 0.95), memory)


def _waits(name: str, service: AnsweringService, said: Sequence[Saying], calls: int, turns: int = 0) -> Waits:
    return _some(name, service, said, turns) if turns else _for(name, service, said, calls, LEVEL_SECONDS)[0]


def _some(name: str, service: AnsweringService, said: Sequence[Saying], turns: int) -> Waits:
    done: list[Turn] = []
    return _called(name, service, said, 1, done, lambda passed: len(done) >= turns or passed > turns * _LOST)


def _for(
    name: str, service: AnsweringService, said: Sequence[Saying], calls: int, seconds: float
) -> tuple[Waits, list[Turn]]:
    done: list[Turn] = []
    return _called(name, service, said, calls, done, lambda passed: passed > seconds), done


def _called(
    name: str,
    service: AnsweringService,
    said: Sequence[Saying],
    calls: int,
    done: list[Turn],
    enough: Callable[[float], bool],
) -> Waits:
    """So many calls at a time until `enough`; their turns go into `done`."""
    # Each caller begins elsewhere, so that what is said at the same moment differs.
    callers = [
        Caller(service.sip, itertools.islice(itertools.cycle(said), 7 * at, None), done.append, at)
        for at in range(calls)
    ]
    before = service.cpu()
    talk(callers, enough)
    cost = 100 * (service.cpu() - before) / max(1.0, sum(one.seconds for one in callers))
    refused = sum(one.refused for one in callers)
    return summed(name, calls, done, cost, refused, service.told())


def waited(turns: Sequence[Turn]) -> list[float]:
    """Milliseconds, of those that were answered in their time."""
    return [1000 * (one.answered - one.ended) for one in turns if one.answered is not None and not one.cut_off]


def summed(
    name: str, calls: int, turns: Sequence[Turn], cost: float, refused: int, told: Mapping[str, Sequence[Told]]
) -> Waits:
    """The figures; `told` is what the service tells of every call."""
    fair = [one for one in turns if one.answered is not None and not one.cut_off]
    times = waited(turns)
    stages = [_stages(one, match) for one in fair if (match := _match(one, told.get(one.call, ())))]
    summed = {
        stage: (_at([row[at] for row in stages], 0.5), _at([row[at] for row in stages], 0.95))
        for at, stage in enumerate(STAGES)
    }
    lost = sum(one.answered is None and not one.cut_off for one in turns)
    return Waits(
        name, calls, len(fair), _at(times, 0.5), _at(times, 0.95), _at(times, 1.0), lost + refused,
        sum(one.cut_off for one in turns), round(cost, 1), summed,
    )  # fmt: skip


def _match(turn: Turn, told: Sequence[Told]) -> Told | None:
    """What the service tells of it: the last answer that had been made when its sound arrived."""
    assert turn.answered is not None
    made = [one for one in told if turn.ended < one.sounded <= turn.answered + 0.002]
    return made[-1] if made else None


def _stages(turn: Turn, told: Told) -> tuple[float, ...]:
    """Milliseconds, in the order of STAGES; with the first, the way of the sound to the service."""
    assert turn.answered is not None
    stages = (told.over - turn.ended, told.recognition, told.dialogue, told.synthesis, turn.answered - told.sounded)
    return tuple(1000 * one for one in stages)


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return round(
        statistics.median(ordered) if share == 0.5 else ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    )


def _row(one: Waits) -> str:
    stages = "".join(f"{p50:>7.0f}/{p95:<5.0f}" for p50, p95 in one.stages.values())
    return (
        f"{one.recogniser:10}{one.calls:>6}{one.turns:>7}{one.p50:>8.0f}{one.p95:>8.0f}{one.worst:>8.0f}"
        f"{one.unanswered:>5}{one.cut_off:>5}{one.cpu_per_call:>7.1f} {stages}"
    )


def table(found: Sequence[Waits]) -> str:
    """For reading."""
    head = (
        f"{'heard by':10}{'calls':>6}{'turns':>7}{'p50 ms':>8}{'p95':>8}{'worst':>8}{'none':>5}{'cut':>5}{'CPU %':>7} "
    )
    lines = [head + "".join(f"{stage:>12} " for stage in STAGES), *map(_row, found)]
    kept = max((one.calls for one in found if one.recogniser == "vosk" and one.kept), default=0)
    return "\n".join([*lines, f"goal: p50 ≤{GOAL_P50}, p95 ≤{GOAL_P95}; p95 kept with {kept} calls at a time"])


def soak_table(one: Soak) -> str:
    """For reading."""
    return (
        f"{table([one.waits])}\n{one.minutes} minutes: p95 of the first sixth {one.first_p95:.0f} ms, of the last "
        f"{one.last_p95:.0f} ms; memory less the pages of files, each sixth: "
        f"{', '.join(f'{mb:.0f}' for mb in one.memory_mb)} MiB ({one.growth:+.1f} %)"
    )


def plain(figures: Sequence[Waits] | Soak) -> Any:
    """For JSON."""
    return asdict(figures) if isinstance(figures, Soak) else [asdict(one) for one in figures]
