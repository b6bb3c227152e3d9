"""The state machines as Markdown with diagrams, drawn from the tables: `docs/matters.md` is this text.

`python -c "from bot.desk.matters.drawing import document; print(document(), end='')" > docs/matters.md` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.desk.clocks.term import Term
from bot.desk.matters.applications import DECISIONS, STATES
from bot.desk.matters.orders import COMES_BACK
from bot.desk.matters.results import results
from bot.desk.matters.states import DEMANDS, KINDS, MOVES, STATUSES
from bot.desk.matters.terms import TERMS

_UNITS = {"days": "days", "working_days": "working days", "seconds": "seconds", "business": "seconds of business"}
_HEAD = """# Matters

Drawn from the tables in `bot/desk/matters` by `bot/desk/matters/drawing.py`; a test fails where they differ.

A matter has a **status** (where the work on it stands) and a **state** (who talks with the citizen now: bot, waiting,
human, closed). The state follows the conversation; the status moves only by the rows below. A talk may end while the
matter goes on, and the bot may talk while a person owns the matter. A matter always has an owner or waits in a queue;
`bot` is the queue of those that nobody else has to do with.

Every change raises `version`; who acts on an older one is answered 409 with what was changed by whom. A merged matter
keeps its number, which opens the one it went into. A citizen who comes back with number and code takes up the matter
itself within {days} days of its closing; later a new matter follows it. Talking to the bot again reopens nothing;
asking for a person does.
"""


def document() -> str:
    """All of it."""
    parts = [
        _HEAD.format(days=COMES_BACK.days),
        _list("Kinds", KINDS.items()),
        "## Status\n",
        _diagram((before, move.after or before, move.name) for move in MOVES for before in move.before),
        _table(
            ("Action", "Name", "From", "To", "Who", "Demands"),
            (
                (
                    f"`{move.action}`",
                    move.name,
                    "、".join(STATUSES[one] for one in move.before),
                    STATUSES[move.after] if move.after else "(stays)",
                    move.who or "the machine",
                    "、".join(DEMANDS[one] for one in move.demands),
                )
                for move in MOVES
            ),
        ),
        _list("Results that closing asks for", ((one.code, one.name) for one in results().values())),
        "## Applications\n",
        _diagram((before, one.after, one.name) for one in DECISIONS for before in one.before),
        _table(
            ("Action", "Name", "Kinds", "From", "To", "Right", "Needs"),
            (
                (
                    f"`{one.action}`",
                    one.name,
                    ", ".join(one.kinds) or "all",
                    "、".join(STATES[state] for state in one.before),
                    STATES[one.after],
                    one.right,
                    ", ".join(one.needs),
                )
                for one in DECISIONS
            ),
        ),
        "## Terms that the law sets\n",
        _table(
            (
                "Kind",
                "Term",
                "Length",
                "Article",
                "Starts with",
                "Ends with",
                "When supplements are asked for",
                "Extension",
            ),
            (
                (
                    KINDS.get(kind, kind),  # type: ignore[call-overload]
                    one.name,
                    _length(one.term),
                    one.basis,
                    ", ".join(one.starts),
                    ", ".join(one.ends),
                    {"pause": "waits", "restart": "begins anew", "none": "runs on"}[one.supplement],
                    "" if one.extension is None else _length(one.extension),
                )
                for kind, terms in TERMS.items()
                for one in terms
            ),
        ),
        "办理法律援助案件程序规定 (司法部令第148号) could not be read in the sources at hand: no figure rests on it.\n"
        "That the seven days of 法律援助法 43 wait for supplements is not said by the law itself; pages show the day\n"
        "without waiting as well.\n",
    ]
    return "\n".join(parts)


def _length(term: Term) -> str:
    return f"{term.length} {_UNITS[term.unit]}"


def _list(title: str, items: Iterable[tuple[str, str]]) -> str:
    return f"## {title}\n\n" + "".join(f"- `{code}` {name}\n" for code, name in items)


def _diagram(edges: Iterable[tuple[str, str, str]]) -> str:
    drawn = dict.fromkeys(f"    {before} --> {after}: {name}" for before, after, name in edges)
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(drawn) + "\n```\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
